"""Balance: what to move, or to add, so that every spread and every school is within the rule."""
