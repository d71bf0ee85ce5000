"""What an examination may declare: schemes by which marks are scaled."""
