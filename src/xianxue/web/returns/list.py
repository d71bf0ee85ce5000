"""The list of returns: all that concern whoever looks, with how far each has come."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts.kept import Kept, drafts_about
from xianxue.desk.search.readings import spelled
from xianxue.desk.standing.owed import Owed, owed, periods
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import moment
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.returns.about import FILL, SEE
from xianxue.web.returns.words import LOOKS, lamp_words


@page(SEE)
def returns(request: Asked) -> HttpResponse:
    """Show every return of a period that the visitor may see."""
    visit = request.visit
    known = periods(visit.standing)
    reach = visit.places(SEE)
    waiting = {one.code: _waiting(visit, one, reach) for one in known}
    own = visit.standing.period().code
    # Where the own period is through, people come for what is still to be handed in.
    open_ones = [own, *waiting] if waiting[own] else [code for code in waiting if waiting[code]]
    wanted = request.GET.get("period") or next(iter(open_ones), own)
    period = next((one for one in known if one.code == wanted), None)
    if period is None:
        raise MissingError(say("没有“{period}”这个时期。", period=wanted))
    rows = [one for one in owed(visit.standing, period) if one.key.place in reach]
    # A school with one or two returns sees them at once: nothing there is to be searched.
    drafts = _own_drafts(visit, rows)
    register = visit.standing.workspace().register
    columns = _columns(drafts, visit)
    choices = (
        Choice[Owed]("form", say("报表"), lambda one: one.key.form, _form_of(rows)),
        Choice[Owed]("state", say("状态"), lambda one: one.progress.state, _state_of(rows)),
        Choice[Owed]("lamp", say("期限"), lambda one: one.lamp, lambda code: DueLamp(code).term),
        Choice[Owed]("look", say("待审"), lambda one: one.look, lambda code: LOOKS[code]),
        Choice[Owed](
            "township",
            say("乡镇"),
            lambda one: one.township,
            lambda code: register[code].name if code else say("县直"),
        ),
    )
    listing = listed(
        request,
        rows,
        columns,
        text=lambda one: " ".join(
            (one.progress.name, spelled(one.progress.name), one.key.place, str(one.form), one.by)
        ),
        choices=[one for one in choices if len({one.of(row) for row in rows}) > 1],
    )
    file = exported(request, listing, say("填报{period}", period=period.code))
    if file is not None:
        return file
    values = {
        "list": listing,
        "drafts": drafts,
        "title": _title(rows),
        "period": period,
        "periods": [(one, waiting[one.code]) for one in known],
        "fills": visit.can(FILL),
        "lamp_words": lamp_words,
        "rounds": _rounds(rows) if visit.can("returns.review") else [],
        "several": len({one.key.form for one in rows}) > 1,
    }
    return show(request, "returns/list.html", values, part="rows")


def _waiting(visit: Visit, period: Period, reach: frozenset[str]) -> int:
    """Count what is still to come of a period, where anybody has been asked for it by a day."""
    rows = [one for one in owed(visit.standing, period) if one.key.place in reach]
    return sum(one.progress.waiting and one.last_day is not None for one in rows)


def _rounds(rows: list[Owed]) -> list[tuple[str, Sentence, int, int, int]]:
    """Give each round: form, term, how many are asked, handed in, to be looked at."""
    found: list[tuple[str, Sentence, int, int, int]] = []
    for form in dict.fromkeys(one.key.form for one in rows):
        of = [one for one in rows if one.key.form == form]
        handed = [one for one in of if not one.progress.waiting]
        look = sum(bool(one.look) for one in handed)
        found.append((form, of[0].form, len(of), len(handed), look))
    return found


def _columns(drafts: dict[Key, Kept], visit: Visit) -> list[Column[Owed]]:
    register = visit.standing.workspace().register
    order = {one.code: at for at, one in enumerate(register)}
    return [
        Column(
            "place",
            say("单位"),
            lambda one: one.progress.name,
            order=lambda one: order.get(one.key.place, 0),
        ),
        Column("form", say("报表"), lambda one: one.form),
        Column("state", say("状态"), lambda one: _state(one, drafts)),
        Column("due", say("期限"), lambda one: one.last_day),
        Column("revision", say("版"), lambda one: one.progress.revision or None, number=True),
        Column("back", say("退回"), lambda one: one.progress.times_returned or None, number=True),
        Column("by", say("最后经办"), lambda one: one.by or None),
        Column("at", say("时间"), lambda one: moment(one.at) or None),
    ]


def _state(one: Owed, drafts: dict[Key, Kept]) -> Sentence | str:
    draft = drafts.get(one.key)
    if draft is not None and one.progress.waiting:
        return say("{state}，草稿 {at}", state=one.term, at=moment(draft.changed_at))
    return one.term


def _own_drafts(visit: Visit, rows: list[Owed]) -> dict[Key, Kept]:
    if not visit.can(FILL) or not rows:
        return {}
    found = drafts_about(one.key for one in rows)
    mine = {
        key: next((one for one in drafts if one.who == visit.actor.name), None)
        for key, drafts in found.items()
    }
    return {key: draft for key, draft in mine.items() if draft is not None}


def _form_of(rows: list[Owed]):  # noqa: ANN202 - a reading of codes
    terms = {one.key.form: one.form for one in rows}
    return lambda code: terms.get(code, code)


def _state_of(rows: list[Owed]):  # noqa: ANN202 - as above
    terms = {one.progress.state: one.term for one in rows}
    return lambda code: terms.get(code, code)


def _title(rows: list[Owed]) -> Sentence:
    silent = [one for one in rows if one.progress.waiting and not one.progress.revision]
    over = sum(one.lamp is DueLamp.OVER for one in silent)
    back = sum(one.progress.waiting for one in rows) - len(silent)
    if not rows:
        return say("没有要报的报表")
    if over:
        said = say("{n} 份还没有报，其中 {over} 份已逾期", n=len(silent), over=over)
    elif silent:
        said = say("{n} 份还没有报，都没有逾期", n=len(silent))
    elif back:
        return say("{n} 份退回了，改好再报", n=back)
    else:
        return say("{n} 份都报了", n=len(rows))
    return say("{said}；{n} 份退回待改", said=said, n=back) if back else said
