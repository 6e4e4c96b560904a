"""Rules that every page, address and file of Trustwide keeps. Each guard prints its count and has a control."""
