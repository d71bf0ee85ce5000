"""What a ledger may be: its fields, its way, its clocks, its counts; and calendars to count by."""
