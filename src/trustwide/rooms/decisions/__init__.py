"""The room of decisions; its README says what it is for."""
