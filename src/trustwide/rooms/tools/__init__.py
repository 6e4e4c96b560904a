"""The room of tools; its README says what it is for."""
