"""From digits to a quantity: «余», «万», «亿» and the unit behind, «近», «约», «以上» around."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import MAGNITUDES, Reading
from xianxue.bureau.audit.reading.token import Token
from xianxue.bureau.kinds.wordlist import UnitWords

OVER: Final = frozenset("余多来")
POINTS: Final = ("个百分点", "百分点", "个百分比")
PERCENT: Final = "%"
_MAGNITUDE_FIRST: Final = frozenset("十百千万亿")
_MEASURES: Final = "克米瓦卡"
"""After 千 these make one unit: 千克, 千米."""
_BLANKS: Final = 2
"""Blanks that may stand between a number and its unit."""
_MILLION: Final = 10**6
_TEN: Final = 10
_FEW: Final = 5
_ABOUT: Final = 20
"""约 is said of what is within a twentieth."""
_ABOUT_WIDTH: Final = 4
_AFTER_WIDTH: Final = 2

Unit = tuple[str, int, UnitWords | None]
"""The word, where it ends, its card."""


class Quantities:
    """Reads quantities of one text in its normal form."""

    def __init__(self, norm: str, lexicon: Lexicon) -> None:
        self._norm = norm
        self._lexicon = lexicon

    def magnitude(self, end: int) -> tuple[int, int, bool]:
        """Read «余», «万», «亿» behind digits: how much, where they end, whether 余 is there."""
        norm, at = self._norm, end
        if norm[at : at + 1] == " " and norm[at + 1 : at + 2] in _MAGNITUDE_FIRST:
            at += 1
        over = norm[at : at + 1] in OVER
        at += over
        magnitude = 1
        if norm[at : at + 1] in _MAGNITUDE_FIRST:
            magnitude, at = self._great(at)
        elif norm[at : at + 2] in ("个亿", "个万"):
            magnitude, at = MAGNITUDES[norm[at + 1]], at + 2
        if not over and norm[at : at + 1] in OVER:
            over, at = True, at + 1
        return magnitude, at, over

    def _great(self, at: int) -> tuple[int, int]:
        norm = self._norm
        for width in (2, 1):
            found = MAGNITUDES.get(norm[at : at + width])
            measure = norm[at] == "千" and norm[at + width : at + width + 1] in _MEASURES
            if found and not measure:
                return found, at + width
        return 1, at

    def unit(self, at: int) -> Unit:
        """Give the longest unit at a place; two blanks before it are passed over."""
        lexicon, norm = self._lexicon, self._norm
        here = at
        while here < at + _BLANKS and norm[here : here + 1] == " ":
            here += 1
        for word in lexicon.unit_first.get(norm[here : here + 1], ()):
            if norm.startswith(word, here):
                return word, here + len(word), lexicon.units[word]
        return "", at, None

    def measured(self, start: int, at: int, reading: Reading, *, over: bool) -> Token:
        """Give a number with its unit, and with what 余, 近, 约 around it do to its bounds."""
        unit, end, card = self.unit(at)
        token = Token(start, end, "cardinal")
        token.value, token.low, token.high, token.step, token.about = reading
        in_unit(token, unit, card)
        if card is not None and card.dimension == "times_over":
            _loosen(token, self._norm[end : end + 1])
        self._widen(token, over=over)
        return token

    def _widen(self, token: Token, *, over: bool) -> None:
        """Widen the bounds for 余, 近, 约, 以上 …: half-open intervals of one round step."""
        norm, lexicon = self._norm, self._lexicon
        start, end = token.start, token.end
        before = lexicon.last_word(norm[max(0, start - _ABOUT_WIDTH) : start])
        after = lexicon.first_word(norm[end : end + _AFTER_WIDTH])
        if not (over or before or after):
            return
        value, step = token.value, token.step
        # 2000余 is below 3000 but 8400余 below 8500: the step is that of the last digit not 0.
        while value and step and value % (step * _TEN) == 0:
            step *= _TEN
        token.about = True
        if over:
            token.low, token.high = value, value + step
        if before:
            token.low, token.high = _bounds(before, value, step, far=1)
            if before == "over":
                token.high = value + _TEN * step
        if after:
            token.low, token.high = _bounds(after, value, step, far=_TEN)


def _bounds(way: str, value: int, step: int, *, far: int) -> tuple[int, int]:
    """Give the bounds that a word makes: 近 is below, 约 on both sides."""
    if way == "about":
        # 约4000 is 3800 to 4200, 约45 44 to 46.
        near = min(step, value // _ABOUT)
        return value - near, value + near
    if way == "under":
        return value - min(far * step, value // _TEN), value
    return value, value + far * step


def in_unit(token: Token, unit: str, card: UnitWords | None) -> None:
    """Say in which unit a number is, and set its bounds and its size accordingly."""
    if unit == PERCENT:
        token.form, token.unit, token.dim = "percent", PERCENT, "share"
        halve(token)
    elif unit in POINTS:
        token.form, token.unit, token.dim = "points", POINTS[0], "points"
        halve(token)
    elif card is not None:
        token.unit, token.dim, token.whole = unit, card.dimension, card.whole
        if card.scale != 1:
            _scale(token, int(card.scale * _MILLION))


def halve(token: Token) -> None:
    """Set the bounds of a rate, which is always rounded, also where it has no decimals."""
    token.low = token.value - token.step // 2
    token.high = token.value + token.step // 2


def _loosen(token: Token, behind: str) -> None:
    """Set the bounds of 倍: «两倍» is told of what is nearly so, «两倍多» of more."""
    if token.low == token.high:
        # From five times on it is as rounded as 12%.
        near = token.step // (2 if token.value > _FEW * token.step else 4)
        token.low, token.high = token.value - near, token.value + near
    if behind == "多":
        token.high = token.value + token.step


def _scale(token: Token, millionths: int) -> None:
    token.value = token.value * millionths // _MILLION
    token.low = token.low * millionths // _MILLION
    token.high = token.high * millionths // _MILLION
    token.step = token.step * millionths // _MILLION
