"""What cards of examinations mean: kinds, schemes of scaling, samplings and their norms."""
