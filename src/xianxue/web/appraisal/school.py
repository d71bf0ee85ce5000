"""The pages of a school: what it has to do in appraisals, and its self-appraisal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.reports import (
    HandIn,
    SelfAppraise,
    WithdrawLine,
    levels_of,
    own_bounds,
)
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.taking_part.answering import answer
from xianxue.desk.appraisal.taking_part.own_part import SAID_OF, TAKEN_UP, SelfAnswer
from xianxue.desk.appraisal.taking_part.typed_points import points_typed
from xianxue.desk.standing.appraisal_views import Appraised
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import Seen, asked_of, views_of
from xianxue.web.appraisal.mine import REPORT, Mine, of_reported
from xianxue.web.appraisal.place import Line, line_of
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

_FROM_OTHERS: Final[Mapping[str, Sentence]] = {
    "marks": say("由评委评分"),
    "adjust": say("由股室按文件登记"),
}
"""Sources that stay covered until results are public, and who gives them."""


class Row(Record, kw_only=True):
    """One appraisal of one's own, in the list."""

    mine: Mine
    answered: Sentence | str
    papers: Sentence | str


class Asking(Record, kw_only=True):
    """One item of a self-appraisal as it is asked, with what stands in it."""

    line: Line
    known: Sentence | str
    """What is known of it without the school's doing."""
    takes: str = ""
    """``points``, ``level``, or nothing."""
    says: bool = False
    """Whether something can be said of it in words."""
    hint: Sentence | str = ""
    levels: tuple[tuple[str, Sentence], ...] = ()
    typed: tuple[str, str, str] = ("", "", "")
    """Points, level and words."""
    lacking: int = 0
    """Documents that are asked for it and are not there."""
    wrong: tuple[Issue, ...] = ()


@page(REPORT)
def own(request: Asked) -> HttpResponse:
    """List what there is to do in appraisals, and by when."""
    visit = request.visit
    rows = [
        _row(Mine(visit, asked_of(visit, one.listed.rubric.series, one.listed.period.code), place))
        for one in views_of(visit).listed()
        for place, _ in _reported(visit, one)
    ]
    # What waits for somebody stands first.
    rows.sort(key=lambda row: (not (row.mine.open and row.mine.asks), not row.mine.hears))
    several = len({row.mine.place for row in rows}) > 1
    listing = listed(
        request,
        rows,
        _COLUMNS if several else tuple(one for one in _COLUMNS if one.name != "name"),
        text=lambda row: f"{row.mine.asked.rubric.term} {row.mine.name}",
        choices=[
            Choice(
                "state", say("状态"), lambda row: row.mine.stage.state,
                lambda name: next(
                    row.mine.stage.term for row in rows if row.mine.stage.state == name
                ),
            )
        ],
    )  # fmt: skip
    wanted = exported(request, listing, say("自评和申诉"))
    if wanted is not None:
        return wanted
    values = {
        "list": listing,
        "several": several,
        "open": sum(1 for row in rows if row.mine.open and row.mine.asks),
        "hears": sum(1 for row in rows if row.mine.hears),
    }
    return show(request, "appraisal/own.html", values, part="rows")


