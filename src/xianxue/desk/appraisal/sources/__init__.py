"""What each source of points gave: figures, verdicts, ledgers, surveys, other rubrics."""
