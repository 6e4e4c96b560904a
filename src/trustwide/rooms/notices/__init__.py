"""How people and teams are told: the page of notices, the e-mail, and the channels of teams."""
