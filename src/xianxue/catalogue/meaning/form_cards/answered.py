"""Fields that a ledger answers: a count that there is, of the same unit, told apart as the rows."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.kinds.ledgers.answering import answered_rows, told_apart_by
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead


def check_answered(look: Look, at: Spot, sheet: Sheet, field: Field) -> None:
    """Check ``answered_by`` of one field."""
    name, _, count = field.answered_by.partition(".")
    ledger = look.shelf.ledgers.get(name)
    card = ledger.count(count) if ledger is not None else None
    if ledger is None or card is None:
        known = [
            f"{one.ledger}.{each.count}"
            for one in look.shelf.ledgers.values()
            for each in one.counts
        ]
        saw = say("没有台账计数“{name}”", name=field.answered_by)
        required = say("写成 台账.计数，如 hazards.found")
        at.complain("C-LEDGER", saw, required, instead(field.answered_by, known))
        return
    if sheet.layout == "list":
        saw = say("“{term}”是几行几列由填报的人定的表", term=sheet.term)
        at.complain("C-LAYOUT", saw, say("台账只回答 record 和 grid 表里的栏"))
    elif sheet.layout == "grid" and not told_apart_by(sheet, ledger, card):
        rows = answered_rows(sheet, field, look.shelf.codes)
        if len(rows) != 1:
            saw = say("台账计数“{count}”不按“{term}”的行分开数", count=card.term, term=sheet.term)
            required = say("计数的 slices 里有一栏用这张表的行代码；或者这一栏只有一行（rows）")
            at.complain("C-LAYOUT", saw, required)
    if not field.is_number or field.unit != card.unit:
        saw = say("“{term}”的单位和台账计数“{count}”的不同", term=field.term, count=card.term)
        at.complain("C-UNIT", saw, say("单位相同的数字栏"))
    if field.prefilled_from:
        saw = say("又写了 prefilled_from")
        at.complain("C-PART", saw, say("answered_by 和 prefilled_from 只写一样"))
    if ledger.restricted:
        saw = say("《{term}》只有指定的角色能看", term=ledger.term)
        at.complain("C-LEDGER", saw, say("大家都能看的台账"))
