"""Units as people write them behind numbers and headers, and what they come to.

Nothing is multiplied in silence: what a unit makes of a number is always said beside it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.strict import holds_several
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.values.record import Record

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "person": ("人", "名", "位", "个", "个人", "人数", "persons", "people", "person"),
    "school": ("所", "个", "校", "schools"),
    "class": ("个班", "班", "个", "个班级", "classes"),
    "volume": ("册", "本", "volumes", "books"),
    "room": ("间", "个", "rooms"),
    "square_metre": ("平方米", "平米", "m2", "平方", "平", "sqm", "squaremetres"),
    "yuan": ("元", "块", "圆", "元整", "块钱", "人民币", "rmb", "cny", "yuan"),
    "hour": ("学时", "课时", "小时", "hours"),
    "year": ("年",),
    "point": ("分", "points"),
    "answer": ("份", "张", "answers"),
    "level": ("级",),
    "percent": ("%",),
}
"""Unit of a card to the words that mean just it, after ``bare``."""

_MULTIPLES: Final[dict[str, int]] = {
    "百": 2,
    "千": 3,
    "k": 3,
    "万": 4,
    "w": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
}
"""Word to the power of ten it stands for."""

_KNOWN: Final = frozenset(word for words in _WORDS.values() for word in words)
# For suggestions to people, who know the mu by this number; never for a value.
_AREAS: Final = {"亩": Decimal("666.67"), "公顷": Decimal(10000), "平方公里": Decimal(1_000_000)}
# Fifteen mu are a hectare: the number that a table from elsewhere is converted with.
_EXACT_AREAS: Final = {
    "亩": Fraction(10000, 15),
    "公顷": Fraction(10000),
    "平方公里": Fraction(1_000_000),
}
_AMOUNT = re.compile(
    r"(?P<front>共|计|¥|rmb|人民币)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+)(?P<unit>[^\d.,+-].{0,7})?"
)
# As for plain numbers: what is longer is a sentence.
_LONGEST: Final = 40


class Amount(Record):
    """A number with a unit, as it was written."""

    number: Decimal
    power: int
    """The power of ten its unit says: 4 for 万元."""
    unit: str
    """The rest of the unit as written; empty where there is none."""
    own: bool
    """Whether that rest means the field's own unit."""

    @property
    def whole(self) -> Decimal:
        """The number in units of one.

        >>> Amount(Decimal("12.5"), 4, "元", own=True).whole
        Decimal('1.25E+5')
        """
        return self.number.scaleb(self.power)


def amount_of(text: str, field: Field) -> Amount | None:
    """Read a number with what stands around it; None where that is no unit at all.

    >>> from xianxue.bureau.kinds.form import Field
    >>> funds = Field(field="x", term="x", type="measure", unit="yuan")
    >>> amount_of("￥12.5 万元", funds)
    Amount(number=Decimal('12.5'), power=4, unit='元', own=True)
    >>> amount_of("3间", funds).own
    False
    """
    if len(text) > _LONGEST or holds_several(text):
        return None
    found = _AMOUNT.fullmatch(bare(text))
    if found is None or not (found["front"] or found["unit"]):
        return None
    number = Decimal(found["number"].replace(",", ""))
    own = _WORDS.get(field.unit, ())
    # A sign of money before a number of pupils is in the wrong cell.
    if found["front"] not in {None, "共", "计"} and field.unit != "yuan":
        return None
    power, rest = split_unit(found["unit"] or "", field)
    known = rest in own or not rest
    if not known and rest not in _KNOWN and rest not in _AREAS:
        return None
    return Amount(number, power, rest, known)


def split_unit(unit: str, field: Field) -> tuple[int, str]:
    """Divide a unit into the power of ten and what it counts; the field's own word comes first.

    >>> from xianxue.bureau.kinds.form import Field
    >>> split_unit("万元", Field(field="x", term="x", type="measure", unit="yuan"))
    (4, '元')
    """
    said = bare(unit)
    if said in _WORDS.get(field.unit, ()):
        return 0, said
    # The longest first: 百万 also begins with 百.
    for word in sorted(_MULTIPLES, key=len, reverse=True):
        if said.startswith(word):
            return _MULTIPLES[word], said.removeprefix(word)
    return 0, said


