"""What stands now: one county opened once, its figures kept until something changes them."""
