"""Pictures in documents."""
