"""The units that a table states beside itself: «单位：平方米、亩», «金额以万元计», «（万元）».

Silence would change values ten-thousandfold, so what is stated is taken for the columns of its
kind, and where several may be meant somebody is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.contents.units import factor_of, is_own_unit, is_unit_word
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import Record

_AFTER = re.compile(
    r"单位[:：]?(?:均为|分别为|为|是|均以|均按|以|按)?[:：]?([^。]*)|\bunits?:?([^。]*)"
)
_COUNTED_IN = re.compile(
    r"(?:以|按|均为|均按)([^。，,；;、]{1,4}?)(?:为单位|计算|计|填报|填列|填写|填|统计|表示)"
)
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{1,24})[)\]】]$")
_IS_COUNTED = re.compile(
    r"(金额|面积|数量|经费|资金|价值|单位)(?:单位)?(?:均|都|全)(?:为|是|以|按)([^。，,；;、:：]{1,4})"
)
_PARTS = re.compile(r"[、,，;；\s]+|和|及|或")
_CURRENCY = re.compile(
    r"(?:人民币|rmb|cny)[:：\s]*(?=[(（]?[十百千万亿]*元)"
    r"|(?<=元)[(（]?(?:人民币|rmb|cny)[)）]?",
    re.IGNORECASE,
)
"""Money is named before or behind its unit; it is what any yuan is, and the label of nothing."""
_PARTED = re.compile(r"(?<=单)\s+(?=位)|(?<=[十百千万亿])\s+(?=[千万亿]?元)|(?<=万)\s+(?=册)")
"""Spaces that people put into words to spread them over a cell."""
_LABELLED = re.compile(r"(.+?)(?:[:为是按以]|\()(.{1,4}?)\)?$")
_BEHIND = re.compile(r"(.{1,4}?)\((.+)\)$")
_OF_MONEY = re.compile(r"(.{2,}?)((?:[百千万亿]|十万|百万)?(?:元|平方米|m2|亩|公顷))$")
_OPENED: Final = frozenset("([【")
_EACH: Final = frozenset({"生", "人", "年", "月", "班", "校", "学年", "平方米"})
"""Behind a stroke they make another measure: 元/生 is no 元."""
_MULTIPLES: Final = frozenset({"百", "千", "万", "十万", "百万", "千万", "亿"})


class Stated(Record):
    """One unit that stands beside a table."""

    unit: str
    label: str = ""
    """What it is said of; empty where it is said of everything of its kind."""
    below: bool = False
    """Whether a note below the table says it."""


class Measured(Record):
    """The unit of one column."""

    unit: str = ""
    rivals: tuple[str, ...] = ()
    """Units of which somebody has to say one; empty where one is known."""
    by: str = ""
    """Where it is known from and still worth a look: ``order`` or ``note``."""


def measured(
    table: Table,
    grid: Grid,
    head: Head,
    asked: Field,
    fields: Mapping[int, Field] = MappingProxyType({}),
) -> Measured:
    """Give the unit a column's numbers come in: its header's, or one stated beside the table.

    ``fields`` are those of all columns, where they are known: units may stand in their order.
    """
    if head.unit or asked.type not in {"integer", "measure"}:
        return Measured(head.unit)
    fitting = [each for each in stated_by(table, grid) if _may_be(each, asked)]
    said = [each for each in fitting if each.label and each.label in bare(head.text)]
    loose = _of_nothing(fitting, table, asked)
    fitting = said or [each for each in fitting if not each.label] or _of_kind(fitting)
    units = tuple(dict.fromkeys(each.unit for each in fitting))
    if not units:
        # What is said of nothing that stands in the table may be said of this column.
        return Measured(rivals=loose)
    if len(units) == 1 and is_unit_word(units[0]):
        return Measured(units[0], by="note" if all(each.below for each in fitting) else "")
    # As many units as columns of numbers, and each fits its own: they were written in that order.
    unit = _in_order(table, grid, fields).get(head.at, "")
    return Measured(unit, by="order") if unit in units else Measured(rivals=units)


def _in_order(table: Table, grid: Grid, fields: Mapping[int, Field]) -> dict[int, str]:
    """Give each column of numbers its unit, where as many are stated and each fits its own."""
    columns = _number_columns(table, grid)
    listed = [each.unit for each in stated_by(table, grid) if not each.below and not each.label]
    if len(columns) != len(listed):
        return {}
    pairs = dict(zip(columns, listed, strict=True))
    known = [at for at in columns if at in fields]
    fit = all(factor_of(pairs[at], fields[at]) is not None for at in known)
    return pairs if known and fit else {}


def _may_be(each: Stated, asked: Field) -> bool:
    """Whether a unit may be the field's, were it meant; 万元/人 may be either of two."""
    return any(factor_of(part, asked) is not None for part in each.unit.split("/"))


def _of_nothing(fitting: Sequence[Stated], table: Table, asked: Field) -> tuple[str, ...]:
    """Give the units whose label no header has, where some is not the field's own."""
    heads = [bare(head.text) for head in table.named]
    loose = [each for each in fitting if not any(each.label in head for head in heads)]
    units = tuple(dict.fromkeys(each.unit for each in loose))
    return () if all(is_own_unit(unit, asked) for unit in units) else units


