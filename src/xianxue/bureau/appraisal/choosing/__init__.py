"""Who gets which post where teachers and posts rank each other: lists in, a matching out."""
