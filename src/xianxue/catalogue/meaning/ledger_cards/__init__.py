"""Whether ledgers and calendars mean something."""
