"""Deeds on ballots: opening, issuing slips, voting, closing, counting; each by somebody else."""
