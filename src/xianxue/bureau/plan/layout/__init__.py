"""Layout: which schools to build, extend, keep and close, when, and who walks further for it."""
