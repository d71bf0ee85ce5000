"""A province's indicator system read from a table: found, proposed as a rubric, written as a card.

Nothing is decided here: what is proposed is looked over by somebody, and passes the same door as
any other card.
"""
