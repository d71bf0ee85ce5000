"""Alliances, chains and groups judged as one: the members' results, put together by the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.together import Gain, Mean, TogetherRule
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say


class Member(Record, kw_only=True):
    """One member on the day that the group is judged."""

    place: str
    total: Fraction | None
    """Its own result; None where it has none yet."""
    weight: Fraction | None = None
    """What weighs it (pupils); None where that is not known."""
    before: Fraction | None = None
    """Its own result of the period before, for the gain."""


class Together(Record, kw_only=True):
    """What a group comes to."""

    shared: Fraction | None
    """The group's own; None where a member's part is missing."""
    each: Mapping[str, Fraction]
    """Every member's result by its place; empty where the group's is not known."""
    because: Sentence
    """By which formula, in words: a mean and a weighted one may be points apart."""
    missing: tuple[str, ...] = ()
    """The members whose result, weight or earlier result is missing, by the order given."""


def together(members: Sequence[Member], rule: TogetherRule) -> Together:
    """Put members' results together.

    >>> from xianxue.bureau.kinds.card import Cited
    >>> from xianxue.bureau.law.citation import Seen
    >>> own = Cited(document="own", seen=Seen.OWN)
    >>> three = [Member(place=p, total=Fraction(t)) for p, t in (("a", 92), ("b", 84), ("c", 76))]
    >>> together(three, TogetherRule(how="mean", source=own)).shared
    Fraction(84, 1)
    """
    which: Mean = rule.of if rule.how in {"blend", "gain"} else _plain(rule.how)
    missing = tuple(one.place for one in members if _lacks(one, rule, which))
    because = _told(rule, which)
    if missing or not members:
        return Together(shared=None, each={}, because=because, missing=missing)
    raised = _raised(members, rule.gain if rule.how == "gain" else None, which)
    shared = _mean(raised, members, which)
    if shared is None:
        return Together(shared=None, each={}, because=because)
    own = Fraction(rule.own or 0) if rule.how == "blend" else Fraction(0)
    each = {one.place: own * raised[one.place] + (1 - own) * shared for one in members}
    return Together(shared=shared, each=each, because=because)


def _plain(how: str) -> Mean:
    return "weighted" if how == "weighted" else "mean"


def _lacks(one: Member, rule: TogetherRule, which: Mean) -> bool:
    if one.total is None or (which == "weighted" and one.weight is None):
        return True
    return rule.how == "gain" and one.before is None


def _mean(
    totals: Mapping[str, Fraction], members: Sequence[Member], which: Mean
) -> Fraction | None:
    """Take the mean; None where nobody weighs anything."""
    weights = {
        one.place: (one.weight or Fraction(0)) if which == "weighted" else Fraction(1)
        for one in members
    }
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return None
    return sum((totals[place] * weight for place, weight in weights.items()), Fraction(0)) / whole


def _raised(members: Sequence[Member], gain: Gain | None, which: Mean) -> dict[str, Fraction]:
    """Give members' results, those of weak ones that grew with what is added for it."""
    totals = {one.place: one.total or Fraction(0) for one in members}
    if gain is None:
        return totals
    before = {one.place: one.before or Fraction(0) for one in members}
    line = _mean(before, members, which)
    if line is None:
        return totals
    for place, now in totals.items():
        if before[place] < line and now > before[place]:
            more = Fraction(gain.each) * (now - before[place])
            totals[place] = now + min(more, Fraction(gain.cap))
    return totals


def _told(rule: TogetherRule, which: Mean) -> Sentence:
    mean = say("按学生数等权重加权平均") if which == "weighted" else say("简单平均")
    if rule.how == "blend":
        own = f"{rule.own or 0:f}"
        return say("{own}×本校得分＋（1−{own}）×成员得分{mean}", own=own, mean=mean)
    if rule.how == "gain" and rule.gain is not None:
        return joined(
            "，",
            [
                say(
                    "上期低于均值的成员每进步 1 分另加 {each} 分、最多 {cap} 分",
                    each=f"{rule.gain.each:f}",
                    cap=f"{rule.gain.cap:f}",
                ),
                say("再取成员得分{mean}", mean=mean),
            ],
        )
    return say("成员得分{mean}", mean=mean)
