"""The rules of a layout one by one: which conflict, and what each of them costs."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.plan.conflicts.smallest import Conflict, smallest_conflict
from xianxue.bureau.plan.layout.layout import Laid, lay_out
from xianxue.bureau.plan.layout.model import Layout
from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.plan.layout.walks import km
from xianxue.bureau.plan.solvers.highs import solve
from xianxue.bureau.plan.solvers.program import Patience
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say

_SINGLE: Final = 12
"""Up to so many sites each capacity is a rule by itself; beyond, all of them are one."""


class Cost(Record, kw_only=True):
    """What a rule costs: what the plan would save without it."""

    rule: Sentence
    without: Laid
    saves: int | None
    """None where either plan is not found, or not proved: the difference would be chance."""


def rules(question: Question) -> dict[frozenset[str], Sentence]:
    """Give each rule, by the keys that leave it out, with what it says."""
    found: dict[frozenset[str], Sentence] = {}
    if question.farthest is not None:
        text = say("上学路程不超过 {km} km", km=km(question.farthest))
        found[frozenset({"farthest"})] = text
    if question.most_open is not None:
        text = say("最多开办 {n} 所", n=question.most_open)
        found[frozenset({"most_open"})] = text
    if not question.split:
        found[frozenset({"whole"})] = say("每个村整村去一所学校，不拆分")
    kept = [at for at, one in enumerate(question.sites) if one.state == "fixed"]
    for at in kept:
        text = say("{site}保留", site=question.sites[at].site)
        found[frozenset({f"fixed:{at}"})] = text
    return found | _capacities(question)


def _capacities(question: Question) -> dict[frozenset[str], Sentence]:
    limited = {
        at: one.capacity for at, one in enumerate(question.sites) if one.capacity is not None
    }
    if len(limited) <= _SINGLE:
        return {
            frozenset({f"capacity:{at}"}): say(
                "{site}最多容纳 {n} 人", site=question.sites[at].site, n=capacity
            )
            for at, capacity in limited.items()
        }
    text = say("各校不超过容量，合计 {n} 人", n=sum(limited.values()))
    return {frozenset(f"capacity:{at}" for at in limited): text}


class Stranded(Record):
    """A village that no site within the longest way can serve."""

    village: str
    site: str
    """The nearest one."""
    metres: int


def stranded(question: Question) -> list[Stranded]:
    """Name the villages that no site is near enough to, each with its nearest one."""
    nearest: dict[int, tuple[int, int]] = {}
    for (village, site), way in question.ways.items():
        nearest[village] = min(nearest.get(village, (way.metres, site)), (way.metres, site))
    farthest = question.farthest
    return [
        Stranded(question.villages[at].village, question.sites[site].site, metres)
        for at, (metres, site) in sorted(nearest.items())
        if farthest is not None and metres > farthest and any(question.villages[at].pupils)
    ]


def conflicting(question: Question, patience: Patience) -> Conflict[frozenset[str]]:
    """Give the smallest set of rules that conflict; all of them together do.

    Where patience ends before it is known whether some rules can hold, they are taken to: so what
    is named does conflict, and may only be more than need be.
    """
    unsure = False

    def holds(kept: frozenset[frozenset[str]]) -> bool:
        nonlocal unsure
        left_out = frozenset[str]().union(*(one for one in said if one not in kept))
        program = Layout(replace(question, without=left_out)).program
        program.costs = [0.0] * len(program.costs)
        status = solve(program, patience).status
        unsure |= status == "open"
        return status != "infeasible"

    said = rules(question)
    found = smallest_conflict(tuple(said), holds)
    return replace(found, smallest=found.smallest and not unsure)


def told(question: Question, conflict: Conflict[frozenset[str]]) -> tuple[Sentence, ...]:
    """Say each rule of a conflict; of a way that is too long, whose."""
    said, far = rules(question), stranded(question)
    if conflict.rules == (frozenset({"farthest"}),) and far:
        names = joined("；", [_stranded(one) for one in far])
        text = say("{rule}：{names}", rule=said[conflict.rules[0]], names=names)
        return (text,)
    return tuple(said[key] for key in conflict.rules)


def _stranded(one: Stranded) -> Sentence:
    return say(
        "{village}到最近的{site} {km} km", village=one.village, site=one.site, km=km(one.metres)
    )


def shadows(question: Question, laid: Laid, patience: Patience) -> list[Cost]:
    """Say of each rule what the plan would save without it."""
    return [
        _cost(text, laid, lay_out(replace(question, without=question.without | key), patience))
        for key, text in rules(question).items()
    ]


def _cost(rule: Sentence, laid: Laid, without: Laid) -> Cost:
    proved = laid.settled and without.settled
    if not proved or laid.cost is None or without.cost is None:
        return Cost(rule=rule, without=without, saves=None)
    # Without a rule nothing is dearer: what the tolerance takes away is nothing.
    return Cost(rule=rule, without=without, saves=max(0, laid.cost - without.cost))


def short_of_room(question: Question) -> list[Sentence]:
    """Say where pupils are more than any capacities hold: of all sites together, or of each one."""
    rooms = [
        None if one.capacity is None else one.capacity + one.extension for one in question.sites
    ]
    limited = [one for one in rooms if one is not None]
    if len(limited) < len(rooms):
        return []
    found: list[Sentence] = []
    periods = range(question.periods)
    every = max(sum(one.pupils[period] for one in question.villages) for period in periods)
    room = sum(limited)
    if every > room:
        text = say(
            "学生共 {n} 人，各校容量连扩建合计 {m} 人，少 {k} 个学位",
            n=every,
            m=room,
            k=every - room,
        )
        found.append(text)
    if not question.divided():
        largest = max(limited)
        found += [
            say(
                "{village}有 {n} 人，最大的学校也只容 {m} 人，整村去不了任何一所",
                village=one.village,
                n=max(one.pupils),
                m=largest,
            )
            for one in question.villages
            if max(one.pupils) > largest
        ]
    return found
