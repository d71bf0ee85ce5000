"""Rubrics by name, in the version that holds in a period, and the period they are for."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.card import Needed
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace


class Which(Record, kw_only=True):
    """Which appraisal is meant: by which card, of which period, by the values of which day."""

    rubric: Rubric
    period: Period
    on: date
    """The period's last day, or today while it goes on."""

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return say("{term}（{period}）", term=self.rubric.term, period=self.period.term)

    @property
    def at(self) -> tuple[str, str]:
        """What the addresses of its pages begin with."""
        return self.rubric.series, self.period.code


def rubric_named(shelf: Shelf, name: str, day: date) -> Rubric:
    """Give the rubric with an id or a term, in the version of a day; MisusedError without one."""
    found = [one for one in shelf.rubrics.values() if name in {one.rubric, one.series, one.term}]
    if not found:
        known = joined(
            "、",
            (say("{id} {term}", id=one.rubric, term=one.term) for one in shelf.rubrics.values()),
        )
        raise MisusedError(say("没有评价卡片“{name}”；现有：{known}", name=name, known=known))
    exact = [one for one in found if one.rubric == name and one.series != name]
    there = exact or [one for one in found if in_force(one, day)] or found
    return there[-1]


def in_force(rubric: Rubric, day: date) -> bool:
    """Whether a version of a rubric holds on a day."""
    begun = rubric.valid_from is None or rubric.valid_from <= day
    return begun and (rubric.valid_to is None or day <= rubric.valid_to)


def current(shelf: Shelf, day: date) -> list[Rubric]:
    """Give every rubric once, in the version of a day, in the order of the catalogue."""
    series = dict.fromkeys(one.series for one in shelf.rubrics.values())
    return [rubric_named(shelf, name, day) for name in series]


def which(workspace: Workspace, name: str, period: str | None = None) -> Which:
    """Say which appraisal is meant by a name and a period; without one, the one that goes on."""
    today = clock.day_of(clock.now())
    known = rubric_named(workspace.shelf, name, today)
    meant = period_of(workspace, known, period, today)
    on = min(today, meant.end)
    # Of an earlier period, the version that held then.
    rubric = rubric_named(workspace.shelf, name, on)
    return Which(rubric=rubric, period=meant, on=on)


def period_of(workspace: Workspace, rubric: Rubric, named: str | None, today: date) -> Period:
    """Give the period a rubric is for: the one named, or found from it, or the one it is now."""
    if named:
        try:
            said = Period.parse(named)
        except ValueError as error:
            raise MisusedError(error.args[0]) from error
        return said if said.kind == rubric.period else found_for(rubric, said)
    own = workspace.period(None)
    if rubric.period == own.kind:
        return own
    # What is judged by calendar year or term goes on while the returns of a school year are in.
    return Period.on(rubric.period, today) if rubric.period != "examination" else own


def found_for(rubric: Rubric, period: Period) -> Period:
    """Give the period of a rubric that belongs to a period of another kind."""
    try:
        return Needed(kind=rubric.period).for_(period)
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
