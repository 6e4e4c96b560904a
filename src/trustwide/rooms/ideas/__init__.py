"""The room of ideas; its README says what it is for."""
