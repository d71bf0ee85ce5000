"""Administration: people and what they may do, the cards in force, backups."""
