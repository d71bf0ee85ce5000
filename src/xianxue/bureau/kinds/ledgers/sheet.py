"""Ledgers as forms: the workbook by which entries come in many at a time, and go out complete.

Two forms follow from each card. The *list* asks what is asked when an entry is registered; the
*book* has everything an entry says, with its number and where it stands. They stand in no
catalogue: nobody is expected to file them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, say

NUMBER: Final = "_number"
PLACE: Final = "_place"
NAME: Final = "_name"
RECORDED: Final = "_recorded"
STATE: Final = "_state"
HEAD: Final = frozenset({NUMBER, PLACE, NAME, RECORDED, STATE})
"""The columns that are no fields of the card."""
LISTS: Final = "ledger."
"""Before a ledger's name: the id of the form in which its new entries are listed."""
_BOOK: Final = "ledger_book."
_VERSION: Final = "1"


def list_form(ledger: Ledger) -> Form:
    """Give the form in which new entries are listed."""
    fields = [_asked(field) for field in ledger.coded.fields if not field.history]
    return _form(ledger, LISTS, [*_head(), *fields])


def form_with(ledger: Ledger, fields: list[Field]) -> Form:
    """Give the form in which entries are listed by other fields."""
    return _form(ledger, LISTS, fields)


def book_form(ledger: Ledger) -> Form:
    """Give the form that holds everything: numbers and states, and what steps have filled in."""
    number = _text(NUMBER, say("台账编号"), say("系统给的编号，不要改；新登记的空着"))
    state = _text(STATE, say("当前状态"), say("只供查看；要变状态，请一步一步地办"))
    fields = [_kept(field) for field in ledger.coded.fields]
    return _form(ledger, _BOOK, [number, *_head(), state, *fields])


def shelf_of_ledgers(shelf: Shelf, ledgers: Mapping[str, Ledger]) -> Shelf:
    """Give a shelf that knows the forms of some ledgers alone."""
    forms = [make(card) for card in ledgers.values() for make in (list_form, book_form)]
    return replace(shelf, forms={form.form: form for form in forms})


def _form(ledger: Ledger, kind: str, fields: list[Field]) -> Form:
    terms: set[str] = set()
    for at, field in enumerate(fields):
        if field.term in terms:
            # A column is found by its term: one of the card's that is called as one of ours.
            term = say("{term}（{ledger}）", term=field.term, ledger=ledger.term)
            fields[at] = msgspec.structs.replace(field, term=term)
        terms.add(fields[at].term)
    sheet = Sheet(
        sheet=ledger.ledger,
        term=ledger.term,
        layout="list",
        fields=fields,
        help=say("一条一行。单位写代码，或写名册里的名称。"),
    )
    return Form(
        form=kind + ledger.ledger,
        term=ledger.term,
        version=_VERSION,
        filed_by="county",
        period="calendar_year",
        sheets=[sheet],
        source=ledger.source,
        owner=ledger.office,
        retention=ledger.retention,
    )


def _head() -> list[Field]:
    recorded = say("登记的那一天；同一份表再交一次，不会重复登记")
    return [
        _text(PLACE, say("单位代码"), say("名册里的代码；不知道的写名称")),
        _text(NAME, say("单位名称"), say("填了代码的可以空着")),
        Field(
            field=RECORDED, term=say("登记日期"), type="date", help=recorded, example="2025-09-03"
        ),
    ]


def _text(name: str, term: Sentence, hint: Sentence) -> Field:
    return Field(field=name, term=term, type="text", required=False, help=hint)


def _asked(field: LedgerField) -> Field:
    given = {name: getattr(field, name) for name in Field.__struct_fields__}
    return Field(**given)


def _kept(field: LedgerField) -> Field:
    """Give a field as what is there is shown in it: covered where it speaks of a person."""
    one = msgspec.structs.replace(_asked(field), required=False, pattern="", example="")
    if not field.personal:
        return one
    return msgspec.structs.replace(one, type="text", codes="", unit="one", min=None, max=None)
