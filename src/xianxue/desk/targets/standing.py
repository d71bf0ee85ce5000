"""How far the targets in force have been reached, by the figures of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Attainment, Series, Target
from xianxue.bureau.targets.attainment import attainment
from xianxue.bureau.values import period_rules
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.releases.published import river_of
from xianxue.desk.targets.listing import in_force
from xianxue.desk.workspace import ComplaintsError, Workspace


@dataclass
class Standing:
    """The figures that targets are held against; each period is figured once."""

    workspace: Workspace
    published: str = "latest"
    """Which release figures are taken from; see ``find_release``."""
    _found: dict[str, Mapping[str, Figure]] = field(default_factory=dict[str, Mapping[str, Figure]])

    def of(self, targets: Sequence[Target], on: date) -> list[Attainment]:
        """Hold targets against the figures there are, as things stand on a day."""
        rules = self._rules()
        wanted = [(target, *self._speaks_of(target)) for target in targets]
        self._figure(
            (period, card.indicator)
            for _, card, now in wanted
            for period in (now, *_before(now, rules.earlier))
        )
        return [
            attainment(target, self._series(target, card, now, rules), rules, on)
            for target, card, now in wanted
        ]

    def _speaks_of(self, target: Target) -> tuple[Indicator, Period]:
        """Give a target's card, and the period whose figure it is held against."""
        card = self.workspace.shelf.indicator(target.indicator)
        if card is None:
            saw = say("目标里的指标“{indicator}”已经没有卡片", indicator=target.indicator)
            do = say("恢复这张卡片，或用 xianxue targets withdraw 撤销这项目标")
            issue = Issue(code="T-CARD", severity=Severity.MUST_FIX, saw=saw, do=do)
            raise ComplaintsError([issue])
        return card, card.period.for_(Period.parse(target.period))

    def _rules(self) -> TargetRules:
        return next(iter(self.workspace.shelf.target_rules.values()))

    def _figure(self, wanted: Iterable[tuple[Period, str]]) -> None:
        """Figure what is wanted of each period together: tables are opened once."""
        by_period: dict[Period, list[str]] = {}
        for period, indicator in dict.fromkeys(wanted):
            by_period.setdefault(period, []).append(indicator)
        for period, indicators in by_period.items():
            river = river_of(self.workspace, period, self.published)
            # A period of which nothing was ever accepted has no figures, not undetermined ones.
            self._found[period.code] = (
                {one.key: one for name in indicators for one in river.figures_of(name)}
                if river.holdings.kept
                else {}
            )

    def _series(self, target: Target, card: Indicator, now: Period, rules: TargetRules) -> Series:
        earlier = [self._at(target, period) for period in _before(now, rules.earlier)]
        known = [figure for figure in reversed(earlier) if figure is not None]
        return Series(self._at(target, now), tuple(known), gathers=card.kind == "cumulative")

    def _at(self, target: Target, period: Period) -> Figure | None:
        stage = target.stage.value if target.stage else "all"
        key = f"{target.indicator}/{target.place}/{stage}/{period.code}"
        return self._found[period.code].get(key)


def standings(
    workspace: Workspace, period: str, on: date, published: str = "latest"
) -> list[Attainment]:
    """Hold the targets in force for a period (empty: for every one) against their figures."""
    targets = [line.target for line in in_force(workspace, period)]
    return Standing(workspace, published).of(targets, on)


def _before(period: Period, many: int) -> list[Period]:
    """Give the periods before one, the nearest first; none before an examination."""
    if not period.recurs:
        return []
    return [period_rules.back(period, steps) for steps in range(1, many + 1)]
