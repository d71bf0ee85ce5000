"""The declared floor: cards in YAML, and the one strict door through which they are read."""
