"""Ballots and surveys: what do people think, without knowing who said it?"""
