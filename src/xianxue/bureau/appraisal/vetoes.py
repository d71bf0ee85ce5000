"""一票否决: which vetoes hold for a place, each by its document."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.grading import Veto
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.records.appraised import Judged, Known, Struck
from xianxue.bureau.values.sentence import say


def struck(rubric: Rubric, one: Judged) -> tuple[tuple[Struck, ...], tuple[Issue, ...]]:
    """Give the vetoes that hold, and a complaint of each that has no document.

    A veto of which nothing is known does not hold: nobody is accused by a blank.
    """
    found: list[Struck] = []
    issues: list[Issue] = []
    for veto in rubric.vetoes:
        known = one.known.get(veto.veto)
        if known is None or known.lacking is not None or not _holds(veto, known):
            continue
        document = next((each.document for each in known.readings if each.document), "")
        if veto.needs_document and not document:
            issues.append(_bare(veto, one))
            continue
        found.append(
            Struck(
                veto=veto.veto,
                term=veto.term,
                caps=veto.caps,
                document=document,
                note=next((each.note for each in known.readings if each.note), ""),
                traces=tuple(trace for each in known.readings for trace in each.traces),
            )
        )
    return tuple(found), tuple(issues)


def _holds(veto: Veto, known: Known) -> bool:
    values = [each.value for each in known.readings if each.value is not None]
    if veto.gives is not None and veto.gives.kind == "finding":
        # A criterion: it is not meeting it that strikes.
        return any(not value for value in values)
    return sum(values, Fraction(0)) > veto.more_than


def _bare(veto: Veto, one: Judged) -> Issue:
    return Issue(
        code="P-VETO",
        severity=Severity.MUST_FIX,
        saw=say("一票否决“{term}”没有写依据文件，没有计入", term=veto.term),
        required=say("写明认定的文件"),
        do=say("请补上文件，或者撤销这条"),
        place=one.place,
        field=veto.veto,
    )