@page(REPORT, of_reported)
def report(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Show a self-appraisal: the tree with what is known, and what the school says itself."""
    return _shown(request, Mine(request.visit, asked_of(request.visit, rubric, period), place))


@deed(REPORT, of_reported)
def save(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Keep what was typed, all of it or nothing; then hand it in where that was pressed."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    mine = Mine(visit, asked, place)
    ground, then = visit.standing.ground(), request.POST.get("then", "")
    typed = _typed(request, mine)
    answers, issues = _read(mine, typed)
    many = 0
    if not issues:
        try:
            many = answer(
                SelfAppraise(ground, visit.actor, visit.at),
                views_of(visit).about(asked),
                place,
                answers,
                HandIn(ground, visit.actor, visit.at) if then == "hand_in" else None,
            )
        except ComplaintsError as error:
            issues = error.issues
    if issues:
        return _shown(request, mine, typed, issues)
    done = say("自评已交。") if then == "hand_in" else say("已保存 {n} 项。", n=many)
    to = "appraisal:papers" if then == "papers" else "appraisal:self"
    return went(request, to, *mine.at, said="" if then == "papers" and not many else done)


@deed(REPORT, of_reported)
def take_back(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Take back what was handed in, to change it."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    mine = Mine(visit, asked, place)
    number = mine.part.handed_in[0] if mine.part.handed_in is not None else 0
    results = Desk(workspace=visit.standing.workspace(), asked=asked).results
    withdraw = WithdrawLine(visit.standing.ground(), visit.actor, visit.at)
    withdraw(views_of(visit).about(asked), number, results)
    return went(request, "appraisal:self", *mine.at, said=say("自评已收回，可以改了。"))


def _reported(visit: Visit, one: Appraised) -> Sequence[tuple[str, str]]:
    """Give those for whom the visitor reports: their own, or those who have nobody else."""
    register, reached = visit.standing.workspace().register, visit.places(REPORT)
    if visit.actor.place in register:
        return [who for who in one.judged if who[0] in reached]
    if one.listed.rubric.judges == "school" or not visit.may(REPORT):
        return []
    return one.judged


def _row(mine: Mine) -> Row:
    part = mine.part
    asked = [one for one in part.answered if not one.adjusts]
    done = len(asked) - len(part.open_items)
    there = len(part.wanted) - len(part.lacking)
    return Row(
        mine=mine,
        answered=say("{n}/{m} 项", n=done, m=len(asked)) if asked else say("不用填"),
        papers=say("{n}/{m} 件", n=there, m=len(part.wanted)) if part.wanted else say("不用交"),
    )


def _shown(
    request: Asked,
    mine: Mine,
    typed: Mapping[str, tuple[str, str, str]] | None = None,
    issues: Sequence[Issue] = (),
) -> HttpResponse:
    seen = Seen(request.visit, mine.asked)
    held = seen.one(mine.place)
    hidden = seen.hidden(held)
    nodes = {one.item.item: one for one in mine.part.leaves}
    lacking = [one.item for one in mine.part.lacking]
    lines = [
        _asking(mine, line_of(one, hidden, held), one.source, nodes, typed, issues, lacking)
        for one in held.items
        if one.source == "items" or one.item in nodes
    ]
    items = {one.line.item for one in lines}
    values = {
        "mine": mine,
        "lines": lines,
        "said": mine.part.answers,
        "left": len(mine.part.open_items),
        "asked": sum(1 for one in mine.part.answered if not one.adjusts),
        "lacking": mine.part.lacking,
        "issues": [one for one in issues if one.field not in items],
        "wrong": len(issues),
        "packs": mine.packs,
    }
    return show(request, "appraisal/self.html", values, status=COMPLAINED if issues else 200)


def _asking(  # noqa: PLR0913, PLR0917 - an item, what is known, what was typed
    mine: Mine,
    line: Line,
    kind: str,
    nodes: Mapping[str, ItemNode],
    typed: Mapping[str, tuple[str, str, str]] | None,
    issues: Sequence[Issue],
    lacking: Sequence[str],
) -> Asking:
    node = nodes.get(line.item)
    if node is None:
        return Asking(line=line, known="")
    levels = levels_of(mine.asked.rubric, node)
    takes = "" if kind not in TAKEN_UP else "level" if levels else "points"
    said = mine.part.answers.get(line.item)
    stands = ("", "", "") if said is None else _written(said)
    return Asking(
        line=line,
        known=_known(line, kind),
        takes=takes,
        says=kind in SAID_OF,
        hint=_bounds(node) if takes == "points" else "",
        levels=tuple((each.level, each.term) for each in levels),
        typed=stands if typed is None else typed.get(line.item, stands),
        lacking=lacking.count(line.item),
        wrong=tuple(each for each in issues if each.field == line.item),
    )


def _known(line: Line, kind: str) -> Sentence | str:
    """Say what is known of an item already, or who gives it."""
    if kind in _FROM_OTHERS:
        return _FROM_OTHERS[kind]
    if line.lacks:
        return line.because
    if not line.because:
        # What others have said is told when results are public.
        return line.points
    return say("{points} 分：{why}", points=line.points, why=line.because)


def _bounds(node: ItemNode) -> Sentence | str:
    least, most = own_bounds(node)
    if least is None or most is None:
        return ""
    return say("{least} 到 {most} 分", least=number(least), most=number(most))


def _written(said: SelfAnswer) -> tuple[str, str, str]:
    return "" if said.points is None else number(said.points), said.level, said.text


def _typed(request: Asked, mine: Mine) -> dict[str, tuple[str, str, str]]:
    """Give what was typed, of the items that the form asked for."""
    said = request.POST
    return {
        name: (said.get(f"p-{name}", ""), said.get(f"l-{name}", ""), said.get(f"t-{name}", ""))
        for name in (one.item.item for one in mine.part.leaves)
        if f"p-{name}" in said or f"l-{name}" in said or f"t-{name}" in said
    }


def _read(
    mine: Mine, typed: Mapping[str, tuple[str, str, str]]
) -> tuple[dict[str, SelfAnswer], list[Issue]]:
    """Read what has changed; and complain of what is no number."""
    found: dict[str, SelfAnswer] = {}
    issues: list[Issue] = []
    for item, (points, level, text) in typed.items():
        try:
            said = SelfAnswer(points=points_typed(points), level=level, text=text.strip())
        except ComplaintsError as error:
            issues += [replace(one, field=item) for one in error.issues]
            continue
        if said != mine.part.answers.get(item, _NOTHING):
            found[item] = said
    return found, issues


_NOTHING: Final = SelfAnswer(points=None, level="", text="")
_COLUMNS: Final = (
    Column[Row]("term", say("评价"), lambda row: row.mine.asked.rubric.term),
    Column[Row]("name", say("对象"), lambda row: row.mine.name),
    Column[Row]("period", say("时期"), lambda row: row.mine.asked.period.term),
    Column[Row]("state", say("状态"), lambda row: row.mine.stage.term, sorts=False),
    Column[Row]("todo", say("要办的事"), lambda row: row.mine.to_do, sorts=False),
    Column[Row]("due", say("期限"), lambda row: row.mine.due),
    Column[Row]("answered", say("自评"), lambda row: row.answered, sorts=False),
    Column[Row]("papers", say("佐证"), lambda row: row.papers, sorts=False),
)
