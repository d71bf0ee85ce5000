"""Appraisals by groups as they weigh: a score and a rate of each, where all of it may be told.

A weighted mean is one more sum of what groups said: beside numbers that are not shown it would tell
of them. So of whom one number is not shown the score is not shown either; what a trigger says of
them is worked out all the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, glued, joined, say
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.concluding import Concluded, concluded
from xianxue.desk.ballots.told import Count, Table
from xianxue.desk.models.ballot import COUNTED, Poll

_PERCENT: Final = 100
_SHOWN: Final = 2


def scores(poll: Poll) -> list[Table]:
    """Give a table of each question that groups weigh in, and of which anything may be told."""
    held = opened(poll)
    if poll.state != COUNTED or not held.card.weights:
        return []
    unseen = {line["question"] for line in (poll.results or {})["results"] if line["hidden"]}
    found = concluded(poll)
    tables: list[Table] = []
    for question in held.asked():
        mine = [one for one in found if one.appraised.question == question.question]
        if not mine:
            continue
        good = joined("、", (one.term for one in question.options if one.favourable))
        rows = tuple(
            (one.name, _numbers(one, hidden=f"{question.question}/{one.subject}" in unseen))
            for one in mine
        )
        if all(number is None for _, numbers in rows for number in numbers):
            continue
        term = say("{term}（{weights} 加权）", term=question.term, weights=_weights(held))
        heads = (say("得分"), glued((good, say("（%）"))))
        tables.append(Table(term=term, heads=heads, rows=rows))
    return tables


def _weights(held: Opened) -> Sentence:
    groups = held.card.groups
    return joined("、", (say("{group} {weight}%", group=one.term, weight=one.weight or 0)
                        for one in groups))  # fmt: skip


def _numbers(one: Concluded, *, hidden: bool) -> tuple[Count, ...]:
    if hidden:
        return None, None
    score, rate = one.appraised.score, one.appraised.rate
    return _shown(score), _shown(None if rate is None else rate * _PERCENT)


def _shown(value: Fraction | None) -> Count:
    return None if value is None else say("{n}", n=shown(value, _SHOWN))
