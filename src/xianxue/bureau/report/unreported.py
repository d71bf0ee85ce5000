"""The sentences about what could not be judged, and who still has to report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import claims, naming
from xianxue.bureau.report.context import Context, Gap
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.statements.of_findings import JOINT, select
from xianxue.bureau.report.text import Paragraph, Runs

_TERMS: Final = 3
"""So many terms are named of what a paragraph would have said."""


def problem(context: Context, assessments: Sequence[Assessment]) -> Iterator[Runs]:
    """Say what could not be judged, and whose numbers are missing: a paragraph for each group."""
    for missing, group in _by_missing(assessments):
        schools = tuple(code for code in missing if code != context.county)
        who = context.who(missing, _missing_count(context, group[0], schools))
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


def gap(context: Context, gaps: Sequence[Gap]) -> Runs:
    """Mark the place of a paragraph that cannot be written, and say what is needed for it."""
    missing = list(dict.fromkeys(code for one in gaps for code in one.missing))
    terms = list(dict.fromkeys(one.term for one in gaps))
    about = "、".join(terms[:_TERMS]) + ("等" if len(terms) > _TERMS else "")
    if not missing:
        return (f"[待补：本段涉及{about}，没有可计算的数据，请股室填写或删去]",)
    why = f"尚缺{_names(context, missing)}"
    return (f"[待补：本段涉及{about}，{why}，请股室填写或在报齐后重新生成]",)


def page(
    context: Context, gaps: Sequence[Gap], assessments: Sequence[Assessment]
) -> tuple[Paragraph, ...]:
    """Say before everything else whose returns are missing; nothing where none is."""
    missing = everybody(gaps, assessments)
    if not missing:
        return ()
    schools = [code for code in missing if code != context.county]
    own = "县级报表、" if len(schools) < len(missing) else ""
    names = "、".join(naming.name_of(code, context.register) for code in schools)
    said = [
        "数据报送情况（定稿时撤下本页）",
        f"截至成文，本文所用数据尚未报齐，缺以下各家的报表：{own}{names}".rstrip("、") + "。",
        "正文中标有“[待补：”的段落因此没有写出，须由股室填写，或在报齐后重新生成。",
        "表中“缺报”的各格和“无法判定”的各项，以报齐后的为准。",
    ]
    return tuple(Paragraph((one,)) for one in said)


def everybody(gaps: Sequence[Gap], assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """List all whose returns a paragraph or a verdict lacks."""
    lacking = {code for one in gaps for code in one.missing}
    lacking |= {code for one in assessments for each in _open(one) for code in each.missing}
    return tuple(sorted(lacking))


def _names(context: Context, missing: Sequence[str]) -> str:
    schools = [code for code in missing if code != context.county]
    own = "县级报表" if len(schools) < len(missing) else ""
    names = naming.listed(schools, context.register)
    if not schools:
        return own
    if len(schools) > naming.NAMED:
        names += f"{len(schools)}所{naming.kind_of(schools, context.register, context.counted_on)}"
    return "和".join(part for part in (own, f"{names}的报表") if part)


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
    # A joint verdict is open because of its parts, which are counted already.
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
