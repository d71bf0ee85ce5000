"""Examinations on this machine: tables of marks as they come."""
