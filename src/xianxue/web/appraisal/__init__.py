"""Appraisal: rubrics, rankings, one place's points, one point explained, other rules, persons."""
