"""Ballots: groups whose weights are whole, rounds that lead to a decision, samples that fit."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ballots.ballot import Ballot, Round
from xianxue.bureau.kinds.ballots.rule import VoterShare
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.ballot_cards.names import BAD, known
from xianxue.catalogue.meaning.ballot_cards.questions import check_questions
from xianxue.catalogue.meaning.ballot_cards.skipping import check_skipping
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_code, good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_WHOLE: Final = 100


def check_ballots(look: Look) -> None:
    """Check every ballot."""
    card: Ballot
    for at, card in look.each("ballot"):
        check_cited(look, at.at("source"), card.source)
        _groups(at.at("groups"), card)
        check_questions(look, at, card)
        check_skipping(at.at("questions"), card)
        if card.mode == "election":
            _rounds(look, at, card)
        elif card.rounds:
            at.at("rounds").complain(BAD, say("不是选任，却写了轮次"), say("只有选任分轮次"))
        if card.quorum is not None:
            check_part(at.at("quorum"), card.quorum)
        _sample(look, at, card)
        _spoiled(at.at("validity", "spoiled"), card)
        _subjects(at, card)


def check_part(at: Spot, part: VoterShare) -> None:
    """Complain of a part that is more than all."""
    if part.above > part.below:
        saw = say("{above} 分之 {below} 大于 1", above=part.below, below=part.above)
        at.complain(BAD, saw, say("above 不大于 below，例如三分之二写 above: 2、below: 3"))


def _groups(at: Spot, card: Ballot) -> None:
    if not card.groups:
        at.complain("C-EMPTY", say("没有写谁来填"), say("至少一类人"))
    spots = [(at.at(index), one) for index, one in enumerate(card.groups)]
    for here, one in spots:
        good_name(here.at("group"), one.group)
        finite(here.at("weight"), one.weight)
    names = [(here.at("group"), one.group) for here, one in spots]
    unique(names, "C-TWICE", say("人群的编号"), say("同一张票里人群的编号不重复"))
    terms = [(here.at("term"), one.term) for here, one in spots]
    unique(terms, "C-TERM", say("人群的名称"), say("同一张票里人群的名称不重复"))
    weights = [one.weight for one in card.groups if one.weight is not None]
    if weights and all(one.is_finite() for one in weights):
        if len(weights) < len(card.groups) or min(weights) <= 0:
            at.complain(BAD, say("有的人群没有权重，或者权重不大于 0"), say("都写权重，或者都不写"))
        elif sum(weights) != _WHOLE:
            saw = say("各类人的权重合计 {total}", total=sum(weights))
            at.complain(BAD, saw, say("合计正好 100"))
    for here, one in spots:
        # Without any question that is the only complaint.
        if card.questions and not card.asked(one.group):
            saw = say("没有一道题问“{term}”", term=one.term)
            here.complain(BAD, saw, say("每类人至少答一道题"))


def _sample(look: Look, at: Spot, card: Ballot) -> None:
    if not card.sample:
        return
    here = at.at("sample")
    if card.mode != "survey":
        here.complain(BAD, say("不是调查，却按抽样表发放"), say("只有调查抽样"))
    elif look.refer(here, "sample", card.sample):
        own = {one.group for one in card.groups}
        lost = [one.group for one in look.shelf.samples[card.sample].groups if one.group not in own]
        if lost:
            saw = say("抽样表里有这张票里没有的人群：{lost}", lost=listed(lost))
            here.complain(BAD, saw, say("人群的编号和抽样表一致"))


def _spoiled(at: Spot, card: Ballot) -> None:
    spots = [(at.at(index), one) for index, one in enumerate(card.validity.spoiled)]
    for here, one in spots:
        good_code(here.at("mark"), one.mark)
    marks = [(here.at("mark"), one.mark) for here, one in spots]
    unique(marks, "C-TWICE", say("废票情形的编号"), say("同一张票里编号不重复"))


def _subjects(at: Spot, card: Ballot) -> None:
    asked = any(one.each or one.among for one in card.questions)
    if asked and not card.about:
        at.complain(BAD, say("有题要逐个评或从中选，却没有写评谁、选谁"), say("写明 about"))
    elif card.about and not asked:
        saw = say("写了评谁，却没有一道题逐个评或从中选")
        at.at("about").complain(BAD, saw, say("至少一道题写 each 或 among"))


def _rounds(look: Look, at: Spot, card: Ballot) -> None:
    here = at.at("rounds")
    if card.keeps != "papers":
        saw = say("选任只留计数，不留票")
        at.at("keeps").complain(BAD, saw, say("选任的票要能重新计算：keeps: papers"))
    if not card.rounds:
        here.complain("C-EMPTY", say("没有写选几轮"), say("至少写正式选举一轮"))
    names = [(here.at(index, "round"), one.round) for index, one in enumerate(card.rounds)]
    for spot, name in names:
        good_name(spot, name)
    unique(names, "C-TWICE", say("轮次的编号"), say("同一张票里轮次的编号不重复"))
    for index, one in enumerate(card.rounds):
        _round(look, here.at(index), card, one, last=index == len(card.rounds) - 1)
    asked = {name for one in card.rounds for name in one.questions}
    for index, question in enumerate(card.questions):
        if card.rounds and question.question not in asked:
            saw = say("“{name}”不在任何一轮里", name=question.question)
            at.at("questions", index).complain(BAD, saw, say("每道题至少在一轮里问"))


def _round(look: Look, at: Spot, card: Ballot, one: Round, *, last: bool) -> None:
    questions = [question.question for question in card.questions]
    for index, name in enumerate(one.questions):
        known(at.at("questions", index), name, questions, say("题"))
    known(at.at("decides"), one.decides, one.questions, say("本轮的题"))
    decides = card.question(one.decides)
    if decides is not None and decides.each:
        known(at.at("approve"), one.approve, decides.levels, say("赞成的选项"))
    elif decides is not None and not decides.among:
        saw = say("按“{name}”定去留，这道题却不选人", name=one.decides)
        at.at("decides").complain(BAD, saw, say("从人选里选（among），或者逐个表决（each）"))
    if (one.majority is None) == last or (one.spare is None) != last:
        saw = say("最后一轮要写 majority，前面各轮要写 spare，只写这一样")
        at.complain(BAD, saw, say("最后一轮决定当选，前面各轮只定下一轮的人选"))
    if one.majority is not None:
        here = at.at("majority")
        check_cited(look, here.at("source"), one.majority.source)
        for key in ("quorum", "elected", "again", "rejected"):
            part: VoterShare | None = getattr(one.majority, key)
            if part is not None:
                check_part(here.at(key), part)
