"""Consequences: what each kind says, of grades, ledgers and cards that there are."""

from __future__ import annotations

from collections.abc import Collection

from xianxue.bureau.kinds.appraisal.grading import Consequence, Window
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_dated
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name
from xianxue.catalogue.meaning.rubric_cards.words import GRADE, known
from xianxue.catalogue.origin import Spot


def check_windows(look: Look, at: Spot, windows: list[Window]) -> None:
    """Check the lengths of a publicity, an appeal, an order."""
    for index, one in enumerate(windows):
        check_dated(look, at.at(index), one)


def check_consequence(look: Look, at: Spot, one: Consequence, grades: Collection[str]) -> None:
    """Check what follows from a grade."""
    good_name(at.at("consequence"), one.consequence)
    check_cited(look, at.at("source"), one.source)
    for number, name in enumerate(one.grades):
        known(at.at("grades", number), name, grades, say("等次"))
    if not one.grades and not one.escalation:
        saw = say("没有写从哪些等次来")
        at.at("grades").complain(GRADE, saw, say("至少一个等次"))
    if (one.kind == "reward") != (one.amount is not None):
        saw = say("奖励要写金额（amount），别的不写")
        at.complain(GRADE, saw, say("kind: reward 和 amount 一起写"))
    if one.amount is not None and one.amount <= 0:
        at.at("amount").complain(GRADE, say("奖励金额不大于 0"), say("大于 0 的元数"))
    if (one.kind == "reward") != bool(one.line):
        at.complain(GRADE, say("奖励从哪里支出没有写"), say("kind: reward 和 line 一起写"))
    if one.kind == "circular" and not one.within:
        saw = say("通报没有写申辩几天")
        at.at("within").complain(GRADE, saw, say("写 within：点名的单位印发以前可以申辩"))
    if (one.kind == "freeze") != bool(one.months):
        at.complain(GRADE, say("冻结几个月没有写，或者不冻结却写了"), say("写 months"))
    check_windows(look, at.at("within"), one.within)
    _ledger(look, at, one)
    _escalation(look, at, one)


def _ledger(look: Look, at: Spot, one: Consequence) -> None:
    if one.kind == "mend" and not one.within:
        at.at("within").complain(GRADE, say("限期整改没有写期限"), say("写 within"))
    if not one.ledger:
        if one.says:
            at.at("says").complain(GRADE, say("没有台账，却写了登记什么"), say("写 ledger"))
        return
    if one.kind != "mend":
        at.at("ledger").complain(GRADE, say("不是限期整改，却写了台账"), say("只有 mend 写"))
        return
    if not look.refer(at.at("ledger"), "ledger", one.ledger):
        return
    ledger = look.shelf.ledgers[one.ledger]
    if ledger.orders is None:
        saw = say("《{term}》不登记评价开出的整改", term=ledger.term)
        at.at("ledger").complain(GRADE, saw, say("写了 orders 的台账"))
    for name, value in one.says.items():
        field = ledger.field(name)
        if known(at.at("says", name), name, [each.field for each in ledger.fields], say("栏")):
            options = [each.code for each in (field.options if field is not None else [])]
            if options:
                known(at.at("says", name), value, options, say("选项"))


def _escalation(look: Look, at: Spot, one: Consequence) -> None:
    if not one.escalation:
        return
    if one.kind != "proposal":
        saw = say("不是提出建议，却写了逐次加重的卡片")
        at.at("escalation").complain(GRADE, saw, say("kind: proposal 才写 escalation"))
    elif look.refer(at.at("escalation"), "escalation", one.escalation):
        card = look.shelf.escalations[one.escalation]
        if not card.history:
            saw = say("“{term}”没有写历次结果从哪里看", term=card.term)
            at.at("escalation").complain(GRADE, saw, say("在那张卡片上写 history"))
