"""Is it enough, by which rule, on which day, and what is lacking?"""
