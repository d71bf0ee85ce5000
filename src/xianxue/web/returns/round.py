"""One form's round, as the office sees it: who has come how far, and what is next with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.search.readings import spelled
from xianxue.desk.standing.owed import Owed, owed
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.rounds import groups_of, kind_of
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.returns.about import SEE
from xianxue.web.returns.words import LOOKS, lamp_words

REMIND: Final = "returns.review"
"""Whoever reviews what comes in may ask for what does not."""
MANY: Final = ("review", "pass_on", "approve")
"""Steps that an office takes with many returns at once, in the order of the way."""


def round_of(visit: Visit, form: str, period: str) -> tuple[Form, Period, list[Owed]]:
    """Give a form's round within the visitor's reach; MissingError where there is none."""
    known = visit.standing.workspace().shelf.forms.get(form)
    try:
        when = Period.parse(period)
    except ValueError:
        raise MissingError(say("没有“{period}”这个时期。", period=period)) from None
    if known is None or known.period != when.kind:
        raise MissingError(say("没有这样一份报表。"))
    reach = visit.places(SEE)
    rows = [one for one in owed(visit.standing, when) if one.key.form == form]
    return known, when, [one for one in rows if one.key.place in reach]


@page(SEE)
def form_round(request: Asked, form: str, period: str) -> HttpResponse:
    """Show a form's round."""
    visit = request.visit
    card, when, rows = round_of(visit, form, period)
    register = visit.standing.workspace().register
    listing = listed(
        request,
        rows,
        _columns({one.code: at for at, one in enumerate(register)}),
        text=lambda one: " ".join(
            (one.progress.name, spelled(one.progress.name), one.key.place, one.by)
        ),
        choices=(
            Choice[Owed](
                "state",
                say("状态"),
                lambda one: one.progress.state,
                lambda code: next(o.term for o in rows if o.progress.state == code),
            ),
            Choice[Owed]("look", say("待审"), lambda one: one.look, lambda code: LOOKS[code]),
            Choice[Owed](
                "township",
                say("乡镇"),
                lambda one: one.township or "direct",
                lambda code: say("县直") if code == "direct" else register[code].name,
            ),
        ),
    )
    file = exported(request, listing, say("{form}报送情况{period}", form=card.term, period=period))
    if file is not None:
        return file
    steps = {one.key: steps_for(visit, one) for one in listing.rows}
    values = {
        "form": card,
        "period": when,
        "title": _title(card, rows),
        "groups": groups_of(visit, rows),
        "list": listing,
        "steps": steps,
        "many": _many(visit, listing.rows, steps),
        "limits": next((one.deadline for one in rows), None),
        "kind": kind_of(visit),
        "here_of": lambda code: address("returns:round", form, period, township=code),
        "lamp_words": lamp_words,
        "sets_window": visit.may("returns.set_window"),
        # Who only looks on reminds nobody.
        "late": [one for one in rows if one.progress.waiting] if visit.can(REMIND) else [],
    }
    return show(request, "returns/round.html", values, part="rows")


def steps_for(visit: Visit, one: Owed) -> list[str]:
    """Name the steps that the visitor may take with a return as it stands."""
    ground = visit.standing.ground()
    card = ground.card(one.key.place)
    found: list[str] = []
    for name in (*MANY, "send_back"):
        step = card.step(name, one.progress.state)
        turn = step is not None and visit.actor.role in step.roles
        if turn and visit.may(card.deed(name), one.key.place):
            found.append(name)
    return found


class ManyAtOnce(Record):
    """A step that can be taken with several of the list."""

    name: str
    term: str
    keys: tuple[Key, ...]


def _many(visit: Visit, rows: Sequence[Owed], steps: dict[Key, list[str]]) -> list[ManyAtOnce]:
    ground = visit.standing.ground()
    found: list[ManyAtOnce] = []
    for name in MANY:
        keys = tuple(one.key for one in rows if name in steps[one.key])
        if keys:
            found.append(ManyAtOnce(name, ground.card(keys[0].place).named(name)[0].term, keys))
    return found


def _title(card: Form, rows: Sequence[Owed]) -> Sentence:
    silent = [one for one in rows if one.progress.waiting and not one.progress.revision]
    over = sum(one.lamp is DueLamp.OVER for one in silent)
    back = sum(one.progress.waiting for one in rows) - len(silent)
    look = sum(bool(one.look) for one in rows)
    if over:
        said = say("《{form}》{n} 份逾期未报，{m} 份待审", form=card.term, n=over, m=look)
    elif silent:
        said = say("《{form}》还差 {n} 份，{m} 份待审", form=card.term, n=len(silent), m=look)
    elif look or back:
        said = say("《{form}》都报了，{m} 份待审", form=card.term, m=look)
    else:
        return say("《{form}》{n} 份都已通过", form=card.term, n=len(rows))
    return say("{said}，{n} 份退回待改", said=said, n=back) if back else said


def _columns(order: dict[str, int]) -> list[Column[Owed]]:
    return [
        Column(
            "place",
            say("单位"),
            lambda one: one.progress.name,
            order=lambda one: order.get(one.key.place, 0),
        ),
        Column("state", say("状态"), lambda one: one.term),
        Column("due", say("期限"), lambda one: one.last_day),
        Column("revision", say("版"), lambda one: one.progress.revision or None, number=True),
        Column("back", say("退回"), lambda one: one.progress.times_returned or None, number=True),
        Column("by", say("最后经办"), lambda one: one.by or None),
        Column("at", say("时间"), lambda one: one.at),
    ]
