"""搜索: one box on every page, and a page for all that was found."""
