"""What is told to people and programs elsewhere, where the settings say so: digests and calls."""
