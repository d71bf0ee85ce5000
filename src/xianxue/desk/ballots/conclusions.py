"""What follows from a counted ballot, in sentences: on its page and in its minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.ballots.deciding import Fault
from xianxue.bureau.ballots.elections import Going
from xianxue.bureau.ballots.thresholds import Proposal
from xianxue.bureau.kinds.ballots.rule import Base, Passing
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.concluding import (
    Concluded,
    Voting,
    concluded,
    fault_in,
    named,
    turnout_of,
    voting_of,
)
from xianxue.desk.models.ballot import COUNTED, Poll

_OF: Final[Mapping[Base, Sentence]] = {
    "valid": say("有效票"),
    "returned": say("收回票"),
    "present": say("实到人数"),
    "entitled": say("应到人数"),
}
_FAULTS: Final[Mapping[Fault, Sentence]] = {
    "more_returned": say("收回多于发出，本次投票无效。"),
    "more_valid": say("有效票多于收回票，本次投票无效。"),
    "quorum": say("到会人数不够，本次投票无效。"),
}
_PERCENT: Final = 100


def conclusions(poll: Poll) -> list[Sentence]:
    """Say what follows; nothing of a ballot that is not counted."""
    if poll.state != COUNTED:
        return []
    return list(_follows(poll, opened(poll)))


def _follows(poll: Poll, held: Opened) -> Iterator[Sentence]:
    if held.card.mode == "survey":
        yield from _returned(poll, held)
        return
    voting = voting_of(poll)
    if voting is not None:
        yield from _elected(held, voting)
        return
    fault = fault_in(poll)
    if fault is not None:
        yield _FAULTS[fault]
        return
    for one in concluded(poll):
        yield _proposed(one, _unseen(poll, one))
        question = held.card.question(one.appraised.question)
        if question is not None and question.passing is not None and not one.appraised.passed:
            levels = [each.term for each in question.options
                      if each.option in question.passing.levels]  # fmt: skip
            yield _below(one.name, question.passing, levels)
    if any(one.triggers for one in held.asked()):
        yield say("得票只用来提出建议，是否采用由组织研究决定。")


def _returned(poll: Poll, held: Opened) -> Iterator[Sentence]:
    """Say how many came back, against what the card asks for."""
    quorum, turnout = held.card.quorum, turnout_of(poll)
    if turnout.returned > turnout.issued:
        yield _FAULTS["more_returned"]
    elif quorum is not None and turnout.issued:
        rate = shown(Fraction(turnout.valid * _PERCENT, turnout.issued), 1)
        line = plain(Fraction(quorum.above * _PERCENT, quorum.below), 2)
        if fault_in(poll) is None:
            yield say("有效回收率 {rate}%，达到要求的 {line}%。", rate=rate, line=line)
        else:
            yield say("有效回收率 {rate}%，没有达到要求的 {line}%，结果不作数。",
                      rate=rate, line=line)  # fmt: skip


def _elected(held: Opened, voting: Voting) -> Iterator[Sentence]:
    if voting.going is not None:
        yield from _going(held, voting.going)
    if voting.step is None:
        return
    step, outcome = voting.step, voting.step.outcome
    yield say("第 {times} 次投票，当选需要 {n} 票。", times=voting.held, n=outcome.needed)
    if outcome.fault is not None:
        yield _FAULTS[outcome.fault]
    elif outcome.elected:
        yield say("当选：{names}。", names=_listed(held, outcome.elected))
    if outcome.again:
        again = _listed(held, outcome.again)
        yield say("没有选满，下列人选再投一次：{names}。", names=again)
    elif outcome.fault is None and len(outcome.elected) < held.setup.seats and step.last:
        yield say("没有选满；按规定不再投，名额空缺。")


def _going(held: Opened, going: Going) -> Iterator[Sentence]:
    if going.fault is not None:
        yield _FAULTS[going.fault]
        return
    yield say("进入下一步的人选：{names}。", names=_listed(held, going.on))
    if going.again:
        again = _listed(held, going.again)
        yield say("{names}得票相同，就他们再投一次。", names=again)


def _listed(held: Opened, who: Sequence[str]) -> Sentence | str:
    return joined("、", (named(held, one) for one in who)) if who else say("没有")


def _unseen(poll: Poll, one: Concluded) -> set[str]:
    """Give the answers of which nobody is shown how many gave them to somebody."""
    asked = f"{one.appraised.question}/{one.subject}"
    return {
        line["option"]
        for line in (poll.results or {})["results"]
        if line["hidden"] and (line["question"], line["group"]) == (asked, "")
    }


def _proposed(one: Concluded, unseen: set[str]) -> Sentence:
    found = [_trigger(each, unseen) for each in one.proposals if each.proposed]
    lacking = [each for each in one.proposals if each.proposed is None and each.missing]
    told_of = joined("；", found) if found else say("没有达到提出建议的线")
    if lacking:
        years = joined("、", (str(year) for year in lacking[0].missing))
        term = lacking[0].trigger.term
        told_of = say("{told}（“{term}”要看的 {years} 年没有测评数）", told=told_of, term=term,
                      years=years)  # fmt: skip
    return say("{name}：{told}。", name=one.name, told=told_of)


def _trigger(one: Proposal, unseen: set[str]) -> Sentence:
    said, last = _reached(one), one.years[-1]
    if one.trigger.weighted or unseen & set(one.trigger.levels):
        # How many they were would tell of numbers that are shown to nobody.
        return said
    numbers = {"votes": last.votes, "base": last.base, "share": shown(last.share * _PERCENT, 2)}
    if one.trigger.years > 1:
        return say("{said}（{year} 年 {votes} 票，占 {base} 的 {share}%）", said=said,
                   year=last.year, **numbers)  # fmt: skip
    return say("{said}（{votes} 票，占 {base} 的 {share}%）", said=said, **numbers)


def _reached(one: Proposal) -> Sentence:
    trigger, line = one.trigger, one.years[-1].line
    value = plain(Fraction(line.value))
    part: Sentence | str = f"{value}%"
    if trigger.out_of != _PERCENT:
        part = _part(value, trigger.out_of)
    said = {"of": _OF[trigger.of], "part": part, "what": trigger.term}
    more = trigger.enough == "more_than"
    if trigger.years > 1:
        years = trigger.years
        if more:
            return say("连续 {years} 年超过{of}的{part}，建议：{what}", years=years, **said)
        return say("连续 {years} 年达到{of}的{part}，建议：{what}", years=years, **said)
    if more:
        return say("超过{of}的{part}，建议：{what}", **said)
    return say("达到{of}的{part}，建议：{what}", **said)


def _part(above: str, below: int) -> Sentence:
    known = {
        ("1", 2): say("一半"), ("1", 3): say("三分之一"), ("2", 3): say("三分之二"),
        ("3", 4): say("四分之三"), ("4", 5): say("五分之四"),
    }  # fmt: skip
    return known.get((above, below), say("{below} 分之 {above}", below=below, above=above))


def _below(name: str, passing: Passing, levels: Sequence[Sentence]) -> Sentence:
    part = _part(str(passing.part.above), passing.part.below)
    said = {"name": name, "levels": joined("、", levels), "of": _OF[passing.part.of], "part": part}
    if passing.part.enough == "more_than":
        return say("{name}：{levels}合计没有超过{of}的{part}。", **said)
    return say("{name}：{levels}合计没有达到{of}的{part}。", **said)
