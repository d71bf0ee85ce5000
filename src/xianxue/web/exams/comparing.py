"""Two examinations side by side: what each school added to the pupils who sat both."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.side_by_side import Added, Beside, beside
from xianxue.desk.exams.written import moved
from xianxue.web.exams.found import COUNTY, VIEW, all_of, county_subject, standing_at
from xianxue.web.kit.lists import Column, exported, listed
from xianxue.web.kit.pages import missing, page, show
from xianxue.web.kit.visit import Asked

_WIDE: Final = 320
_REACH: Final = 1.2
"""What the picture reaches to on both sides of the mean, in times of the widest interval."""


class Line(Record, kw_only=True):
    """One school of the comparison."""

    school: str
    name: str
    pupils: int | None
    effect: str
    low: str
    high: str
    said: Sentence
    at: tuple[float, float, float] | None
    """Where effect and interval lie in the picture; None where it is not shown."""


@page(VIEW, COUNTY)
def compare(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Lay an earlier examination beside one, school by school, with intervals."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    others = [one for one in all_of(visit) if one.sitting.key != standing.sitting.key]
    wanted = request.GET.get("with", "")
    earlier = next((one for one in others if one.sitting.key == wanted), None)
    if wanted and earlier is None:
        return missing(request, say("没有这次考试。"))
    values = {"standing": standing, "others": others, "earlier": earlier}
    if earlier is None:
        return show(request, "exams/beside.html", values | {"found": None, "list": None})
    now, before = county_subject(visit, standing), county_subject(visit, earlier)
    found = visit.standing.answer(
        ("beside", standing.sitting.key, earlier.sitting.key), lambda: beside(now, before)
    )
    lines = _lines(found, {one.school: now.words.school(one.school) for one in found.schools})
    listing = listed(request, lines, _COLUMNS, text=lambda line: f"{line.name} {line.school}")
    whole = exported(request, listing, say("两次考试比较"))
    if whole is not None:
        return whole
    more = {"found": found, "list": listing, "wide": _WIDE}
    return show(request, "exams/beside.html", values | more, part="rows")


def _lines(found: Beside, names: dict[str, str]) -> list[Line]:
    shown = [one.effect for one in found.schools if one.effect is not None]
    reach = max((abs(end) for one in shown for end in (one.low, one.high)), default=1) * _REACH
    return [_line(one, names[one.school], reach or 1, tells=found.tells) for one in found.schools]


def _line(one: Added, name: str, reach: float, *, tells: bool) -> Line:
    if one.effect is None:
        few = TOO_FEW
        return Line(
            school=one.school, name=name, pupils=None, effect="", low="", high="", said=few, at=None
        )
    effect = one.effect

    def at(value: float) -> float:
        return round((value / reach + 1) * _WIDE / 2, 1)

    said = say("分不出")
    if tells and effect.apart:
        said = say("高于平均") if effect.effect > 0 else say("低于平均")
    return Line(
        school=one.school,
        name=name,
        pupils=one.pupils,
        effect=moved(effect.effect),
        low=moved(effect.low),
        high=moved(effect.high),
        said=said,
        at=(at(effect.low), at(effect.effect), at(effect.high)),
    )


_COLUMNS: Final = (
    Column[Line]("name", say("学校"), lambda line: line.name),
    Column[Line]("pupils", say("两次都有总分的"), lambda line: line.pupils, number=True),
    Column[Line]("effect", say("增值"), lambda line: line.effect, number=True, sorts=False),
    Column[Line]("low", say("95%区间下限"), lambda line: line.low, number=True, sorts=False),
    Column[Line]("high", say("95%区间上限"), lambda line: line.high, number=True, sorts=False),
    Column[Line]("said", say("与平均相比"), lambda line: line.said),
)
