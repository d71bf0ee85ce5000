"""Planning: what would be enough, with what we have? Whatever comes out of here is supposed."""
