"""The room of experiments; its README says what it is for."""
