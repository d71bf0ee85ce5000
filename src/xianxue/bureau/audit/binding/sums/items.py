"""Numbers that can be parts or wholes: what each is of, and what may be added to what.

«小学招生1500人» is of 小学, told by the measure 招生; «毕业1400人» behind it is of 小学 too.
Numbers are added only where unit, measure and form (an amount, a change, the old value) agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_UNCOUNTED: Final = frozenset({
    "", "years", "months", "weeks", "days", "hours", "minutes", "age", "times_over", "doublings",
    "permille", "tenths", "share", "points", "score", "ratio", "great", "layers", "bandwidth",
    "money_each",
})  # fmt: skip
"""Durations, scores and the like are never added."""
_GENERIC: Final = frozenset({"things", "items", "people", "institutions", "classes", "households"})
_BRACKET: Final = re.compile(r"\([^()]{0,200}\)")
_STOPPED: Final = re.compile(r"[,;。:、!?\n(]|[和及与]")
_BAND: Final = re.compile(
    r"([0-9]{1,3})(?:周?岁|年)?(?:(?:[-—~至到]|--|——)([0-9]{1,3}))?(?:周?岁|年)?"
    r"\(?(?:不?含|及)?[0-9岁]{0,4}\)?(以下|以内|以上)?"
)
TAIL: Final = re.compile(r"([^,;:。、!?()\n和及]{0,12}):?$")
_AFTER: Final = re.compile(r"[^、和及与]{1,12}")
_JOINED: Final = re.compile(r"^[^,;。:、]{1,12}[、和及与]$")
_STARTS: Final = frozenset(",;。:、!?()\n中括和及与")
"""Right behind these, or behind 其中 and 包括, a number tells of what stands behind it."""
_VERB: Final = re.compile(r"(?:(?<!公)共|计|有|为|达|至)+$")
_MEASURED: Final = frozenset("数额量总人")
_LOCAL: Final = re.compile("本[县市区省地校](?!共|现有)")
"""A part told by its place: 本县 beside 县外."""
_LINES: Final = re.compile(r"[^\n。]{0,8}\n\s{0,4}[^\n。;,]{1,20}")
"""Between two lines that each tell one number."""
_WIDEST_GAP: Final = 160
"""Characters between two numbers that are looked at; what is told further apart is apart."""
_LONGEST_NAME: Final = 24
_SINCE: Final = re.compile(r"([0-9]{1,3})(?:周?岁|年)?[至到]$")
_UNDER: Final = ("不满", "不足", "未满", "不到", "低于")
_OVER: Final = ("超过", "满", "大于", "高于")
"""Before a number these bound a band as 以下 and 以上 do behind it."""
_LONGEST_BAND: Final = 8
"""Characters between a band's last number and what is counted: «岁及以下的»."""
_FUND: Final = re.compile("生均(?:公用)?(?:经费|拨款|财政拨款)")
_GREAT: Final = 10**4 * ONE
"""Told in 万, an amount is what was paid for all, though its name says 生均公用经费."""
ENDLESS: Final = 10**6


@dataclass(slots=True, eq=False)
class Item:
    """One number as a part or a whole."""

    q: Quantity
    gap: str
    """The words between the number before it and itself, without brackets."""
    name: str
    """What it is of, without its measure; empty where its own words tell the measure alone."""
    told: str
    """Name and measure together."""
    measure: str
    """What is told of it: 招生, 毕业生; empty where its name says both."""
    key: tuple[str, str, str]
    """Dimension, what is counted where two stand together («5个乡镇74个村»), form."""
    band: tuple[int, int] | None
    """The ages or years a part spans: «36至45岁»."""
    number_first: bool
    """Whether it stands before what it counts: «33所小学»."""
    damaged: bool
    """Whether its digits cannot be read: it silences every list it stands in."""


