"""Years beside each other: what was counted, what reports relay, and how it grew, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.database import open_database
from xianxue.desk.workspace import Workspace

POINTS: Final = frozenset({"percent", "percentage_point"})
"""Units whose values are compared by their difference: what grew by one per cent of 97?"""


class Between(Record):
    """What lies between two numbers, both included; printed digits stand for a range."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def meets(self, other: Between) -> bool:
        """Whether both can be one number.

        >>> Between(Fraction(97), Fraction(98)).meets(Between(Fraction(98), Fraction(99)))
        True
        """
        return self.low <= other.high and other.low <= self.high


class Said(Record, kw_only=True):
    """One year's number, and where it is from."""

    period: str
    relayed: bool
    """转录: from an old report; else counted from returns."""
    shown: str
    range: Between
    stage: str
    release: str = ""
    """The release a counted one was figured from; empty while provisional."""
    file: str = ""
    paragraph: int = 0
    sentence: str = ""


class Year(Record):
    """One year of a series; nothing in it where nobody said anything."""

    year: int
    """In which it begins."""
    said: tuple[Said, ...]

    @property
    def best(self) -> Said | None:
        """What the series goes on with: a counted number before a relayed one."""
        return min(self.said, key=lambda one: one.relayed, default=None)

    @property
    def agrees(self) -> bool:
        """Whether all that is said of the year can be one number."""
        return all(one.range.meets(other.range) for one in self.said for other in self.said)


class Series(Record):
    """An indicator's years, one after the other, those without a number too."""

    indicator: str
    stage: str
    years: tuple[Year, ...]

    def since(self, year: Year, *, points: bool) -> Between | None:
        """Give how it changed from a year to the last one that has a number, in per cent or points.

        None where there is no number, or nothing to divide by.
        """
        known = [one.best for one in self.years if one.best is not None]
        if year.best is None or not known or known[-1] is year.best:
            return None
        return change(year.best.range, known[-1].range, points=points)


def change(before: Between, after: Between, *, points: bool) -> Between | None:
    """Give by how much a number grew: in points, or in per cent of what it was.

    >>> change(Between(Fraction(100), Fraction(100)), Between(Fraction(78), Fraction(78)), points=False)
    Between(low=Fraction(-22, 1), high=Fraction(-22, 1))
    """  # noqa: E501 - one example is one line
    if points:
        return Between(after.low - before.high, after.high - before.low)
    if before.low <= 0 or after.low < 0:
        return None
    return Between((after.low / before.high - 1) * 100, (after.high / before.low - 1) * 100)


def laid_out(indicator: str, stage: str, said: list[Said]) -> Series:
    """Put what is said in the order of years, with the years between that nobody tells of."""
    by_year: dict[int, list[Said]] = {}
    for one in said:
        by_year.setdefault(Period.parse(one.period).start.year, []).append(one)
    if not by_year:
        return Series(indicator, stage, ())
    whole = range(min(by_year), max(by_year) + 1)
    return Series(
        indicator,
        stage,
        tuple(
            Year(year, tuple(sorted(by_year.get(year, ()), key=lambda one: one.relayed)))
            for year in whole
        ),
    )


def series_of(workspace: Workspace, card: Indicator) -> list[Series]:
    """Give the county's series of an indicator, one a stage."""
    said = [*_relayed(card), *_counted(workspace, card)]
    stages = sorted({one.stage for one in said})
    return [
        laid_out(card.indicator, stage, [one for one in said if one.stage == stage])
        for stage in stages
    ]


def _relayed(card: Indicator) -> list[Said]:
    from xianxue.desk.models.relayed import relayed_in_force  # noqa: PLC0415 - needs Django

    return [
        Said(
            period=line.period,
            relayed=True,
            shown=line.text,
            range=Between(Fraction(line.low), Fraction(line.high)),
            stage=line.stage,
            file=line.file,
            paragraph=line.paragraph,
            sentence=line.sentence,
        )
        for line in relayed_in_force(card.indicator)
    ]


def _counted(workspace: Workspace, card: Indicator) -> list[Said]:
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    found: list[Said] = []
    for code in periods_filed(workspace):
        period = Period.parse(code)
        if period.kind != workspace.period(None).kind:
            continue
        # The number that was published is the one people remember.
        river = river_of(workspace, period, "latest")
        for figure in river.figures_of(card.indicator):
            if figure.place != workspace.register.county.code or figure.slice is not None:
                continue
            # A root is no number that printed ones are held against.
            if not isinstance(figure.value, Fraction):
                continue
            found.append(
                Said(
                    period=figure.period,
                    relayed=False,
                    shown=figure.shown,
                    range=Between(figure.value, figure.value),
                    stage=figure.stage.value if figure.stage else "",
                    release=figure.release or "",
                )
            )
    return found


def periods_filed(workspace: Workspace) -> list[str]:
    """Name the periods for which anything was accepted, the oldest first."""
    open_database(workspace.store)
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    accepted = Filing.objects.filter(accepted__isnull=False)
    return sorted(set(accepted.values_list("period", flat=True)))
