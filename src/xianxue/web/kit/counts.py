"""Which figures a page speaks of: the period and the release that its address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.indicators.finding import subjects_of
from xianxue.desk.indicators.listing import Row, rows_of
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import LATEST, PROVISIONAL, Standing
from xianxue.web.kit.visit import Asked

NOW: Final = "now"
"""What an address says to have provisional figures where there is a release."""


class Counts(Record, dict=True):
    """The figures of a page."""

    standing: Standing
    period: Period
    release: str
    """The name of the release; empty for provisional figures."""

    @own_property
    def counted(self) -> Counted:
        """The figures."""
        return self.standing.counted(self.period, self.release)

    @property
    def subjects(self) -> Mapping[str, str]:
        """Each indicator's subject; asked of the cards once."""
        standing = self.standing
        return standing.by_files("subjects", lambda: subjects_of(standing.workspace()))

    def rows(self, place: str) -> list[Row]:
        """Give the figures of a place, by subject."""
        counted = self.counted
        return rows_of(counted.river, counted.by_indicator, counted.findings, self.subjects, place)

    @property
    def words(self) -> Sentence:
        """Say what they are worth: 暂行数, or which release."""
        return say("第 {name} 号发布", name=self.release) if self.release else say("暂行数")

    @own_property
    def asks(self) -> str:
        """What an address of the same figures says of the release; empty where it need not."""
        newest = self.standing.release(self.period, LATEST)
        if self.release:
            return "" if newest is not None and newest.name == self.release else self.release
        return NOW if newest is not None else ""

    @own_property
    def said_period(self) -> str:
        """What an address of the same figures says of the period; empty where it need not."""
        return "" if self.period == self.standing.period() else self.period.code

    @property
    def periods(self) -> list[Period]:
        """The periods of the same kind of which anything is held, newest first."""
        held = [Period.parse(code) for code in self.standing.held().periods]
        found = {one.code: one for one in (*held, self.period)}.values()
        return sorted((one for one in found if one.kind == self.period.kind), reverse=True)

    @property
    def releases(self) -> list[str]:
        """The releases of the period, newest first."""
        return [one.name for one in reversed(self.standing.held().releases_of(self.period.code))]


def counts_of(request: Asked, period: str = "", release: str | None = None) -> Counts:
    """Give what a page's address asks for: the county's period and its newest release else.

    MisusedError where there is no such period or release.
    """
    standing = request.visit.standing
    when = standing.period(period or request.GET.get("period") or None)
    said = request.GET.get("release", "") if release is None else release
    found = standing.release(when, PROVISIONAL if said == NOW else said or LATEST)
    return Counts(standing, when, found.name if found is not None else "")
