"""The 迎检 package of one place: its boxes, what lies in them, and what is missing."""
