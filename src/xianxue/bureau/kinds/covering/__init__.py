"""What may be declared of statements and what states them."""
