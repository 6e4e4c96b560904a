"""Who people are. For now only the account itself; roles and sign-in come with the house."""
