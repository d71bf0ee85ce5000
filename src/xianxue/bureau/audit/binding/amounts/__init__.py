"""Amounts: for each of many, products, ratios of two names, the same number told twice."""
