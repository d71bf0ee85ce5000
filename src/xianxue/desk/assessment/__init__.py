"""Assessment: verdicts laid out for people — the balance matrix, lacks, evidence."""
