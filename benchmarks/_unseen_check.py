"""The arithmetic of the unseen texts, in exact fractions, without anything of the auditor.

A check names what a text claims: ``{"op": "rate", "args": ["1872", "2340"], "printed": "86%"}``.
An argument is a printed number or several joined by ``+``, ``-`` and ``*``; ``#12`` is a number
that is not printed. What a number stands for is an interval: integers are exact, decimals and per
cents ± half of their last digit, 约 ± a twentieth, 近 up to a tenth less, 余 and 多 up to a tenth
more. Of shares without digits, 两成 is ± half a tenth and 四分之三 is ± a twentieth of itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "%": Fraction(1, 100)}
SCALES |= {"‰": Fraction(1, 1000), "成": Fraction(1, 10), "亩": Fraction(2000, 3)}
COUNTERS = "项个条类本大件"
NUMBER = re.compile(r"(约|近)?(\d[\d,]*(?:\.\d+)?)([万萬亿億%‰成亩]?)(余|多)?")


@dataclass(frozen=True)
class Range:
    """What a number may stand for, both ends included."""

    low: Fraction
    high: Fraction

    def __add__(self, other):
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other):
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other):
        return Range(self.low * other.low, self.high * other.high)

    def __truediv__(self, other):
        return Range(self.low / other.high, self.high / other.low)

    def meets(self, other):
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self):
        return (self.low + self.high) / 2


ONE = Range(Fraction(1), Fraction(1))


def spoken(words):
    """Read a whole number in Chinese words, also with 万 and 亿."""
    words = words.replace("萬", "万").replace("億", "亿")
    for sign in "亿万":
        before, found, after = words.rpartition(sign)
        if found:
            return spoken(before) * SCALES[sign] + spoken(after)
    total, digit = 0, None
    for letter in words:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in PLACES:
            total, digit = total + (1 if digit is None else digit) * PLACES[letter], None
        else:
            raise ValueError(f"no number: {words}")
    return total + (digit or 0)


def read(said):
    """Give the interval of a printed number."""
    said = unicodedata.normalize("NFKC", said.removeprefix("#")).rstrip(COUNTERS)
    found = NUMBER.fullmatch(said)
    if not found:
        return _in_words(said.removeprefix("近"))
    about, digits, scale, more = found.groups()
    digits = digits.replace(",", "")
    number, places = Fraction(digits), len(digits.partition(".")[2])
    scale = Fraction(SCALES[scale])
    if about == "近":
        return Range(number * scale * Fraction(9, 10), number * scale)
    if more:
        return Range(number * scale, number * scale * Fraction(11, 10))
    if about:
        return _around(number, number / 20, scale)
    rounded = places or said[-1] in "%‰成"
    return _around(number, Fraction(1, 2 * 10**places) if rounded else Fraction(0), scale)


def _in_words(said):
    """Read what is written without digits: 百分之六点七, 四分之三, 两成, 一点五, 三百二十."""
    said = "二分之一" if said == "一半" else said
    below, share, above = said.rpartition("分之")
    whole, point, places = above.removesuffix("成").partition("点")
    number, step = Fraction(spoken(whole)), Fraction(1, 10 ** len(places))
    number += sum(Fraction(DIGITS[one], 10**at) for at, one in enumerate(places, start=1))
    if share and below != "百":
        return _around(number, number / 20, Fraction(1, spoken(below)))
    scale = Fraction(1, 100) if share else Fraction(1, 10) if said.endswith("成") else Fraction(1)
    return _around(number, step / 2 if scale < 1 or point else Fraction(0), scale)


def _around(number, half, scale):
    return Range((number - half) * scale, (number + half) * scale)


def value(argument):
    """Work out an argument: products first, then sums from left to right."""
    total = Range(Fraction(0), Fraction(0))
    for sign, part in re.findall(r"([+-]?)([^+-]+)", argument):
        made = ONE
        for one in part.split("*"):
            made = made * read(one)
        total = total - made if sign == "-" else total + made
    return total


def literals(check):
    """Give every number of a check that has to be printed in its text, without what goes round it.

    约 and 近 may stand apart from their number, and a unit at the head of a column.
    """
    parts = [part for argument in check["args"] for part in re.split(r"[+*-]", argument)]
    parts = [part for part in [*parts, check["printed"]] if not part.startswith("#")]
    return [part.strip("约近%亩") for part in parts]


def _computed(op, a):
    """What numbers come to, by the name of what is claimed."""
    if op in {"sum", "difference", "rest", "product"}:
        total = a[0] if op != "rest" else ONE - a[0]
        for one in a[1:]:
            total = total * one if op == "product" else total + one if op == "sum" else total - one
        return total
    two = {
        "rate": lambda: a[0] / a[1],
        "per": lambda: a[0] / a[1],
        "same": lambda: a[0],
        "growth": lambda: a[0] / a[1] - ONE,
        "fall": lambda: ONE - a[0] / a[1],
        "growth_by": lambda: a[1] / (a[0] - a[1]),
        "fall_by": lambda: a[1] / (a[0] + a[1]),
        "points": lambda: (a[0] - a[1]) * Range(Fraction(100), Fraction(100)),
    }
    return two[op]()


def holds(check):
    """Whether what is printed agrees with what its numbers come to."""
    op, printed = check["op"], check["printed"]
    if op in PLAIN:
        return _computed(op, [value(one) for one in check["args"]]).meets(read(printed))
    return SPECIAL[op](check["args"], printed)


PLAIN = {"sum", "difference", "rest", "product", "rate", "per", "same", "growth", "fall"}
PLAIN |= {"growth_by", "fall_by", "points"}


def _average_growth(args, printed, *, falls=False):
    new, old, years = (value(one) for one in args)
    step, grown = ONE - read(printed) if falls else ONE + read(printed), ONE
    for _ in range(int(years.low)):
        grown = grown * step
    return grown.meets(new / old)


def _ratio(args, printed):
    left, right = (read(one) for one in re.split("[:：∶]", printed))
    return (value(args[0]) / value(args[1])).meets(left / right)


def _parts_of_hundred(args, printed):
    parts = [value(one) for one in args]
    whole = parts[0]
    for one in parts[1:]:
        whole = whole + one
    shares = [read(one + "%") for one in re.split("[:：∶]", printed)]
    return all((one / whole).meets(share) for one, share in zip(parts, shares, strict=True))


def _mean_of_whole_numbers(args, printed):
    mean, heads = read(printed), value(args[0]).low
    return ceil(mean.low * heads) <= floor(mean.high * heads)


def _doubled(args, printed):
    times = 2 ** (spoken(re.sub("[^一二两三]", "", printed)) or 1)
    span = Range(Fraction(times), Fraction(times + (1 if printed.endswith("多") else 0)))
    return (value(args[0]) / value(args[1])).meets(span)


def _times(args, printed):
    more = printed.endswith("多")
    span = read(re.sub("[倍多]", "", printed))
    span = Range(span.low, span.high + 1) if more else span
    return (value(args[0]) / value(args[1])).meets(span)


SPECIAL = {
    "cagr": _average_growth,
    "average_fall": lambda args, printed: _average_growth(args, printed, falls=True),
    "ratio": _ratio,
    "sectors": _parts_of_hundred,
    "grim": _mean_of_whole_numbers,
    "doubled": _doubled,
    "times": _times,
    "more_times": lambda args, printed: _times([f"{args[0]}-{args[1]}", args[1]], printed),
    "at_most": lambda args, printed: read(printed).low <= value(args[0]).high,
    "up": lambda args, _: value(args[1]).low > value(args[0]).high,
    "down": lambda args, _: value(args[1]).high < value(args[0]).low,
}
