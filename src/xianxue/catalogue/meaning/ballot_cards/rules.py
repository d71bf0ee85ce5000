"""Quotas, passing and thresholds of a question: of answers that there are, dated and cited."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.ballots.rule import Trigger
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.ballot_cards.names import BAD, known
from xianxue.catalogue.meaning.cited import check_values, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot

_WHOLE: Final = 100


def check_rules(look: Look, at: Spot, card: Ballot, one: Question) -> None:
    """Check what a question's answers lead to."""
    ruled = one.quotas or one.triggers or one.passing
    if ruled and not (one.each and one.kind == "single"):
        saw = say("“{name}”不是逐个评的单选题，却有限额、合格线或触发线", name=one.question)
        at.complain(BAD, saw, say("只有写了 each 的单选题有"))
    for index, quota in enumerate(one.quotas):
        here = at.at("quotas", index)
        known(here.at("level"), quota.level, one.levels, say("选项"))
        finite(here.at("share"), quota.share)
        if quota.share.is_finite() and not 0 < quota.share < _WHOLE:
            saw = say("限额 {share}%", share=quota.share)
            here.at("share").complain(BAD, saw, say("大于 0、小于 100"))
    if one.passing is not None:
        here = at.at("passing")
        for index, level in enumerate(one.passing.levels):
            known(here.at("levels", index), level, one.levels, say("选项"))
        if one.passing.part.above > one.passing.part.below:
            saw = say("合格线大于 1")
            here.at("part").complain(BAD, saw, say("above 不大于 below"))
    names = [
        (at.at("triggers", index, "trigger"), each.trigger)
        for index, each in enumerate(one.triggers)
    ]
    unique(names, "C-TWICE", say("触发线的编号"), say("同一道题里触发线的编号不重复"))
    for index, each in enumerate(one.triggers):
        _trigger(look, at.at("triggers", index), card, one, each)


def _trigger(look: Look, at: Spot, card: Ballot, one: Question, each: Trigger) -> None:
    good_name(at.at("trigger"), each.trigger)
    if not each.levels:
        at.at("levels").complain("C-EMPTY", say("没有写看哪几档"), say("至少一档"))
    for index, level in enumerate(each.levels):
        known(at.at("levels", index), level, one.levels, say("选项"))
    check_values(look, at.at("share"), each.share, ())
    for index, value in enumerate(each.share):
        if value.value.is_finite() and not 0 < value.value <= each.out_of:
            saw = say("{out_of} 份里的 {value} 份", out_of=each.out_of, value=value.value)
            at.at("share", index, "value").complain(BAD, saw, say("大于 0，不大于全部"))
    if each.weighted and not card.weights:
        at.at("weighted").complain(
            BAD, say("按权重算，各类人却没有权重"), say("groups 写明 weight")
        )
    elif each.weighted and each.of != "valid":
        saw = say("按权重算，分母却不是有效票")
        at.at("of").complain(BAD, saw, say("加权只对有效票：of: valid"))