def _of_kind(fitting: Sequence[Stated]) -> list[Stated]:
    """Give the units whose label is only their kind: «金额单位»."""
    return [each for each in fitting if each.label in _KINDS]


_KINDS: Final = frozenset(
    {"金额", "面积", "数量", "计量", "货币", "资金", "经费", "人数", "经费数", "价值"}
)


def stated_by(table: Table, grid: Grid) -> tuple[Stated, ...]:
    """Give every unit that stands above or below a table, in its order."""
    rows = sorted(
        {row for row, _ in table.around if not _first(table) <= row <= table.head_rows[1]}
    )
    texts = tuple(
        (" ".join(written(grid[row][at]) for at in filled(grid[row])), row > table.head_rows[1])
        for row in rows
    )
    return _stated(texts)


def _first(table: Table) -> int:
    return table.head_rows[0]


@lru_cache(maxsize=256)
def _stated(texts: tuple[tuple[str, bool], ...]) -> tuple[Stated, ...]:
    found = [Stated(unit, label, below) for text, below in texts for unit, label in units_in(text)]
    return tuple(dict.fromkeys(found))


def units_in(text: str) -> list[tuple[str, str]]:
    """Give the units that a line states, each with what it is said of.

    >>> units_in("单位：平方米、亩"), units_in("设备统计表（千元）"), units_in("填报单位：虚构校")
    ([('平方米', ''), ('亩', '')], [('千元', '')], [])
    >>> units_in("注：面积按平方米填报，金额单位为万元"), units_in("单位：元/生")
    ([('平方米', ''), ('万元', '金额')], [('元/生', '')])
    >>> units_in("金额单位：人民币千元"), units_in("单 位：（万 元）"), units_in("表中金额均为万元")
    ([('千元', '金额')], [('万元', '')], [('万元', '金额')])
    """
    # The sign of a ratio stands for a colon in what older input methods write.
    folded = _PARTED.sub("", " ".join(text.replace("∶", ":").split()))
    folded = _CURRENCY.sub("", folded)
    found: list[tuple[str, str]] = []
    for said in _COUNTED_IN.finditer(bare(folded)):
        found += [(said[1], "")] if is_unit_word(said[1]) else []
    for said in _IS_COUNTED.finditer(bare(folded)):
        kind = said[1] if said[1] in _KINDS else ""
        found += [(said[2], kind)] if is_unit_word(said[2]) else []
    after = _AFTER.search(_folded(folded))
    if after is not None:
        before = _folded(folded)[: after.start()]
        kind = before[-2:] if before[-2:] in _KINDS - {"计量", "数量"} else ""
        pieces = list(_pieces(after[1] or after[2] or ""))
        found += [(unit, label or kind) for unit, label in pieces]
    elif not found:
        bracket = _BRACKET.search(_folded(folded))
        pieces = list(_pieces(bracket[1])) if bracket else []
        # All of the bracket: «（小学、个）» is none.
        parts = [part for part in _PARTS.split(bracket[1]) if part] if bracket else []
        found += pieces if len(pieces) == len(parts) else []
    return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    """Set width and case aside, and keep the spaces: they part units."""
    return " ".join(bare(word) for word in text.split())


def _pieces(listed: str) -> Iterator[tuple[str, str]]:
    for part in _PARTS.split(listed):
        piece = part.strip(": ")
        whole = piece[:1] in _OPENED and not set(piece[1:-1]) & _OPENED
        if whole or part.count("(") != part.count(")"):
            piece = piece.strip("()[]【】: ")
        unit = _unit_of(piece)
        if unit is not None:
            yield unit
        elif "/" in piece and all(is_unit_word(each) for each in piece.split("/")):
            last = piece.split("/")[-1]
            yield from (
                [(piece, "")] if last in _EACH else [(each, "") for each in piece.split("/")]
            )


def _unit_of(piece: str) -> tuple[str, str] | None:
    if is_unit_word(piece) or piece in _MULTIPLES:
        return piece, ""
    whole, stroke, each = piece.partition("/")
    if stroke and each in _EACH and is_unit_word(whole):
        return piece, ""
    for shape, unit, label in ((_LABELLED, 2, 1), (_BEHIND, 1, 2), (_OF_MONEY, 2, 1)):
        found = shape.fullmatch(piece)
        if found is not None and is_unit_word(found[unit]):
            return found[unit], found[label].removesuffix("单位")
    return None


# ── columns of numbers ──────────────────────────────────────────────────────


def _number_columns(table: Table, grid: Grid) -> list[int]:
    """Give the columns of numbers whose header names no unit; line numbers are none."""
    return [head.at for head in table.named if not head.unit and _is_numbers(table, grid, head.at)]


def _is_numbers(table: Table, grid: Grid, at: int) -> bool:
    texts = [written(grid[row][at]) for row in table.rows if at < len(grid[row])]
    numbers = [number for text in texts if (number := number_of(text)) is not None]
    rows = list(range(1, len(numbers) + 1))
    # Codes are numbers too, but nobody measures them: ten digits are more than any count.
    long = any(len(text) >= _CODE for text in texts)
    return (
        bool(numbers) and len(numbers) * 2 > sum(map(bool, texts)) and numbers != rows and not long
    )


_CODE: Final = 10
