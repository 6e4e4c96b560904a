"""Background work: a queue in our own database, what runs when, and the page of what could not be done."""
