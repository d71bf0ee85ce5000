"""How many there will be: pupils, and what they need, with bands and a look back."""
