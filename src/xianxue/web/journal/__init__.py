"""The journal: who did what, when and why; and the proof that nobody has touched it."""
