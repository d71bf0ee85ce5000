"""Ballots: the page a slip opens on a phone, and the pages of those who hold them."""
