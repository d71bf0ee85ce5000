"""What was published of appraisals, as figures are counted from it; appraising itself is above."""
