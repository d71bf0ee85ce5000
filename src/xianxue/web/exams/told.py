"""A document's blocks as a page shows them: the same words and numbers that stand on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

from xianxue.bureau.report.text import Heading, Paragraph, Picture, Runs, Text, TextTable
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import glued

_NUMBER: Final = re.compile(r"[+\-−]?[0-9][0-9,.]*%?|—")

_SMALL: Final = 100
"""Millimetres across."""


class Cell(Record):
    """One cell of a table."""

    words: str
    to: str = ""
    """Where it leads; empty where it leads nowhere."""
    number: bool = True


class Part(Record, kw_only=True):
    """One block of a page."""

    kind: Literal["heading", "paragraph", "table", "picture"]
    words: str = ""
    said: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    picture: str = ""
    small: bool = False
    """Whether a picture is smaller than others: what it shows is as well seen so."""

    def to_the_right(self, column: int) -> bool:
        """Whether a column's head stands to the right, as its numbers do; names stand first."""
        return bool(column) and any(
            row[column].number and row[column].words for row in self.rows if column < len(row)
        )


def parts_of(
    text: Text, picture: Callable[[int], str], leads: Callable[[str], str] = lambda _: ""
) -> list[Part]:
    """Tell a text's blocks; ``picture`` gives the address of the n-th, ``leads`` that of a cell."""
    found: list[Part] = []
    drawn = 0
    for block in text.blocks:
        if isinstance(block, Heading):
            found.append(Part(kind="heading", words=_words(block.runs)))
        elif isinstance(block, Picture):
            found.append(
                Part(
                    kind="picture",
                    words=_words(block.runs),
                    said=block.said,
                    picture=picture(drawn),
                    small=block.width < _SMALL,
                )
            )
            drawn += 1
        elif isinstance(block, TextTable):
            rows = tuple(tuple(_cell(_words(cell), leads) for cell in row) for row in block.rows)
            found.append(
                Part(
                    kind="table",
                    words=block.caption,
                    said=block.note,
                    header=block.header,
                    rows=rows,
                )
            )
        elif isinstance(block, Paragraph):
            found.append(Part(kind="paragraph", words=_words(block.runs)))
    return found


def _words(runs: Runs) -> str:
    # On paper it is Chinese; on a page each sentence is told in the reader's language.
    parts = [run if isinstance(run, str) else run.text for run in runs]
    return parts[0] if len(parts) == 1 else glued(parts)


def _cell(words: str, leads: Callable[[str], str]) -> Cell:
    # A number, a share and a dash stand to the right; a name, "1班" too, stands to the left.
    return Cell(words, leads(words), number=not words or _NUMBER.fullmatch(words) is not None)
