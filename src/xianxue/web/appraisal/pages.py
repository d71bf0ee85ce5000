"""The list of rubrics, one rubric's ranking, and the ranking under other rules."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.alternatives import Alternative
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.appraisal.doing import CONDUCT
from xianxue.desk.appraisal.shown import ShownPlace, changed
from xianxue.desk.standing.appraisal_views import Appraised
from xianxue.web.appraisal.about import (
    JUDGES,
    RESULTS,
    VIEW,
    Seen,
    asked_of,
    reaches,
    views_of,
    wants_now,
)
from xianxue.web.appraisal.assessor import MARK
from xianxue.web.appraisal.mine import REPORT
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked, Visit

_LAMPS: Final = {
    "assessing": "behind",
    "preview": "behind",
    "publicity": "near",
    "appeal": "near",
    "final": "done",
}
_FEW: Final = 2
"""Lacking items that are named in a row; how many there are stands beside them."""


class Card(Record, kw_only=True):
    """A rubric in the list."""

    rubric: str
    term: Sentence
    judges: str
    period: str
    period_term: Sentence
    items: int
    mine: tuple[tuple[str, str], ...]
    """Those whom it judges, within the visitor's reach."""
    state: Sentence | str
    lamp: str


class Row(Record, kw_only=True):
    """One who is judged, in the ranking; what is not to be seen yet is None."""

    place: str
    name: str
    group: str
    group_term: Sentence | str
    total: Sentence | str
    value: object
    """The total as it is sorted."""
    grade: str
    grade_term: Sentence | str
    rank: int | None
    missing: Sentence | str
    lacks: bool


class Change(Record, kw_only=True):
    """One other rule, and who has another place under it."""

    term: Sentence
    many: int
    who: Sentence | str


@page(VIEW)
def rubrics(request: Asked) -> HttpResponse:
    """List the rubrics by what they judge."""
    visit = request.visit
    whole = visit.may(VIEW)
    rows = [row for one in views_of(visit).listed() if (row := _card(visit, one, whole=whole))]
    listing = listed(
        request,
        rows,
        _CARDS,
        text=lambda row: f"{row.term} {row.rubric}",
        choices=[
            Choice("judges", say("评什么"), lambda row: row.judges, lambda name: JUDGES[name])
        ],
    )
    wanted = exported(request, listing, say("评价"))
    if wanted is not None:
        return wanted
    values = {
        "list": listing,
        "judges": JUDGES,
        "whole": whole,
        "alone": len(visit.places(VIEW)) == 1,
        "persons": visit.can(_PERSONS),
        "conducts": visit.may(CONDUCT),
        "reports": visit.can(REPORT),
        "marks": visit.can(MARK),
    }
    return show(request, "appraisal/rubrics.html", values, part="rows")


@page(VIEW)
def one(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show the ranking by one rubric: all within the visitor's reach."""
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period), now=wants_now(request))
    rows = [_row(seen, one) for one in seen.rows()]
    groups = {row.group: row.group_term for row in rows}
    grades = {row.grade: row.grade_term for row in rows}
    listing = listed(
        request,
        rows,
        _COLUMNS if not seen.covered else _COVERED,
        text=lambda row: f"{row.name} {row.place}",
        choices=[
            Choice("group", say("比较组"), lambda row: row.group, lambda name: groups[name]),
            Choice("grade", say("等次"), lambda row: row.grade, lambda name: grades[name]),
        ],
    )
    wanted = exported(request, listing, seen.title)
    if wanted is not None:
        return wanted
    values = {
        "seen": seen,
        "list": listing,
        "whole": visit.may(VIEW),
        "graded": sum(1 for row in rows if row.grade),
        "lacking": sum(1 for row in rows if row.lacks),
        "remarks": () if seen.covered else seen.shown.remarks,
        "changed": _changed(seen),
        "citation": visit.standing.workspace().shelf.cite(seen.asked.rubric.source.citation),
    }
    return show(request, "appraisal/one.html", values, part="rows")


