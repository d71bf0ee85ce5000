"""Deeds on the register: what happened to schools, told and taken back."""
