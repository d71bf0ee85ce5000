"""Beside other schools of the same type and size: how far from the middle, for their spread.

The modified z-score is 0.6745 · |x − median| ÷ MAD (Iglewicz and Hoaglin). Where more than half
of the others report the very same, MAD is zero; then it is |x − median| ÷ (1.253314 · the mean
distance from the median). Where all others are alike there is no scale, and nothing is said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.unusual import Peers, Unusual
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.brought import Norm, PeerGroup
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.money_scale import in_ten_thousands, meant_in_yuan
from xianxue.bureau.returns.checking.peer_words import (
    counted_in,
    for_each,
    kind_of,
    parts_at_a_time,
    rough,
    usual_span,
)
from xianxue.bureau.returns.checking.plan import CheckPlan, plan_checks
from xianxue.bureau.returns.checking.unusual_amounts import (
    Amount,
    Found,
    amounts_of,
    total_of,
)
from xianxue.bureau.values.exact import at_most
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.sentence import joined, say

# 0.75 quantile of the normal distribution: so that the score is that of a normal spread.
_OF_MEDIAN: Final = Fraction("0.6745")
# The square root of π/2, for the same reason: of a normal spread, the standard deviation is so many
# times the mean distance.
_OF_MEAN: Final = Fraction("1.253314")


Norms = Callable[[PeerGroup], Norm | None]
"""Gives what a school's others come to; None where they are too few."""


@dataclass
class PeerValues:
    """What all schools report, by group and school."""

    values: dict[PeerGroup, dict[str, Fraction]] = field(
        default_factory=dict[PeerGroup, dict[str, Fraction]]
    )
    at_least: dict[str, int] = field(default_factory=dict[str, int])
    """By rule: how many others there have to be."""
    _found: dict[tuple[PeerGroup, Fraction | None], Norm | None] = field(
        default_factory=dict[tuple[PeerGroup, Fraction | None], Norm | None]
    )

    def norms(self, place: str) -> Norms:
        """Give what the others of one school come to, by group."""
        return lambda group: self._norm(group, place)

    def norms_of(self, place: str, school_type: str) -> dict[PeerGroup, Norm]:
        """Give every norm that a school of this type may be held against, whatever its size."""
        norm = self.norms(place)
        groups = [group for group in self.values if group.school_type in {"", school_type}]
        found = {group: norm(group) for group in groups}
        return {group: each for group, each in found.items() if each is not None}

    def _norm(self, group: PeerGroup, place: str) -> Norm | None:
        values = self.values.get(group, {})
        key = (group, values.get(place))
        # Many schools report the same number, and then their others are the same, too.
        if key not in self._found:
            # A school is never its own peer: a group of two would make each of them usual.
            others = [value for code, value in values.items() if code != place]
            # The median of nothing does not exist, whatever the card says.
            enough = len(others) >= max(1, self.at_least.get(group.rule, 1))
            self._found[key] = norm_of(others) if enough else None
        return self._found[key]


def norm_of(values: Sequence[Fraction]) -> Norm:
    """Give what some values come to: their median, and two measures of their spread.

    Of 1, 2, 3, 4, 100 the median is 3 and the distances 2, 1, 0, 1, 97.

    >>> norm_of([Fraction(n) for n in (1, 2, 3, 4, 100)]).spread
    Fraction(1, 1)
    """
    middle = median(values)
    distances = [abs(value - middle) for value in values]
    mean = sum(distances, Fraction(0)) / len(distances)
    return Norm(len(values), middle, median(distances), mean)


def gather_peers(
    returns: Iterable[Return],
    shelf: Shelf,
    register: Register,
    period: Period,
    rules_on: date | None = None,
) -> PeerValues:
    """Put what schools reported for a period into groups, as far as any rule compares it.

    The rules are those in force on ``rules_on``, where that is another day than the period's.
    """
    gathered = PeerValues()
    on = period.reference_day
    rules = {
        form.form: [
            (rule, rule.peers)
            for rule in in_force(form.at(on).unusual, rules_on or on)
            if rule.peers is not None
        ]
        for form in shelf.forms.values()
    }
    gathered.at_least = {
        rule.unusual: peers.at_least for of_form in rules.values() for rule, peers in of_form
    }
    for returned in returns:
        place = register.places.get(returned.place)
        # A return of a form or a place that is gone cannot be put into any group.
        if returned.form not in shelf.forms or place is None:
            continue
        plan = plan_checks(shelf, shelf.forms[returned.form], place, on)
        for group, value in _own_values(rules[returned.form], returned, plan, place, on):
            gathered.values.setdefault(group, {})[place.code] = value
    return gathered


