"""What is kept of plans: supposed sets, each keeping of one for good."""
