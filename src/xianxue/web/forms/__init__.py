"""表单: what is asked of whom and what for, drafted forms beside it, new forms of the county."""
