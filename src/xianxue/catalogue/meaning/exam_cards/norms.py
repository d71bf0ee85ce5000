"""Samplings: items that an examination has, weights that are whole, norms that say one thing."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.institutions import Institutions
from xianxue.bureau.kinds.exams.sampling import Norms, NormTable, Scoring, Weighed
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

_WHOLE: Final = 100
_CODE: Final = "C-NORMS"
_Key = tuple[str, int, str]
"""What is said of, the grade or age, the sex."""


def check_norms(look: Look) -> None:
    """Check every scoring, and all norms."""
    card: Scoring
    for at, card in look.each("scoring"):
        check_cited(look, at.at("source"), card.source)
        if look.refer(at.at("exam"), "exam", card.exam) and card.exam in look.shelf.examinations:
            _fits(at, card, look.shelf.examinations[card.exam])
        for index, one in enumerate(card.items):
            if one.least > one.most:
                saw = say("最小 {least} 大于最大 {most}", least=one.least, most=one.most)
                at.at("items", index).complain(_CODE, saw, say("先写最小的，再写最大的"))
        met: set[_Key] = set()
        for index, one in enumerate(card.weights):
            _weights(at.at("weights", index), card, one, met)
    norms: Norms
    for at, norms in look.each("norms"):
        check_cited(look, at.at("source"), norms.source)
        if look.refer(at.at("scoring"), "scoring", norms.scoring):
            scoring = look.shelf.scorings.get(norms.scoring)
            seen: set[_Key] = set()
            for index, one in enumerate(norms.tables if scoring is not None else ()):
                items = [item.item for item in scoring.items] if scoring is not None else []
                _table(at.at("tables", index), items, one, seen)


def check_institutions(look: Look) -> None:
    """Check every list of institutions."""
    card: Institutions
    for at, card in look.each("institutions"):
        check_cited(look, at.at("source"), card.source)
        if card.valid_to is not None and card.valid_to < card.valid_from:
            saw = say(
                "到 {valid_to} 为止，却从 {valid_from} 才开始",
                valid_to=card.valid_to,
                valid_from=card.valid_from,
            )
            at.at("to").complain("C-DATES", saw, say("截止日期不早于起始日期"))
        for index, name in enumerate(card.names):
            if name in card.names[:index]:
                saw = say("“{code}”写了两次", code=name)
                at.at("names", index).complain("C-TWICE", saw, say("每个只写一次"))


def _fits(at: Spot, card: Scoring, exam: Examination) -> None:
    """Each item is a subject that does not count; the score is the one that does."""
    counting = [one.subject for one in exam.subjects if one.counts]
    if len(counting) != 1:
        saw = say("考试“{exam}”有 {n} 个计入总分的科目", exam=exam.exam, n=len(counting))
        at.at("exam").complain(_CODE, saw, say("只有一个计入总分的科目，用来放得分"))
    others = [one.subject for one in exam.subjects if not one.counts]
    for index, one in enumerate(card.items):
        if one.item not in others:
            saw = say("考试“{exam}”没有不计总分的科目“{item}”", exam=exam.exam, item=one.item)
            required = say("每个项目是那次考试里不计总分的一个科目")
            at.at("items", index, "item").complain(_CODE, saw, required, instead(one.item, others))


def _weights(at: Spot, card: Scoring, one: Weighed, met: set[_Key]) -> None:
    total = sum(one.weights.values())
    if total != _WHOLE:
        saw = say("各项权重合计 {total}%", total=total)
        at.at("weights").complain(_CODE, saw, say("合计正好 100%"))
    known = [item.item for item in card.items]
    for code in one.weights:
        if code not in known:
            saw = say("这张卡片里没有“{code}”", code=code)
            at.at("weights").complain(_CODE, saw, say("本卡片自己列出的"), instead(code, known))
    _once(at, {("", of, sex) for of in one.of for sex in _sexes(one.sex)}, met)


def _table(at: Spot, items: list[str], one: NormTable, met: set[_Key]) -> None:
    if one.item not in items:
        saw = say("计分办法里没有项目“{item}”", item=one.item)
        required = say("计分办法里列出的项目")
        at.at("item").complain(_CODE, saw, required, instead(one.item, items))
    if not one.worth:
        at.at("worth").complain("C-EMPTY", say("一档也没有"), say("至少一档"))
    for index, worth in enumerate(one.worth):
        here = at.at("worth", index)
        if worth.at_least is None and worth.at_most is None:
            here.complain(_CODE, say("没有写界限"), say("写明 at_least 或 at_most，或两个都写"))
            continue
        least, most = worth.at_least, worth.at_most
        if least is not None and most is not None and least > most:
            saw = say("最小 {least} 大于最大 {most}", least=least, most=most)
            here.complain(_CODE, saw, say("先写最小的，再写最大的"))
    said = f"{one.item} extra" if one.extra else one.item
    mine = {(said, of, sex) for of in one.of for sex in _sexes(one.sex)}
    _once(at, mine, met)


def _sexes(sex: str | None) -> tuple[str, ...]:
    return (sex,) if sex is not None else ("male", "female")


def _once(at: Spot, mine: set[_Key], met: set[_Key]) -> None:
    twice = mine & met
    met |= mine
    if twice:
        named = joined("、", (str(of) for of in sorted({of for _, of, _ in twice})))
        saw = say("年级或年龄 {named} 前面已经写过", named=named)
        at.at("of").complain("C-TWICE", saw, say("同一项目、年级（年龄）、性别只写一次"))
