"""The fictional group of trusts that a visitor walks through; each room tells its own chapter."""
