"""The shapes of what calls take and give, by what they are about."""
