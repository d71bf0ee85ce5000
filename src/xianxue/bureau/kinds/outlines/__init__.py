"""What outlines are made of beside their blocks: lists of deeds, points and styles."""
