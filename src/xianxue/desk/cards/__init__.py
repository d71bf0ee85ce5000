"""Cards as people read them: where each stands, what it rests on, who uses it, what holds today."""
