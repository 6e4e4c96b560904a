"""Trustwide: one thread from the board's purpose to what a ward tries on Tuesday, and back."""

__version__ = "0.1.0"
