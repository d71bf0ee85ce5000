"""A document's blocks as a page shows them: the same words and numbers that stand on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from xianxue.bureau.report.text import Heading, Paragraph, Picture, Text, TextTable, plain
from xianxue.bureau.values.record import Record


class Part(Record, kw_only=True):
    """One block of a page."""

    kind: Literal["heading", "paragraph", "table", "picture"]
    words: str = ""
    said: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[str, ...] = ()
    """Where the first cell of each row leads; empty where it leads nowhere."""
    picture: str = ""


def parts_of(
    text: Text, picture: Callable[[int], str], links: Callable[[TextTable], tuple[str, ...]]
) -> list[Part]:
    """Tell a text's blocks; ``picture`` gives the address of the n-th, ``links`` those of rows."""
    found: list[Part] = []
    drawn = 0
    for block in text.blocks:
        if isinstance(block, Heading):
            found.append(Part(kind="heading", words=plain(block.runs)))
        elif isinstance(block, Picture):
            found.append(
                Part(
                    kind="picture",
                    words=plain(block.runs),
                    said=str(block.said),
                    picture=picture(drawn),
                )
            )
            drawn += 1
        elif isinstance(block, TextTable):
            rows = tuple(tuple(plain(cell) for cell in row) for row in block.rows)
            found.append(
                Part(
                    kind="table",
                    words=block.caption,
                    said=block.note,
                    header=block.header,
                    rows=rows,
                    links=links(block),
                )
            )
        elif isinstance(block, Paragraph):
            found.append(Part(kind="paragraph", words=plain(block.runs)))
    return found
