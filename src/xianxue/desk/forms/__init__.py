"""Forms: what is asked of whom, what it is used for, and new forms before they are in force."""
