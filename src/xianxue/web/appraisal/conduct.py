"""Conducting an appraisal: begun, how far everything has come, and the steps of its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.days import LastDay
from xianxue.desk.actions.appraisal.doing import CONDUCT, PACK, PUBLISH
from xianxue.desk.actions.appraisal.moving import BeginAppraisal, MoveOn
from xianxue.desk.appraisal.cards import current
from xianxue.desk.appraisal.duties import covered_places, duties, needed
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import JUDGES, RESULTS, asked_of, views_of
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall, Turn
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import COMPLAINED, MOVED_ON, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_NAMED: Final = 2
"""Words that a line at least has: id and name."""
_LONGEST_ID: Final = 40


class Told(Record, kw_only=True):
    """One kind of work in an appraisal, and how far it has come."""

    term: Sentence
    said: Sentence
    to: str
    lacks: bool = False


@page(RESULTS, of_county(RESULTS))
def run(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show how far an appraisal has come, and what can follow."""
    return _run(request, Hall(request.visit, rubric, period), Filled())


def _run(request: Asked, hall: Hall, said: Filled) -> HttpResponse:
    turns = hall.turns()
    marks = duties(hall.asked.rubric, hall.lines, hall.applies)
    due, done = sum(one.due for one in marks), sum(one.done for one in marks)
    unknown = sum(1 for one in hall.result.scores if one.total is None)
    windows, today = _windows(hall), clock.day_of(request.visit.at)
    values = {
        "hall": hall,
        "said": said,
        "states": hall.way.states,
        "turns": turns,
        # What leads back comes last.
        "mine": sorted((one for one in turns if one.mine), key=lambda one: bool(one.step.needs)),
        "others": [one for one in turns if not one.mine],
        "main": "" if _early(windows, today) else _main(turns),
        "works": _works(hall, len(marks), due, done),
        "due": due,
        "done": done,
        "unknown": unknown,
        "waiting": len(appeals_open(hall)),
        "windows": windows,
        "early": _early(windows, today),
        "today": today,
        "packs": bool(hall.names) and request.visit.may(PACK),
    }
    return show(request, "appraisal/run.html", values, status=COMPLAINED if said.issues else 200)


def _windows(hall: Hall) -> list[tuple[Sentence, LastDay]]:
    """Give the last days of publicity and of appeals, while they are of use."""
    if not hall.stage.published:
        return []
    rubric = hall.asked.rubric
    wanted = ((say("公示"), rubric.publicity), (say("受理申诉"), rubric.appeal))
    found = [(term, hall.views.last_day(hall.asked, windows)) for term, windows in wanted]
    return [(term, last) for term, last in found if last is not None]


def appeals_open(hall: Hall) -> list[int]:
    """Give the numbers of the appeals that nobody has answered."""
    answered = {one.said["line"] for one in hall.lines.standing("decide")}
    return [one.number for one in hall.lines.standing("appeal") if one.number not in answered]


def _main(turns: list[Turn]) -> str:
    """Name the step that goes on: the last one of the visitor's that asks for no reason."""
    onward = [one.step.step for one in turns if one.mine and not one.step.needs]
    return onward[-1] if onward else ""


def _early(windows: list[tuple[Sentence, LastDay]], today: date) -> bool:
    """Whether the days of publicity or of appeals are not over yet."""
    return any(last.day >= today for _, last in windows)


def _works(hall: Hall, assessors: int, due: int, done: int) -> list[Told]:
    """Tell each kind of work that the card asks for."""
    visit, lines = hall.visit, hall.lines
    found: list[Told] = []
    if hall.marked:
        short = sum(1 for one in covered_places(hall.asked.rubric, lines, hall.applies,
                                                list(hall.names)) if one.short)  # fmt: skip
        said = say("{n} 人", n=assessors)
        if not assessors:
            said = say("还没有派；每个对象至少 {n} 人", n=needed(hall.asked.rubric))
        elif short:
            said = say("{n} 人，{m} 个对象还不够", n=assessors, m=short)
        to = address("appraisal:assessors", *hall.at)
        found.append(Told(term=say("评委"), said=said, to=to, lacks=bool(short)))
        said = say("{done}/{due} 项评分", done=done, due=due)
        to = address("appraisal:progress", *hall.at)
        found.append(Told(term=say("评分"), said=said, to=to, lacks=done < due))
    given = {one.item.item for one in leaves_of(hall.asked.rubric)
             if one.item.gives and one.item.gives.kind == "given"}  # fmt: skip
    may_give = visit.may("appraisal.give")
    if given:
        asked = {(place, item) for place in hall.names for item in given
                 if hall.applies(place, item)}  # fmt: skip
        held = {(one.place, one.item) for one in lines.standing("number")}
        said = say("{done}/{due} 个数", done=len(asked & held), due=len(asked))
        to = address("appraisal:numbers", *hall.at) if may_give else ""
        found.append(Told(term=say("股室报数"), said=said, to=to, lacks=bool(asked - held)))
    for kind, term in RECORDS.items():
        if kind == "adjust" and not any(one.adjusts for one in leaves_of(hall.asked.rubric)):
            continue
        if kind == "veto" and not any(one.gives is None for one in hall.asked.rubric.vetoes):
            continue
        many = len(list(lines.standing(kind)))
        to = address("appraisal:records", *hall.at, kind)
        found.append(Told(term=term, said=say("{n} 条", n=many), to=to))
    if hall.asked.rubric.consequences and hall.stage.release:
        proposed = hall.views.proposals(hall.asked)
        undecided = sum(one.standing == "proposed" for one in proposed)
        said = say("{n} 条", n=len(proposed))
        if undecided:
            said = say("{n} 条，{m} 条等决定", n=len(proposed), m=undecided)
        to = address("appraisal:consequences", *hall.at)
        found.append(Told(term=say("结果运用"), said=said, to=to, lacks=bool(undecided)))
    waiting, every = len(appeals_open(hall)), len(list(lines.standing("appeal")))
    said = say("{n} 条，{m} 条没有答复", n=every, m=waiting) if waiting else say("{n} 条", n=every)
    to = address("appraisal:appeals", *hall.at)
    found.append(Told(term=say("申诉"), said=said, to=to, lacks=bool(waiting)))
    return found


