"""Rotation within the law: who may be moved, who may not and why, and who might go where."""
