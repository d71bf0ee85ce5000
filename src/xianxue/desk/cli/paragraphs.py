"""Paragraphs as wide as the terminal: a Chinese character takes two of its columns."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import Final

from xianxue.desk.cli.click_words import width

_INDENT: Final = "    "
_LEAST: Final = 20
"""In a window narrower than this nothing can be read anyway."""
_NEVER_FIRST: Final = frozenset("，。；：、？！）】》〉〕”’）,.;:?!)]}")
"""Marks that close what stands before them: they stay in its line."""
_NEVER_LAST: Final = frozenset("（【《〈〔“‘([{")
"""Marks that open what follows."""


def terminal_width() -> int:
    """Give the columns of the terminal; 0 where nobody looks, in a file or a pipe."""
    # Broken lines would be searched and compared by other programs, and would not be found.
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def wrapped(text: str, columns: int) -> str:
    """Break a text into lines of so many columns; those after the first are indented.

    Numbers, Latin words and what opens or closes a bracket are never torn apart.

    >>> print(wrapped("一年级的在校生数填了“1200”，不对。", 20))
    一年级的在校生数填了
        “1200”，不对。
    """
    if columns < _LEAST:
        return text
    return "\n".join(_paragraph(line, columns) for line in text.split("\n"))


def _paragraph(text: str, columns: int) -> str:
    lines: list[str] = []
    line, room = "", columns
    for piece in _pieces(text):
        if line.strip() and width(line) + width(piece.rstrip()) > room:
            lines.append(line.rstrip())
            line, room = "", columns - len(_INDENT)
            piece = piece.lstrip()  # noqa: PLW2901 - a line begins with no space
        line += piece
    lines.append(line.rstrip())
    return ("\n" + _INDENT).join(lines)


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end."""
    pieces: list[str] = []
    for kind, signs in groupby(text, key=_is_narrow):
        if kind:
            words = "".join(signs)
            # After a space a line may end, within a number or a word it may not.
            pieces += [word + " " for word in words.split(" ")[:-1]] + [words.split(" ")[-1]]
        else:
            pieces += signs
    found: list[str] = []
    for piece in filter(None, pieces):
        joins = piece[0] in _NEVER_FIRST or (found and found[-1][-1] in _NEVER_LAST)
        if found and joins:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _is_narrow(sign: str) -> bool:
    return width(sign) == 1
