"""The relations there are: for each its kind, its arithmetic and what a reader is told of it.

A relation is declared once, here. Binding finds its numbers, testing works it out, telling says it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.audit.judging.candidate import Amount, Candidate, Range
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.records.audited import RelationKind
from xianxue.bureau.values.possible import possible
from xianxue.bureau.values.record import Record

Arithmetic = Callable[[Candidate], Range | None]
"""Works out what the stated number should be; None where it cannot be worked out (a base of 0)."""
_PLACES: Final = len(str(ONE)) - 1
HUNDRED: Final = 100 * ONE
"""One as a rate in per cent, in steps of 10⁻¹²."""


class Relation(Record):
    """One kind of relation."""

    kind: RelationKind
    arithmetic: Arithmetic
    formula: str
    """How it is worked out: {a} and {b} are its first numbers, {sum} all of them added, {value}
    what comes out; see ``telling/sentences.py`` for the other names."""
    falling: str = ""
    """The same where the text says that something fell: the greater number stands first."""
    order: int = 0
    """1 where it only says that the stated number is not above, -1 that it is not below."""
    quiet: bool = False
    """Whether only a failure is worth telling."""
    remark: bool = False
    """Whether a failure is worth a look and no more: the numbers themselves may be right."""


def _terms(one: Candidate) -> list[Range]:
    return [Range.of(term) for term in one.terms]


def _added(terms: Sequence[Range]) -> Range:
    return Range(
        sum(one.low for one in terms),
        sum(one.high for one in terms),
        sum(one.middle for one in terms),
    )


def _total(one: Candidate) -> Range:
    return _added(_terms(one))


def _net_sum(one: Candidate) -> Range | None:
    """Add what grew and take off what fell; a fall that is told as one is counted upward.

    None where an amount would be below nought: then these are not its parts.
    """
    found = Range.exactly(0)
    for term in one.terms:
        found = found + Range.of(term) if term.sign >= 0 else found - Range.of(term)
    if one.stated.sign < 0:
        found = Range.exactly(0) - found
    # A change is often taken between two rounded amounts: it is off by twice what its digits say.
    loose = sum(each.high - each.low for each in (one.stated, *one.terms)) // 2
    if found.high < 0 and one.stated.role == "level":
        return None
    return Range(found.low - loose, found.high + loose, found.middle)


def _share(part: Range, whole: Range) -> Range | None:
    return part.over(whole, HUNDRED) if whole.low > 0 and part.middle >= 0 else None


def _rate(one: Candidate) -> Range | None:
    """Give the last number's share of the first ones: several parts may be told of together."""
    *parts, whole = _terms(one)
    return _share(_added(parts), whole)


def _rate_of_others(one: Candidate) -> Range | None:
    share = _share(*_terms(one))
    return Range.exactly(HUNDRED) - share if share else None


def _part_of(one: Candidate) -> Range:
    """Give the first number's share of all."""
    terms = _terms(one)
    share = _share(terms[0], _added(terms)) or Range.exactly(0)
    # One share of a set is often trimmed by its last digit, so that all add to a hundred.
    trimmed = Fraction(one.stated.step * one.extra, 2)
    return Range(share.low - trimmed, share.high + trimmed, share.middle)


def _ratio_less_one(new: Range, old: Range, sign: int) -> Range | None:
    """Give (new − old) ÷ old in per cent, or its opposite for a fall; what is rounded only once."""
    if old.low <= 0:
        return None
    grown = new.over(old, HUNDRED)
    one = Range.exactly(HUNDRED)
    return grown - one if sign >= 0 else one - grown


def _growth(one: Candidate) -> Range | None:
    new, old = _terms(one)
    return _ratio_less_one(new, old, one.stated.sign)


def _growth_by(one: Candidate) -> Range | None:
    """Give delta ÷ (new − delta) in per cent; a fall is added back."""
    new, delta = _terms(one)
    sign = -1 if one.stated.sign >= 0 else 1
    # delta comes twice in the quotient: its least belongs to the greatest base.
    old = Range(
        new.low + sign * delta.high, new.high + sign * delta.low, new.middle + sign * delta.middle
    )
    least = min(old.low, new.low + sign * delta.low)
    return delta.over(old, HUNDRED) if least > 0 else None


def _change(one: Candidate) -> Range:
    new, old = _terms(one)
    return new - old if one.stated.sign >= 0 else old - new


def _rank_change(one: Candidate) -> Range:
    """Give by how many places a rank went up: from 12 to 7 is 5."""
    new, old = _terms(one)
    return old - new if one.stated.sign >= 0 else new - old


def _yearly_change(one: Candidate) -> Range | None:
    return _change(one).times(Fraction(1, one.extra)) if one.extra > 0 else None


