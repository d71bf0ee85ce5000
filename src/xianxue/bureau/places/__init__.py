"""Whose number it is: places, their codes, their dated attributes, openings and closings."""
