"""The list of plans: forecasts, balances, layouts and kept sets; all of them supposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan import problems
from xianxue.desk.plan.plan_writing import OUTLINES, plan_outline
from xianxue.desk.workspace import MisusedError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.plan.foreseen import COUNTY, VIEW
from xianxue.web.plan.sets import sets_of

KINDS: Final = {
    "forecast": say("预测"),
    "needs": say("需要"),
    "balance": say("均衡"),
    "layout": say("布局"),
    "suppose": say("设想"),
    "written": say("文稿"),
}


class Plan(Record, kw_only=True):
    """One plan of the list."""

    kind: str
    name: Sentence | str
    asks: Sentence | str
    to: str
    by: str = ""


@page(VIEW, COUNTY)
def plans(request: Asked) -> HttpResponse:
    """List what has been planned, and what can be asked."""
    rows = [
        *_forecasts(request.visit),
        *_balances(),
        *_layouts(request.visit),
        *_sets(request.visit),
        *_written(request.visit),
    ]
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda one: f"{KINDS[one.kind]} {one.name} {one.asks}",
        choices=[Choice[Plan]("kind", say("种类"), lambda one: one.kind, KINDS.__getitem__)],
    )
    wanted = exported(request, listing, say("规划"))
    if wanted is not None:
        return wanted
    return show(request, "plan/list.html", {"list": listing, "kinds": KINDS}, part="rows")


def _forecasts(visit: Visit) -> list[Plan]:
    card = next(iter(visit.standing.workspace().shelf.forecasts.values()), None)
    if card is None:
        return []
    known = {step.stage for step in card.steps}
    return [
        Plan(
            kind="forecast",
            name=say("{stage}在校生推算", stage=stage.term),
            asks=say("以后 {n} 年有多少学生，低、中、高三档，附回测", n=card.years_ahead),
            to=address("plan:forecast", stage=stage.value),
        )
        for stage in Stage
        if stage in known
    ] + [
        Plan(
            kind="needs",
            name=say("{stage}需要多少", stage=stage.term),
            asks=say("要多少班、教职工、编制和校舍，现有的够不够"),
            to=address("plan:needs", stage=stage.value),
        )
        for stage in Stage
        if stage in known
    ]


def _balances() -> list[Plan]:
    return [
        Plan(
            kind="balance",
            name=say("{stage}资源均衡", stage=stage.term),
            asks=say("最少调动什么，差异系数就不超限"),
            to=address("plan:balance", stage=stage.value),
        )
        for stage in (Stage.PRIMARY, Stage.LOWER_SECONDARY)
    ]


def _layouts(visit: Visit) -> list[Plan]:
    asks = say("建哪些、留哪些、撤哪些，谁因此走得更远")
    made = [
        Plan(
            kind="layout",
            name=one.name,
            asks=asks,
            to=address("plan:layout", one.key),
            by=visit.signed.person.name,
        )
        for one in problems.list_of(visit.signed.person.login)
    ]
    start = Plan(kind="layout", name=say("学校布局"), asks=asks, to=address("plan:layouts"))
    return [start, *made]


def _sets(visit: Visit) -> list[Plan]:
    asks = say("增减教师、学生，移动标准，判定怎样变")
    start = Plan(kind="suppose", name=say("设想和比较"), asks=asks, to=address("plan:sets"))
    kept = [
        Plan(
            kind="suppose",
            name=one.name,
            asks=one.note or asks,
            to=address("plan:supposed", set=one.name),
            by=one.by,
        )
        for one in sets_of(visit)
    ]
    return [start, *kept]


def _written(visit: Visit) -> list[Plan]:
    found: list[Plan] = []
    for kind in OUTLINES:
        try:
            card = plan_outline(visit.standing.workspace(), kind)
        except MisusedError:
            continue
        asks = say("目标、任务、谁负责、何时完成；任务列入督办台账")
        to = address("plan:written", kind)
        found.append(Plan(kind="written", name=card.term, asks=asks, to=to))
    return found


_COLUMNS: Final[Sequence[Column[Plan]]] = (
    Column("name", say("规划"), lambda one: one.name),
    Column("kind", say("种类"), lambda one: KINDS[one.kind]),
    Column("asks", say("回答什么"), lambda one: one.asks, sorts=False),
    Column("by", say("谁做的"), lambda one: one.by, sorts=False),
)