def _ahead(one: Candidate) -> Range | None:
    """Give by how much the first is ahead; None where it is behind, for a distance is not."""
    first, second = _terms(one)
    found = first - second
    return found if found.high >= 0 else None


def _apart(one: Candidate) -> Range:
    """Give how far apart two numbers are, whichever is more."""
    first, second = _terms(one)
    return first - second if first.middle >= second.middle else second - first


def _times(one: Candidate) -> Range | None:
    new, old = _terms(one)
    return new.over(old, ONE) if old.low > 0 else None


def _more_times(one: Candidate) -> Range | None:
    found, whole = _times(one), Range.exactly(ONE)
    if found is None:
        return None
    return found - whole if one.stated.sign >= 0 else whole - found


def _yearly(one: Candidate) -> Range | None:
    """Give the growth a year that makes the last of the first, by bisection on exact powers."""
    new, old = _terms(one)
    if old.low <= 0 or new.low <= 0 or one.extra <= 0:
        return None
    ratio = new.over(old, 1)
    sign = 1 if one.stated.sign >= 0 else -1
    first, last, middle = [
        sign * (_root(end, one.extra) - 1) * HUNDRED
        for end in (ratio.low, ratio.high, ratio.middle)
    ]
    return Range(min(first, last), max(first, last), middle)


_FINE: Final = 10**9
"""How finely a root is taken: a millionth of a hundredth of a per cent."""


def _root(value: Amount, years: int) -> Fraction:
    low, high = 0, int((value + 1) * _FINE) + 1
    while high - low > 1:
        between = (low + high) // 2
        if Fraction(between, _FINE) ** years <= value:
            low = between
        else:
            high = between
    return Fraction(low, _FINE)


_IN_AREA: Final = {
    "area": Fraction(1),
    "land": Fraction(2000, 3),
    "square_kilometres": Fraction(10**6),
}
"""Square metres in one unit of a dimension: 亩 is 2000/3."""


def _in_units_of(stated: Quantity, term: Quantity) -> Range:
    """Give a number in the unit of another: 亩 as 平方米."""
    found = Range.of(term)
    if term.dim == stated.dim or not {term.dim, stated.dim} <= _IN_AREA.keys():
        return found
    return found.times(_IN_AREA[term.dim] / _IN_AREA[stated.dim])


def _per(one: Candidate) -> Range | None:
    total, heads = one.terms
    if heads.low <= 0:
        return None
    return _in_units_of(one.stated, total).over(Range.of(heads), ONE * (one.extra or 1))


def _ratio(one: Candidate) -> Range | None:
    """Give the first number to the second, or the second to the first where 1 is printed first."""
    left, right = _terms(one)
    if one.stated.sign < 0:
        left, right = right, left
    return left.over(right, ONE) if right.low > 0 else None


def _rest(one: Candidate) -> Range:
    """Give what is left of a hundred parts."""
    return Range.exactly(HUNDRED) - _total(one)


def _grim(one: Candidate) -> Range:
    """Give the mean nearest to the stated one that whole things over so many heads can have."""
    heads = Fraction(one.terms[0].value, ONE)
    things = round(Fraction(one.stated.value, ONE) * heads)
    return Range.exactly(things * ONE / heads)


