"""Ballots and surveys: opened, answered on phones and on paper, counted once, and proved."""
