"""The one shape of a complaint: code, place, what was seen, what is required, what to do."""
