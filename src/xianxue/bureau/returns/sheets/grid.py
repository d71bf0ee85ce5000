"""A sheet's cells as a file's opener hands them on and every reader takes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Raw = int | float | str | bool | date | datetime | time | timedelta
"""What the workbook reader gives for a cell; a blank one is the empty text."""

Grid = list[list[Raw]]
"""A sheet's cells from A1 on, row by row, all rows equally long."""
