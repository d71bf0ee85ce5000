"""The 迎检 package: what was handed in, sorted, printed and written as one zip or folder."""
