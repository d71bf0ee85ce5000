"""Reports: written, held against themselves, and the offices' own passages in them."""
