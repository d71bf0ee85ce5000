"""What a reader of values cannot see: formulas without a result, and merged cells.

Both look like blank cells once the values are read, so the XML itself is asked; only where it
holds such a thing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from xianxue.bureau.returns.guard import Package, RefusedError
from xianxue.bureau.returns.layout import FIRST, FIRST_ITEM
from xianxue.bureau.returns.schema_in import Schema

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")
_MOST_SHOWN: Final = 5


def refuse_damage(package: Package, schema: Schema, tabs: Mapping[str, str]) -> None:
    """Raise a refusal where a formula has no result, or data cells are merged.

    ``tabs`` gives each of our sheets its tab.
    """
    if not package.odd:
        return
    parts = _parts_of_tabs(package)
    layouts = {tabs[plan.laid.name]: plan.laid for plan in schema.plans if plan.laid.name in tabs}
    for tab, laid in layouts.items():
        xml = package.parts.get(parts.get(tab, ""), b"")
        _refuse_formulas(xml, tab)
        _refuse_merged(xml, tab, FIRST_ITEM if laid.layout == "record" else FIRST)


def _refuse_formulas(xml: bytes, tab: str) -> None:
    empty: list[str] = []
    faulty: list[str] = []
    for found in _CELL.finditer(xml):
        attributes, content = _attributes(found[1]), found[2]
        result = _RESULT.search(content)
        if attributes.get("t") == "e":
            shown = result[1].decode(errors="replace") if result else ""
            faulty.append(f"{attributes.get('r', '')}（{unescape(shown)}）")
        # A formula may well give an empty text: then it says that its result is a text.
        elif (
            _FORMULA.search(content) and attributes.get("t") != "str" and not (result and result[1])
        ):
            empty.append(attributes.get("r", ""))
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


def _refuse_merged(xml: bytes, tab: str, first: int) -> None:
    ranges = [
        f"{left}{top}:{right}{bottom}"
        for left, top, right, bottom in (
            tuple(part.decode() for part in found.groups()) for found in _MERGED.finditer(xml)
        )
        if int(bottom) > first
    ]
    if ranges:
        raise RefusedError(
            "R-MERGED",
            f"填数的格子被合并了：{_some(ranges)}",
            "一格填一个数，不合并单元格",
            "请取消合并，把每一格的数分别填上",
            sheet=tab,
            cell=ranges[0].partition(":")[0],
        )


def _parts_of_tabs(package: Package) -> dict[str, str]:
    """Give each tab's part in the zip."""
    targets: dict[str, str] = {}
    for found in _RELATION.finditer(package.parts.get("xl/_rels/workbook.xml.rels", b"")):
        attributes = _attributes(found[1])
        target = attributes.get("Target", "")
        target = target[1:] if target.startswith("/") else "xl/" + target.removeprefix("./")
        targets[attributes.get("Id", "")] = target
    return {
        attributes.get("name", ""): targets.get(attributes.get("r:id", ""), "")
        for attributes in (
            _attributes(found[1]) for found in _SHEET.finditer(package.parts["xl/workbook.xml"])
        )
    }


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _some(things: list[str]) -> str:
    shown = "、".join(things[:_MOST_SHOWN])
    return f"{shown} 等 {len(things)} 处" if len(things) > _MOST_SHOWN else shown
