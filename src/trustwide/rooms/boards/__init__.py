"""Wall boards: how a team's measures stand on its board, today's plan, its huddles and its thanks."""
