"""The first page of each kind of person, the menu, search and help."""
