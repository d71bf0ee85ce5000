"""Deeds on appraisals: assessors, marks, numbers, documents, and the way to a published result."""
