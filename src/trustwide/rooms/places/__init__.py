"""Where people work and things belong: the tree of places, and the wall between organisations."""
