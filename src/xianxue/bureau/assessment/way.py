"""The cheapest way to pass a joint verdict: what to raise to its line, and what only near to it.

So many criteria may stay below their lines if they come near (six of seven, the last at 85 %).
Which ones to leave there is a choice. A teacher, a room and a yuan have no common price here, so
what is compared is the gap as a share of the line: those are left below by which most is saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice
from typing import Final

from xianxue.bureau.assessment.compare import eased, passes
from xianxue.bureau.assessment.lacking import shortfall
from xianxue.bureau.kinds.standard import Combination, Criterion
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Finding, Improvement, Verdict
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record

_MOST: Final = 200
"""Choices that are tried, those that save most first: six of seven has seven of them."""


class Way(Record, kw_only=True):
    """One way to pass: what to raise, and what may stay as it is although it fails."""

    steps: tuple[Improvement, ...]
    spared: tuple[Finding, ...]
    """Fail and are near enough: nothing has to be done about them."""
    effort: Fraction
    """The gaps to be closed, each as a share of its line, added up."""


class _Gap(Record):
    """One criterion that fails."""

    finding: Finding
    card: Criterion
    figure: Figure
    value: Fraction
    line: Fraction
    near: Fraction
    """The line it has to reach if it is left below its own."""

    @property
    def saved(self) -> Fraction:
        """What leaving it below saves, as a share of its line."""
        rule = self.card.rule
        if passes(self.value, self.near, rule):
            return abs(self.line - self.value) / self.line
        return abs(self.line - self.near) / self.line

    def to(self, line: Fraction, *, left: bool) -> Improvement | None:
        """Say what it takes to reach a line; None where the card names nothing to count."""
        lacking = shortfall(self.card, self.figure, line)
        if lacking is None:
            return None
        return Improvement(self.card.criterion, self.card.term, line, lacking, left_below=left)


def cheapest_way(
    combination: Combination, judged: Sequence[Finding], cards: Mapping[str, Criterion]
) -> tuple[Improvement, ...]:
    """Give the cheapest way to pass, in the order of the combination.

    Empty where some criterion is not known, or cannot be counted in whole things.
    """
    share = fraction(combination.others_reach)
    gaps = [_gap(finding, cards, share) for finding in judged if finding.verdict is not Verdict.MET]
    known = [gap for gap in gaps if gap is not None]
    # A way that leaves out what cannot be counted would promise to pass, and not pass.
    if len(known) < len(gaps):
        return ()
    allowed = len(combination.of) - combination.need
    # A stable order: of equal savings the first criterion of the card is left.
    left = sorted(known, key=lambda gap: gap.saved, reverse=True)[:allowed]
    steps: list[Improvement] = []
    for gap in known:
        if gap not in left:
            step = gap.to(gap.line, left=False)
        elif passes(gap.value, gap.near, gap.card.rule):
            continue
        else:
            step = gap.to(gap.near, left=True)
        if step is None:
            return ()
        steps.append(step)
    return tuple(steps)


def ways(
    combination: Combination, judged: Sequence[Finding], cards: Mapping[str, Criterion]
) -> tuple[Way, ...]:
    """Give every way to pass of which no other asks less, the one of least effort first.

    Empty where nothing fails, where some criterion is not known, or cannot be counted.
    """
    share = fraction(combination.others_reach)
    gaps = [_gap(finding, cards, share) for finding in judged if finding.verdict is not Verdict.MET]
    known = [gap for gap in gaps if gap is not None]
    if len(known) < len(gaps):
        return ()
    found: list[Way] = []
    for left in islice(_choices(known, len(combination.of) - combination.need), _MOST):
        way = _way(known, left)
        if way is not None and way.steps:
            found.append(way)
    best = [one for one in found if not any(_asks_less(other, one) for other in found)]
    return tuple(sorted(best, key=lambda one: one.effort))


def _choices(gaps: Sequence[_Gap], allowed: int) -> Iterator[frozenset[str]]:
    """Give the sets of criteria that may be left below: as many as are allowed, or all."""
    names = [gap.finding.criterion for gap in sorted(gaps, key=lambda one: -one.saved)]
    for left in combinations(names, min(allowed, len(names))):
        yield frozenset(left)


def _way(gaps: Sequence[_Gap], left: frozenset[str]) -> Way | None:
    steps: list[Improvement] = []
    spared: list[Finding] = []
    effort = Fraction(0)
    for gap in gaps:
        below = gap.finding.criterion in left
        if below and passes(gap.value, gap.near, gap.card.rule):
            spared.append(gap.finding)
            continue
        line = gap.near if below else gap.line
        step = gap.to(line, left=below)
        if step is None:
            return None
        steps.append(step)
        effort += abs(line - gap.value) / gap.line
    return Way(steps=tuple(steps), spared=tuple(spared), effort=effort)


def _asks_less(one: Way, other: Way) -> bool:
    """Whether one way asks for nothing more than another, and for something less."""
    asked = {step.criterion: step.lacking.quantity for step in other.steps}
    mine = {step.criterion: step.lacking.quantity for step in one.steps}
    return mine != asked and all(many <= asked.get(name, 0) for name, many in mine.items())


def _gap(finding: Finding, cards: Mapping[str, Criterion], share: Fraction) -> _Gap | None:
    card, figure, line = cards.get(finding.criterion), finding.figure, finding.threshold
    value = figure.value if figure is not None else None
    # A share of nothing asks nothing of the others; then no line is near.
    if card is None or figure is None or not isinstance(value, Fraction) or not line or not share:
        return None
    return _Gap(finding, card, figure, value, line, eased(line, card.rule, share))
