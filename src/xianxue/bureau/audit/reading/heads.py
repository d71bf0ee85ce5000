"""Heads of rows and columns: what their words say of the numbers under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import MAGNITUDES
from xianxue.bureau.audit.reading.quantities import POINTS
from xianxue.bureau.values.record import Record, replace

Kind = Literal[
    "count", "total", "share", "rate", "growth", "change", "ratio", "per", "mean", "never", "text",
]  # fmt: skip
"""What numbers under a head are: counted; all added up; a part in per cent; a rate; a change in
per cent, or by so many; a ratio; an amount for each; a mean; something that follows from nothing
else in the table; no number at all."""

_BRACKET = re.compile(
    r"\(([^()]{1,12})\)|\[([^\[\]]{1,12})\]|[,:/]?((?:(?<=[,:/])(?:万|亿)?(?:元|人|平方米))|%)$"
)
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"[0-9]{1,2}[、.](?![0-9])"),
    re.compile(r"\([0-9]{1,2}\)|[①-⑳]"),
)
_CODE = re.compile(r"[0-9]{3,9}")
_MEASURES: Final = ("数", "额", "率", "量", "积", "费", "分", "值", "比")
"""Ends of names of measures."""
MEAN: Final = "平均"
"""The stem of a row or a column that is the mean of the others."""
_WHOLE = re.compile(
    "(?:资金|经费|投资|补助|金额)总[额计数]|总(?:人|面|金|收|支|户|价|投|学|里|产|吨|校)[^平均率比]{0,3}"
)
"""A row that is called by its measure: 总人数, 总面积."""
_EITHER = re.compile("[增升]")
"""A change either way: 增减幅度 does not say that it fell."""
_OUR_OWN = re.compile("[本全该我各][校班园](?=均)")
_KEPT: Final = 4096
"""Heads remembered: the same ones stand in many tables."""
_UNNUMBERED: Final = 9
_ORDER: Final[tuple[Kind, ...]] = (
    "never", "ratio", "growth", "change", "share", "per", "mean", "rate",
)  # fmt: skip
"""A name with several words is what the first of these says: 平均增长率 is a growth."""
_PLACE: Final = {"ratio": "{}$", "rate": "{}$", "share": "{}|^占(?!地)."}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RANKS: Final = (("table_subtotal", 1), ("table_total", 2), ("table_grand", 3), ("table_scope", 2))


class Head(Record):
    """The head of a row or a column."""

    name: str
    """Without blanks and unit."""
    group: str = ""
    """What stands above a column, or before a row in a merged cell."""
    kind: Kind = "count"
    unit: str = ""
    magnitude: int = 1
    common: bool = False
    """Whether its unit is the one of the whole table."""
    rank: int = 0
    """Of a total: a higher one adds up lower ones."""
    stem: str = ""
    """What a total is said to be of: 小学 of 小学合计; nothing where it is only called 合计."""
    scope: bool = False
    """Whether it is called a total only by its scope: 全县."""
    part: bool = False
    """Whether it tells a part of what stands before it: 其中."""
    falls: bool = False
    year: int = 0
    time: int = 0
    """-1 for an earlier time (上年), 1 for the time that is told of (本年)."""
    depth: int = 0


class Heads:
    """Reads heads; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        role = lexicon.role
        self._units = lexicon.units
        self._ranks = {word: rank for name, rank in _RANKS for word in role(name)}
        self._scopes = role("table_scope")
        self._total = re.compile(
            lexicon.any_of("table_subtotal", "table_total", "table_grand") + "$"
        )
        self._scope = re.compile("^" + lexicon.any_of("table_scope"))
        self._never = re.compile(lexicon.any_of("table_never"))
        self._less = re.compile(lexicon.any_of("table_less"))
        self._texts, self._unit = role("table_text"), role("table_unit")
        self._mean_rows = role("table_mean_row")
        self._mean_of_all = re.compile(
            rf"(?:(?:[二两三四五六七八九十0-9]{{1,2}}|各|以上|上述)[^平均]{{0,3}}|(?:季度?|月度?|年度?|学期|逐年|历年)|总)"
            rf"{lexicon.any_of('table_mean_row')}|平均每(?:年|月|季度?|周|天|日|学期|期)|每(?:年|月|季度?|周|天|期)平均"
        )
        self._part = re.compile(rf"{lexicon.any_of('table_part')}(?!量|税|盐)[:：]?")
        self._kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
            (kind, re.compile(_PLACE.get(kind, "{}").format(lexicon.any_of(f"table_{kind}"))))
            for kind in _ORDER
        )
        self._falls = re.compile(lexicon.any_of("table_falls"))
        self._before = re.compile(lexicon.any_of("table_before"))
        self._after = re.compile(lexicon.any_of("table_after"))

        self.row = lru_cache(_KEPT)(self._row)
        self.column = lru_cache(_KEPT)(self._column)

    def _column(self, names: tuple[str, str], common: str) -> Head:
        """Read the head of a column; ``common`` is the unit over the whole table."""
        head = self._head(names[0], names[1])
        if not head.unit and common and not (names[0].endswith(("数", "数量")) and "元" in common):
            magnitude, unit = self._measure(common)
            head = replace(head, unit=unit, magnitude=magnitude, common=True)
        return head

    def _row(self, texts: tuple[str, ...], indent: int, group: str, unit: str) -> Head:
        """Read the head of a row from its cells at the left and the blanks before the last."""
        words = [one for one in texts if not one.isdigit()] or texts
        total = next((one for one in words if self._bare(one) in self._ranks), "")
        name = total or (words[-1] if words else "")
        head = self._head(name, "" if total or group == name else group)
        codes = [one for one in texts if _CODE.fullmatch(one)]
        bare = self._bare(name)
        if self._is_mean(bare):
            head = replace(head, kind="mean", stem=MEAN)
        elif any(self._bare(one).endswith(tuple(self._mean_rows)) for one in words):
            head = replace(head, kind="never")  # 全县平均: of more than stands here
        elif _WHOLE.fullmatch(bare):
            head = replace(head, kind="total", rank=3)
        if unit:
            magnitude, word = self._measure(unit)
            head = replace(head, unit=word, magnitude=magnitude)
        return replace(head, depth=_depth(name, codes, indent))

    def _is_mean(self, bare: str) -> bool:
        """Whether a name says that this is the mean of all others beside it."""
        return bare in self._mean_rows or self._mean_of_all.fullmatch(bare) is not None

    def as_text(self, head: Head) -> Head:
        """Give the head of a column in which no numbers stand."""
        return replace(head, kind="text", rank=0)

    def is_unit(self, name: str) -> bool:
        """Whether a column names the units of its rows."""
        return name in self._unit

    def is_measure(self, text: str) -> bool:
        """Whether a cell names a unit."""
        return not text or bool(self._measure(text)[1])

    def is_measured(self, head: Head) -> bool:
        """Whether the head of the first column names numbers rather than rows."""
        return bool((head.unit and not head.common) or head.rank) or head.name.endswith(_MEASURES)

    def _bare(self, text: str) -> str:
        return _BRACKET.sub("", text).replace(" ", "").strip(":")

    def _measure(self, text: str) -> tuple[int, str]:
        for width in (2, 1, 0):
            magnitude = MAGNITUDES.get(text[:width], 1 if not width else 0)
            if magnitude and (text[width:] in self._units or (width and not text[width:])):
                return magnitude, text[width:]
        return 1, ""

    def _unit_in(self, text: str) -> tuple[int, str]:
        """Give the unit that a head names in brackets, or behind its name: 提高百分点."""
        for found in _BRACKET.finditer(text):
            magnitude, unit = self._measure((found[1] or found[2] or found[3]).strip())
            if unit:
                return magnitude, unit
        return 1, POINTS[0] if POINTS[1] in text else ""

    def _head(self, name: str, group: str) -> Head:
        unit, magnitude = "", 1
        for text in (name, group):
            magnitude, unit = self._unit_in(text)
            if unit:
                break
        bare, above = self._bare(name), self._bare(group)
        if above and not bare:
            bare, above = above, ""  # the lower line only names the unit
        part = bool(self._part.match(bare) or self._part.match(above))
        bare = self._part.sub("", bare) if part else bare
        kind, rank = self._kind(bare)
        if rank and self._less.search(name):
            kind, rank = "never", 0  # 合计(去重): less than its parts
        stem = MEAN if self._is_mean(bare) else ""
        stem = self._total.sub("", self._scope.sub("", bare)) if rank else stem
        if kind == "count" and above:
            kind = self._kind(above)[0]
            kind = "count" if kind == "total" else kind
        if unit == "%" and kind in ("count", "total"):
            kind = "rate"
        if kind == "change" and unit == "%":
            kind = "growth"
        said = above + bare
        years = _YEAR.findall(said)
        time = -1 if self._before.search(said) else 1 if self._after.search(said) else 0
        return Head(
            bare, above, kind, unit, magnitude, rank=rank, stem=stem,
            scope=bare in self._scopes, part=part,
            falls=bool(self._falls.search(bare)) and not _EITHER.search(bare),
            year=int(years[0]) if len(years) == 1 else 0, time=time,
        )  # fmt: skip

    def _kind(self, name: str) -> tuple[Kind, int]:
        if name in self._texts:
            return "text", 0
        rank = self._ranks.get(name, 0)
        for word in () if rank else self._ranks:
            if name.endswith(word) and len(word) > 1 and word not in self._scopes:
                rank = min(self._ranks[word], 2) if self._ranks[word] > 1 else 1
        if rank:
            return "total", rank
        return self._measured(name), 0

    def _measured(self, name: str) -> Kind:
        # What is added to an economy is no change, and 本校均分 is no mean for each school.
        name = _OUR_OWN.sub("", name.replace("增加值", "产值"))
        if name.startswith(MEAN) and self._never.search(name):
            return "mean"  # 平均年龄: a mean like others, where an age alone is nothing
        ratio = not name.endswith(("同比", "环比", "占比", "百分比"))
        for kind, words in self._kinds:
            if words.search(name) and (kind != "ratio" or ratio):
                return kind
        return "count"


def _depth(name: str, codes: Sequence[str], indent: int) -> int:
    """Say how deep a row stands: by its code, else by its numbering and the blanks before it."""
    if codes:
        return len(codes[-1])
    level = next((at for at, one in enumerate(_NUMBERING, 1) if one.match(name)), _UNNUMBERED)
    return level * 100 + indent


def with_depths(rows: Sequence[Head]) -> tuple[Head, ...]:
    """Forget the depth of rows where nothing tells one from another."""
    plain = {one.depth for one in rows if not one.rank and not one.part}
    if len(plain) > 1:
        return tuple(rows)
    return tuple(replace(one, depth=0) for one in rows)
