"""What is needed: which norms hold here, and what pupils, staff and rooms there are."""
