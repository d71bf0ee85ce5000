"""Surveys: what those asked say of all, by group, within which bounds, and since last time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.ballots.counting import ANSWERED, Cells
from xianxue.bureau.ballots.estimating import (
    Changed,
    Estimate,
    Stratum,
    compared,
    stratified,
    stratified_mean,
)
from xianxue.bureau.ballots.hiding import Key, Scope, hidden
from xianxue.bureau.ballots.hiding_places import FAVOURABLE, OTHERS
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.values.record import Record, replace

PLACES: Final = 4
"""Places that have to take part where a sum over them is told that is weighed otherwise."""
Population = Mapping[tuple[str, str], int]
"""Group and place to how many people of it there are: pupils' parents by enrolment."""


class Estimated(Record, kw_only=True):
    """One line of the table of estimates."""

    group: str
    """Empty for all together."""
    judged: int | None
    """How many judged; None where that is shown to nobody, and nothing beside it then."""
    estimate: Estimate | None
    """The share of favourable answers; None where it is shown to nobody, or nobody judged."""
    mean: Estimate | None = None
    """The mean of points (满意度), where each level has some and enough places took part."""
    since: Changed | None = None
    """Against last time, where there was one."""
    mean_since: Changed | None = None
    """The mean against last time."""


def estimates(
    opened: Opened, cells: Cells, column: Column, population: Population
) -> tuple[Estimated, ...]:
    """Estimate the share of favourable answers, of all and of each group that may be shown.

    Each place and group is a stratum, weighed by how many there are. A place that is not in
    ``population`` makes a ValueError: who has no weight would be left out unseen.
    """
    unseen = hidden(opened, cells).keys
    strata = _strata(opened, cells, column)
    lost = sorted(set(strata) - set(population))
    if lost:
        message = f"no population of {lost}"
        raise ValueError(message)
    groups = [one.group for one in opened.card.groups]
    found: list[Estimated] = []
    for group in ["", *groups] if len(groups) > 1 else [""]:
        keys = {Key(column, item, Scope(group)) for item in (FAVOURABLE, OTHERS)}
        mine = {at: many for at, many in population.items() if group in {"", at[0]}}
        judged = sum(strata[at][0] for at in mine if at in strata)
        if keys & unseen or not judged:
            found.append(Estimated(group=group, judged=None, estimate=None))
        else:
            some = [Stratum(many, *strata.get(at, (0, 0))) for at, many in mine.items() if many]
            mean = _mean(opened, cells, column, mine)
            found.append(
                Estimated(group=group, judged=judged, estimate=stratified(some), mean=mean)
            )
    return tuple(found)


def since_last(now: Collection[Estimated], then: Collection[Estimated]) -> tuple[Estimated, ...]:
    """Set each group beside what it said last time; a group that was not there has no change."""
    before = {one.group: one for one in then}
    found: list[Estimated] = []
    for one in now:
        last = before.get(one.group)
        if last is None:
            found.append(one)
            continue
        since = _changed(one.estimate, last.estimate)
        found.append(replace(one, since=since, mean_since=_changed(one.mean, last.mean)))
    return tuple(found)


def _changed(now: Estimate | None, then: Estimate | None) -> Changed | None:
    return None if now is None or then is None else compared(now, then)


def response_rate(cells: Cells, issued: int) -> Fraction | None:
    """Give the share of slips that came back with a valid paper (有效回收率); None of none."""
    valid = sum(many for cell, many in cells.items() if (cell.question, cell.item) == ("", "valid"))
    return Fraction(valid, issued) if issued else None


def _mean(opened: Opened, cells: Cells, column: Column, population: Population) -> Estimate | None:
    """Estimate the mean of points of those in ``population``.

    Of few places a mean weighed otherwise than by the papers is a sum that tells of one.
    """
    question = opened.columns[column]
    points = {one.option: one.points for one in question.options if one.option in question.levels}
    levels = [(level, Fraction(each)) for level, each in points.items() if each is not None]
    if len(levels) < len(points) or len({place for _, place in population}) < PLACES:
        return None
    said: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for cell, many in cells.items():
        if Column(cell.question, cell.about, cell.row) == column:
            said[cell.group, cell.place][cell.item] += many
    strata = [
        (many, [said[at][level] for level, _ in levels]) for at, many in population.items() if many
    ]
    return stratified_mean(strata, [each for _, each in levels])


def _strata(opened: Opened, cells: Cells, column: Column) -> dict[tuple[str, str], tuple[int, int]]:
    """Give each group and place with how many judged, and how many of them favourably."""
    question = opened.columns[column]
    good = {one.option for one in question.options if one.favourable}
    judged: dict[tuple[str, str], int] = defaultdict(int)
    favourable: dict[tuple[str, str], int] = defaultdict(int)
    for cell, many in cells.items():
        if Column(cell.question, cell.about, cell.row) != column:
            continue
        if cell.item == ANSWERED:
            # Who could not say is a stratum's too: that nobody there judged is known of it.
            judged[cell.group, cell.place] += 0
        elif cell.item in question.levels:
            judged[cell.group, cell.place] += many
            favourable[cell.group, cell.place] += many if cell.item in good else 0
    return {at: (many, favourable[at]) for at, many in judged.items()}
