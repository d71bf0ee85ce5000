"""What the lines of an appraisal say, read back: who assesses what, which marks and papers stand.

========  ==================================  ================================================
kind      place, item                         said
========  ==================================  ================================================
begin     —                                   ``subjects``: id to name, facts and places;
                                              ``due``: the last day of self-appraisal, or none
ties      —                                   ``person``, ``own``, ``kin``: codes; ``former``:
                                              code to the last day there
assign    place, item (empty: all)            ``person``, ``seat``, ``panel``
mark      place, item                         ``person``, and ``value`` or ``level``
self      place, item                         ``value`` or ``level``, ``text``
hand_in   place                               —
number    place, item                         ``value``, ``document``, ``office``
adjust    place, item                         ``reason``, ``value``, ``document``
veto      place, veto                         ``document``, ``note``
document  place                               ``serves``: [item, document]; the file's name,
                                              digest, kind and size; ``title``
absent    place, item                         ``note``: why it does not apply
withdraw  as what is taken back               ``line``: its number
appeal    place, item (empty: all)            ``text``
decide    as the appeal                       ``line``: its number, ``upheld``, ``text``
step      —                                   ``step``, ``from``, ``to``; ``early``: days that
                                              were set aside, and why
reply     place                               ``consequence``, ``text``
follow    place                               ``consequence``, ``taken``, ``release``, and what it
                                              comes to: ``due``, ``until``, ``amount``, ``entry``
========  ==================================  ================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import person
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine


class Assigned(Record, kw_only=True):
    """Somebody who assesses one place, in some item or all."""

    person: str
    place: str
    item: str
    """Empty: every item, of all that is marked."""
    seat: str
    """评委3: told apart by it, without a name."""
    panel: str


class Lines(Record, dict=True):
    """Everything that was said in an appraisal, in order; what was taken back is told apart."""

    every: tuple[AppraisalLine, ...]
    without: int = 0
    """The number of a line that is taken as withdrawn; 0 for none."""

    @classmethod
    def of(
        cls,
        row: Appraisal | None,
        last: int | None = None,
        without: int = 0,
        kinds: Sequence[str] = (),
    ) -> Lines:
        """Read the lines of an appraisal, up to a number or all; none where it has not begun.

        ``kinds``: only these are read, and what was taken back of them.
        """
        if row is None:
            return cls(())
        rows = AppraisalLine.objects.filter(appraisal=row).order_by("number")
        if kinds:
            rows = rows.filter(kind__in=[*kinds, "withdraw"])
        return cls(tuple(rows if last is None else rows.filter(number__lte=last)), without)

    @cached_property
    def taken_back(self) -> frozenset[int]:
        """The numbers of lines that were withdrawn."""
        withdrawn = (one.said["line"] for one in self.every if one.kind == "withdraw")
        return frozenset((*withdrawn, *([self.without] if self.without else [])))

    def standing(self, kind: str) -> Iterator[AppraisalLine]:
        """Go through the lines of a kind that stand."""
        for one in self.every:
            if one.kind == kind and one.number not in self.taken_back:
                yield one

    def numbered(self, number: int) -> AppraisalLine | None:
        """Give the line with a number, or None."""
        return next((one for one in self.every if one.number == number), None)

    def ties(self, name: str) -> Ties | None:
        """Give what somebody declared last; None where nothing was declared."""
        mine = [o for o in self.standing("ties") if person(o.said["person"]) == person(name)]
        if not mine:
            return None
        said: dict[str, Any] = mine[-1].said
        return Ties(
            own=frozenset(said["own"]),
            kin=frozenset(said["kin"]),
            former={code: date.fromisoformat(day) for code, day in said["former"].items()},
        )

    @cached_property
    def assigned(self) -> tuple[Assigned, ...]:
        """Everybody who assesses, in the order in which they were assigned."""
        return tuple(
            Assigned(
                person=one.said["person"],
                place=one.place,
                item=one.item,
                seat=one.said["seat"],
                panel=one.said["panel"],
            )
            for one in self.standing("assign")
        )

    def seat(self, name: str, place: str, above: list[str]) -> Assigned | None:
        """Give the seat somebody has for an item of a place: by it, or by an item above it."""
        mine = [one for one in self.assigned if person(one.person) == person(name)]
        here = [one for one in mine if one.place == place]
        return next((one for one in here if one.item in {"", *above}), None)

    def handed_in(self, place: str) -> AppraisalLine | None:
        """Give the line by which somebody's self-appraisal was handed in; None while it is open."""
        return next((one for one in self.standing("hand_in") if one.place == place), None)

    @property
    def due(self) -> date | None:
        """The last day of self-appraisal, as it was set when the appraisal was begun."""
        begun = list(self.standing("begin"))
        said: str | None = begun[-1].said.get("due") if begun else None
        return date.fromisoformat(said) if said else None

    def marks(self) -> dict[tuple[str, str], dict[str, AppraisalLine]]:
        """Give the last mark of each assessor, by place and item."""
        found: dict[tuple[str, str], dict[str, AppraisalLine]] = {}
        for one in self.standing("mark"):
            held = found.setdefault((one.place, one.item), {})
            held.pop(person(one.said["person"]), None)
            held[person(one.said["person"])] = one
        return found

    @property
    def unanswered(self) -> list[AppraisalLine]:
        """The appeals that nobody has answered."""
        answered = {one.said["line"] for one in self.standing("decide")}
        return [one for one in self.standing("appeal") if one.number not in answered]

    @property
    def last(self) -> int:
        """The number of the last line; 0 where there is none."""
        return self.every[-1].number if self.every else 0
