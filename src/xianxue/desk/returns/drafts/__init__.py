"""Returns while they are being made: typed in a page or brought as files, not handed in yet."""
