"""What it comes to, and out of what: cards made into figures over the tables of the cabinet."""