def is_unit(text: str, field: Field) -> bool:
    """Whether a text in a header's brackets is a unit that numbers come in."""
    power, rest = split_unit(text, field)
    return bool(power) or rest in _KNOWN or rest in _AREAS


@lru_cache(maxsize=4096)
def is_unit_word(text: str) -> bool:
    """Whether a text is nothing but a unit that numbers come in, whatever it counts.

    >>> [is_unit_word(text) for text in ("万元", "㎡", "亩", "万", "学校", "")]
    [True, True, True, False, False, False]
    """
    said = bare(text)
    for word in ("", *sorted(_MULTIPLES, key=len, reverse=True)):
        rest = said.removeprefix(word)
        if said.startswith(word) and (rest in _KNOWN or rest in _AREAS):
            return True
    return False


_BEHIND = re.compile(
    r"^(.*?[^\s/／,，_\-—])[\s/／,，_\-—]+([^\s/／,，_\-—]{1,4})$"
    r"|^(.+?)单位[:：为]?\s*([^:：]{1,4})$"
)
# One character behind a stroke is as often a word as a unit: «生均/年».
_COUNTED: Final = frozenset("个名位本张份分级校平块年")


@lru_cache(maxsize=4096)
def unit_behind(text: str) -> tuple[str, str]:
    """Divide a header that names its unit without brackets; the unit is empty where it does not.

    >>> unit_behind("设备值/万元"), unit_behind("经费 单位：千元"), unit_behind("生均/年")
    (('设备值', '万元'), ('经费', '千元'), ('生均/年', ''))
    """
    # A line break and a bracket are read with the term itself.
    found = _BEHIND.fullmatch(" ".join(text.split()))
    if found is None:
        return text, ""
    name, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    if bare(unit) in _COUNTED or not is_unit_word(unit):
        return text, ""
    return name.rstrip("（(:： "), unit


def is_own_unit(text: str, field: Field) -> bool:
    """Whether a unit means just the field's own.

    >>> from xianxue.bureau.kinds.form import Field
    >>> area = Field(field="x", term="x", type="measure", unit="square_metre")
    >>> is_own_unit("㎡", area), is_own_unit("亩", area), is_own_unit("", area)
    (True, False, True)
    """
    power, rest = split_unit(text, field)
    return not power and (not rest or rest in _WORDS.get(field.unit, ()))


def is_same_unit(amount: Amount, unit: str, field: Field) -> bool:
    """Whether a cell's own unit is its column's: «85.5万元» below «（万元）»."""
    power, rest = split_unit(unit, field)
    words = _WORDS.get(field.unit, ())
    same = amount.unit == rest or (amount.unit in words and rest in words)
    return amount.own and amount.power == power and same


def factor_of(unit: str, field: Field) -> Fraction | None:
    """Give how many of a field's units make one of these; None where that is not certain.

    >>> from xianxue.bureau.kinds.form import Field
    >>> funds = Field(field="x", term="x", type="measure", unit="yuan")
    >>> area = Field(field="x", term="x", type="measure", unit="square_metre")
    >>> factor_of("万元", funds), factor_of("亩", area), factor_of("亩", funds)
    (Fraction(10000, 1), Fraction(2000, 3), None)
    """
    power, rest = split_unit(unit, field)
    factor = Fraction(10**power)
    if not rest or rest in _WORDS.get(field.unit, ()):
        return factor
    area = _EXACT_AREAS.get(rest) if field.unit == "square_metre" else None
    return None if area is None else factor * area


def in_square_metres(number: Decimal, unit: str) -> Decimal | None:
    """Give an area in square metres, rounded to 0.01; None where the unit is no area's."""
    factor = _AREAS.get(unit)
    return None if factor is None else (number * factor).quantize(Decimal("0.01"))


def shown(number: Decimal) -> str:
    """Write a number plainly: no exponent, no trailing zeros.

    >>> shown(Decimal("1.250E+5")), shown(Decimal("12.50")), shown(Decimal(0))
    ('125000', '12.5', '0')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
