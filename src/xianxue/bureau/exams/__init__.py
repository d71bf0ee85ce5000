"""Examinations: how did they do, fairly measured?"""
