"""The joint verdict on a school-stage: so many criteria met, the rest not far below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.assessment.compare import eased, passes
from xianxue.bureau.assessment.judge import UNKNOWN
from xianxue.bureau.assessment.way import cheapest_way
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.exact import fraction


def combinations_in_force(standard: Standard, on: date) -> list[Combination]:
    """Give the combinations that hold on a day: of those with the same id, the first."""
    found: dict[str, Combination] = {}
    for combination in in_force(standard.combine, on):
        found.setdefault(combination.criterion, combination)
    return list(found.values())


def joint(
    combination: Combination, findings: Mapping[str, Finding], cards: Mapping[str, Criterion]
) -> Finding | None:
    """Join the findings of one place and stage; None where none of them was judged.

    ``findings`` and ``cards`` map criteria to findings and to their cards. A criterion that does
    not apply has none, and cannot fail. ``shown`` is «met/judged», or 未定; ``rests_on`` keeps the
    order of the combination.
    """
    judged = [findings[name] for name in combination.of if name in findings]
    if not judged:
        return None
    verdict = _verdict(combination, judged)
    met = sum(finding.verdict is Verdict.MET for finding in judged)
    open_ones = [finding for finding in judged if finding.verdict is Verdict.UNDETERMINED]
    undetermined = verdict is Verdict.UNDETERMINED
    missing = dict.fromkeys(place for finding in open_ones for place in finding.missing)
    return Finding(
        standard=judged[0].standard,
        criterion=combination.criterion,
        term=combination.term,
        place=judged[0].place,
        stage=judged[0].stage,
        figure=None,
        shown=UNKNOWN if undetermined else f"{met}/{len(judged)}",
        threshold=None,
        rule="combination",
        verdict=verdict,
        citation=combination.citation,
        missing=tuple(missing) if undetermined else (),
        rests_on=tuple(f.criterion for f in judged if f.verdict is not Verdict.MET),
        way=cheapest_way(combination, judged, cards) if verdict is Verdict.NOT_MET else (),
    )


def _verdict(combination: Combination, judged: Sequence[Finding]) -> Verdict:
    """Decide with three values: what is unknown may yet be anything from nothing upward."""
    share = fraction(combination.others_reach)
    failed = [finding for finding in judged if finding.verdict is Verdict.NOT_MET]
    unknown = sum(finding.verdict is Verdict.UNDETERMINED for finding in judged)
    # Of all that are named, also where one does not apply: it cannot fail, and takes no place of
    # those that may.
    allowed = len(combination.of) - combination.need
    if len(failed) > allowed or not all(_comes_near(finding, share) for finding in failed):
        return Verdict.NOT_MET
    # With a share to reach, even one allowed failure may turn out to be too far below.
    harmless = share == 0 and len(failed) + unknown <= allowed
    return Verdict.MET if unknown == 0 or harmless else Verdict.UNDETERMINED


def _comes_near(finding: Finding, share: Fraction) -> bool:
    figure, threshold, rule = finding.figure, finding.threshold, finding.rule
    # A combination does not join combinations: they have neither figure nor threshold.
    if figure is None or figure.value is None or threshold is None or rule == "combination":
        return False
    return passes(figure.value, eased(threshold, rule, share), rule)
