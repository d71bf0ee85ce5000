"""Pages of examinations: results without small groups, lines that move, two side by side."""
