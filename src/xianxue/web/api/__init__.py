"""The interface for programs under /api/v1: what pages show and do, by the same policy."""
