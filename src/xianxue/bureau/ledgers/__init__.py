"""Ledgers: who promised what, by when, and is it truly done?"""
