"""回避: an assessor declares what binds them; where it does, they step aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from django.http import HttpResponse

from xianxue.bureau.appraisal.conflicts import Ties, conflict
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.assessors import DeclareTies
from xianxue.desk.actions.appraisal.doing import OPEN
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import asked_of, views_of
from xianxue.web.appraisal.assessor import MARK
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

Kind = Literal["none", "own", "kin", "former"]
_KINDS: Final[dict[Kind, Sentence]] = {
    "none": say("没有要回避的"),
    "own": say("是本人所在单位"),
    "kin": say("有近亲属在那里"),
    "former": say("本人在那里任职过"),
}


class Bound(Record, kw_only=True):
    """One school that somebody has declared, and whether they may judge it."""

    name: str
    words: Sentence
    why: Sentence | str
    """Why they may not; empty where they may."""


class Typed(Record, kw_only=True):
    """What came with a declaration."""

    kind: str = ""
    place: str = ""
    until: str = ""


@page(MARK)
def ties(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show what one has declared, and the form."""
    asked = asked_of(request.visit, rubric, period)
    return _shown(request, asked, Typed(place=request.GET.get("place", "")))


@deed(MARK)
def declare(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Declare one school more, or that there is none; what was declared before stays."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    said = request.POST
    typed = Typed(
        kind=said.get("kind", ""), place=said.get("place", ""), until=said.get("until", "")
    )
    before = _declared(visit, asked) or Ties()
    ties, issues = _read(before, typed)
    if not issues:
        deed = DeclareTies(visit.standing.ground(), visit.actor, visit.at)
        try:
            deed(views_of(visit).about(asked), visit.actor.name, ties)
        except ComplaintsError as error:
            issues = error.issues
    if issues:
        return _shown(request, asked, typed, issues)
    why = _why(visit, asked, ties, typed.place) if typed.kind != "none" else ""
    done = say("回避情况已登记。")
    if why:
        done = say("回避情况已登记：{why}，这一家您不再评。", why=why)
    elif typed.kind == "former":
        done = say("回避情况已登记：按卡片的年限，这一家可以评。")
    return went(request, "appraisal:ties", asked.rubric.series, asked.period.code, said=done)


def _declared(visit: Visit, asked: Which) -> Ties | None:
    return views_of(visit).lines(asked).ties(visit.actor.name)


def _why(visit: Visit, asked: Which, ties: Ties, place: str) -> Sentence | str:
    found = conflict(ties, place, asked.rubric.conflicts, clock.day_of(visit.at))
    return "" if found is None else found


def _read(before: Ties, typed: Typed) -> tuple[Ties, list[Issue]]:
    """Add what was typed to what was declared before; or say what is wrong with it."""
    if typed.kind not in _KINDS:
        return before, [_issue(say("没有选是哪一种情况"), say("选一种"), "kind")]
    if typed.kind != "none" and not typed.place:
        return before, [_issue(say("没有选学校"), say("选一所学校"), "place")]
    if typed.kind == "former":
        return _left(before, typed)
    if typed.kind == "own":
        before = replace(before, own=before.own | {typed.place})
    elif typed.kind == "kin":
        before = replace(before, kin=before.kin | {typed.place})
    return before, []


def _left(before: Ties, typed: Typed) -> tuple[Ties, list[Issue]]:
    said = typed.until.strip()
    try:
        left = date.fromisoformat(said)
    except ValueError:
        saw = say("离开的日期写得不对") if said else say("没有写离开的日期")
        return before, [_issue(saw, say("日期，如 2024-07-31"), "until")]
    return replace(before, former={**before.former, typed.place: left}), []


def _issue(saw: Sentence, required: Sentence, field: str) -> Issue:
    return Issue(code="P-TIES", severity=Severity.MUST_FIX, saw=saw, required=required, field=field)


def _shown(
    request: Asked, asked: Which, typed: Typed, issues: Sequence[Issue] = ()
) -> HttpResponse:
    visit = request.visit
    views = views_of(visit)
    declared = _declared(visit, asked)
    register, today = visit.standing.workspace().register, clock.day_of(visit.at)
    fields = ("kind", "place", "until")
    stage = views.stage(asked)
    values = {
        "asked": asked,
        "title": views.about(asked).title,
        "declared": declared is not None,
        "bound": [] if declared is None else _bound(visit, asked, declared),
        "kinds": tuple(_KINDS.items()),
        "schools": [
            (one.code, one.name_on(today), f"{one.code} {spelled(one.name_on(today))}")
            for one in register.schools(today)
        ],
        "typed": typed,
        "open": stage.state in OPEN,
        "stage": stage,
        "years": asked.rubric.conflicts.former_years,
        "wrong": {name: [one for one in issues if one.field == name] for name in fields},
        "issues": [one for one in issues if one.field not in fields],
        "many": len(issues),
    }
    return show(request, "appraisal/ties.html", values, status=COMPLAINED if issues else 200)


def _bound(visit: Visit, asked: Which, declared: Ties) -> list[Bound]:
    words = [
        *((code, _KINDS["own"]) for code in sorted(declared.own)),
        *((code, _KINDS["kin"]) for code in sorted(declared.kin)),
        *(
            (code, say("本人在那里任职到 {day}", day=day.isoformat()))
            for code, day in sorted(declared.former.items())
        ),
    ]
    return [
        Bound(
            name=visit.place_name(code) or code,
            words=said,
            why=_why(visit, asked, declared, code),
        )
        for code, said in words
    ]
