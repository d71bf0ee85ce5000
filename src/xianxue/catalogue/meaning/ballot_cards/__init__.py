"""Cards of ballots: questions that can be answered, papers that can be counted."""
