"""Judging: relations declared, worked out with exact intervals, and chosen by certainty."""
