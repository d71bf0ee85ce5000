"""``xianxue ballots``: how many to ask; elections and surveys."""
