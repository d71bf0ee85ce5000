"""Small groups: which results are shown to nobody, so that no sum gives them back."""
