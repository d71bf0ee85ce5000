"""What a province or county lays over the national cards, and whether it asks for less."""
