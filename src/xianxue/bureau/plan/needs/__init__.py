"""What so many pupils need: teachers, and those who have to be found."""
