"""The room of gains; its README says what it is for."""
