"""Measures, their charts, and board reports that show what is changing and what to ask."""
