"""What a reader of values cannot see: formulas without a result, and merged cells.

Both look like blank cells once the values are read, so the XML itself is asked; only where it
holds such a thing at all, and only about cells that were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.records.returned import Row
from xianxue.bureau.returns.guard import Package, RefusedError
from xianxue.bureau.returns.layout import split_address
from xianxue.bureau.returns.parts import attributes_of, parts_of_tabs, unescaped

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
_MOST_SHOWN: Final = 5
_USUAL_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*[^/>]><f[ >]')
"""A cell with a formula, as every program in use writes it."""


def refuse_damage(
    package: Package, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
) -> None:
    """Raise a refusal where a formula has no result, or data cells are merged.

    ``tabs`` gives each of our sheets its tab, ``tables`` the cells that were read there.
    """
    if not package.odd:
        return
    parts = parts_of_tabs(package.parts)
    for name, tab in tabs.items():
        xml = package.parts.get(parts.get(tab, ""), b"")
        formulas = xml.count(b"<f>") + xml.count(b"<f ")
        if not formulas and not package.grave:
            continue
        taken = {cell.address for row in tables.get(name, ()) for cell in row.cells.values()}
        if package.grave or not _only_totals(xml, formulas, taken):
            _refuse_formulas(xml, tab, taken)
            _refuse_merged(xml, tab, taken)


def _only_totals(xml: bytes, count: int, taken: set[str]) -> bool:
    """Whether all formulas are in cells that were not read."""
    found = _USUAL_FORMULA.findall(xml)
    return len(found) == count and taken.isdisjoint(b" ".join(found).decode().split())


def _refuse_formulas(xml: bytes, tab: str, taken: set[str]) -> None:
    empty: list[str] = []
    faulty: list[str] = []
    for found in _CELL.finditer(xml):
        attributes, content = attributes_of(found[1]), found[2]
        address = attributes.get("r", "")
        if address not in taken:
            continue
        result = _RESULT.search(content)
        shown = unescaped(result[1].decode(errors="replace")) if result else ""
        if attributes.get("t") == "e":
            faulty.append(f"{address}（{shown}）")
        # A formula may well give an empty text: then it says that its result is a text.
        elif not shown and attributes.get("t") != "str" and _FORMULA.search(content):
            empty.append(address)
    if empty:
        raise RefusedError(
            "R-FORMULA",
            f"公式没有计算结果：{_some(empty)}",
            "每个公式都有算好的结果",
            "请在 WPS 或 Excel 中打开，等它算完后保存；或直接填上数字",
            sheet=tab,
            cell=empty[0],
        )
    if faulty:
        raise RefusedError(
            "R-FORMULA",
            f"公式算出了错误：{_some(faulty)}",
            "每个公式都有正确的结果",
            "请改正公式，或直接填上数字",
            sheet=tab,
            cell=faulty[0].partition("（")[0],
        )


def _refuse_merged(xml: bytes, tab: str, taken: set[str]) -> None:
    cells = {split_address(address) for address in taken if address}
    ranges = [(first, last) for first, last in _merged(xml) if _covers_any(first, last, cells)]
    if ranges:
        raise RefusedError(
            "R-MERGED",
            f"填数的格子被合并了：{_some([f'{first}:{last}' for first, last in ranges])}",
            "一格填一个数，不合并单元格",
            "请取消合并，把每一格的数分别填上",
            sheet=tab,
            cell=ranges[0][0],
        )


def _merged(xml: bytes) -> Iterator[tuple[str, str]]:
    for found in _MERGED.finditer(xml):
        yield found[1].decode(), found[2].decode()


def _covers_any(first: str, last: str, cells: set[tuple[int, int]]) -> bool:
    (top, left), (bottom, right) = split_address(first), split_address(last)
    return any(top <= row <= bottom and left <= column <= right for row, column in cells)


def _some(things: list[str]) -> str:
    shown = "、".join(things[:_MOST_SHOWN])
    return f"{shown} 等 {len(things)} 处" if len(things) > _MOST_SHOWN else shown
