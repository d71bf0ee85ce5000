"""The sentences about what could not be judged, and who still has to report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import claims
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.of_findings import JOINT, select
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.text import Runs


def problem(context: Context, assessments: Sequence[Assessment]) -> Iterator[Runs]:
    """Say what could not be judged, and whose numbers are missing: a paragraph for each group."""
    for missing, group in _by_missing(assessments):
        who = context.who(missing, _missing_count(context, group[0], missing))
        line = Line().add(*(("尚缺", *who, "的数据，") if missing else ("因没有可计算的数据，",)))
        for position, assessment in enumerate(group):
            number = _open_count(context, assessment)
            line.add("、" if position else "", f"“{assessment.term}”中的", number, "项")
        yield line.add("暂时无法判定，未计入以上问题。").runs


def measure(context: Context, assessments: Sequence[Assessment]) -> Iterator[Runs]:
    """Say who still has to report: a paragraph for each group."""
    for missing, group in _by_missing(assessments):
        if not missing:
            continue
        schools = tuple(code for code in missing if code != context.county)
        line = Line().add("补报县级报表，" if len(schools) < len(missing) else "")
        if schools:
            number = _missing_count(context, group[0], schools)
            line.add("督促", *context.who(schools, number), "补报数据，")
        terms = "".join(f"“{assessment.term}”" for assessment in group)
        yield line.add(f"报齐后重新判定{terms}。").runs


def _by_missing(
    assessments: Sequence[Assessment],
) -> Iterator[tuple[tuple[str, ...], list[Assessment]]]:
    """Group what could not be judged by whose numbers are missing."""
    groups: dict[tuple[str, ...], list[Assessment]] = {}
    for assessment in assessments:
        open_ones = _open(assessment)
        if open_ones:
            codes = sorted({code for one in open_ones for code in one.missing})
            groups.setdefault(tuple(codes), []).append(assessment)
    yield from groups.items()


def _open(assessment: Assessment) -> list[Finding]:
    every = (*assessment.findings, *assessment.spread)
    return [one for one in select(every, Verdict.UNDETERMINED) if one.rule != JOINT]


def _open_count(context: Context, assessment: Assessment) -> Claim:
    open_ones = _open(assessment)
    name, period = assessment.standard, context.period.code
    about = claims.About(name, "undetermined", context.county, None, period)
    number = len({one.criterion for one in open_ones})
    return claims.tally(about, number, "one", "无法判定的指标数", tuple(open_ones))


def _missing_count(context: Context, assessment: Assessment, missing: tuple[str, ...]) -> Claim:
    name, period = assessment.standard, context.period.code
    about = claims.About(name, "missing", context.county, None, period)
    return claims.tally(about, len(missing), "one", "尚缺数据的学校数", tuple(_open(assessment)))