@page(RESULTS, of_county(RESULTS))
def preview(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show the ranking under other rules, and who changes place."""
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period))
    names = {one.place: str(one.name) for one in seen.result.scores}
    changes = [_change(one, names) for one in views_of(visit).alternatives(seen.asked)]
    listing = listed(
        request,
        changes,
        _CHANGES,
        text=lambda row: f"{row.term} {row.who}",
        choices=[
            Choice(
                "moves", say("影响"), lambda row: "yes" if row.many else "no", _MOVES.__getitem__
            )
        ],
    )
    wanted = exported(request, listing, say("{title}预览", title=seen.title))
    if wanted is not None:
        return wanted
    values = {
        "seen": seen,
        "list": listing,
        "moving": sum(1 for one in changes if one.many),
        "ranked": sum(1 for one in seen.result.grades.graded if one.rank is not None),
        "changed": _changed(seen),
    }
    return show(request, "appraisal/preview.html", values, part="rows")


def _card(visit: Visit, one: Appraised, *, whole: bool) -> Card | None:
    mine = tuple(who for who in one.judged if whole or reaches(visit, who[0]))
    if not mine and not whole:
        return None
    held = one.listed
    return Card(
        rubric=held.rubric.series,
        term=held.rubric.term,
        judges=held.rubric.judges,
        period=held.period.code,
        period_term=held.period.term,
        items=len(leaves_of(held.rubric)),
        mine=mine,
        state=held.state_term,
        lamp=_LAMPS.get(held.state, ""),
    )


def _row(seen: Seen, one: ShownPlace) -> Row:
    names = {each.item: each.term for each in one.items}
    hidden = seen.hidden(one)
    lacking = [names[each] for each in one.missing if each not in hidden]
    few, many = joined("、", lacking[:_FEW]), len(lacking)
    covered = seen.covered
    later = say("公示后才有")
    return Row(
        place=one.place,
        name=one.name,
        group=str(one.group),
        group_term=one.group,
        total=later if covered else one.shown,
        value=None if covered else one.total,
        grade="" if covered else one.grade,
        grade_term=later if covered else one.grade_term,
        rank=None if covered else one.rank,
        missing=say("{few}等 {n} 项", few=few, n=many) if many > _FEW else few,
        lacks=bool(lacking),
    )


def _changed(seen: Seen) -> tuple[tuple[ShownPlace, ShownPlace], ...]:
    """Give who would come to something else today than was published; to those who may know."""
    if not (seen.whole and seen.shown.number):
        return ()
    return changed(seen.shown, views_of(seen.visit).shown(seen.asked, now=True))


def _change(one: Alternative, names: dict[str, str]) -> Change:
    moved = [
        say("{name}：{before} → {after}", name=names.get(shift.place, shift.place),
            before=_place(shift.before), after=_place(shift.after))
        for shift in one.shifts
    ]  # fmt: skip
    return Change(term=one.term, many=len(moved), who=joined("；", moved))


def _place(rank: int | None) -> Sentence:
    return say("无名次") if rank is None else say("第 {n} 名", n=rank)


_PERSONS: Final = "ledgers.unmask"
_MOVED: Final = ("no", "yes")
_MOVES: Final = {"yes": say("有人变名次"), "no": say("名次不变")}
_CARDS: Final = (
    Column[Card]("term", say("评价"), lambda row: row.term),
    Column[Card]("judges", say("评什么"), lambda row: JUDGES[row.judges]),
    Column[Card]("period", say("时期"), lambda row: row.period_term),
    Column[Card]("items", say("评分项"), lambda row: row.items, number=True),
    Column[Card]("places", say("评几个"), lambda row: len(row.mine), number=True),
    Column[Card]("state", say("状态"), lambda row: row.state, sorts=False),
)
_NAME: Final = Column[Row]("name", say("对象"), lambda row: row.name)
_GROUP: Final = Column[Row]("group", say("比较组"), lambda row: row.group_term)
_LACKS: Final = Column[Row]("missing", say("还缺"), lambda row: row.missing, sorts=False)
_COLUMNS: Final = (
    _GROUP,
    Column[Row]("rank", say("名次"), lambda row: row.rank, number=True),
    _NAME,
    Column[Row](
        "total", say("总分"), lambda row: row.total, number=True, order=lambda row: row.value
    ),
    Column[Row]("grade", say("等次"), lambda row: row.grade_term),
    _LACKS,
)
_COVERED: Final = (
    _GROUP,
    _NAME,
    Column[Row]("total", say("总分"), lambda row: row.total, sorts=False),
    _LACKS,
)
_CHANGES: Final = (
    Column[Change]("term", say("换的规则"), lambda row: row.term, sorts=False),
    Column[Change]("many", say("变名次的"), lambda row: row.many, number=True),
    Column[Change]("who", say("谁变名次"), lambda row: row.who, sorts=False),
)
