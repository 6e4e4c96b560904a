"""Shared devices of a team: a screen or a tablet that shows its board, and that people add to with a PIN."""
