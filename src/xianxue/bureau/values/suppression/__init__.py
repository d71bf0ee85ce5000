"""Small groups: which counts are shown to nobody, so that no sum of those shown gives them back."""
