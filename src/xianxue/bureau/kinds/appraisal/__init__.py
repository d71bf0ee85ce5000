"""What an appraisal may declare: rubrics with their items, sources of points, grades and groups."""
