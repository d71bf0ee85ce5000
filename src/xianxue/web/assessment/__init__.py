"""督导评估: is it enough, by which rule, on which day, and what is lacking."""
