"""``xianxue exams``: marks scaled, schools compared fairly."""
