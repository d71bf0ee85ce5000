"""What other appraisals came to for somebody, as the source of an item's points."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.records.appraised import Graded, Known, Reading, Score
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.sources.figures import lacking


def of_other(asked: Which, held: tuple[Score, Graded] | None) -> Known:
    """Give what another appraisal came to for somebody as a source of points."""
    term = asked.rubric.term
    if held is None:
        return lacking(Missing.NOT_ASKED, say("“{term}”不评这个对象", term=term))
    score, graded = held
    if score.total is None:
        names = [one.term for one in score.items if one.item in score.missing]
        why = say("“{term}”未定，还缺{items}", term=term, items=joined("、", names))
        return lacking(Missing.NOT_ANSWERED, why)
    note = say("{term} {shown} 分 {grade}", term=term, shown=score.shown, grade=graded.term)
    reading = Reading(
        value=score.total,
        level=graded.grade,
        about=f"{asked.rubric.rubric}/{asked.period.code}",
        note=note,
    )
    return Known(readings=(reading,), target=score.of)


def in_all(each: Sequence[Known]) -> Known:
    """Put together what several appraisals of one rubric came to for somebody.

    One that does not judge them says nothing; one that is open leaves all open.
    """
    asked = [one for one in each if one.lacking is not Missing.NOT_ASKED]
    if not asked:
        return each[-1]
    open_ = next((one for one in asked if one.lacking is not None), None)
    if open_ is not None:
        return open_
    readings = tuple(reading for one in asked for reading in one.readings)
    return replace(asked[-1], readings=readings)
