"""Binding of tables: totals, columns that others make, and prose against a table."""
