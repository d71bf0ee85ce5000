"""Rates: shares of a whole, completion, complete sets of shares."""
