"""Before publishing: the ranking under other rules, and how much of it rests on a weight.

Other rules are other cards: each is the same card with one rule changed, by which all are scored
again. A weight that moves by a tenth moves the others in proportion, so that the full points stay
what they are; that is worked out from what each leaf adds to the total, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.comparison import in_groups, places
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.appraisal.variants import variants
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, leaves_of, tree_of
from xianxue.bureau.records.appraised import Judged, Score
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

TENTH: Final = Fraction(1, 10)
"""By how much a weight is moved, unless another part is asked for."""

_HUNDRED: Final = 100


class Shift(Record):
    """One who has another place than before."""

    place: str
    before: int | None
    after: int | None


class Alternative(Record, kw_only=True):
    """The ranking under one other rule."""

    rule: str
    """For programs: ``weight.ITEM.+``, ``drop.none``."""
    term: Sentence
    totals: Mapping[str, Fraction]
    ranks: Mapping[str, int]
    shifts: tuple[Shift, ...]
    """Who has another place; empty where nobody has."""


def ranks_of(rubric: Rubric, found: Sequence[Score], judged: Sequence[Judged]) -> dict[str, int]:
    """Give the place of each total within its comparison group."""
    ranks: dict[str, int] = {}
    for members in in_groups(rubric, found, judged).values():
        ranks |= places({one.place: one.total for one in members if one.total is not None})
    return ranks


def other_rules(rubric: Rubric, judged: Sequence[Judged], on: date) -> tuple[Alternative, ...]:
    """Rank all by each card in which one rule is another, where the card has such a rule."""
    base = ranks_of(rubric, scores(rubric, judged, on), judged)
    found: list[Alternative] = []
    for one in variants(rubric):
        scored = scores(one.card, judged, on)
        totals = {each.place: each.total for each in scored if each.total is not None}
        ranks = ranks_of(one.card, scored, judged)
        found.append(_alternative((one.rule, one.term), totals, base, ranks))
    return tuple(found)


def weights_moved(
    rubric: Rubric,
    found: Sequence[Score],
    judged: Sequence[Judged],
    part: Fraction = TENTH,
) -> tuple[Alternative, ...]:
    """Rank all with each leaf's weight a part heavier, and a part lighter."""
    known = [one for one in found if one.total is not None]
    shares = {one.place: shares_of(rubric, one) for one in known}
    base = ranks_of(rubric, found, judged)
    groups = in_groups(rubric, known, judged)
    alternatives: list[Alternative] = []
    shown = say("{part}%", part=number(part * _HUNDRED))
    for node in leaves_of(rubric):
        if node.adjusts:
            continue
        for sign, name in ((1, "+"), (-1, "-")):
            totals = {
                one.place: _moved(rubric, shares[one.place], node.item.item, sign * part)
                for one in known
            }
            ranks: dict[str, int] = {}
            for members in groups.values():
                ranks |= places({one.place: totals[one.place] for one in members})
            term = (
                say("“{item}”的权重加 {part}", item=node.item.term, part=shown)
                if sign > 0
                else say("“{item}”的权重减 {part}", item=node.item.term, part=shown)
            )
            rule = f"weight.{node.item.item}.{name}"
            alternatives.append(_alternative((rule, term), totals, base, ranks))
    return tuple(alternatives)


class Shares(Record, kw_only=True):
    """What each leaf adds to one total, and out of what; what does not apply adds nothing."""

    got: Mapping[str, Fraction]
    of: Mapping[str, Fraction]
    whole: Fraction
    """What all leaves add together …"""
    full: Fraction
    """… out of what."""
    beside: Fraction
    """Additions and deductions."""


def shares_of(rubric: Rubric, score: Score) -> Shares:
    """Follow a total down to its leaves: their points times what re-normalising made of them."""
    got: dict[str, Fraction] = {}
    of: dict[str, Fraction] = {}
    beside: list[Fraction] = []
    items = {one.item: one for one in score.items}

    def go(nodes: Sequence[ItemNode], full: Fraction, times: Fraction) -> None:
        plain = [node for node in nodes if not node.adjusts]
        there = [node for node in plain if items[node.item.item].applies]
        asked = sum((node.points for node in there), Fraction(0))
        own = times * full / asked if asked and len(there) < len(plain) else times
        for node in nodes:
            item = items[node.item.item]
            if not item.applies:
                continue
            if node.below:
                # Additions do not take part in re-normalising their own branch, but in all above.
                go(node.below, node.points, times if node.adjusts else own)
            elif node.adjusts:
                beside.append((item.points or Fraction(0)) * times)
            else:
                got[node.item.item] = (item.points or Fraction(0)) * own
                of[node.item.item] = item.of * own

    go(tree_of(rubric), Fraction(rubric.points), Fraction(1))
    return Shares(
        got=got,
        of=of,
        whole=sum(got.values(), Fraction(0)),
        full=sum(of.values(), Fraction(0)),
        beside=sum(beside, Fraction(0)),
    )


def _moved(rubric: Rubric, shares: Shares, item: str, part: Fraction) -> Fraction:
    whole = shares.whole + part * shares.got.get(item, Fraction(0))
    full = shares.full + part * shares.of.get(item, Fraction(0))
    total = (whole * shares.full / full if full else Fraction(0)) + shares.beside
    most = Fraction(rubric.points if rubric.most is None else rubric.most)
    return max(Fraction(rubric.least), min(total, most))


def _alternative(
    named: tuple[str, Sentence],
    totals: Mapping[str, Fraction],
    base: Mapping[str, int],
    ranks: Mapping[str, int],
) -> Alternative:
    names = dict.fromkeys((*base, *ranks))
    shifts = tuple(
        Shift(name, base.get(name), ranks.get(name))
        for name in names
        if base.get(name) != ranks.get(name)
    )
    return Alternative(rule=named[0], term=named[1], totals=totals, ranks=ranks, shifts=shifts)
