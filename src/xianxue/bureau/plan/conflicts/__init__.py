"""Rules that cannot hold together: as few of them as there need be."""
