"""回避: who may not judge whom, by what they have declared and by the card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.kinds.appraisal.rubric import Conflicts
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say


class Ties(Record, kw_only=True):
    """What binds somebody to schools."""

    own: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    """Where close kin are."""
    former: Mapping[str, date] = field(default_factory=dict[str, date])
    """Schools of earlier service, each with the last day there."""


def conflict(ties: Ties, place: str, rules: Conflicts, on: date) -> Sentence | None:
    """Say why somebody may not judge a place on a day; None where they may.

    >>> rules = Conflicts(former_years=3)
    >>> left = Ties(former={"a": date(2023, 7, 31)})
    >>> str(conflict(left, "a", rules, date(2026, 7, 31)))
    '在那里任职到 2023-07-31，未满 3 年'
    >>> conflict(left, "a", rules, date(2026, 8, 1))
    """
    if rules.own and place in ties.own:
        return say("是本人所在单位")
    if rules.kin and place in ties.kin:
        return say("有近亲属在那里")
    left = ties.former.get(place)
    if left is not None and on <= _after(left, rules.former_years):
        return say("在那里任职到 {day}，未满 {n} 年", day=left.isoformat(), n=rules.former_years)
    return None


def _after(day: date, years: int) -> date:
    """Give the same day so many years later; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
