"""Mappings: every column names something the form asks for, and nothing is named twice."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.sheet import LISTS
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.returns.mapping.ledger_columns import map_form
from xianxue.bureau.returns.mapping.targets import target_named
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import unique


def check_mappings(look: Look) -> None:
    """Check every mapping."""
    card: Mapping
    for at, card in look.each("mapping"):
        ledger = card.form.removeprefix(LISTS)
        if card.form.startswith(LISTS):
            if ledger not in look.shelf.ledgers:
                saw = say("没有台账“{name}”", name=ledger)
                do = say("台账改过名称的，请删去这张卡片，用 xianxue ledgers map 重新确认")
                at.at("form").complain("C-FORM", saw, say("ledgers 里有一张 ledger 卡片"), do)
                continue
            form = map_form(look.shelf.ledgers[ledger])
        elif look.refer(at.at("form"), "form", card.form):
            form = look.shelf.forms[card.form]
        else:
            continue
        spots = [(at.at("columns", i, "field"), c.field) for i, c in enumerate(card.columns)]
        for spot, field in spots:
            if target_named(form, look.shelf.codes, field) is None:
                saw = say("《{term}》里没有“{field}”", term=form.term, field=field)
                do = say("表式改过的，请删去这张卡片，用 xianxue returns map 重新确认")
                spot.complain("C-FIELD", saw, say("这张报表要的一项"), do)
        unique(spots, "C-TWICE", say("项目"), say("一项只对应一列"))
