"""Skip rules: each looks back, never ahead or round, and each question is reached by somebody.

Rules only look at earlier questions, so that no circle can come about. That nobody is led into a
dead end is proved for each question: some group and some answers to the questions before it lead
there. Answers of one choice exclude each other; of several, as many as may be ticked go together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Final

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.ballot_cards.names import BAD
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

_LOOKED_AT: Final = {"single", "several", "scale"}

Wanted = dict[str, list[frozenset[str]]]
"""Question to sets of answers: one of each set has to be ticked."""


def check_skipping(at: Spot, card: Ballot) -> None:
    """Check every skip rule of a ballot."""
    names = [one.question for one in card.questions]
    sound = True
    for index, one in enumerate(card.questions):
        for name, answers in one.when.items():
            here = at.at(index, "when", name)
            sound = _looks_back(here, card, names[:index], name, answers) and sound
    if not sound:
        # What leads nowhere is no proof of what else can be reached.
        return
    for index, one in enumerate(card.questions):
        if one.when and not _reached(card, one):
            saw = say("没有一种答法会问到“{name}”", name=one.question)
            at.at(index, "when").complain(BAD, saw, say("至少一类人、一种答法能走到这道题"))


def _looks_back(
    at: Spot, card: Ballot, earlier: Collection[str], name: str, answers: list[str]
) -> bool:
    looked = card.question(name)
    if looked is None or name not in earlier:
        word = say("这道题或后面的题") if looked is not None else say("没有的题")
        saw = say("看的是{word}：“{name}”", word=word, name=name)
        at.complain(BAD, saw, say("只看前面的题，才不会转圈"), instead(name, earlier))
        return False
    if looked.kind not in _LOOKED_AT or looked.each or looked.among:
        saw = say("“{name}”的答案不能用来跳题", name=name)
        at.complain(BAD, saw, say("看单选、多选、量表题，不看逐个评的题和选人的题"))
        return False
    lost = [one for one in answers if one not in looked.answers]
    if lost or not answers:
        saw = say("“{name}”没有答案“{lost}”", name=name, lost=listed(lost))
        at.complain(BAD, saw, say("那道题里有的答案，至少一个"), instead("", looked.answers))
        return False
    return True


def _reached(card: Ballot, one: Question) -> bool:
    wanted: Wanted = defaultdict(list)
    passed = [one]
    # Earlier questions have to be asked as well, and so have those that they look at.
    for each in passed:
        for name, answers in each.when.items():
            wanted[name].append(frozenset(answers))
            before = card.question(name)
            if before is not None and before not in passed:
                passed.append(before)
    groups = {group.group for group in card.groups}
    for each in passed:
        groups &= set(each.asked_of) or groups
    return bool(groups) and all(_possible(card, name, sets) for name, sets in wanted.items())


def _possible(card: Ballot, name: str, sets: Iterable[frozenset[str]]) -> bool:
    """Whether some ticks to one question hit every set."""
    looked = card.question(name)
    if looked is None:
        return False
    every = [set(one) for one in sets]
    alone = {one.option for one in looked.options if one.alone}
    if any(all(one in each for each in every) for one in looked.answers):
        return True
    if looked.kind != "several":
        return False
    # No more ticks are needed than there are sets to be hit.
    most = min(looked.most or len(looked.options), len(every))
    others = [one for one in looked.answers if one not in alone]
    return any(
        all(each & set(ticks) for each in every)
        for many in range(1, most + 1)
        for ticks in combinations(others, many)
    )
