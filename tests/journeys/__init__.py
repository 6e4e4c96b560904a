"""Stories of people, told to a real browser."""
