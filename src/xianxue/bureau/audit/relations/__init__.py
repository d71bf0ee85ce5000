"""The relations between numbers, one module each; none of them reads text, all judge mentions."""
