"""History from old reports: dated figures proposed from documents."""
