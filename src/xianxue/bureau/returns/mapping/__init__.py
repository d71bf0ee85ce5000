"""Which column of a table from elsewhere is which field of a form?

Proposed by header, unit and values; decided by a person; read by what was decided.
"""
