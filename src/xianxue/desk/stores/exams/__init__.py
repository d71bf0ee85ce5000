"""Marks of examinations, and who the pupils are: apart from each other."""
