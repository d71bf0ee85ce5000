"""Reading: a text becomes quantities, frozen, each with what its sentence says of it."""
