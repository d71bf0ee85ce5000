"""竞聘: parts that weigh a hundred together, minimum marks that can be reached, ties by parts."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.appraisal.contest import Contest, ContestPart
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot

BAD: Final = "C-CONTEST"
_WHOLE: Final = 100


def check_contests(look: Look) -> None:
    """Check every card of a contest."""
    card: Contest
    for at, card in look.each("contest"):
        check_cited(look, at.at("source"), card.source)
        if not card.parts:
            at.at("parts").complain("C-EMPTY", say("没有写考核项目"), say("至少一项"))
        spots = [(at.at("parts", index), one) for index, one in enumerate(card.parts)]
        names = [(here.at("part"), one.part) for here, one in spots]
        unique(names, "C-TWICE", say("项目的编号"), say("同一张卡片里项目的编号不重复"))
        for here, one in spots:
            good_name(here.at("part"), one.part)
            _part(here, one)
        total = sum(one.weight for one in card.parts if one.weight.is_finite())
        if card.parts and total != _WHOLE:
            saw = say("各项权重合计 {total}", total=total)
            at.at("parts").complain(BAD, saw, say("合计正好 100"))
        for index, key in enumerate(card.ties):
            if card.part(key) is None:
                saw = say("同分时比“{name}”，项目里没有它", name=key)
                at.at("ties", index).complain(BAD, saw, say("项目的编号"))


def _part(at: Spot, part: ContestPart) -> None:
    for name, value in (("weight", part.weight), ("full", part.full), ("minimum", part.minimum)):
        finite(at.at(name), value)
    if part.weight.is_finite() and part.weight <= 0:
        at.at("weight").complain(BAD, say("权重是 {n}", n=part.weight), say("大于 0"))
    if part.full.is_finite() and part.full <= 0:
        at.at("full").complain(BAD, say("满分是 {n}", n=part.full), say("大于 0"))
    low = part.minimum
    if low is not None and low.is_finite() and not 0 <= low <= part.full:
        saw = say("最低线 {n}，满分 {full}", n=low, full=part.full)
        at.at("minimum").complain(BAD, saw, say("0 到满分之间"))
