"""What many complaints have in common: the one mistake that they follow from."""
