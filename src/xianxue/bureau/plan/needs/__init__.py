"""What so many residents and pupils need: places, classes, ground, teachers to be found."""
