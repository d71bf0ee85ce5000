"""Appraisal: what is appraised, of whom, and what it came to; what pages and commands ask for."""
