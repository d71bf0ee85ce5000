"""Layout: a problem handed in, a map before and after, who walks further, what rules cost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.plan.layout.walks import Walk, km
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan import problems
from xianxue.desk.plan.laying import LaidOut, Wish, farther, money
from xianxue.desk.plan.layout_minded import grounds
from xianxue.desk.plan.needs.chosen import norms_of
from xianxue.desk.plan.problems import EXAMPLE, EXAMPLES, HILLS, Problem
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole
from xianxue.web.plan.foreseen import COUNTY, VIEW
from xianxue.web.plan.maps import map_of

MAKE: Final = "plan.suppose"
"""Handing a problem in is supposing something."""
_METRES: Final = 1000
_HUNDRED: Final = 100
_LONGEST: Final = 40
_HALF: Final = Fraction(1, 2)
"""Kilometres: the slider's steps."""
_NAMES: Final = {
    EXAMPLE: say("例题：六个村、四所学校（虚构）"),
    HILLS: say("例题：山区七个村，有新址、教学点和寄宿（虚构）"),
}


@page(VIEW, COUNTY)
def layouts(request: Asked) -> HttpResponse:
    """Show where a problem is handed in, and those that were."""
    return show(request, "plan/layouts.html", _handing_in(request))


@deed(MAKE, of_county(MAKE))
def take(request: Asked) -> HttpResponse:
    """Take a problem that was sent or pasted; complaints stand beside what was pasted."""
    name, data = _sent(request)
    try:
        made = problems.take(_who(request), name, data, _norms(request))
    except ComplaintsError as error:
        values = _handing_in(request) | {
            "issues": error.issues,
            "pasted": request.POST.get("text", ""),
        }
        return show(request, "plan/layouts.html", values, status=COMPLAINED)
    return went(request, "plan:layout", made.key)


@page(VIEW, COUNTY)
def layout(request: Asked, key: str) -> HttpResponse:
    """Show what came of a problem, as it is wished."""
    problem = problems.find(key, _who(request), _norms(request))
    if problem is None:
        raise MissingError(say("这个布局题已不在：放入的题留 24 小时，程序重开也会清掉。"))
    wish, issues = _wish(request, problem)
    found = problems.answered(problem, wish)
    listing = _listing(request, found)
    name = _NAMES.get(key, problem.name)
    wanted = exported(request, listing, say("{name} 各村路程（假设）", name=name))
    if wanted is not None:
        return wanted
    question, scale = found.question, problem.asked.scale
    most = max((way.metres for way in problem.asked.question.ways.values()), default=0)
    values = {
        "list": listing,
        "problem": problem,
        "name": name,
        "found": found,
        "title": _title(found),
        "proof": _proof(found, scale),
        "issues": issues,
        "map": map_of(problem.asked, found),
        "keep": question.most_open or len(question.sites),
        "sites": len(question.sites),
        "limit": km(question.farthest) if question.farthest is not None else plain(_up(most)),
        "most": plain(_up(most)),
        "step": plain(_HALF),
        "split": question.split,
        "costs": [
            (one.rule, "" if one.saves is None else money(one.saves, scale)) for one in found.costs
        ],
        "minded": found.minded,
        "grounds": [(one, _cited(request, one.citation)) for one in grounds(problem.norms)],
        "may_cards": request.visit.may("catalogue.view"),
        "notes": problem.asked.notes,
        "periods": len(found.turns),
        "km": km,
        "there": _there,
    }
    part = "rows" if request.headers.get("HX-Target") == "rows" else "answer"
    return show(request, "plan/layout.html", values, part=part)


def _who(request: Asked) -> str:
    return request.visit.signed.person.login


def _norms(request: Asked) -> NormsHeld:
    """Give the norms by which this county's layouts are read today: its own before others."""
    return norms_of(request.visit.standing.workspace(), clock.day_of(request.visit.at))


def _cited(request: Asked, citation: Citation) -> str:
    return request.visit.standing.workspace().shelf.cite(citation)


def _handing_in(request: Asked) -> dict[str, object]:
    nothing: list[Issue] = []
    return {
        "mine": problems.list_of(_who(request)),
        "may": request.visit.may(MAKE),
        "issues": nothing,
        "pasted": "",
        "examples": [(key, _NAMES[key]) for key in EXAMPLES],
        "shape": problems.example_text(HILLS),
        "megabytes": problems.MOST_BYTES >> 20,
    }


def _sent(request: Asked) -> tuple[str, bytes]:
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile) and sent.size:
        return (sent.name or "")[-_LONGEST:], sent.read(problems.MOST_BYTES + 1)
    return str(say("粘贴的文字")), request.POST.get("text", "").encode()


