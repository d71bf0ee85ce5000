"""Two cards side by side: what one has otherwise, and the same facts judged by both."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.workspace import MisusedError
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

if TYPE_CHECKING:
    from xianxue.bureau.appraisal.differing import BothWays
    from xianxue.bureau.records.appraised import Graded, Score
    from xianxue.desk.appraisal.versions import Compared

_NOTHING: Final = "—"
_FEW: Final = 3
"""So many items are named of each that changes."""
_TURNED: Final = {"yes": say("有变化"), "no": say("没有变化")}


class Row(Record, kw_only=True):
    """One who is judged, by both cards."""

    name: str
    before: Sentence | str
    after: Sentence | str
    moved: str
    by: Fraction
    """As it is sorted; nothing where one total is not known."""
    where: Sentence | str
    turned: bool


@page(RESULTS, of_county(RESULTS))
def versions(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Choose a card of the same kind, and hold this one against it: nothing is written."""
    hall = Hall(request.visit, rubric, period)
    own = hall.asked.rubric
    others = [
        one
        for one in request.visit.standing.workspace().shelf.rubrics.values()
        if one.rubric != own.rubric and (one.judges, one.period) == (own.judges, own.period)
    ]
    # Its own versions stand first.
    others.sort(key=lambda one: one.series != own.series)
    other = request.GET.get("other", "")
    if other and other not in {one.rubric for one in others}:
        raise MissingError(say("没有可以对照的这张卡片。"))
    found = _compared(hall, other) if other else None
    rows = [_row(found, one) for one in found.both] if found is not None else []
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: row.name,
        choices=[
            Choice(
                "turned",
                say("变化"),
                lambda row: "yes" if row.turned else "no",
                _TURNED.__getitem__,
            )
        ],
    )
    wanted = exported(request, listing, say("{title}按两张卡片对照", title=hall.title))
    if wanted is not None:
        return wanted
    values = {
        "hall": hall,
        "others": [(one.rubric, _named(one.term, one.rubric)) for one in others],
        "other": other,
        "found": found,
        "list": listing,
        "turned": sum(row.turned for row in rows),
    }
    return show(request, "appraisal/versions.html", values, part="rows")


def _named(term: Sentence | str, rubric: str) -> Sentence:
    return say("{term}（{id}）", term=term, id=rubric)


def _compared(hall: Hall, other: str) -> Compared:
    try:
        return hall.views.compared(hall.asked, other)
    except MisusedError as error:
        raise MissingError(say("这两张卡片在这个时期对照不了。")) from error


def _row(found: Compared, one: BothWays) -> Row:
    moved = one.moved
    few = joined(
        "、",
        [
            say("{term} {before}→{after}", term=term, before=_points(old), after=_points(new))
            for _, term, old, new in one.items[:_FEW]
        ],
    )
    many = len(one.items)
    return Row(
        name=found.names[one.place],
        before=_result(one.before),
        after=_result(one.after),
        moved=_NOTHING if moved is None else f"{'+' if moved > 0 else ''}{number(moved)}",
        by=moved or Fraction(0),
        where=say("{few}等 {n} 项", few=few, n=many) if many > _FEW else few,
        turned=one.turned,
    )


def _result(pair: tuple[Score, Graded] | None) -> Sentence | str:
    if pair is None:
        return say("不评")
    score, graded = pair
    rank = "" if graded.rank is None else say("第 {n} 名", n=graded.rank)
    return joined(" ", [one for one in (score.shown, graded.term, rank) if one])


def _points(points: Fraction | None) -> str:
    return _NOTHING if points is None else number(points)


_COLUMNS: Final = (
    Column[Row]("name", say("对象"), lambda row: row.name),
    Column[Row]("before", say("原来"), lambda row: row.before, sorts=False),
    Column[Row]("after", say("以后"), lambda row: row.after, sorts=False),
    Column[Row]("moved", say("变动"), lambda row: row.moved, number=True, order=lambda row: row.by),
    Column[Row]("where", say("变在哪里"), lambda row: row.where, sorts=False),
)
