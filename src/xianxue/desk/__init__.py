"""The doing floor: stores, models, deeds and the command line."""
