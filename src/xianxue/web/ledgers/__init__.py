"""台账: what was promised, by whom, by when, and whether it is done; every page from a card."""
