"""The page kit: what every room's pages are made of, written once and shown on /kit."""