def _own_values(
    rules: Iterable[tuple[Unusual, Peers]],
    returned: Return,
    plan: CheckPlan,
    place: Place,
    on: date,
) -> Iterator[tuple[PeerGroup, Fraction]]:
    for rule, peers in rules:
        for reference in rule.fields:
            for amount in amounts_of(returned, plan, reference, rule.by):
                group = _group(rule, peers, amount, returned, plan, place, on)
                value = _compared(peers, amount, returned, plan)
                if group is not None and value is not None:
                    yield group, value


def beside_peers(  # noqa: PLR0913, PLR0917 - an amount, and all it is compared with
    rule: Unusual,
    amount: Amount,
    returned: Return,
    plan: CheckPlan,
    place: Place,
    shelf: Shelf,
    on: date,
    norms: Norms,
) -> Found | None:
    """Say what is unusual of an amount beside other schools; None where nothing is."""
    peers = rule.peers
    if peers is None:
        return None
    group = _group(rule, peers, amount, returned, plan, place, on)
    value = _compared(peers, amount, returned, plan)
    if group is None or value is None:
        return None
    norm = norms(group)
    if norm is None or norm.count < peers.at_least:
        return None
    middle = norm.middle
    score = modified_z(value, norm)
    limit = Fraction(peers.modified_z)
    # Where all others are nearly alike, the least difference has a great score; it is not asked
    # about.
    near = abs(value - middle) * 100 <= Fraction(peers.at_least_percent) * abs(middle)
    if score is None or near or at_most(score, limit):
        return None
    unit = " " + amount.unit if amount.unit else ""
    many = parts_at_a_time(peers, amount, middle)
    kind = joined("、", kind_of(peers, group, plan, shelf))
    saw = say(
        "{name} {value}{per}，同类学校（{who}）约 {middle}{unit}",
        name=amount.name,
        value=amount.shown,
        per=for_each(peers, value, amount, plan, many),
        who=joined("，", filter(None, [kind, say("{n} 所", n=norm.count)])),
        middle=rough(middle * many),
        unit=unit,
    )
    saw += counted_in(peers, returned, plan)
    required = usual_span(peers, norm, _scale(norm), value, many, unit)
    measures = {
        "modified_z": shown_beside(score, limit, 1, at_most),
        "limit": f"{peers.modified_z:f}",
        "median": plain(middle),
        "others": str(norm.count),
    }
    hint = ""
    if in_ten_thousands(amount.field, value, middle):
        hint = meant_in_yuan(amount.text, amount.whole)
    told = ";".join(f"{name}={each}" for name, each in measures.items())
    return Found(saw, required, hint, told)


# ── the score ───────────────────────────────────────────────────────────────


def median(values: Sequence[Fraction]) -> Fraction:
    """Give the middle of some values, exactly.

    >>> median([Fraction(1), Fraction(4), Fraction(2), Fraction(3)])
    Fraction(5, 2)
    """
    # Exact: halfway between two fractions is a fraction.
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def modified_z(value: Fraction, norm: Norm) -> Fraction | None:
    """Give a value's modified z-score among others, exactly; None where they are all alike.

    >>> modified_z(Fraction(13), norm_of([Fraction(n) for n in (1, 2, 3, 4, 100)]))
    Fraction(1349, 200)
    """
    scale = _scale(norm)
    return abs(value - norm.middle) / scale if scale else None


def _scale(norm: Norm) -> Fraction:
    """Give how far from the middle a score of one is; zero where all are alike."""
    # The first is zero where more than half of the others are alike.
    return norm.spread / _OF_MEDIAN if norm.spread else _OF_MEAN * norm.mean


# ── groups ──────────────────────────────────────────────────────────────────


def _group(  # noqa: PLR0913, PLR0917 - an amount, and whose it is
    rule: Unusual,
    peers: Peers,
    amount: Amount,
    returned: Return,
    plan: CheckPlan,
    place: Place,
    on: date,
) -> PeerGroup | None:
    """Give the group an amount is compared in; None where that is not known."""
    attributes = place.attributes(on)
    kind, size = "", 0
    if "school_type" in peers.group_by:
        # Without a type it is not known whose peer it is.
        if attributes is None:
            return None
        kind = attributes.school_type
    if "size" in peers.group_by:
        pupils = total_of(returned, plan, peers.size)
        if pupils is None:
            return None
        # A school of just the border's size belongs to the larger group.
        size = bisect_right(peers.sizes, pupils.whole)
    return PeerGroup(
        rule.unusual, f"{amount.sheet.sheet.sheet}.{amount.field.field}", amount.row, kind, size
    )


def _compared(peers: Peers, amount: Amount, returned: Return, plan: CheckPlan) -> Fraction | None:
    """Give the value that is compared: the amount, or its part for each pupil."""
    if not peers.per:
        return amount.whole
    parts = total_of(returned, plan, peers.per)
    # A school without pupils has no amount for each pupil.
    return amount.whole / parts.whole if parts is not None and parts.steps else None
