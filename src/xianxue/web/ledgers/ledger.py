"""One ledger: its counts, and its entries as a list, a board, a month, by township."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.rows import Row, unit_of
from xianxue.desk.ledgers.tallies import Tally
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import RECORD, SEE, card_of, reads, room_of, views_of
from xianxue.web.ledgers.laid_out import board, month_of, towns
from xianxue.web.ledgers.words import COLOURS, lamp_of, left_of

_CODES: Final = 3
"""Code fields that a list shows as columns; a file has every field."""
_PERIODS: Final = 3
TABS: Final = ("list", "board", "calendar", "towns")


class Chosen(Record, kw_only=True):
    """The count whose entries are looked at."""

    tally: Tally
    period: Period


@page(SEE)
def ledger(request: Asked, ledger: str) -> HttpResponse:
    """Show one ledger."""
    visit = request.visit
    card = card_of(visit, ledger)
    reads(visit, card)
    views, today = views_of(visit), clock.day_of(visit.at)
    period = _period(card, request.GET.get("period", ""), today)
    every = views.rows(ledger)
    found = views.tallies(ledger, period)
    chosen = next((one for one in found if one.count == request.GET.get("count")), None)
    rows = every if chosen is None else [one for one in every if one.number in chosen.numbers]
    listing = _listing(request, card, rows, whole=request.GET.get("as") == "xlsx")
    file = exported(request, listing, say("{ledger}{day}", ledger=card.term, day=today))
    if file is not None:
        return file
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    values = {
        "card": card,
        "list": listing,
        "title": _title(card, every, today),
        "tab": tab,
        "tabs": _tabs(),
        "tallies": found,
        "chosen": chosen,
        "counted_for": period,
        "periods": _periods(card, today),
        "today": today,
        "codes": _coded(card)[:_CODES],
        "records": visit.can(RECORD) and visit.actor.role in card.records,
        "who_may": _who_may(visit, card),
        "lamp_of": lamp_of,
        "left_of": left_of,
        **_laid_out(visit, card, tab, listing, request, today),
    }
    return show(request, "ledgers/ledger.html", values, part="rows")


def _laid_out(  # noqa: PLR0913, PLR0917 - what each of the tabs is made of
    visit: Visit, card: Ledger, tab: str, listing: Listing[Row], request: Asked, today: date
) -> dict[str, object]:
    if tab == "board":
        return {"columns": board(card, listing.rows)}
    if tab == "calendar":
        return {
            "month": month_of(room_of(visit).days, listing.rows, request.GET.get("m", ""), today)
        }
    if tab == "towns":
        return {"towns": towns(visit.standing.workspace().register, card, listing.rows)}
    return {}


def _tabs() -> list[tuple[str, Sentence]]:
    return [
        ("list", say("列表")),
        ("board", say("看板")),
        ("calendar", say("日历")),
        ("towns", say("乡镇")),
    ]


def _title(card: Ledger, rows: Sequence[Row], today: date) -> Sentence:
    open_ones = sum(one.open for one in rows)
    late = sum(one.due is not None and one.due < today for one in rows)
    said = say("{ledger}：{n} 条", ledger=card.term, n=len(rows))
    if late:
        return said + say("，未办结 {m}，逾期 {late}", m=open_ones, late=late)
    if open_ones:
        return said + say("，未办结 {m}，没有逾期", m=open_ones)
    return said + (say("，都办结了") if rows else say(""))


def _who_may(visit: Visit, card: Ledger) -> Sentence:
    return visit.authority.policy.terms(card.records)


def _coded(card: Ledger) -> list[LedgerField]:
    return [one for one in card.fields if one.type == "code" and not one.personal]


def _period(card: Ledger, code: str, today: date) -> Period:
    try:
        found = Period.parse(code) if code else Period.on(card.period, today)
    except ValueError:
        return Period.on(card.period, today)
    return found if found.kind == card.period else Period.on(card.period, today)


def _periods(card: Ledger, today: date) -> list[Period]:
    """Give this period and some before it, the newest first."""
    found = [Period.on(card.period, today)]
    while len(found) < _PERIODS and found[-1].recurs:
        found.append(found[-1].before())
    return found


def _listing(request: Asked, card: Ledger, rows: Sequence[Row], *, whole: bool) -> Listing[Row]:
    visit = request.visit
    register = visit.standing.workspace().register
    states = {one.state: one.term for one in card.states}
    fields = card.fields if whole else _coded(card)[:_CODES]
    columns = [
        Column[Row]("number", say("编号"), lambda one: one.number),
        Column[Row]("title", _head(card), lambda one: one.title),
        Column[Row]("place", say("单位"), lambda one: one.name),
        Column[Row]("state", say("状态"), lambda one: one.state_term),
        Column[Row]("due", say("期限"), lambda one: one.due),
        *[_column(card, one) for one in fields if one.field != card.titled],
        Column[Row]("recorded", say("登记日期"), lambda one: one.recorded),
    ]
    return listed(
        request,
        rows,
        columns,
        text=_text,
        choices=[
            Choice(
                "state", say("状态"), lambda one: one.state, lambda code: states.get(code, code)
            ),
            Choice("lamp", say("灯"), _lamp, lambda code: COLOURS.get(code, code)),
            Choice(
                "in",
                say("乡镇"),
                lambda one: one.township,
                lambda code: register[code].name if code in register else code,
            ),
            *[_choice(one, rows) for one in _coded(card)],
        ],
    )


def _text(one: Row) -> str:
    said = joined(" ", [tell(value) for value in one.values.values()])
    return f"{one.number} {said} {one.name} {one.place} {spelled(one.name)}"


def _head(card: Ledger) -> Sentence:
    named = card.field(card.titled)
    return named.term if named is not None else say("事项")


def _lamp(one: Row) -> str:
    if not one.open:
        return "closed"
    if one.paused and one.due is None:
        return "paused"
    return one.lamp or "open"


def _column(card: Ledger, field: LedgerField) -> Column[Row]:
    name, number = field.field, field.type in {"integer", "measure"}

    def value(one: Row) -> object:
        return one.values.get(name)

    return Column(f"f-{name}", field.term, value, number=number, unit=unit_of(card, name))


def _choice(field: LedgerField, rows: Iterable[Row]) -> Choice[Row]:
    name = field.field
    words: Mapping[str, object] = {
        one.codes[name]: one.values.get(name) for one in rows if name in one.codes
    }
    return Choice(
        f"f-{name}",
        field.term,
        lambda one: one.codes.get(name, ""),
        lambda code: words.get(code, code),
    )
