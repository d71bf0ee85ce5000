"""From the normal form to tokens: where numbers stand, what they are worth, in which unit.

One compiled expression finds every place where a number may stand; it has no nested quantifier,
so that it takes time in proportion to the text. What stands around a place decides what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from xianxue.bureau.audit.reading.crowds import crowds as crowded
from xianxue.bureau.audit.reading.crowds import names_in
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.names import is_name, is_section, is_year
from xianxue.bureau.audit.reading.numerals import ONE, Reading, arabic, han, han_year
from xianxue.bureau.audit.reading.quantities import OVER, PERCENT, Quantities, halve
from xianxue.bureau.audit.reading.ratio import parts, ratio
from xianxue.bureau.audit.reading.token import Token

HAN: Final = "〇零○一二两三四五六七八九十百千万亿几数"

_TOKEN = re.compile(
    # Where none of these stands no number begins: asked first, six times as quick.
    rf"(?=[0-9.?xX*_翻百半{HAN}])(?:"
    r"(?P<doubled>翻了?(?:将?近|约|超过?)?[一两二三]?番)"
    r"|(?P<mask>[0-9]{1,12}\?[0-9]{1,12}|(?<=[(,、])\?[0-9]{1,12}|(?<![A-Za-z])[0-9.]{0,12}[xX*_]+[0-9.xX*_]*(?![A-Za-wyz]))"
    r"|(?P<share>百分之[〇零一二两三四五六七八九十百点]+"
    r"|[一二两三四五六七八九十]{1,3}分之[一二两三四五六七八九十]{1,3}"
    r"|(?<![另每年月])(?:一半|半数))"
    r"|(?P<num>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9.,])"
    r"|[0-9]+(?: ?\.[ \n]{0,2}[0-9]+)?)"
    rf"|(?P<point>[{HAN}]{{1,6}}点[〇零○一二三四五六七八九]{{1,4}}(?=[万亿个人元倍平亩公米吨]))"
    # 数十 counts something, the 数 of 人数分别为 does not.
    rf"|(?P<han>(?!数[^十百千万亿])[{HAN}]+))"
)
_RANGE_OF_MONTHS = re.compile(r"[-—~至]{1,2}[0-9]{1,2}(?:月|日(?!均))")
_QUOTED_NAME = re.compile(r"(?![个项条大类种件])[\u4e00-\u9fff]{1,2}[”\"]")
_BOOKS = re.compile("本(?:台账|账|书|教材|册)")
"""三本 are pupils of a third list of universities; 三本台账 are three books."""
_NUMBERED_YEAR = re.compile(r"[0-9]{1,2}\.(?:19|20)[0-9]{2}")
_DASHES: Final = frozenset({"-", "—", "——", "~", "至", "到", "--"})
_DAY: Final = {"月": 12, "日": 31, "号": 31, "时": 24, "点": 24, "分": 60, "秒": 60}
_SECTION_BEFORE: Final = frozenset('\n。;:!?！？”"》)( ')
_ARTICLE: Final = frozenset("所名处家栋幢座位项倍成")
"""Units that 一 counts; before others it only says «a» (一个, 一批)."""
_NO_COUNT: Final = frozenset("初周统同专唯万每另任某这那哪一")
"""Before a Chinese numeral these make another word: 统一, 初一, 每一."""
_RANGE_FROM: Final = 14
_LONG_YEAR: Final = 2
_YEAR_DIGITS: Final = 4
_NO_RANK: Final = frozenset("届期次批轮季学年级月条款章节页层楼号中小高幼实")
"""Behind 第三 these number things one after another, and put none before another."""
_PLACED: Final = frozenset("全居列排")
"""Before 第二 these say that it is a place: 位居全市第二."""
_PLACE_WIDTH: Final = 5
_LISTED: Final = frozenset("、,和与及")
_MASK_ENDS: Final = frozenset("年月日,;。、)\n")
_NOUGHT: Final = Reading(0, 0, 0, 0)
_NO_OVER: Final = {ord(one): None for one in OVER}


def scan(norm: str, lexicon: Lexicon) -> list[Token]:
    """Give all tokens in the order of the text, names and masks among them."""
    tokens = list(_joined(norm, _Scanner(norm, lexicon).tokens()))
    for later, token in pairwise(reversed(tokens)):
        # 0.2个、0.5个百分点: the unit of the last is that of all.
        alike = later.form == "points" and token.form == "cardinal" and token.unit in ("个", "")
        if alike and norm[token.end : later.start] in _LISTED:
            token.form, token.unit, token.dim = "points", later.unit, later.dim
            halve(token)
    return tokens


def _names(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("name"))


class _Scanner:
    def __init__(self, norm: str, lexicon: Lexicon) -> None:
        self._norm = norm
        self._lexicon = lexicon
        self._names = lexicon.made(_names)
        self._quantities = Quantities(norm, lexicon)

    def tokens(self) -> Iterator[Token]:
        # A number may be longer than what was found of it, or shorter: the rest is looked at again.
        found = _TOKEN.search(self._norm)
        crowds = iter((*crowded(self._norm), (len(self._norm) + 1, 0)))
        crowd = next(crowds)
        while found is not None:
            start, end = found.span()
            while crowd[0] <= start:
                yield from names_in(self._norm, *crowd)
                found = _TOKEN.search(self._norm, crowd[1])
                crowd = next(crowds)
                if found is None:
                    return
                start, end = found.span()
            token = self._read(found)
            if token is not None:
                end = token.end
                if token.dim == "part":
                    yield from parts(self._norm, token)
                else:
                    yield token
            found = _TOKEN.search(self._norm, end)

    def _read(self, found: re.Match[str]) -> Token | None:
        kind, (start, end) = found.lastgroup, found.span()
        if kind == "num":
            return self._arabic(start, end)
        if kind == "han":
            return self._quoted(start, end) or self._han(start, end)
        if kind == "point":
            return self._pointed(start, end)
        if kind == "mask":
            return self._mask(start, end)
        if kind == "doubled":
            return _doubled(found[0], start, end, self._at(end))
        return _share(found[0], start, end)

    def _at(self, place: int) -> str:
        """Give the character at a place; the end of the text is a line end."""
        return self._norm[place] if 0 <= place < len(self._norm) else "\n"

    def _name_at(self, start: int) -> int:
        """Give where a name with numbers in it ends that begins here, or 0."""
        found = self._names.match(self._norm, start)
        return found.end() if found else 0

    # ── Arabic digits ──

    def _arabic(self, start: int, end: int) -> Token:
        digits, end = self._whole_digits(start, end)
        name = self._name_at(start)
        if name > end or (name == end and self._quantities.unit(end)[2] is None):
            # 119 is a name, 119.44% and 119人 are not.
            return Token(start, name, "name")
        if is_name(self._norm, start, end):
            return Token(start, end, "name")
        return self._numbering(start, end, digits) or self._quantity(start, end, digits)

    def _whole_digits(self, start: int, end: int) -> tuple[str, int]:
        """Give the digits: «3. 1平方米» is one number, «1. 5所学校» is a heading and a number.

        «2 210人» is one number where it is written on to a word, «1 210» are two columns.
        """
        digits = self._norm[start:end]
        if "\n" not in digits and " " not in digits:
            if self._at(end) == "年" and _NUMBERED_YEAR.fullmatch(digits):
                # «1.2021年» is a heading and a year.
                end = start + digits.index(".")
            return digits[: end - start], end
        before = self._at(start - 1)
        point = digits.find(".")
        apart = before in _SECTION_BEFORE if point >= 0 else not "\u4e00" <= before <= "\u9fff"
        _, at, _ = self._quantities.magnitude(end)
        if apart or self._quantities.unit(at)[2] is None:
            digits = digits[: point if point >= 0 else digits.index(" ")].rstrip()
            return digits, start + len(digits)
        return digits.replace("\n", "").replace(" ", ""), end

    def _numbering(self, start: int, end: int, digits: str) -> Token | None:
        """Give an ordinal, section, year, date or time; None for a quantity."""
        before, after = self._at(start - 1), self._at(end)
        cut = after == "." and self._at(end + 1).isdigit()
        numbered = after in ".、)" and is_section(self._norm, start, end)
        if before == "第" or cut or numbered:
            # A section's number orders nothing; a rank does, and 第 says so.
            ranked = before == "第" and digits.isdigit() and after not in _NO_RANK
            rank = int(digits) * ONE if ranked else 0
            end += bool(rank) and after in "名位"
            return Token(start, end, "ordinal", rank, rank, rank, ONE)
        if len(digits) == _YEAR_DIGITS and is_year(self._norm, start, end):
            year = int(digits)
            return Token(start, end + (after == "年"), "year", year, year, year)
        if after in "-—~至" and _RANGE_OF_MONTHS.match(self._norm, end):
            return Token(start, end, "date")
        # «05年» of a year, «5年» of a length: neither is added to anything.
        years = after == "年" and len(digits) <= _LONG_YEAR
        if years or (after in _DAY and self._is_day(start, end, digits)):
            grade = years and self._at(end + 1) == "级"
            return Token(start, end + 1 + grade, "name" if grade else "date")
        if after == ":" and self._at(end + 1).isdigit():
            return ratio(self._norm, start, self._lexicon)
        return None

    def _is_day(self, start: int, end: int, digits: str) -> bool:
        before, after = self._at(start - 1), self._at(end)
        if "." in digits or "," in digits or int(digits) > _DAY[after]:
            return False
        if after in "月日":
            # 3个月 has 个 between; «5月» and «14日» are dates.
            return True
        if after == "号":
            return before in "月、-—~"
        clock = after in "时点" and self._at(end + 1) != "间" and before in "日午晨晚早、 至-—"
        return clock or before in "时点"

    def _quantity(self, start: int, end: int, digits: str) -> Token:
        magnitude, at, over = self._quantities.magnitude(end)
        reading = arabic(digits, magnitude)
        if reading is None:
            return Token(start, end, "name")
        return self._quantities.measured(start, at, reading, over=over)

    # ── Chinese numerals ──

    def _quoted(self, start: int, end: int) -> Token | None:
        """Read “四化”: a name that says how many things it stands for."""
        read = han(self._norm[start:end]) if self._at(start - 1) in '“"' else None
        if read is None or read.about or not _QUOTED_NAME.match(self._norm, end):
            return None
        if self._name_at(start):
            return None
        return Token(start, end, "name", *read[:4], dim="named")

    def _han(self, start: int, end: int) -> Token | None:  # noqa: PLR0911 - one for each form
        name = self._name_at(start)
        if name and not _BOOKS.match(self._norm, name - 1):
            return Token(start, name, "name")
        after = self._at(end)
        if after == "年" and (year := han_year(self._norm[start:end])):
            return Token(start, end + 1, "year", year, year, year)
        if self._is_place(start, after) and (rank := han(self._norm[start:end])):
            return Token(start, end, "ordinal", *rank[:4])
        if after not in OVER and after not in self._lexicon.unit_first:
            return None  # 统一, 进一步: no unit behind, nothing counted
        over = after in OVER
        at = end + over
        if over and self._at(at) in "万亿百千":
            at += 1
        unit, stop, _ = self._quantities.unit(at)
        if unit and self._at(start - 1) == "第":
            rank = han(self._norm[start:at])
            value, low, high, step = rank[:4] if rank and unit not in _NO_RANK else (0, 0, 0, 0)
            return Token(start, stop, "ordinal", value, low, high, step, unit)
        if unit == "年" and self._counts(start, at, unit, stop):
            # 三年级 is a name; 三年 is how long something took, and is added to nothing.
            return self._lasting(start, stop)
        reading = han(self._norm[start:at].translate(_NO_OVER))
        if reading is None or not self._counts(start, at, unit, stop):
            return None
        if unit == "成":
            return _tenths(start, stop, reading.value)
        return self._quantities.measured(start, at, reading, over=over)

    def _lasting(self, start: int, stop: int) -> Token:
        grade = self._at(stop) == "级"
        return Token(start, stop + grade, "name" if grade else "date")

    def _is_place(self, start: int, after: str) -> bool:
        """Whether a numeral without a unit is a place in an order: 位居全市第二."""
        if self._at(start - 1) != "第" or "\u4e00" <= after <= "\u9fff":
            return False
        if self._at(start - 2) == "年":
            return True  # 今年第二, 2024年第三
        return not _PLACED.isdisjoint(self._norm[max(0, start - _PLACE_WIDTH) : start - 1])

    def _counts(self, start: int, at: int, unit: str, stop: int) -> bool:
        """Whether a Chinese numeral with a unit behind it counts something."""
        before = self._at(start - 1)
        some = self._at(start) == "数" and (at == start + 1 or before in "多少")
        if not unit or before in _NO_COUNT or some:
            return False  # 统一, 人数分别, 大多数人
        if before == "高" and self._at(start - 2) not in "提最新增升":
            return False  # 高三学生
        article = at == start + 1 and self._at(start) == "一" and unit not in _ARTICLE
        fraction = unit == "分" and self._at(stop) == "之"
        return not article and not fraction

    def _pointed(self, start: int, end: int) -> Token:
        """Read 零点九个百分点 and 三点五亿元."""
        whole, _, decimals = self._norm[start:end].partition("点")
        magnitude, at, over = self._quantities.magnitude(end)
        digits = "".join(str((han(one) or _NOUGHT).value // ONE) for one in decimals)
        reading = arabic(f"{(han(whole) or _NOUGHT).value // ONE}.{digits}", magnitude)
        if reading is None or self._quantities.unit(at)[2] is None:
            return Token(start, end, "name")
        return self._quantities.measured(start, at, reading, over=over)

    # ── masks ──

    def _mask(self, start: int, end: int) -> Token | None:
        """Give a masked number; «X县» and «**市» hide a name and are passed over."""
        _, at, _ = self._quantities.magnitude(end)
        unit, stop, _ = self._quantities.unit(at)
        digits = any(one.isdigit() for one in self._norm[start:end])
        hidden = unit or at > end or digits or self._at(end) in _MASK_ENDS
        return Token(start, max(stop, end), "mask") if hidden else None


def _share(text: str, start: int, end: int) -> Token:
    """Read 百分之八十五点五 and 三分之一; a fraction is good to a twentieth of itself."""
    if "半" in text:
        token = Token(start, end, "percent", 50 * ONE, 0, 0, 10 * ONE, PERCENT, "share", about=True)
        halve(token)
        return token
    below, _, above = text.partition("分之")
    whole, _, decimals = above.partition("点")
    reading, parts = han(whole) if whole else None, han(below)
    digits = [han(one) for one in decimals]
    if reading is None or parts is None or parts.value <= 0 or None in digits:
        return Token(start, end, "name")
    if below != "百":
        value = reading.value * 100 * ONE // parts.value
        token = Token(start, end, "percent", value, value, value, value // 10, PERCENT, "share")
        token.about = True
        halve(token)
        return token
    value, step = reading.value, ONE
    for digit in digits:
        step //= 10
        value += digit.value // ONE * step if digit else 0
    token = Token(start, end, "percent", value, value, value, step, PERCENT, "share")
    # 百分之六十八 is as rounded as 68%.
    halve(token)
    return token


def _tenths(start: int, end: int, value: int) -> Token:
    """Read 七成: seventy per cent, good to half a tenth."""
    token = Token(start, end, "percent", value * 10, 0, 0, 10 * ONE, "成", "share", about=True)
    halve(token)
    return token


def _doubled(text: str, start: int, end: int, behind: str) -> Token:
    """Read 翻一番: twice as much, 翻两番: four times; 多 behind leaves it open upward."""
    times = 2 ** {"两": 2, "二": 2, "三": 3}.get(text[-2], 1) * ONE
    # A doubling is told of what is nearly so: one part in forty either way.
    low, high = times - times // 40, times + times // 40
    if behind == "多" or "超" in text:
        low, high = times, times * 3 // 2
    elif "近" in text or "约" in text:
        # As far below as 近两千 is of two thousand; 约 goes as far above.
        low, high = times * 17 // 20, times if "近" in text else times * 23 // 20
    return Token(start, end, "cardinal", times, low, high, ONE, "番", "doublings")


# ── ranges ──


def _joined(norm: str, tokens: Iterator[Token]) -> Iterator[Token]:
    """Join the two ends of a range: «1—2项», «5—20%»."""
    held: Token | None = None
    for token in tokens:
        if held is not None and _is_range(norm, held, token):
            token.start, token.low = held.start, min(held.low, token.low)
            token.form = "date" if token.form == "date" else "range"
        elif held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def _is_range(norm: str, first: Token, second: Token) -> bool:
    between = norm[first.end : second.start]
    numbers = ("cardinal", "percent")
    if second.form == "date" and first.form == "cardinal":
        return not first.unit and between in _DASHES - {"到", "至"}
    if between not in _DASHES or first.form not in numbers or second.form not in numbers:
        return False
    if first.unit and first.unit != second.unit:
        return False
    if between in ("到", "至"):
        start = first.start
        return not any(one in norm[max(0, start - _RANGE_FROM) : start] for one in "由从自")
    return first.form == second.form or not first.unit
