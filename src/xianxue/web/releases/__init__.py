"""发布: what was published, what would be, what differs, and whether it still stands."""
