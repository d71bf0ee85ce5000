"""Plans: what would be enough, foreseen and supposed; never mixed with what was counted."""
