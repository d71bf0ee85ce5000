"""The sentences of 存在问题 and 下一步."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import claims, naming
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.of_findings import JOINT, count, criterion_of, limit, select
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.text import Run, Runs

_NAMED: Final = 6
"""So many schools are named with their numbers; of more, those that lack most."""

_RULES: Final = {"at_least": "不低于", "at_most": "不高于", "less_than": "低于"}
_FAILS: Final = {"at_least": "低于", "at_most": "高于", "less_than": "未低于"}


def problem(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say what does not suffice: the rule, how many fail it, by how much each.

    All are findings on one criterion.
    """
    if _is_of_county(context, unmet):
        return _list(_county_problem(context, finding) for finding in unmet)
    line = Line().add(f"{_headline(unmet[0])}。", *_rule(context, unmet), "。")
    for stage, findings in _by_stage(unmet):
        line.add(*_schools(context, stage, findings))
    return line.runs


def measure(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say what would make it suffice, with exact quantities."""
    if _is_of_county(context, unmet):
        return _list(_county_measure(context, finding) for finding in unmet)
    line = Line()
    for stage, findings in _by_stage(unmet):
        line.add(*_supply(context, stage, findings))
    return line.runs


def unreported(context: Context, assessment: Assessment) -> Runs:
    """Say what could not be judged, and whose numbers are missing; empty if all was judged."""
    open_ones = select((*assessment.findings, *assessment.spread), Verdict.UNDETERMINED)
    terms = list(dict.fromkeys(one.term for one in open_ones if one.rule != JOINT))
    missing = _missing(assessment)
    if not terms:
        return ()
    about = claims.About(
        assessment.standard, "undetermined", context.county, None, context.period.code
    )
    number = claims.tally(about, len(terms), "one", "无法判定的指标数", tuple(open_ones))
    who = ("尚缺", *context.who(missing, _missing_count(context, assessment)), "的数据，")
    named = "、".join(f"“{term}”" for term in terms[: naming.NAMED])
    etc: tuple[Run, ...] = ("等", number, "项") if len(terms) > naming.NAMED else ()
    line = Line().add(f"“{assessment.term}”评估中，", *(who if missing else ()))
    return line.add(named, *etc, "暂时无法判定，未计入以上问题。").runs


def to_report(context: Context, assessments: Sequence[Assessment]) -> Runs:
    """Say who still has to report; empty if nobody has."""
    line = Line()
    for assessment in assessments:
        missing = _missing(assessment)
        if missing:
            who = context.who(missing, _missing_count(context, assessment))
            line.add("督促", *who, f"补报数据，报齐后重新开展“{assessment.term}”判定。")
    return line.runs


# ── one criterion, school by school ─────────────────────────────────────────


def _schools(context: Context, stage: Stage | None, unmet: list[Finding]) -> Runs:
    number = count(context, "not_met", unmet, stage)
    kind = naming.kind_of([one.place for one in unmet], context.register, context.on)
    line = Line().add(stage.term if stage else "全县", "有", *_run(number), f"所{kind}未达标")
    total = count(context, "lacking_total", unmet, stage)
    if len(unmet) > 1 and total is not None and total.value:
        line.add("，共多" if _surplus(unmet[0]) else "，共缺", total)
    line.add("，为" if len(unmet) == 1 else _lead(unmet))
    for position, finding in enumerate(_named(unmet)):
        line.add("、" if position else "", _name(context, finding), *_value(context, finding))
    return line.add("。").runs


def _value(context: Context, finding: Finding) -> Runs:
    line = Line().add("（")
    if finding.figure is not None:
        line.add(claims.of_value(finding, finding.figure))
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None:
        line.add("，多" if _surplus(finding) else "，缺", lacking)
    return line.add("）").runs


def _supply(context: Context, stage: Stage | None, unmet: list[Finding]) -> Runs:
    lacking = unmet[0].lacking
    where = stage.term if stage else "全县"
    if lacking is None:
        line = Line().add(f"{where}：" if stage else "")
        for position, finding in enumerate(_named(unmet)):
            line.add("；" if position else "", _name(context, finding), *_raise(context, finding))
        return line.add("等。" if len(unmet) > _NAMED else "。").runs
    total = count(context, "lacking_total", unmet, stage)
    line = Line().add(f"{where}{_verb(unmet[0])}{lacking.noun}", *_run(total))
    line.add("，用于" if len(unmet) == 1 and not _surplus(unmet[0]) else _lead(unmet))
    for position, finding in enumerate(_named(unmet)):
        each = claims.of_lacking(finding, context.period.code)
        shown = _run(each) if len(unmet) > 1 else ()
        line.add("、" if position else "", _name(context, finding), *shown)
    return line.add("。").runs


def _lead(unmet: list[Finding]) -> str:
    if len(unmet) > _NAMED:
        return "，其中较多的是" if unmet[0].lacking else "，其中有"
    return "，其中" if len(unmet) > 1 else "，为"


def _named(unmet: list[Finding]) -> list[Finding]:
    """Keep those that are named: all of a few, of many those that lack most."""
    if len(unmet) <= _NAMED:
        return unmet
    return sorted(unmet, key=lambda one: -(one.lacking.quantity if one.lacking else 0))[:_NAMED]


def _name(context: Context, finding: Finding) -> str:
    if finding.stage is None:
        return naming.name_of(finding.place, context.register)
    return naming.name_with_stage(finding.place, finding.stage, context.register, context.on)


# ── one criterion, for the county ───────────────────────────────────────────


def _county_problem(context: Context, finding: Finding) -> Runs:
    line = Line().add(_subject(context, finding), "为")
    if finding.figure is not None:
        line.add(claims.of_value(finding, finding.figure))
    line.add(f"，{_FAILS[finding.rule]}", *limit(context, finding), "的标准")
    line.add(*_doubt(finding))
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None and finding.lacking is not None:
        word = "多" if finding.lacking.surplus else "尚缺"
        line.add(f"，{word}{finding.lacking.noun}", lacking)
    return line.runs


def _county_measure(context: Context, finding: Finding) -> Runs:
    line = Line().add("使", _subject(context, finding), *_raise(context, finding))
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None and finding.lacking is not None:
        line.add(f"，须{_verb(finding)}{finding.lacking.noun}", lacking)
    return line.runs


def _raise(context: Context, finding: Finding) -> Runs:
    upward = finding.rule == "at_least"
    line = Line()
    if finding.figure is not None:
        line.add("由", claims.of_value(finding, finding.figure))
    line.add("提高到" if upward else "降到", *limit(context, finding))
    return line.add("以上" if upward else "以下").runs


def _subject(context: Context, finding: Finding) -> str:
    stage = finding.stage.term if finding.stage else ""
    card = _indicator(context, finding)
    term = card.term if card else finding.term
    return term if stage and stage in term else stage + term


# ── words ───────────────────────────────────────────────────────────────────


def _headline(finding: Finding) -> str:
    if finding.lacking is None:
        return f"{finding.term}未达标"
    return f"{finding.lacking.noun}{'超过规定' if finding.lacking.surplus else '不足'}"


def _rule(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say the thresholds, by stage, as they were applied; several where clauses differ."""
    card = _indicator(context, unmet[0])
    line = Line().add(card.term if card else unmet[0].term, "标准为")
    said: list[tuple[Stage | None, object]] = []
    for finding in unmet:
        about = (finding.stage, finding.threshold)
        if finding.threshold is None or about in said:
            continue
        stage = finding.stage.term if finding.stage else ""
        line.add("、" if said else "", f"{stage}{_RULES[finding.rule]}", *limit(context, finding))
        line.add(*_doubt(finding))
        said.append(about)
    return line.runs


def _doubt(finding: Finding) -> Runs:
    doubtful = finding.citation is not None and finding.citation.seen.doubtful
    return ("（标准值未核实）",) if doubtful else ()


def _verb(finding: Finding) -> str:
    if finding.lacking is None or finding.lacking.surplus:
        return "减少"
    noun = finding.lacking.noun
    return "补充" if noun.endswith("教师") and "的" not in noun else "增加"


def _surplus(finding: Finding) -> bool:
    return finding.lacking is not None and finding.lacking.surplus


def _indicator(context: Context, finding: Finding) -> Indicator | None:
    card = criterion_of(context, finding)
    return context.shelf.indicator(card.indicator) if card else None


def _is_of_county(context: Context, unmet: tuple[Finding, ...]) -> bool:
    return unmet[0].place == context.county


def _by_stage(findings: tuple[Finding, ...]) -> Iterator[tuple[Stage | None, list[Finding]]]:
    for stage in (None, *Stage):
        of_stage = [finding for finding in findings if finding.stage is stage]
        if of_stage:
            yield stage, of_stage


def _missing(assessment: Assessment) -> tuple[str, ...]:
    open_ones = select((*assessment.findings, *assessment.spread), Verdict.UNDETERMINED)
    return tuple(dict.fromkeys(code for one in open_ones for code in one.missing))


def _missing_count(context: Context, assessment: Assessment) -> Claim:
    period = context.period.code
    about = claims.About(assessment.standard, "missing", context.county, None, period)
    return claims.tally(about, len(_missing(assessment)), "one", "尚缺数据的学校数")


def _list(sentences: Iterator[Runs]) -> Runs:
    line = Line()
    for position, runs in enumerate(sentences):
        line.add("；" if position else "", *runs)
    return line.add("。").runs


def _run(claim: Claim | None) -> Runs:
    return (claim,) if claim else ()