def _wish(request: Asked, problem: Problem) -> tuple[Wish, list[Issue]]:
    """Read what is wished otherwise; what cannot be is complained of, and left as the file says."""
    asked, question = request.GET, problem.asked.question
    issues: list[Issue] = []
    keep, limit = None, None
    said = asked.get("keep", "").strip()
    if said:
        keep = whole(said)
        if keep is None or not 1 <= keep <= len(question.sites):
            required = say("1 到 {n} 的整数", n=len(question.sites))
            issues.append(_issue(say("最多开办几所"), said, required))
            keep = None
    said = asked.get("limit", "").strip()
    if said:
        limit = _number(said)
        if limit is None:
            issues.append(_issue(say("上学路程上限"), said, say("0 到 1000 之间的公里数")))
    split = {"0": False, "1": True}.get(asked.get("split", ""))
    return Wish(keep=keep, limit_km=limit, split=split), issues


def _number(said: str) -> Fraction | None:
    try:
        value = fraction(said) if len(said) <= _LONGEST else None
    except (ArithmeticError, ValueError):
        return None
    return value if value is not None and 0 <= value <= _METRES else None


def _issue(where: Sentence, said: str, required: Sentence) -> Issue:
    return Issue(
        code="P-WISH",
        severity=Severity.MUST_FIX,
        cell=str(where),
        saw=say("{where}写了“{said}”", where=where, said=said[:_LONGEST]),
        required=required,
        do=say("下面这一项按文件里写的算；请改了再算"),
    )


def _up(metres: int) -> Fraction:
    """Give kilometres, up to the next step of the slider."""
    return -(-Fraction(metres, _METRES) // _HALF) * _HALF


def _title(found: LaidOut) -> Sentence:
    if found.conflicts:
        return say("做不到：下面的要求不能同时成立")
    if not found.turns:
        return say("时间到了，还没有找到办法，也没有证明做不到")
    last = found.turns[-1]
    villages, pupils = farther(found.walks)
    parts = [
        say("{word} {n} 所", word=word, n=len(names))
        for word, names in (
            (say("开办"), last.opened),
            (say("新建"), [name for turn in found.turns for name in turn.built]),
            (say("扩建"), [name for turn in found.turns for name in turn.extended]),
            (say("撤并"), [name for turn in found.turns for name in turn.closed]),
        )
        if names
    ]
    if not villages:
        return say("{what}，没有学生走得更远", what=joined("、", parts))
    return say(
        "{what}；{n} 个村、{m} 名学生走得更远", what=joined("、", parts), n=villages, m=pupils
    )


def _proof(found: LaidOut, scale: int) -> Sentence | str:
    laid = found.laid
    if not found.turns:
        return ""
    if laid.status == "optimal":
        return say("总代价 {cost}，已证明没有更省的布局。", cost=money(laid.cost, scale))
    if laid.settled:
        return say(
            "总代价 {cost}，没有更省的布局（差距不到 0.001%，在求解器的误差以内）。",
            cost=money(laid.cost, scale),
        )
    return say(
        "总代价 {cost}，是已找到的最好办法，没有证明最优：至少需要 {bound}，差距 {gap}%。",
        cost=money(laid.cost, scale),
        bound=money(laid.bound, scale),
        gap="—" if laid.gap is None else shown(Fraction(laid.gap) * _HUNDRED, 2),
    )


def _there(one: Walk) -> Sentence:
    return joined(
        "；",
        [
            say("{school} {n} 人 {km} km", school=school, n=pupils, km=km(metres))
            for school, pupils, metres in one.there
        ],
    )


def _kilometres(metres: int | None) -> Fraction | None:
    return None if metres is None else Fraction(metres, _METRES)


_CHANGES: Final = {"further": say("更远"), "same": say("不变"), "nearer": say("更近")}


def _change(one: Walk) -> str:
    if one.further is None:
        return ""
    return "further" if one.further > 0 else "nearer" if one.further < 0 else "same"


def _listing(request: Asked, found: LaidOut) -> Listing[Walk]:
    return listed(
        request,
        found.walks,
        _COLUMNS,
        text=lambda one: f"{one.village} {spelled(one.village)} {one.now}",
        choices=[Choice[Walk]("change", say("路程"), _change, lambda code: _CHANGES[code])],
    )


_COLUMNS: Final[Sequence[Column[Walk]]] = (
    Column("village", say("村"), lambda one: one.village),
    Column("pupils", say("学生"), lambda one: one.pupils, number=True),
    Column("now", say("现在"), lambda one: one.now),
    Column("now_km", say("现在 km"), lambda one: _kilometres(one.metres_now), number=True),
    Column("there", say("以后（假设）"), _there, sorts=False),
    Column("then_km", say("以后 km"), lambda one: _kilometres(one.farthest), number=True),
    Column("further", say("远了 km"), lambda one: _kilometres(one.further), number=True),
)