RECORDS: Final[Mapping[str, Sentence]] = {
    "adjust": say("加减分"),
    "veto": say("一票否决"),
    "absent": say("不适用"),
}
"""Kinds of lines that an office writes about a place, beside numbers."""


@deed(CONDUCT, of_county(CONDUCT))
def step(request: Asked, rubric: str, period: str, step: str) -> HttpResponse:
    """Take a step of the way."""
    return _step(request, Hall(request.visit, rubric, period), step, publishes=False)


@deed(PUBLISH, of_county(PUBLISH))
def publish(request: Asked, rubric: str, period: str, step: str) -> HttpResponse:
    """Publish a result, or end the appraisal."""
    return _step(request, Hall(request.visit, rubric, period), step, publishes=True)


def _step(request: Asked, hall: Hall, name: str, *, publishes: bool) -> HttpResponse:
    steps = [one for one in hall.way.named(name) if (hall.way.deed(name) == PUBLISH) == publishes]
    if not steps:
        raise MissingError(say("评价没有这一步。"))
    said = Filled(request.POST)
    doing = hall.do(MoveOn, said.said("why"), said.said("override"))
    try:
        row = doing(hall.about, name, hall.views.results(hall.asked))
    except ComplaintsError as error:
        said.take(error, {})
        return _run(request, hall, said)
    words = say("{title}：{state}。", title=hall.title, state=hall.way.state_term(row.state))
    return went(request, "appraisal:run", *hall.at, said=words)


@page(CONDUCT, of_county(CONDUCT))
def begin(request: Asked) -> HttpResponse:
    """Choose what is to be appraised, and say who is judged."""
    usual = {name: request.GET.get(name, "") for name in ("rubric", "period")}
    return _begin(request, Filled(None, usual))


@deed(CONDUCT, of_county(CONDUCT))
def begun(request: Asked) -> HttpResponse:
    """Begin an appraisal."""
    visit, said = request.visit, Filled(request.POST)
    try:
        asked = asked_of(visit, said.said("rubric"), said.said("period"))
    except MissingError:
        said.complain(
            "period", say("没有这项评价，或者没有这个时期"), say("时期如 2025-2026、2026")
        )
        return _begin(request, said)
    named = _named(said, visit.standing.workspace().register.places)
    if not said.issues:
        hall = Hall(visit, asked.rubric.series, asked.period.code)
        try:
            hall.do(BeginAppraisal)(hall.about, named)
        except ComplaintsError as error:
            said.take(error, {"P-STATE": "rubric"})
        else:
            to = address("appraisal:run", *hall.at)
            visit.flash("done", say("已布置：{title}。", title=hall.title))
            return HttpResponseRedirect(to, status=MOVED_ON)
    return _begin(request, said)


def _begin(request: Asked, said: Filled) -> HttpResponse:
    visit = request.visit
    rubrics = current(visit.standing.workspace().shelf, clock.day_of(visit.at))
    chosen = next((one for one in rubrics if one.series == said.said("rubric")), None)
    found = None
    if chosen is not None:
        try:
            asked = asked_of(visit, chosen.series, said.said("period"))
            found = views_of(visit).about(asked)
        except MissingError:
            found = None
    values = {
        "said": said,
        "chosen": chosen,
        "found": found,
        "judges": JUDGES,
        "listed": chosen is not None and chosen.judges in {"school", "county", "office"},
        "rubrics": [(one.series, one.term) for one in rubrics],
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/begin.html", values, status=status)


def _named(said: Filled, places: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Read who is judged beside the register: one a line, id, name, codes of places."""
    found: dict[str, dict[str, object]] = {}
    for number, line in enumerate(said.said("subjects").splitlines(), start=1):
        words = line.replace("，", ",").split()
        if not words:
            continue
        if len(words) < _NAMED or len(words[0]) > _LONGEST_ID or not words[0].isascii():
            saw = say("第 {n} 行是“{line}”", n=number, line=line.strip())
            said.complain("subjects", saw, say("编号（字母、数字）、名称，中间空一格"))
            continue
        codes = [one for each in words[2:] if "=" not in each for one in each.split(",") if one]
        strange = [one for one in codes if one not in places]
        if strange:
            saw = say("第 {n} 行：名册里没有代码 {code}", n=number, code=strange[0])
            said.complain("subjects", saw, say("写名册里的学校代码"))
        if words[0] in found:
            saw = say("第 {n} 行：编号 {id} 写了两次", n=number, id=words[0])
            said.complain("subjects", saw, say("每个对象一个编号"))
        facts = dict(each.split("=", 1) for each in words[2:] if "=" in each)
        found[words[0]] = {"name": words[1], "places": codes, "facts": facts}
    return found
