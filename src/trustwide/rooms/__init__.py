"""The rooms: each owns one part of what a trust does with Trustwide."""
