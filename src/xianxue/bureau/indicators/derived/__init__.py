"""Derived: indicators that are made of finished figures, of this period and of others."""
