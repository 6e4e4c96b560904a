"""Why the organisation is here and how it means to get better."""
