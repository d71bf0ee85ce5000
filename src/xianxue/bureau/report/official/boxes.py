"""The boxes of a slip: a table of two or four columns, filled in or left to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.genre import Box
from xianxue.bureau.report import styles
from xianxue.bureau.report.body import Body
from xianxue.bureau.report.layout import points
from xianxue.bureau.report.official import looks
from xianxue.bureau.report.official.pieces import give
from xianxue.bureau.report.ooxml import Element, w

_LABEL: Final = 5
"""A label's column is five characters wide."""
_HALVES: Final = 2
"""So many half boxes stand in one row, left and right."""
_FULL: Final = 3
"""A box alone in its row spans so many columns."""


def boxes(body: Body, cards: Sequence[Box], said: Mapping[str, str]) -> None:
    """Set the boxes; rows are as high as their lines, and higher where the text is longer."""
    layout = body.layout
    label = _LABEL * points(layout.profile.body_size)
    value = (layout.text_width - 2 * label) // 2
    widths = (label, value, label, layout.text_width - 2 * label - value)
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=styles.TABLE),
            w("tblW", w=layout.text_width, type="dxa"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    for row in _rows(cards):
        table.append(_row(body, row, said, widths))
    body.made.append(table)
    # A document may not end with a table.
    give(body.paragraph((), looks.RULE))


def _rows(cards: Sequence[Box]) -> Iterator[tuple[Box, ...]]:
    waiting: list[Box] = []
    for card in cards:
        if card.half:
            waiting.append(card)
            if len(waiting) == _HALVES:
                yield tuple(waiting)
                waiting = []
            continue
        yield from ((one,) for one in waiting)
        waiting = []
        yield (card,)
    yield from ((one,) for one in waiting)


def _row(body: Body, row: Sequence[Box], said: Mapping[str, str], widths: Sequence[int]) -> Element:
    height = max(card.lines for card in row) * body.layout.pitch
    made = w("tr", w("trPr", w("cantSplit"), w("trHeight", val=height, hRule="atLeast")))
    for index, card in enumerate(row):
        made.append(_cell(body, card.term, widths[2 * index], "center"))
        text = said.get(card.box, "") or card.hint
        # A hint («签名») stands at the foot of its box: what is written by hand goes above it.
        last = card.hint and not said.get(card.box)
        width = widths[2 * index + 1] if len(row) > 1 else sum(widths[1:])
        cell = _cell(body, text, width, "left", span=1 if len(row) > 1 else _FULL)
        if last:
            cell[0].append(w("vAlign", val="bottom"))
        made.append(cell)
    return made


def _cell(body: Body, text: str, width: int, align: str, span: int = 1) -> Element:
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(w("gridSpan", val=span))
    cell = w("tc", properties)
    if align == "center":
        properties.append(w("vAlign", val="center"))
    for line in text.split("\n"):
        paragraph = body.paragraph((line,), looks.BOX)
        # Made by the body, so that its controls are numbered on with all others; it stands in the
        # cell.
        body.made.remove(paragraph)
        give(paragraph, w("jc", val=align))
        cell.append(paragraph)
    return cell
