"""The hard thinking, in plain Python: no engine imports Django or a room."""
