"""Rubrics as a whole."""

from __future__ import annotations

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.together import TogetherRule
from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.kinds.card import Where
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name
from xianxue.catalogue.meaning.rubric_cards.grades import check_grading
from xianxue.catalogue.meaning.rubric_cards.sources import check_levels, check_source
from xianxue.catalogue.meaning.rubric_cards.trees import Spots, check_tree
from xianxue.catalogue.meaning.rubric_cards.words import RUBRIC
from xianxue.catalogue.origin import Spot


def check_rubrics(look: Look) -> None:
    """Check every rubric."""
    card: Rubric
    for at, card in look.each("rubric"):
        check_cited(look, at.at("source"), card.source)
        spots = check_tree(at, card)
        check_levels(at.at("levels"), card.levels)
        _items(look, card, spots)
        check_grading(look, at, card, spots)
        _where(look, at.at("where"), card, card.where)
        if card.together is not None:
            _together(look, at.at("together"), card.together)
        if card.judges == "union" and card.together is None:
            at.complain(RUBRIC, say("评联盟、集团，却没有写怎样合成"), say("写 together"))
        if card.valid_from and card.valid_to and card.valid_to < card.valid_from:
            at.at("to").complain(
                "C-DATES", say("截止日期早于起始日期"), say("截止日期不早于起始日期")
            )


def _items(look: Look, card: Rubric, spots: Spots) -> None:
    for node in nodes_of(card):
        here = spots[node.item.item]
        check_cited(look, here.at("source"), node.item.source)
        _where(look, here.at("where"), card, node.item.where)
        if node.item.gives is not None:
            check_source(look, here.at("from"), node.item.gives, card, node.points)
        for index, one in enumerate(node.item.evidence):
            good_name(here.at("evidence", index, "document"), one.document)


def _where(look: Look, at: Spot, card: Rubric, where: Where) -> None:
    # Persons and offices have other attributes, known to the ledgers they stand in.
    if card.judges in {"school", "county", "union"}:
        check_where(at, where, look.place_columns, say("学校"))


def _together(look: Look, at: Spot, rule: TogetherRule) -> None:
    check_cited(look, at.at("source"), rule.source)
    weighted = rule.how == "weighted" or (rule.how in {"blend", "gain"} and rule.of == "weighted")
    if weighted != bool(rule.by):
        saw = say("按什么加权没有写，或者不加权却写了")
        at.complain(RUBRIC, saw, say("加权时写 by（指标）"))
    elif rule.by:
        look.indicators(at.at("by"), rule.by)
    if (rule.how == "blend") != (rule.own is not None):
        at.complain(RUBRIC, say("blend 要写 own，别的不写"), say("own 在 0 到 1 之间"))
    elif rule.own is not None and not 0 <= rule.own <= 1:
        at.at("own").complain(RUBRIC, say("own 不在 0 到 1 之间"), say("own 在 0 到 1 之间"))
    if (rule.how == "gain") != (rule.gain is not None):
        at.complain(RUBRIC, say("gain 要写每进步 1 分加几分，别的不写"), say("写 gain"))
