"""What is handed from room to room. All of it is frozen."""
