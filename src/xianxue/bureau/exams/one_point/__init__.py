"""一分一段表: how many have each score, as an examination office prints it."""
