"""The register of places: a list to search and filter, and a map with a block a township."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import key_of
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.places.telling import state
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.web.kit.counts import Counts, counts_of
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import anywhere, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.places.map import Block, blocks_of

HEADCOUNTS: Final = ("pupils_all", "kindergarten_children")
"""The indicators that say how large a school is, and a kindergarten."""


class Row(Record, kw_only=True):
    """One school, as the register and the visitor's scope show it."""

    place: Place
    township: str
    """Its code; empty for one directly below the county."""
    type: str
    type_term: str
    stages: tuple[Stage, ...]
    urban: str
    urban_term: str
    boarding: bool
    state: str
    open: bool
    pupils: Fraction | None
    key: str
    short: int
    """How many criteria it fails."""
    judged: bool


@page("places.view", anywhere)
def register(request: Asked) -> HttpResponse:
    """Show the schools that the visitor may see."""
    visit = request.visit
    counts = counts_of(request)
    workspace = visit.standing.workspace()
    today = clock.day_of(visit.at)
    seen = visit.places("places.view")
    rows = [
        row_of(visit, counts, one, today)
        for one in workspace.register
        if one.level == "school" and one.code in seen
    ]
    names = {one.code: one.name for one in workspace.register}
    listing = listed(
        request,
        rows,
        _columns(names),
        text=lambda row: " ".join(
            (
                row.place.name,
                row.place.code,
                names.get(row.township, ""),
                spelled(row.place.name),
            )
        ),
        choices=_choices(names),
    )
    answer = exported(request, listing, say("学校名册"), counts)
    if answer is not None:
        return answer
    living = [row for row in rows if row.open]
    order = [one.code for one in workspace.register.townships(today)]
    values = {
        "list": listing,
        "counts": counts,
        "names": names,
        "living": len(living),
        "gone": len(rows) - len(living),
        "townships": len({row.township for row in living}),
        "pupils": sum((row.pupils for row in living if row.pupils), Fraction(0)),
        "blocks": blocks(living, order, names),
        "may_record": visit.may("places.record"),
        "joined": joined,
    }
    return show(request, "places/list.html", values, part="rows")


def row_of(visit: Visit, counts: Counts, place: Place, today: date) -> Row:
    """Give one school with what is known of it today."""
    workspace = visit.standing.workspace()
    attributes = place.attributes(today) or (place.history[-1] if place.history else None)
    codes = workspace.shelf.codes
    own = attributes.school_type if attributes else ""
    urban = attributes.urban_rural if attributes else ""
    size = _size(visit, counts, place.code)
    short, judged = _short(visit, counts, place.code)
    return Row(
        place=place,
        township=workspace.register.township_of(place, today),
        type=own,
        type_term=_term(codes["school_types"], own),
        stages=attributes.stages if attributes else (),
        urban=urban,
        urban_term=_term(codes["urban_rural"], urban),
        boarding=bool(attributes and attributes.boarding),
        state=state(workspace, place, today),
        open=place.open_on(today),
        pupils=size[0],
        key=size[1],
        short=short,
        judged=judged,
    )


def _term(codes: CodeList, code: str) -> str:
    entry = codes.entry(code) if code else None
    return entry.term if entry is not None else code


def _size(visit: Visit, counts: Counts, code: str) -> tuple[Fraction | None, str]:
    """Give how many pupils or children a school has, and the number's key."""
    if code not in visit.places("indicators.view"):
        return None, ""
    for name in HEADCOUNTS:
        key = key_of(name, code, None, counts.period.code)
        figure = counts.counted.figures.get(key)
        if figure is not None and isinstance(figure.value, Fraction) and figure.value:
            return figure.value, key
    return None, ""


def _short(visit: Visit, counts: Counts, code: str) -> tuple[int, bool]:
    if code not in visit.places("assessment.view"):
        return 0, False
    found = [
        one
        for figure in counts.counted.by_place.get(code, ())
        for one in counts.counted.findings.get(figure.key, ())
    ]
    return sum(one.verdict is Verdict.NOT_MET for one in found), bool(found)


def blocks(rows: Sequence[Row], order: Sequence[str], names: dict[str, str]) -> list[Block]:
    """Lay the living schools out on the map, township by township."""
    marks = [
        (row.township, row.place.code, row.place.name, row.pupils, row.short > 0, row.stages)
        for row in rows
    ]
    return blocks_of(marks, order, names)


def _stages(row: Row) -> Sentence:
    return joined("、", [one.term for one in row.stages])


def _columns(names: dict[str, str]) -> Sequence[Column[Row]]:
    return (
        Column("name", say("名称"), lambda row: row.place.name),
        Column("code", say("代码"), lambda row: row.place.code),
        Column("township", say("乡镇"), lambda row: names.get(row.township, "")),
        Column("type", say("办学类型"), lambda row: row.type_term, order=lambda row: row.type),
        Column("stages", say("学段"), _stages, sorts=False),
        Column("urban", say("城乡"), lambda row: row.urban_term, order=lambda row: row.urban),
        Column("boarding", say("寄宿"), lambda row: say("是") if row.boarding else ""),
        Column("pupils", say("学生"), lambda row: row.pupils, number=True, unit=say("人")),
        Column(
            "short",
            say("未达标项"),
            lambda row: row.short if row.judged else None,
            number=True,
        ),
        Column("state", say("状态"), lambda row: row.state),
    )


def _choices(names: dict[str, str]) -> Sequence[Choice[Row]]:
    terms: dict[str, str] = {}

    def type_of(row: Row) -> str:
        terms[row.type] = row.type_term
        return row.type

    def urban_of(row: Row) -> str:
        terms[row.urban] = row.urban_term
        return row.urban

    return (
        Choice("in", say("乡镇"), lambda row: row.township, lambda code: names.get(code, code)),
        Choice("type", say("办学类型"), type_of, lambda code: terms.get(code, code)),
        Choice(
            "stage",
            say("学段"),
            lambda row: row.stages[0].value if row.stages else "",
            lambda code: Stage(code).term,
        ),
        Choice("urban", say("城乡"), urban_of, lambda code: terms.get(code, code)),
        Choice(
            "state",
            say("状态"),
            lambda row: "open" if row.open else "closed",
            lambda code: say("在办") if code == "open" else say("已停办"),
        ),
    )
