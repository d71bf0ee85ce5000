"""What the auditor's verdicts offer to do: a typed number made live, or its place left open.

Verdicts speak of the text as it is printed; what is changed is the text as it is typed. Where the
two cannot be laid over each other without doubt nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from xianxue.bureau.audit.showing.marked import Card
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.editing import OPEN as UNTOLD
from xianxue.bureau.report.editing import SHOWS, Names, value
from xianxue.bureau.report.grammar import Slot, parse
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.units import UNITS
from xianxue.desk.report.live import Flat

OPEN: Final = "［待补］"
"""What stands where a number is left open; nothing is issued while it does."""
_LEFT_OPEN: Final = OPEN[:-1]
_TOKEN: Final = re.compile(r"(\{[^{}]*\})")
_SIGNS: Final = str.maketrans("[]{}", "［］｛｝")
"""Typed brackets are printed as signs: as many letters, so places stay where they are."""
_MOST: Final = 20
"""Steps that can be undone."""

Step = dict[str, Any]
"""A change of a draft, as JSON: ``at`` in the text, ``old``, ``new``."""


class Offer(Record):
    """What may be done about one card."""

    card: int
    at: int
    old: str
    """As it stands in the typed text."""
    token: str
    """The live number that says the same; empty where none does."""
    shown: str
    """What that number is now."""


def left_open(text: str) -> int:
    """Count the places that somebody has left open in a text.

    Paragraphs that the outline could not write for want of returns are told of by themselves.

    >>> left_open("学校［待补］所，教师［待补：问人事股］。"), left_open("[待补：本段涉及在校生]")
    (2, 0)
    """
    return text.count(_LEFT_OPEN)


class Speaker(Record):
    """Says what live numbers are now, and which of them says a figure."""

    context: Context
    names: Names
    figures: Mapping[str, Figure]
    """The figures that may stand in prose, by their keys."""

    def says(self, token: str) -> str:
        """Give what is printed for a token; the token itself where it names nothing."""
        key = self.names.slot(token[1:-1].partition(SHOWS)[0])
        part = parse(f"{{{key}}}")[0] if key is not None else ""
        return value(self.context, part) if isinstance(part, Slot) else token

    def live(self, key: str, old: str, after: str) -> tuple[str, str]:
        """Give the token that says a figure in place of a typed number, and what it is now.

        ``after`` is what stands behind the number: a unit that stands there is not written twice.
        Two empty texts where no token says it.
        """
        figure = self.figures.get(key)
        if figure is None:
            return "", ""
        unit = UNITS[figure.unit].term if figure.unit in UNITS else ""
        form = "bare" if unit and not old.endswith(unit) and after.startswith(unit) else ""
        form = "wan" if "万" in old else form
        slot = Slot(figure.indicator, figure.stage, slice=str(figure.slice or ""), form=form)
        now = value(self.context, slot)
        return ("", "") if now == UNTOLD else (f"{{{self.names.name(slot)}{SHOWS}{now}}}", now)


def offers(typed: str, flat: Flat, cards: Sequence[Card], speaker: Speaker) -> dict[int, Offer]:
    """Give what can be done about cards, by their place among them."""
    laid = list(_laid(typed, flat, speaker.says))
    found: dict[int, Offer] = {}
    for at, card in enumerate(cards):
        place = _place(card, laid, typed)
        if place is None:
            continue
        old, after = card.stated, typed[place + len(card.stated) :]
        token, shown = speaker.live(card.key, old, after) if card.key else ("", "")
        found[at] = Offer(at, place, old, token, shown)
    return found


def _laid(typed: str, flat: Flat, says: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Lay typed lines over printed ones: (place in print, place as typed, the words)."""
    printed: dict[str, list[int]] = {}
    at = 0
    for line in flat.text.split("\n"):
        printed.setdefault(line, []).append(at)
        at += len(line) + 1
    start = 0
    for line in typed.split("\n"):
        pieces = list(_pieces(line, start, says))
        start += len(line) + 1
        whole = "".join(words for _, words, _ in pieces).strip()
        places = printed.get(whole)
        if not whole or not places:
            continue
        here = places.pop(0) - (len(line) - len(line.lstrip()))
        for place, words, own in pieces:
            if own:
                yield here, place, words
            here += len(words)


def _pieces(line: str, at: int, says: Callable[[str], str]) -> Iterator[tuple[int, str, bool]]:
    """Part a typed line: (where it stands, what is printed for it, whether it is typed words)."""
    for piece in _TOKEN.split(line):
        if piece:
            token = bool(_TOKEN.fullmatch(piece))
            yield at, says(piece) if token else piece.translate(_SIGNS), not token
        at += len(piece)


def _place(card: Card, laid: Sequence[tuple[int, int, str]], typed: str) -> int | None:
    """Say where a card's number stands as it was typed."""
    for here, place, words in laid:
        if here <= card.start and card.end <= here + len(words):
            found = place + card.start - here
            return found if typed.startswith(card.stated, found) else None
    # A line that is printed otherwise than it was typed: only what stands there once is meant.
    if not card.stated:
        return None
    free = [piece for piece in _TOKEN.split(typed) if not _TOKEN.fullmatch(piece)]
    once = sum(piece.count(card.stated) for piece in free) == typed.count(card.stated) == 1
    return typed.index(card.stated) if once else None


def replaced(typed: str, at: int, old: str, new: str) -> str | None:
    """Put one thing in another's place; None where the text is another one meanwhile."""
    if not old or not typed.startswith(old, at):
        return None
    return typed[:at] + new + typed[at + len(old) :]


def noted(steps: Sequence[Step], at: int, old: str, new: str) -> list[Step]:
    """Give the steps with one more; the oldest are forgotten."""
    return [*steps, Step(at=at, old=old, new=new)][-_MOST:]


def undone(typed: str, step: Step) -> str | None:
    """Take a step back, whatever was typed elsewhere since; None where its own place was changed.

    >>> undone("学校多了，{学校数＝65所}。", {"at": 2, "old": "66所", "new": "{学校数＝65所}"})
    '学校多了，66所。'
    """
    back = replaced(typed, step["at"], step["new"], step["old"])
    if back is not None:
        return back
    # What a live number shows may be another one by now: it is known by its name.
    name, shows, _ = step["new"].partition(SHOWS)
    wanted = re.escape(name + shows) + (r"[^{}]*\}" if shows else "")
    places = [found.span() for found in re.finditer(wanted, typed)]
    if len(places) != 1:
        return None
    ((start, end),) = places
    return typed[:start] + step["old"] + typed[end:]
