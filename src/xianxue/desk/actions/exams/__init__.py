"""Deeds on examinations: loading marks, setting lines, releasing, seeing who the pupils are."""
