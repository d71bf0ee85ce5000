"""Coverage: what of the system states each statement that annual reports of bureaus make.

A card has the ids of an office's statements and their producers, and no wording of any report.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from msgspec import Meta
from msgspec.structs import replace

from xianxue.bureau.kinds.card import Card, Condition, Where
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period

Statement = Annotated[str, Meta(pattern="^[0-9]{3}-[0-9]{3}$")]
"""The id of a statement: the report and its number in it, ``004-010``."""

Part = Literal["items", "results"]

SORTS: Final = (
    "indicator",
    "ledger",
    "rubric",
    "ballot",
    "exam",
    "target",
    "outline",
    "free_text",
)
"""What may state something; a producer is exactly one of them."""


class Producer(Card, frozen=True, kw_only=True):
    """One producer, and the statements whose quantity it yields.

    A statement of several quantities stands under several producers: all of them have to yield.
    """

    of: list[Statement]
    indicator: str = ""
    """An indicator's figure: the county's, or, with ``each``, those of its schools or townships."""
    stage: Stage | None = None
    slice: dict[str, str] = {}
    """Dimension to code, for a figure that is told apart: ``{subject: math}``."""
    each: Literal["", "school", "township"] = ""
    ledger: str = ""
    """A ledger: the entries behind its count (or behind both parts of its rate)."""
    count: str = ""
    """The count or the rate."""
    where: Where = {}
    """Further conditions on the count's entries: only those it is about."""
    earlier: bool = False
    """Whether the statement tells of a change: then it takes the period before, too."""
    rubric: str = ""
    part: Part = "results"
    """Of a rubric: its items, or what somebody was given by it."""
    ballot: str = ""
    """A ballot of this card that was counted."""
    exam: str = ""
    """An examination of this card that was released."""
    target: str = ""
    """A target that is set for this indicator."""
    outline: str = ""
    """A document …"""
    heading: str = ""
    """… and the section of it that says something."""
    free_text: str = ""
    """The code of the office that writes it: guiding thoughts and slogans, no fact."""

    @property
    def sort(self) -> str:
        """Which of ``SORTS`` it is."""
        return next((name for name in SORTS if getattr(self, name)), "")

    @property
    def name(self) -> str:
        """The producer in one line, as it stands on pages and in complaints.

        >>> Producer(of=[], ledger="drills", count="drills", where={"kind": "fire"}).name
        'ledger drills.drills kind=fire'
        """
        said = [f"{self.sort} {getattr(self, self.sort) if self.sort else ''}".strip()]
        said[0] += f".{self.count}" if self.count else ""
        said += [self.stage.value] if self.stage is not None else []
        said += [f"{name}={code}" for name, code in self.slice.items()]
        said += [f"{name}={_told(one)}" for name, one in self.where.items()]
        said += [self.each] if self.each else []
        said += [self.part] if self.rubric else []
        said += [self.heading] if self.heading else []
        said += ["earlier"] if self.earlier else []
        return " ".join(said)


class Producers(Card, frozen=True, kw_only=True):
    """The statements of one office."""

    coverage: str
    """The id."""
    term: str
    office: str
    """The code of the office, of the list ``offices``."""
    statements: list[Producer]


def periods_of(period: Period, today: date) -> list[Period]:
    """Give the periods in which a report on a period may tell of what was registered.

    First the period itself; what is registered by the calendar year is told for either year that a
    school year touches, and for the one that goes on.

    >>> [one.code for one in periods_of(Period.parse("2025-2026"), date(2027, 1, 5))]
    ['2025-2026', '2025', '2026', '2027']
    """
    days = (period.start, period.end, today)
    years = (Period.on("calendar_year", day) for day in days)
    return list(dict.fromkeys([period, *years]))


def narrowed(ledger: Ledger, one: Producer, name: str) -> Count | None:
    """Give the count that a producer is about, under a name of its own; None for a rate."""
    count = ledger.count(one.count)
    if count is None:
        return None
    return replace(count, count=name, where={**count.where, **one.where})


def _told(condition: Condition) -> str:
    if isinstance(condition, list):
        return "|".join(condition)
    if isinstance(condition, bool):
        return str(condition).lower()
    if isinstance(condition, str):
        return condition
    sides = ("at_least", "at_most", "more_than", "less_than")
    return ",".join(
        f"{side}:{limit}" for side in sides if (limit := getattr(condition, side)) is not None
    )
