"""Who of those who may be moved goes where, so that most of the moves that help find somebody.

A choice of 0 or 1 for each teacher and school; what comes out is held against the rules again in
whole numbers before it is called optimal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.plan.balance.rotation import Rotated, Shares, Teacher, parted, rotated
from xianxue.bureau.plan.solvers.highs import solve
from xianxue.bureau.plan.solvers.program import Patience, Program, Status
from xianxue.bureau.values.record import Record

_UNKNOWN: Final = 0
"""Metres of a way that nobody has measured, where no limit asks for it."""

Metres = Mapping[tuple[str, str], int]
"""From school to school, both ways where both are listed."""


class Wanted(Record, kw_only=True):
    """So many of some teachers of one school would help at another."""

    start: str
    end: str
    count: int
    who: frozenset[str]
    """Who would do, of those who may be moved."""


class Year(Record, kw_only=True):
    """What a school year's rotation is held against."""

    shares: Shares
    eligible: int
    moved: int
    """Who was moved already …"""
    backbone: int
    """… and the backbone teachers among them."""

    def with_more(self, moved: int, backbone: int) -> Rotated:
        """Hold the year against the rule with so many moved beside those who were."""
        return rotated(self.shares, self.eligible, self.moved + moved, self.backbone + backbone)


class Assigned(Record, kw_only=True):
    """Who goes where. It is supposed: nobody has moved."""

    status: Status
    going: tuple[tuple[str, str], ...] = ()
    """Teacher and school."""
    filled: tuple[int, ...] = ()
    """Of each wanted move, how many found somebody."""
    shared: bool = True
    """Whether so many of those who are moved are backbone teachers as the rule asks; where no
    choice keeps that, most moves are filled without it."""


class Asked(Record, kw_only=True):
    """Teachers who may be moved, moves that would help, and what limits them."""

    teachers: tuple[Teacher, ...]
    wanted: tuple[Wanted, ...]
    metres: Metres
    farthest: int | None = None
    """Metres; a way that is not known is then too far."""
    year: Year | None = None

    def near(self, start: str, end: str) -> bool:
        """Whether the way between two schools is within the limit."""
        way = self.metres.get((start, end))
        return self.farthest is None or (way is not None and way <= self.farthest)


def assign(asked: Asked, patience: Patience | None = None) -> Assigned:
    """Fill most of the wanted moves, and of equal ones those with the shortest ways.

    Couples go together or stay together; nobody goes to two schools.
    """
    found = _assigned(asked, patience or Patience(), shared=asked.year is not None)
    if found is None:
        found = _assigned(asked, patience or Patience(), shared=False)
    return found or Assigned(status="open")


def _assigned(asked: Asked, patience: Patience, *, shared: bool) -> Assigned | None:
    model = _Model(asked)
    if shared:
        model.share()
    answer = solve(model.program, patience)
    if not answer.values:
        return None
    chosen = answer.whole()
    going = tuple(key for key, column in model.goes.items() if chosen[column])
    filled = tuple(
        sum(chosen[column] for (at, _), column in model.fills.items() if at == number)
        for number in range(len(asked.wanted))
    )
    # In whole numbers again: the solver's own arithmetic is floating.
    twice = len({teacher for teacher, _ in going}) != len(going)
    if twice or parted(asked.teachers, set(going)):
        return None
    return Assigned(status=answer.status, going=going, filled=filled, shared=_enough(asked, going))


def _enough(asked: Asked, going: Sequence[tuple[str, str]]) -> bool:
    if asked.year is None:
        return True
    backbone = {one.teacher for one in asked.teachers if one.backbone}
    after = asked.year.with_more(len(going), sum(one in backbone for one, _ in going))
    return after.backbone >= after.needed_backbone


class _Model:
    """The program: who goes where, and which wanted move that fills."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.program = Program()
        self.goes: dict[tuple[str, str], int] = {}
        self.fills: dict[tuple[int, str], int] = {}
        known = {one.teacher: one for one in asked.teachers}
        # One more move that is filled is worth any length of ways.
        worth = 1 + sum(asked.metres.values()) + len(asked.teachers)
        for number, one in enumerate(asked.wanted):
            for name in sorted(one.who & known.keys()):
                if known[name].school == one.start and asked.near(one.start, one.end):
                    self.fills[number, name] = self.program.choose(-worth, most=1)
                    self._may_go(known[name], one.end)
        self._couples(known)
        self._once()

    def _may_go(self, one: Teacher, end: str) -> None:
        if (one.teacher, end) not in self.goes:
            way = self.asked.metres.get((one.school, end), _UNKNOWN)
            self.goes[one.teacher, end] = self.program.choose(1 + way, most=1)

    def _couples(self, known: Mapping[str, Teacher]) -> None:
        for (name, end), column in list(self.goes.items()):
            partner = known[name].partner
            if not partner:
                continue
            other = known.get(partner)
            if other is None or not self.asked.near(other.school, end):
                # One who may not be moved keeps the other.
                self.program.upper[column] = 0
                continue
            self._may_go(other, end)
            both = self.goes[partner, end]
            self.program.hold([column, both], [1, -1], least=0, most=0)

    def _once(self) -> None:
        of: dict[str, list[int]] = defaultdict(list)
        for (name, _), column in self.goes.items():
            of[name].append(column)
        for columns in of.values():
            self.program.hold(columns, [1] * len(columns), most=1)
        for (number, name), column in self.fills.items():
            goes = self.goes[name, self.asked.wanted[number].end]
            self.program.hold([column, goes], [1, -1], most=0)
        for number, one in enumerate(self.asked.wanted):
            columns = [column for (at, _), column in self.fills.items() if at == number]
            self.program.hold(columns, [1] * len(columns), most=one.count)

    def share(self) -> None:
        """Let backbone teachers be as many among all who are moved as the rule asks."""
        year = self.asked.year
        assert year is not None  # noqa: S101 - asked only where there is one
        share: Fraction = year.shares.backbone
        backbone = {one.teacher for one in self.asked.teachers if one.backbone}
        least = share.numerator * year.moved - share.denominator * year.backbone
        values = [share.denominator * (name in backbone) - share.numerator for name, _ in self.goes]
        self.program.hold(self.goes.values(), values, least=least)
