"""What may be declared of plans."""
