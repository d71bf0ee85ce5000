"""升级处置: rules that speak of results there are, and decide on something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.kinds.appraisal.escalation import Escalating, Escalation, HistoryRule
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.meaning.cited import check_cited, check_dated
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

BAD: Final = "C-ESCALATION"


def check_escalations(look: Look) -> None:
    """Check every card of what follows."""
    card: Escalation
    for at, card in look.each("escalation"):
        check_cited(look, at.at("source"), card.source)
        results = [
            (at.at("results", index, "result"), one.result)
            for index, one in enumerate(card.results)
        ]
        unique(results, "C-TWICE", say("结果的编号"), say("同一张卡片里结果的编号不重复"))
        spots = [(at.at("rules", index), one) for index, one in enumerate(card.rules)]
        if not spots:
            at.at("rules").complain("C-EMPTY", say("没有写处置"), say("至少一条"))
        steps = [(here.at("step"), one.step) for here, one in spots]
        unique(steps, "C-TWICE", say("处置的编号"), say("同一张卡片里处置的编号不重复"))
        known = {one.result for one in card.results}
        for here, one in spots:
            good_name(here.at("step"), one.step)
            check_dated(look, here, one)
            _rule(here, one, known)
        for index, one in enumerate(card.history):
            _history(look, at.at("history", index), one, known)


def _rule(at: Spot, rule: Escalating, known: set[str]) -> None:
    if not rule.results:
        at.at("results").complain("C-EMPTY", say("没有写看哪些结果"), say("至少一个"))
    named = [(at.at("results", index), one) for index, one in enumerate(rule.results)]
    for here, name in [*named, *([(at.at("turns"), rule.turns)] if rule.turns else [])]:
        if name not in known:
            saw = say("没有结果“{name}”", name=name)
            here.complain(
                BAD, saw, say("results 里写了的：{known}", known=joined("、", sorted(known)))
            )
    if rule.turns and rule.event != "recheck":
        saw = say("不是复查，却改了当年的结果")
        at.at("turns").complain(BAD, saw, say("只有复查写 turns"))
    if bool(rule.about) != bool(rule.sets):
        saw = say("“{term}”只写了 about、sets 之一", term=rule.term)
        at.complain(BAD, saw, say("两个都写，或者都不写"))


def _history(look: Look, at: Spot, rule: HistoryRule, results: set[str]) -> None:
    """A history is read from fields and steps that its ledger has, as results that the card has."""
    if not look.refer(at.at("ledger"), "ledger", rule.ledger):
        return
    if bool(rule.field) == bool(rule.begins):
        saw = say("结果从哪里看没有写，或者写了两样")
        at.complain(BAD, saw, say("field（一栏）和 begins（开始的步骤）写一样"))
        return
    ledger = look.shelf.ledgers[rule.ledger]
    _named(at, rule, ledger)
    said = [*rule.results.values(), *rule.steps.values(), *([rule.late] if rule.late else [])]
    field = ledger.field(rule.field) if rule.field else None
    if field is not None:
        said += [one.code for one in field.options if one.code not in rule.results]
    for name in said:
        _there(at, name, sorted(results), say("结果"))
    if bool(rule.late) != bool(rule.until):
        saw = say("写了期限却没有写过期算什么，或者反过来")
        at.complain(BAD, saw, say("until 和 late 一起写"))


def _named(at: Spot, rule: HistoryRule, ledger: Ledger) -> None:
    fields = [one.field for one in ledger.fields]
    steps = [one.step for one in ledger.steps]
    for key in ("field", "year", "day", "until"):
        if name := getattr(rule, key):
            _there(at.at(key), name, fields, say("栏"))
    for key in ("begins", "answers"):
        for index, name in enumerate(getattr(rule, key)):
            _there(at.at(key, index), name, steps, say("步骤"))
    for name in rule.steps:
        _there(at.at("steps", name), name, steps, say("步骤"))


def _there(at: Spot, name: str, names: Sequence[str], noun: str) -> None:
    if name not in names:
        saw = say("没有{noun}“{name}”", noun=noun, name=name)
        at.complain(BAD, saw, say("写了的{noun}", noun=noun), instead(name, names))
