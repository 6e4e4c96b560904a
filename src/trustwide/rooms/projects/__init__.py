"""The room of projects; its README says what it is for."""
