"""Slips put into texts whose relations were proved, and how many of them are noticed.

Whether a slip breaks the relation beyond rounding is computed here, from the case's own numbers and
with intervals of this file's own, never by asking the auditor.
"""

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from _audit_cases import COUNTED, LITERAL, SCALES, numbers_of, values

KINDS = {"sum", "rate", "growth", "points", "diff"}
SLIPS = ("digit", "swap", "part left out", "万")
BREAKS = "、，,；;。：:（(）)\n|"


@dataclass(frozen=True)
class Interval:
    """What a printed number may stand for."""

    low: Fraction
    high: Fraction

    def __add__(self, other):
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other):
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other):
        """Divide positive intervals; None where the divisor may be nothing."""
        if other.low <= 0 or self.low < 0:
            return None
        return Interval(self.low / other.high, self.high / other.low)

    def times(self, factor):
        return Interval(self.low * factor, self.high * factor)

    def meets(self, other):
        return self.low <= other.high and other.low <= self.high


def interval(literal, scale=""):
    """Integers are exact, decimals stand for half of their last digit to either side."""
    number = Decimal(re.sub("[,，]", "", literal))
    places = -min(int(number.as_tuple().exponent), 0)
    half = Fraction(1, 2 * 10**places) if places else Fraction(0)
    factor = SCALES[scale]
    return Interval((Fraction(number) - half) * factor, (Fraction(number) + half) * factor)


def readings(kind, terms, stated):
    """Every way in which such numbers may make such a relation, by name, and whether it holds."""
    found = {}
    hundred = stated.times(Fraction(1, 100))
    if kind == "sum":
        total = terms[0]
        for one in terms[1:]:
            total += one
        found["sum"] = total.meets(stated)
    elif kind == "rate" and len(terms) == 2:
        a, b = terms
        found["a/b"] = _same(a.over(b), hundred)
        found["a/(a+b)"] = _same(a.over(a + b), hundred)
        found["(a-b)/b"] = _same((a - b).over(b), hundred)
    elif kind == "rate" and len(terms) == 3:
        a, b, c = terms
        found["(a+b)/c"] = _same((a + b).over(c), hundred)
        found["a/(b+c)"] = _same(a.over(b + c), hundred)
        found["(a-b)/c"] = _same((a - b).over(c), hundred)
    elif kind == "growth" and len(terms) == 2:
        a, b = terms
        found["a was b"] = _same((a - b).over(b), hundred)
        found["a fell from b"] = _same((b - a).over(b), hundred)
        found["a by b"] = _same(b.over(a - b), hundred)
        found["a down by b"] = _same(b.over(a + b), hundred)
    elif kind in {"points", "diff"} and len(terms) == 2:
        a, b = terms
        found["a-b"] = (a - b).meets(stated) or (b - a).meets(stated)
    return found


def _same(computed, stated):
    return computed is not None and computed.meets(stated)


@dataclass(frozen=True)
class Slip:
    """One changed text."""

    way: str
    text: str
    where: int
    """The offset of the stated number in the changed text."""
    changed: int
    """The offset of what was changed: the stated number or another of the relation."""
    case: object
    broken: bool


def slips(case, finding, text, chance):
    """Give changed texts for a case that a finding has proved."""
    # The items of a counted list are words: nothing of them can be changed by a digit.
    places = None if case.sub in COUNTED else _places(case, finding)
    if case.kind not in KINDS or places is None or not places[1:]:
        return
    literals = [_literal(text, operand) for operand in places]
    if any(one is None for one in literals):
        return
    now = [interval(text[start:end], scale) for start, end, scale in literals]
    holding = [name for name, holds in readings(case.kind, now[1:], now[0]).items() if holds]
    if not holding:
        return
    for index, (start, end, scale) in enumerate(literals):
        for way, literal, new_scale in _changes(text[start:end], scale, chance):
            changed = list(now)
            changed[index] = interval(literal, new_scale)
            new = text[:start] + literal + new_scale + text[end + len(scale) :]
            shift = len(new) - len(text) if start < finding.stated.start else 0
            verdicts = readings(case.kind, changed[1:], changed[0])
            broken = not any(verdicts[name] for name in holding)
            yield Slip(way, new, finding.stated.start + shift, start, case, broken)
        if case.kind == "sum" and index and len(literals) > 3:
            cut = _left_out(text, start, end, finding)
            if cut is not None:
                rest = [one for at, one in enumerate(now) if at not in {0, index}]
                broken = not readings("sum", rest, now[0])["sum"]
                shift = len(cut) - len(text) if start < finding.stated.start else 0
                where = finding.stated.start + shift
                yield Slip("part left out", cut, where, where, case, broken)


def _places(case, finding):
    """Give the operands in the case's order, the stated one first; None where not all are there."""
    wanted = [one for each in case.terms for one in numbers_of(each)]
    free, found = list(finding.terms), []
    for one in wanted:
        operand = next((each for each in free if values(each) & one), None)
        if operand is None:
            return None
        free.remove(operand)
        found.append(operand)
    return [finding.stated, *found]


def _literal(text, operand):
    """Where the digits of an operand stand, and its 万 or 亿."""
    found = LITERAL.search(text, operand.start, operand.end)
    if found is None:
        return None
    rest = text[found.end() : found.end() + 1]
    scale = rest if rest in SCALES and found.end() < operand.end else ""
    return found.start(), found.end(), scale


def _changes(literal, scale, chance):
    """One digit changed, two neighbours swapped, 万 put in or left out."""
    digits = [at for at, letter in enumerate(literal) if letter.isdigit()]
    for at in digits:
        least = 1 if at == 0 and len(digits) > 1 and literal[1:2] != "." else 0
        others = [str(one) for one in range(least, 10) if str(one) != literal[at]]
        yield "digit", literal[:at] + chance.choice(others) + literal[at + 1 :], scale
    for at, after in pairwise(digits):
        one, other = literal[at], literal[after]
        if one != other and not (at == 0 and other == "0"):
            swapped = [*literal]
            swapped[at], swapped[after] = other, one
            yield "swap", "".join(swapped), scale
    if scale in {"万", "萬"}:
        yield "万", literal, ""
    elif not scale:
        yield "万", literal, "万"


def _left_out(text, start, end, finding):
    """The text without the part that holds a number, where it stands in a list of parts."""
    left = start
    while left > 0 and text[left - 1] not in BREAKS:
        left -= 1
    right = end
    while right < len(text) and text[right] not in BREAKS:
        right += 1
    if not (left > 0 and text[left - 1] in "、，,；;" and right < len(text)):
        return None
    others = [finding.stated, *(one for one in finding.terms if not one.start <= start < one.end)]
    if any(left <= one.start < right for one in others):
        return None
    return text[: left - 1] + text[right:]


def noticed(slip, found):
    """The gravest verdict on a relation of the number that was changed, or of the stated one."""
    grave = ("inconsistent", "possible", "remark")
    verdicts = {
        one.verdict
        for one in found.findings
        for each in (one.stated, *one.terms)
        if each.start <= slip.where < each.end or each.start <= slip.changed < each.end
    }
    return next((verdict for verdict in grave if verdict in verdicts), "")


def all_slips(proved, texts, seed, most):
    """Give at most so many slips, chosen by chance from all."""
    chance = random.Random(seed)
    found = [
        slip for case, finding in proved for slip in slips(case, finding, texts[case.doc], chance)
    ]
    chance.shuffle(found)
    return found[:most]
