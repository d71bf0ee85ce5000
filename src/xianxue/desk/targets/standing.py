"""How far the targets in force have been reached, by the figures of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.resting import tables_under
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.target import Attainment, Series, Target
from xianxue.bureau.targets.attainment import attainment
from xianxue.bureau.values import period_rules
from xianxue.bureau.values.periods import Period
from xianxue.desk.indicators.river import River
from xianxue.desk.indicators.target_source import now_in_force, speaks_of
from xianxue.desk.releases.published import river_of
from xianxue.desk.workspace import Workspace


def standings(
    workspace: Workspace, period: str, on: date, published: str = "latest"
) -> list[Attainment]:
    """Hold the targets in force for a period (empty: for every one) against their figures.

    ``published`` says which release figures are taken from; see ``find_release``.
    """
    targets = now_in_force(workspace, period)
    return _Standing(workspace, published).of(targets, on)


def reported(river: River) -> list[Attainment]:
    """Hold the targets that speak of a river's own period against its figures.

    That is what the report of the period says of them: what was counted, and nothing foreseen. A
    target for a calendar year is among them where its figure is the one of this period.
    """
    workspace = river.workspace
    wanted = [
        one for one in now_in_force(workspace) if speaks_of(workspace.shelf, one)[1] == river.period
    ]
    figures = river.figures_for({one.indicator for one in wanted}) if wanted else {}
    return [
        attainment(
            one, Series(_in(figures, one, river.period)), rules_of(workspace), river.last_day
        )
        for one in wanted
    ]


def rules_of(workspace: Workspace) -> TargetRules:
    """Give the rules of the lamps: the county's own card, or the national one."""
    return next(iter(workspace.shelf.target_rules.values()))


@dataclass
class _Standing:
    """The figures that targets are held against; each period is figured once."""

    workspace: Workspace
    published: str
    _found: dict[Period, Mapping[str, Figure]] = field(
        default_factory=dict[Period, Mapping[str, Figure]]
    )
    _unreported: set[Period] = field(default_factory=set[Period])
    """Periods of which no return was ever accepted."""

    def of(self, targets: Sequence[Target], on: date) -> list[Attainment]:
        rules = rules_of(self.workspace)
        wanted = [(target, *speaks_of(self.workspace.shelf, target)) for target in targets]
        # Everything that will be asked for, first: a period is opened once, not once a target.
        self._figure(
            (period, card.indicator)
            for _, card, now in wanted
            for period in (now, *_before(now, rules.earlier))
        )
        return [
            attainment(target, self._series(target, card, now, rules), rules, on)
            for target, card, now in wanted
        ]

    def _figure(self, wanted: Iterable[tuple[Period, str]]) -> None:
        """Figure what is wanted of each period together: tables are opened once."""
        by_period: dict[Period, set[str]] = {}
        for period, indicator in wanted:
            by_period.setdefault(period, set()).add(indicator)
        for period, asked in by_period.items():
            river = river_of(self.workspace, period, self.published)
            if not river.holdings.kept:
                # A period of which nothing was ever accepted has no figures, not undetermined
                # ones, but of what the county itself counts: ledgers, examinations, ballots.
                self._unreported.add(period)
                found = {one for one in asked if self._own(one)}
            else:
                found = asked
            self._found[period] = river.figures_for(found) if found else {}

    def _own(self, indicator: str) -> bool:
        """Whether no return is asked for it."""
        shelf = self.workspace.shelf
        under = tables_under(shelf.indicators[indicator], shelf).keys()
        return bool(under) and under <= shelf.declared.keys()

    def _series(self, target: Target, card: Indicator, now: Period, rules: TargetRules) -> Series:
        # Before anything was reported a ledger was not kept either: that is no year of nought.
        earlier = [
            _in(self._found[one], target, one)
            for one in _before(now, rules.earlier)
            if one not in self._unreported
        ]
        # A year without a figure is left out; it is not a year of nought.
        known = [figure for figure in reversed(earlier) if figure is not None]
        return Series(
            _in(self._found[now], target, now), tuple(known), gathers=card.kind == "cumulative"
        )


def _in(figures: Mapping[str, Figure], target: Target, period: Period) -> Figure | None:
    key = key_of(target.indicator, target.place, target.stage, period.code, target.slice)
    return figures.get(key)


def _before(period: Period, many: int) -> list[Period]:
    """Give the periods before one, the nearest first; none before an examination."""
    if not period.recurs:
        return []
    return [period_rules.back(period, steps) for steps in range(1, many + 1)]
