"""What is said of findings: values beside their thresholds, verdicts, and how many met them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import claims
from xianxue.bureau.report.context import Context, Gap, Row
from xianxue.bureau.report.grammar import PLACE_FACETS, RULE_FACETS, Slot
from xianxue.bureau.report.statements.of_figures import NOTHING, UNREPORTED
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.rounding import shown as rounded

MARK: Final = "▲"
"""Stands behind a value in a table that does not reach its threshold."""

JOINT: Final = "combination"
"""The rule of a finding that sums up others."""

_PERCENT: Final = 100
_ALIKE: Final = re.compile(r"lacking_\d+")


def concerns(context: Context, slot: Slot) -> bool:
    """Whether a slot speaks of findings and not of a figure."""
    return slot.standard != "" or (slot.facet == "verdict" and slot.name in context.shelf.standards)


def say(context: Context, slot: Slot, row: Row | None) -> Runs:
    """Write what a slot asks of the findings of a standard."""
    name = slot.standard or slot.name
    assessment = context.assessments.get(name)
    if assessment is None:
        saw = f"文稿要写“{name}”的评估结果，但这次没有评估"
        context.refuse("W-STANDARD", saw, "先按该标准评估，再写文稿")
        return ()
    if not slot.criterion:
        return (_verdict_on(context, assessment),)
    if slot.facet in RULE_FACETS:
        return _of_combination(context, slot, assessment)
    return _of_criterion(context, slot, row, _chosen(context, assessment.standard, slot, row))


def _of_criterion(
    context: Context, slot: Slot, row: Row | None, findings: Sequence[Finding]
) -> Runs:
    if slot.facet in PLACE_FACETS:
        return _counted(context, slot, findings)
    if slot.facet == "limit" and row is None:
        return _common_limit(context, slot, findings)
    if len(findings) != 1:
        return (NOTHING,) if row else _absent(context, slot)
    return one(context, findings[0], slot.facet, row=row is not None, bare=slot.form == "bare")


def exists(context: Context, slot: Slot, row: Row | None) -> bool:
    """Whether there is something to say: a count that is not zero, a finding at all."""
    assessment = context.assessments.get(slot.standard or slot.name)
    if assessment is None:
        return False
    if not slot.criterion or slot.facet in RULE_FACETS:
        return True
    findings = _chosen(context, assessment.standard, slot, row)
    if slot.facet == "met":
        # That none of those judged is good enough is worth saying.
        return len(select(findings, Verdict.UNDETERMINED)) < len(findings)
    if slot.facet in PLACE_FACETS:
        runs = _counted(context, slot, findings)
        return any(isinstance(run, Claim) and run.value != 0 for run in runs)
    return bool(findings)


def one(context: Context, finding: Finding, facet: str, *, row: bool, bare: bool = False) -> Runs:
    """Write one side of one finding."""
    period = context.period.code
    if facet == "verdict":
        return (claims.of_verdict(finding, period),)
    if facet == "limit":
        return limit(context, finding, bare=bare or row)
    if facet == "lacking":
        claim = claims.of_lacking(finding, period)
        return (claim,) if claim else (NOTHING,)
    if finding.figure is None or finding.figure.value is None:
        if not row:
            context.gaps.append(Gap(finding.term, finding.missing))
        return (UNREPORTED if finding.missing else NOTHING,)
    if facet == "margin":
        return _margin(context, finding)
    value = claims.of_value(finding, finding.figure, bare=bare or row)
    return (value, MARK) if row and finding.verdict is Verdict.NOT_MET else (value,)


def _margin(context: Context, finding: Finding) -> Runs:
    """Say how far a rate is above or below its line: 高于标准12.25个百分点."""
    figure, value, line = finding.figure, finding.figure and finding.figure.value, finding.threshold
    # Only of rates: the distance between two ratios or numbers is no percentage point.
    if (
        figure is None
        or line is None
        or figure.unit != "percent"
        or not isinstance(value, Fraction)
    ):
        return ()
    # Exact on both sides; only what is printed is rounded.
    if value == line:
        return ("，达到标准",)
    word = "高于" if value > line else "低于"
    digits = len(finding.shown.partition(".")[2])
    shown = rounded(abs(value - line), digits)
    if not shown.strip("0."):
        # As printed there would be no difference, although there is one.
        return (f"，略{word}标准",)
    about = claims.About(
        f"{finding.standard}.{finding.criterion}",
        "margin",
        finding.place,
        finding.stage,
        context.period.code,
    )
    return (f"，{word}标准", claims.margin(about, finding, abs(value - line), shown))


def limit(context: Context, finding: Finding, *, bare: bool = False) -> Runs:
    """Write the threshold of a finding; nothing for one that has none."""
    if finding.threshold is None:
        return ()
    card = criterion_of(context, finding)
    indicator = context.shelf.indicator(card.indicator) if card else None
    measured = indicator or finding.figure
    unit = measured.unit if measured else "one"
    one_to_n = indicator is not None and indicator.show.form == "one_to_n"
    period = context.period.code
    return (claims.of_limit(finding, period, unit, one_to_n=one_to_n, bare=bare),)


def criterion_of(context: Context, finding: Finding) -> Criterion | None:
    """Give the card of a finding's criterion; None for a joint verdict."""
    standard = context.shelf.standards.get(finding.standard)
    cards = [] if standard is None else [*standard.criteria, *standard.spread]
    return next((card for card in cards if card.criterion == finding.criterion), None)