def _grim_rate(one: Candidate) -> Range:
    """Give the rate nearest to the stated one that so many answers can have.

    One that is only found where further digits are cut off is let be: it is no error of counting.
    """
    answers = Fraction(one.terms[0].value, ONE)
    places = len(str(ONE // one.stated.step)) - 1
    printed = Decimal(one.stated.value).scaleb(-_PLACES).quantize(Decimal(1).scaleb(-places))
    if possible(printed, int(answers)) == "cut":
        return Range.of(one.stated)
    said = round(Fraction(one.stated.value, HUNDRED) * answers)
    return Range.exactly(Fraction(said * HUNDRED) / answers)


def _product(one: Candidate) -> Range:
    first, *rest = _terms(one)
    for term in rest:
        first = (first * term).times(Fraction(1, ONE))
    return first.times(one.extra or 1)


def _mean(one: Candidate) -> Range:
    return _total(one).times(Fraction(1, len(one.terms)))


def _weighted(one: Candidate) -> Range | None:
    """Give the mean of values by their weights; the terms are weight and value in turn."""
    terms = _terms(one)
    weights, values = terms[::2], terms[1::2]
    heads = sum(weight.middle for weight in weights)
    if heads <= 0 or any(weight.low < 0 for weight in weights):
        return None
    pairs = zip(weights, values, strict=True)
    return _added([value.times(weight.middle) for weight, value in pairs]).times(Fraction(1, heads))


def _same(one: Candidate) -> Range:
    return _in_units_of(one.stated, one.terms[0])


def _count(one: Candidate) -> Range:
    return Range.exactly(one.extra * ONE)


def _all(_: Candidate) -> Range:
    return Range.exactly(HUNDRED)


def _next_year(one: Candidate) -> Range:
    return Range.exactly(one.terms[0].value + 1)


RELATIONS: Final[dict[str, Relation]] = {
    "sum": Relation("sum", _total, "{sum}＝{value}"),
    "net_sum": Relation("sum", _net_sum, "{net}＝{value}"),
    "rate": Relation("rate", _rate, "{parts}÷{last}＝{value}"),
    "rate_of_others": Relation("rate", _rate_of_others, "（{b}－{a}）÷{b}＝{value}"),
    "share_of_sum": Relation("rate", _part_of, "{a}÷（{sum}）＝{value}"),
    "growth": Relation("growth", _growth, "（{a}－{b}）÷{b}＝{value}", "（{b}－{a}）÷{b}＝{value}"),
    "growth_by": Relation(
        "growth", _growth_by, "{b}÷（{a}－{b}）＝{value}", "{b}÷（{a}＋{b}）＝{value}"
    ),
    "yearly": Relation(
        "growth",
        _yearly,
        "{extra}年间由{b}到{a}，平均每年增长{value}",
        "{extra}年间由{b}到{a}，平均每年下降{value}",
    ),
    "change": Relation("difference", _change, "{a}－{b}＝{value}", "{b}－{a}＝{value}"),
    "rank_change": Relation("difference", _rank_change, "从{b}到{a}，移动了{value}"),
    "yearly_change": Relation(
        "difference",
        _yearly_change,
        "（{a}－{b}）÷{extra}年＝每年{value}",
        "（{b}－{a}）÷{extra}年＝每年{value}",
    ),
    "ahead": Relation("points", _ahead, "{a}－{b}＝{value}"),
    "apart": Relation("points", _apart, "{a}与{b}相差{value}"),
    "ahead_by": Relation("difference", _ahead, "{a}－{b}＝{value}"),
    "apart_by": Relation("difference", _apart, "{a}与{b}相差{value}"),
    "net": Relation("difference", _change, "{a}－{b}＝{value}", "{b}－{a}＝{value}"),
    "up": Relation("direction", _same, "{a}", order=-1, quiet=True),
    "down": Relation("direction", _same, "{a}", order=1, quiet=True),
    "above": Relation("direction", _same, "{a}", order=-1, quiet=True),
    "below": Relation("direction", _same, "{a}", order=1, quiet=True),
    "growth_on": Relation("growth", _rate, "{a}÷{b}＝{value}"),
    "points": Relation("points", _change, "{a}－{b}＝{value}", "{b}－{a}＝{value}"),
    "times": Relation("product", _times, "{a}÷{b}＝{value}"),
    "more_times": Relation("growth", _more_times, "{a}÷{b}－1＝{value}", "1－{a}÷{b}＝{value}"),
    "doubled": Relation("growth", _times, "{a}÷{b}＝{value}"),
    "per": Relation("product", _per, "{a}÷{b}{times}＝{value}"),
    "per_many": Relation("product", _per, "{a}÷{b}{times}＝{value}"),
    "mean": Relation("product", _mean, "（{sum}）÷{extra}＝{value}"),
    "weighted": Relation("product", _weighted, "（{weighted}）÷（{weights}）＝{value}"),
    "product": Relation("product", _product, "{product}{times}＝{value}"),
    "ratio": Relation("product", _ratio, "{a}与{b}之比为{value}"),
    "part_of_three": Relation("product", _part_of, "{a}÷（{sum}）＝{value}%"),
    "rest": Relation("sum", _rest, "各部分之和应为100：100－（{sum}）＝{value}"),
    "rest_of_shares": Relation("rate", _rest, "100%－（{sum}）＝{value}"),
    "grim": Relation("grim", _grim, "{value}"),
    "grim_rate": Relation("grim", _grim_rate, "{value}", quiet=True),
    "same": Relation("duplicate", _same, "{a}"),
    "count": Relation("count", _count, "{value}"),
    "some_listed": Relation("compare", _count, "{value}", order=-1, quiet=True),
    "parts_within": Relation("part_over_whole", _total, "{sum}＝{value}", order=-1, quiet=True),
    "at_most": Relation("part_over_whole", _same, "{a}", order=1, quiet=True),
    "bounded": Relation("compare", _all, "{value}", order=1, quiet=True),
    "rate_growth": Relation(
        "unit",
        _growth,
        "（{a}－{b}）÷{b}＝{value}",
        "（{b}－{a}）÷{b}＝{value}",
        quiet=True,
        remark=True,
    ),
    "school_year": Relation("compare", _next_year, "{a}", quiet=True, remark=True),
    "title_year": Relation("duplicate", _same, "{a}", quiet=True, remark=True),
}