class Namer:
    """Parts names into what is counted and the measure; remembers what it found."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._measures = {word: lexicon.same.get(word, word) for word in lexicon.role("measure")}
        self._longest = max(map(len, self._measures), default=0)
        self._noise = re.compile(lexicon.any_of("name_noise"))
        self._kept = tuple(lexicon.role("kept"))
        self._units = lexicon.units
        self.parted = lru_cache(4096)(self._parted)

    def counted(self, one: Quantity) -> str:
        """Give the dimension of what is counted: «教学班860个» are classes, as «520个班»."""
        if one.dim == "things" and one.own.endswith("教学点"):
            return "institutions"
        if one.dim == "things":
            for width in (3, 2):
                unit = self._units.get(one.own[-width:])
                if unit is not None and unit.whole and len(one.own) >= width:
                    return unit.dimension
        return one.dim

    def _parted(self, own: str) -> tuple[str, str]:
        own = _VERB.sub("", self._noise.sub("", own))[-_LONGEST_NAME:]
        if own in _MEASURED:
            return "", ""
        for width in range(min(self._longest, len(own)), 0, -1):
            measure = self._measures.get(own[-width:])
            if (
                measure
                and (width > 1 or len(own) == 1)
                and not (width < len(own) and own.endswith(self._kept))
            ):
                return own[:-width].removesuffix("的"), measure
        return own, ""


def items_of(
    reading: Reading, some: Sequence[Quantity], begin: int, namer: Namer, *, column: bool = False
) -> list[Item]:
    """Give the items of a row of quantities of one depth, from a place of the text on."""
    made: list[Item] = []
    before: Quantity | None = None
    for at, one in enumerate(some):
        damaged = one.form == "mask" or (one.form == "range" and one.dim not in _UNCOUNTED)
        if damaged or (one.form == "cardinal" and one.dim not in _UNCOUNTED):
            gap = reading.norm[max(begin, one.start - _WIDEST_GAP) : one.start]
            if column:
                gap = gap.replace("\n", ";")
            if "(" in gap:
                gap = _BRACKET.sub("", gap)
            behind = some[at + 1] if at + 1 < len(some) else None
            after = _AFTER.match(one.after) if _is_first(one, gap, made) else None
            name, measure = (after[0], "") if after else _named(one, gap, namer)
            band = _band(reading.norm, before, one) if before else None
            glued = _glued(reading, before, one) or _glued(reading, one, behind)
            form = _form(one, behind)
            counted = one.after[:1] if glued and one.dim in _GENERIC else ""
            key = (namer.counted(one), counted, form)
            if measure and not name and _goes_on_without(made, key, gap):
                name, measure = measure, ""  # 机关14名;企业22名;学校6名
            made.append(
                Item(one, gap, name, name + measure, measure, key, band, after is not None, damaged)
            )
            begin = one.end
        if one.form != "name":
            before = one
    return made


def _named(one: Quantity, gap: str, namer: Namer) -> tuple[str, str]:
    if one.size > 1 and "#" not in one.noun:
        return namer.parted(one.noun)
    own = one.own or (one.noun if one.reached else "")
    local = _LOCAL.search(one.lead)
    if local and not one.place:
        return namer.parted(one.lead[local.start() :])
    if own or one.place:
        return namer.parted(own)
    tail = TAIL.search(gap)
    return namer.parted(tail[1]) if tail else ("", "")


def _goes_on_without(made: Sequence[Item], key: tuple[str, str, str], gap: str) -> bool:
    """Whether the two numbers before have names and no measure, parted as this one is."""
    last = made[-2:]
    told = all(one.name and not one.measure and one.key == key for one in last)
    return len(last) > 1 and told and gap[:1] == last[-1].gap[:1] != "。"


def _is_first(one: Quantity, gap: str, made: Sequence[Item]) -> bool:
    """Whether a number stands before what it counts: «12所初中、33所小学和3所完全中学»."""
    if made and made[-1].number_first and _JOINED.search(gap):
        return True
    bare = not one.own and not one.reached and (not gap or gap[-1] in _STARTS)
    return bare and one.size == 1 and bool(one.after)


def _form(one: Quantity, behind: Quantity | None) -> str:
    if one.role in ("delta", "gap"):
        return f"delta{one.sign}"
    if one.role == "each" and not (one.step >= _GREAT and _FUND.search(one.lead)):
        return "each"
    paired = behind is not None and behind.reached and behind.sign and not behind.own
    return "from" if one.prior and paired else ""


def _glued(reading: Reading, first: Quantity | None, second: Quantity | None) -> bool:
    if first is None or second is None or {first.dim, second.dim} & _UNCOUNTED:
        return False
    between = reading.norm[first.end : second.start]
    return bool(between) and first.after == between and not _STOPPED.search(between)


def _band(norm: str, before: Quantity, one: Quantity) -> tuple[int, int] | None:
    """Read the ages or years of service right before a number: «35岁以下», «4—10年»."""
    of_years = before.dim in ("age", "years") or before.form == "date"
    if not of_years or one.start - before.end > _LONGEST_BAND:
        return None
    found = _BAND.match(norm, before.start)
    if found is None or found.end() < before.end:
        return None
    low, ahead = int(found[1]), norm[max(0, before.start - 3) : before.start]
    if found[2]:
        return low, int(found[2])
    since = _SINCE.search(norm, max(0, before.start - _LONGEST_BAND), before.start)
    if since:
        return int(since[1]), low
    if not found[3]:
        under, over = ahead.endswith(_UNDER), ahead.endswith(_OVER)
        return ((-1, low) if under else (low, ENDLESS)) if under or over else None
    return (low, ENDLESS) if found[3] == "以上" else (-1, low)


class Row(NamedTuple):
    """Quantities that may be told of one another."""

    owner: Quantity | None
    """The number before a bracket, of a row in it."""
    some: list[Quantity]
    begin: int
    """Where its words begin."""
    bracket: bool = False
    column: bool = False
    """Whether each stands on a line of its own."""


def rows(reading: Reading) -> Iterator[Row]:
    """Give the rows of a text: paragraphs without brackets, brackets, lines with one number."""
    column: list[Quantity] = []
    for _, group in groupby(reading.sentences, key=lambda some: some[0].paragraph):
        quantities = [one for sentence in group for one in sentence]
        main = [one for one in quantities if not one.depth]
        single = len(quantities) == 1 == len(main)
        if column and not (single and _LINES.fullmatch(reading.between(column[-1], main[0]))):
            yield from _column(column)
            column = []
        if single:
            column.append(main[0])
        elif len(main) > 1:
            yield Row(None, main, max(0, main[0].start - _WIDEST_GAP))
        yield from _brackets(quantities)
    yield from _column(column)


def _column(column: list[Quantity]) -> Iterator[Row]:
    if len(column) > 1:
        yield Row(None, column, max(0, column[0].start - _LONGEST_NAME), column=True)


def _brackets(quantities: Sequence[Quantity]) -> Iterator[Row]:
    inside: dict[int, list[Quantity]] = {}
    for one in quantities:
        if one.depth:
            inside.setdefault(one.owner, []).append(one)
    known = {one.index: one for one in quantities} if inside else {}
    for index, some in inside.items():
        owner = known.get(index)
        depth, begin = (owner.depth, owner.end) if owner else (0, some[0].start - _LONGEST_NAME)
        members = [one for one in some if one.depth == depth + 1]
        yield Row(owner, members, max(0, begin), bracket=True)
