"""What the office does: many steps at once, a step with one, windows, more time, reminders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.returns.examining import forget
from xianxue.desk.returns.reviewing import STEPS, Wish, send_back, step_many
from xianxue.desk.works import running
from xianxue.desk.works.running import Going, Result
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.pages import anywhere, complain, deed, of_county, of_place, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import SEE, key_of
from xianxue.web.returns.round import round_of

FEW = 3
"""Up to so many are looked at while the page waits; more are a work that can be left."""


@deed(SEE, anywhere)
def many_all(request: Asked, form: str, period: str, name: str) -> HttpResponse:
    """Take a step with all returns that the list showed, as it was filtered."""
    return _many(request, form, period, name, request.POST.get(f"all-{name}", "").split())


@deed(SEE, anywhere)
def many_chosen(request: Asked, form: str, period: str, name: str) -> HttpResponse:
    """Take a step with the returns that were chosen."""
    return _many(request, form, period, name, request.POST.getlist("place"))


def _many(request: Asked, form: str, period: str, name: str, chosen: list[str]) -> HttpResponse:
    visit, said = request.visit, request.POST
    card, _, rows = round_of(visit, form, period)
    known = {one.key.place for one in rows}
    # A row is «place:revision»: what was looked at, so that a newer one is not approved unseen.
    seen = {
        Key(form, period, place): number
        for place, _, said_number in (one.partition(":") for one in chosen)
        if place in known and (number := whole(said_number)) is not None
    }
    if name not in STEPS or not seen:
        raise ComplaintsError([_nothing_chosen()])
    wish = Wish(visit.actor, visit.at, said.get("why", ""), said.get("override") or None)
    term = visit.standing.ground().card(next(iter(seen)).place).named(name)[0].term
    if len(seen) <= FEW:
        return _now(request, name, wish, seen)
    address = reverse("returns:round", args=[form, period])
    title = say("{step}《{form}》{n} 份", step=term, form=card.term, n=len(seen))
    work = _work(visit, name, wish, seen, address)
    return went(request, "home:work", running.begin(visit.actor.name, name, title, len(seen), work))


def _now(request: Asked, name: str, wish: Wish, seen: Mapping[Key, int]) -> HttpResponse:
    standing = request.visit.standing
    found = step_many(standing.workspace(), standing.ground(), name, wish, seen)
    if found.issues and not found.done:
        return complain(request, list(found.issues))
    key = next(iter(seen))
    if found.issues:
        told = say("办了 {n} 份，{m} 份没有办：", n=len(found.done), m=len(found.issues))
        request.visit.flash("bad", told + joined("；", [one.saw for one in found.issues]))
        return went(request, "returns:round", key.form, key.period)
    return went(
        request, "returns:round", key.form, key.period, said=say("办了 {n} 份", n=len(found.done))
    )


def _work(visit: Visit, name: str, wish: Wish, seen: Mapping[Key, int], address: str):  # noqa: ANN202 - a work
    standing = visit.standing

    def work(going: Going) -> Result:
        found = step_many(standing.workspace(), standing.ground(), name, wish, seen, going.step)
        if not found.issues:
            return {"address": address}
        raise ComplaintsError([_partly(len(found.done), found.issues)])

    return work


def _partly(done: int, issues: tuple[Issue, ...]) -> Issue:
    return Issue(
        code="F-PARTLY",
        severity=Severity.NOTE,
        saw=say("办了 {n} 份，{m} 份没有办", n=done, m=len(issues)),
        required=joined("；", [one.saw for one in issues]),
        do=say("请逐份点开看过再办"),
    )


def _nothing_chosen() -> Issue:
    return Issue(
        code="F-NONE",
        severity=Severity.MUST_FIX,
        saw=say("没有选中哪一份，或者列表已经变了"),
        required=say("至少选一份"),
        do=say("请回到列表重新选"),
    )


@deed(SEE, of_place(SEE))
def step(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Take a step with one return, as the reviewer has seen it."""
    visit, said = request.visit, request.POST
    key = key_of(visit, form, period, place)
    name, seen = said.get("step", ""), whole(said.get("seen", ""))
    wish = Wish(visit.actor, visit.at, said.get("why", ""), said.get("override") or None)
    ground = visit.standing.ground()
    if name == "send_back":
        texts = _comments(said.getlist("remark"), said.getlist("cell"))
        send_back(visit.standing.workspace(), ground, key, wish, texts, seen)
        forget(visit.actor.name, key)
    elif name in STEPS:
        STEPS[name](ground, wish.actor, wish.at, wish.why, override=wish.override)(key, seen)
    else:
        raise ComplaintsError([_nothing_chosen()])
    term = ground.card(place).named(name)[0].term
    told = say("{title}：已{step}", title=ground.title(key), step=term)
    # Who has taken it up goes on to review it; after any other step somebody else does.
    to = "returns:review" if name == "review" else "returns:one"
    return went(request, to, form, period, place, said=told)


def _comments(texts: list[str], cells: list[str]) -> list[str]:
    """Write comments as the desk reads them: on a cell «学生!C4=…», or of the whole return."""
    cells = [*cells, *[""] * (len(texts) - len(cells))]
    pairs = zip(texts, cells, strict=False)
    return [f"{cell}={text}" if cell else text for text, cell in pairs if text.strip()]


@deed("returns.set_window", of_county("returns.set_window"))
def window(request: Asked, form: str, period: str) -> HttpResponse:
    """Set until when a form is in time, and after which day nothing is taken."""
    visit, said = request.visit, request.POST
    due, lock = _day(said.get("due", "")), _day(said.get("lock", ""))
    SetWindow(visit.standing.ground(), visit.actor, visit.at, said.get("why", ""))(
        form, period, due, lock
    )
    return went(request, "returns:round", form, period, said=say("期限已设定"))


@deed("returns.grant_extension", of_place("returns.grant_extension"))
def extend(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Grant one place more time, with a reason."""
    visit, said = request.visit, request.POST
    key = key_of(visit, form, period, place)
    until = _day(said.get("until", ""))
    Extend(visit.standing.ground(), visit.actor, visit.at, said.get("why", ""))(key, until)
    told = say("{title}准予延期至{day}", title=visit.standing.ground().title(key), day=until)
    return went(request, "returns:one", form, period, place, said=told)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        issue = Issue(
            code="F-DAY",
            severity=Severity.MUST_FIX,
            saw=say("日期“{text}”读不懂", text=text),
            required=say("年-月-日，如 2026-10-10"),
        )
        raise ComplaintsError([issue]) from None
