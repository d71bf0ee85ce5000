"""Who may apply: each clause asks for what its kind can be asked for, dated and cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.kinds.appraisal.eligibility import Clause, Eligibility, Exemption, Requirement
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.meaning.cited import check_cited, check_dated
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot

BAD: Final = "C-CLAUSE"

_NEEDS: Final[dict[str, frozenset[str]]] = {
    "service": frozenset({"at_least", "where"}),
    "title": frozenset({"rungs"}),
    "results": frozenset({"at_least", "results"}),
    "freeze": frozenset(),
    "hours": frozenset({"at_least", "field"}),
    "fact": frozenset({"field", "values"}),
}
"""What a clause of a kind must say …"""
_MAY: Final[dict[str, frozenset[str]]] = {
    "service": frozenset({"interrupted_by", "stated"}),
    "title": frozenset({"not_counted"}),
    "freeze": frozenset({"months"}),
}
"""… and what it may say besides. Whatever else is there would be asked for by nobody."""


def check_eligibility(look: Look) -> None:
    """Check every card of who may apply."""
    card: Eligibility
    for at, card in look.each("eligibility"):
        check_cited(look, at.at("source"), card.source)
        if not card.clauses:
            at.at("clauses").complain("C-EMPTY", say("没有写条件"), say("至少一条"))
        spots = [(at.at("clauses", index), one) for index, one in enumerate(card.clauses)]
        names = [(here.at("clause"), one.clause) for here, one in spots]
        unique(names, "C-TWICE", say("条件的编号"), say("同一张卡片里条件的编号不重复"))
        terms = [(here.at("term"), one.term) for here, one in spots]
        unique(terms, "C-TERM", say("条件的名称"), say("同一张卡片里条件的名称不重复"))
        for here, one in spots:
            good_name(here.at("clause"), one.clause)
            _clause(look, here, one)


def _clause(look: Look, at: Spot, clause: Clause) -> None:
    if not clause.rules:
        at.at("rules").complain("C-EMPTY", say("没有写要求"), say("至少一条写明日期和依据的要求"))
    for index, rule in enumerate(clause.rules):
        here = at.at("rules", index)
        check_dated(look, here, rule)
        _says(here, clause, {*_said_by_rule(rule), *_said_by_clause(clause)})
        for each, rung in enumerate(rule.rungs):
            if not rung.degrees or not rung.titles:
                saw = say("这一档没有写学历或前一级职称")
                here.at("rungs", each).complain(BAD, saw, say("degrees 和 titles 各至少一个"))
    for index, exemption in enumerate(clause.exempt):
        _exemption(look, at.at("exempt", index), exemption)


def _says(at: Spot, clause: Clause, said: set[str]) -> None:
    needs = _NEEDS[clause.kind]
    lost = sorted(needs - said)
    if lost:
        saw = say("条件“{term}”没有写 {names}", term=clause.term, names=joined("、", lost))
        at.complain(BAD, saw, say("{kind} 类的条件写明它们", kind=clause.kind))
    more = sorted(said - needs - _MAY.get(clause.kind, frozenset()))
    if more:
        saw = say("条件“{term}”写了用不上的 {names}", term=clause.term, names=joined("、", more))
        at.complain(BAD, saw, say("{kind} 类的条件不写它们", kind=clause.kind))


def _said_by_rule(rule: Requirement) -> Iterator[str]:
    return (name for name in ("at_least", "rungs", "months") if getattr(rule, name))


def _said_by_clause(clause: Clause) -> Iterator[str]:
    names = ("where", "interrupted_by", "stated", "not_counted", "results", "field", "values")
    return (name for name in names if getattr(clause, name))


def _exemption(look: Look, at: Spot, exemption: Exemption) -> None:
    check_cited(look, at.at("source"), exemption.source)
    if exemption.age is None and exemption.taught is None and not exemption.facts:
        saw = say("免除“{term}”没有写条件，会免除所有人", term=exemption.term)
        at.complain(BAD, saw, say("写明 age、taught 或 facts"))
