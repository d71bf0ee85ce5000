"""How much of a file is opened: more is refused before anything is parsed.

A whole county is read on one office machine, two files at a time, and whoever sends a file may be
mistaken or mean harm. A reader keeps every cell of a sheet's rectangle in memory, at some 60 bytes
a cell, so these bounds hold one file below 300 megabytes and 2 seconds (tests/returns/test_fuzz.py
reads its files behind exactly those walls).
"""

from __future__ import annotations

from typing import Final

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes as they are handed in. A filled workbook of ours has 50 to 500 kilobytes; what is larger
has pictures in it, or a format on every row of the sheet."""
LARGEST_PART: Final = 16 * 1024 * 1024
"""Bytes of one part, unpacked: a sheet of the largest form has a hundredth of that."""
LARGEST_TOTAL: Final = 32 * 1024 * 1024
"""Bytes of all parts, unpacked: they are all held at once, and the reader holds its own beside."""
MOST_PARTS: Final = 2000
"""Parts in one zip: looking each up costs time however small it is; a workbook has about twenty."""
MOST_CELLS: Final = 1_000_000
"""Of the rectangle one sheet's cells span, blank ones counted: the reader keeps all of it."""
MOST_IN_ALL: Final = 4_000_000
"""Of all sheets' rectangles together: each could be just below its own bound."""
MOST_TEXT: Final = 64 * 1024 * 1024
"""Bytes of text in all cells. A text is kept once in the file and copied into each cell that shows
it, so a small file can come to any amount."""
MOST_FILES: Final = 600
"""Files sent at once: a large county's schools."""
