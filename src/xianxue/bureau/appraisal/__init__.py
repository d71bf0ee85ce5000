"""Appraisal: how good, by which rubric, judged by whom, with what consequence?"""
