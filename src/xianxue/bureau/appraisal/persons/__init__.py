"""What rules ask of a person: a career in, clauses with verdicts, evidence and a day out."""
