"""What was done: entries of ledgers chosen by a rule and said in sentences, points and styles."""