def joint(standard: Standard | None, on: date) -> Combination | None:
    """Give the rule by which school-stages are judged as a whole, if there is one."""
    return next(iter(in_force(standard.combine, on)), None) if standard else None


def in_card_order(context: Context, assessment: Assessment) -> list[list[Finding]]:
    """Group an assessment's findings by criterion, as its standard lists them; none joint."""
    standard = context.shelf.standards.get(assessment.standard)
    cards = [] if standard is None else [*standard.criteria, *standard.spread]
    groups: dict[str, list[Finding]] = {card.criterion: [] for card in cards}
    for finding in (*assessment.findings, *assessment.spread):
        if finding.rule != JOINT:
            groups.setdefault(finding.criterion, []).append(finding)
    return [group for group in groups.values() if group]


def select(findings: Sequence[Finding], verdict: Verdict) -> list[Finding]:
    """Keep those of one verdict."""
    return [finding for finding in findings if finding.verdict is verdict]


def count(
    context: Context, facet: str, findings: Sequence[Finding], stage: Stage | None
) -> Claim | None:
    """Count findings of one criterion over all places; None where there are none."""
    if not findings:
        return None
    first = findings[0]
    slot = Slot(f"{first.standard}.{first.criterion}", stage, facet)
    runs = _counted(context, slot, findings)
    return next((run for run in runs if isinstance(run, Claim)), None)


def _chosen(context: Context, standard: str, slot: Slot, row: Row | None) -> list[Finding]:
    """Pick the findings that a slot means: of its criterion, stage and place.

    Without a stage those that have none are meant, if there are any, and else all.
    """
    row = row or Row()
    stage = slot.stage or row.stage
    findings = context.findings(standard, slot.criterion, slot.place or row.place)
    # A finding without a stage speaks of all that a place has.
    if stage is not None:
        return [finding for finding in findings if finding.stage in {stage, None}]
    return [finding for finding in findings if finding.stage is None] or findings


def _counted(context: Context, slot: Slot, findings: Sequence[Finding]) -> Runs:
    counted = {
        "judged": (list(findings), "应评数"),
        "met": (select(findings, Verdict.MET), "达标数"),
        "not_met": (select(findings, Verdict.NOT_MET), "未达标数"),
        "undetermined": (select(findings, Verdict.UNDETERMINED), "无法判定数"),
        "others": (list(findings), "其余未达标数"),
    }
    term = findings[0].term if findings else slot.criterion
    if slot.facet in counted or _ALIKE.fullmatch(slot.facet):
        # Those that lack the same are counted under a key of their own for each quantity.
        rests_on, word = counted.get(slot.facet, (list(findings), "同等短缺数"))
        number, unit = len(rests_on), "one"
    else:
        rests_on, word = [finding for finding in findings if finding.lacking], "共缺数"
        lacking = [finding.lacking for finding in rests_on if finding.lacking]
        number, unit = sum(one.quantity for one in lacking), lacking[0].unit if lacking else "one"
    about = _about(context, slot)
    unit = "one" if slot.form == "bare" else unit
    return (claims.tally(about, number, unit, f"{term}{word}", tuple(rests_on)),)


def _about(context: Context, slot: Slot) -> claims.About:
    place = slot.place or context.county
    return claims.About(slot.name, slot.facet, place, slot.stage, context.period.code)


def _common_limit(context: Context, slot: Slot, findings: Sequence[Finding]) -> Runs:
    """Write the threshold that all places of a stage share."""
    if len({finding.threshold for finding in findings}) != 1:
        return _absent(context, slot)
    return limit(context, findings[0], bare=slot.form == "bare")


def _of_combination(context: Context, slot: Slot, assessment: Assessment) -> Runs:
    standard = context.shelf.standards[slot.standard]
    rule = joint(standard, date.fromisoformat(assessment.on))
    if rule is None or rule.criterion != slot.criterion:
        return _absent(context, slot)
    number, unit = {
        "need": (rule.need, "one"),
        "of": (len(rule.of), "one"),
        "others_reach": (int(rule.others_reach * _PERCENT), "percent"),
    }[slot.facet]
    return (claims.tally(_about(context, slot), number, unit, f"{rule.term}（规则）"),)


def _verdict_on(context: Context, assessment: Assessment) -> Claim:
    return Claim(
        text=assessment.verdict.term,
        name=assessment.standard,
        facet="verdict",
        place=context.county,
        stage=None,
        period=assessment.period,
        term=f"{assessment.term}判定",
        value=None,
        unit="one",
        shown=assessment.verdict.term,
        findings=(*assessment.findings, *assessment.spread),
    )


def _absent(context: Context, slot: Slot) -> Runs:
    what = f"{slot.name}{'#' + slot.facet if slot.facet else ''}"
    context.refuse(
        "W-ABSENT",
        f"文稿要写“{what}”，但评估结果里没有唯一的这一项",
        "文中每个数都有评估结果",
        "请在模板中写明学段，或用方括号标为可省略",
    )
    return ()
