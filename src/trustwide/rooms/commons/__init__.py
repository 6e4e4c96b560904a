"""What every record has: who owns it, what it is joined to, what was said of it, and its history."""
