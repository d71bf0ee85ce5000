"""Showing: the workbench's pages and interface, one folder a room; nothing here computes."""
