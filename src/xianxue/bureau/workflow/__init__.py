"""How a subject goes on and who may move it: the same for returns, entries, appraisals and reports.

``may`` answers who may do what to which subject; ``transition`` says what a step makes of a state.
Both read cards and are handed everything else: they ask no clock and keep nothing.
"""
