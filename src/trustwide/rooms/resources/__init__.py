"""The room of resources; its README says what it is for."""
