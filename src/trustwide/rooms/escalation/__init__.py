"""The room of escalation; its README says what it is for."""
