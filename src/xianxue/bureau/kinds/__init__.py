"""What may be declared: the closed shapes that catalogue cards take."""
