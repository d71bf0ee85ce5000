"""搜索: one box for schools, figures, forms, documents, cards, returns and people."""
