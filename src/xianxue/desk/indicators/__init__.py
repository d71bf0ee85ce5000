"""Indicators: a period's figures, verdicts and documents, from what a workspace holds."""
