"""填报: returns as schools make them, see what is wrong, put it right and hand them in."""
