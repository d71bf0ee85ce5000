"""What a sentence states: figures, findings, targets, results of appraisals."""
