"""Slips on paper: cards to be cut apart and handed out without a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import segno

from xianxue.bureau.places.register import Register
from xianxue.bureau.report.pictures.cut_cards import CutCard, cut_cards
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ballots.issue_slips import Issued
from xianxue.desk.actions.ballots.opened import opened
from xianxue.desk.actions.ballots.slip_codes import grouped
from xianxue.desk.models.ballot import Poll
from xianxue.desk.workspace import MisusedError


def address_of(site: str, code: str) -> str:
    """Give what a phone opens."""
    return f"{site.rstrip('/')}/b/{code}"


def refuse_other(name: str) -> None:
    """Refuse a name of a file that slips are not written to, before any is issued."""
    if not name.lower().endswith((".pdf", ".txt")):
        raise MisusedError(
            say("票写成 .pdf（可裁开的票）或 .txt（每行一个网址）；给的是 {name}", name=name)
        )


def sheet(name: str, poll: Poll, issued: Sequence[Issued], site: str, register: Register) -> bytes:
    """Write slips as cards, or as a list of addresses, as the file's name says."""
    if name.lower().endswith(".txt"):
        lines = [f"{one.group}\t{one.place}\t{address_of(site, code)}"
                 for one in issued for code in one.codes]  # fmt: skip
        return ("\n".join(lines) + "\n").encode()
    held = opened(poll)
    cards: list[CutCard] = []
    for one in issued:
        group = held.card.group(one.group)
        term = str(group.term) if group is not None else one.group
        heads = [*_folded(poll.title), term]
        if one.place:
            heads += _folded(register.places[one.place].name)
        for code in one.codes:
            matrix = segno.make(address_of(site, code), error="m", micro=False).matrix
            cards.append(CutCard(tuple(heads), grouped(code), matrix, "不记名，扫码投票；一票一次"))
    return cut_cards(cards)


_LINE: Final = 22
"""Half letters that stand beside the square code."""
_LINES: Final = 3


def _folded(text: str) -> list[str]:
    """Fold a text to lines; digits and Latin letters are half as wide as Chinese ones."""
    lines, wide = [""], 0
    for letter in text:
        width = 1 if letter.isascii() else 2
        if wide + width > _LINE:
            lines, wide = [*lines, ""], 0
        lines[-1] += letter
        wide += width
    return lines[:_LINES]
