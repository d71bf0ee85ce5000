"""The index of a package that programs read: JSON with digests, and the same as lines of a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from xianxue.bureau.appraisal.packing.package import Box, Filed, Package, Sheet, Slip

Placed = tuple[Package, str]
"""The part of one place, and the folder it lies in with a slash; empty where it is alone."""
_HEADS: Final = (
    "单位", "盒", "序号", "评价项", "索引号", "佐证", "状态", "文件", "sha256", "字节",
)  # fmt: skip
_RUN: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""


def as_data(placed: Sequence[Placed]) -> list[dict[str, Any]]:
    """Tell every place with its boxes, items, documents and files, and what is missing."""
    return [_place(package, folder) for package, folder in placed]


def as_csv(placed: Sequence[Placed]) -> bytes:
    """Write a line for every document of every item, in the form a spreadsheet opens by itself."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    for line in _lines(placed):
        writer.writerow([f"'{one}" if one.startswith(_RUN) else one for one in line])
    return text.getvalue().encode("utf-8-sig")


def as_json(said: dict[str, Any]) -> bytes:
    """Write what is told as JSON."""
    return msgspec.json.format(msgspec.json.encode(said, enc_hook=str), indent=1)


def _place(package: Package, folder: str) -> dict[str, Any]:
    return {
        "place": package.place,
        "name": package.name,
        "folder": folder.rstrip("/"),
        "boxes": [_box(one, folder) for one in package.boxes],
        "missing": [
            {"item": sheet.item, "number": slip.number, "document": slip.document,
             "term": slip.term}
            for sheet, slip in package.missing
        ],
        "owed": [{"item": one.item, "office": one.owed} for one in package.owed],
        "unasked": [_file(one, folder) for one in package.unasked],
    }  # fmt: skip


def _box(box: Box, folder: str) -> dict[str, Any]:
    return {
        "number": box.number,
        "term": box.term,
        "box": box.at or None,
        "folder": folder + box.folder if box.at else None,
        "items": [
            {
                "item": sheet.item,
                "number": sheet.number,
                "term": sheet.term,
                "source": sheet.source or None,
                "not_applicable": sheet.excused or None,
                "documents": [
                    {
                        "number": slip.number,
                        "document": slip.document,
                        "term": slip.term,
                        "files": [
                            {**_file(one, folder), "kept_under": one.number} for one in slip.files
                        ],
                    }
                    for slip in sheet.slips
                ],
                "cited": [{"document": one.document, "for": one.what} for one in sheet.cited],
            }
            for sheet in box.sheets
        ],
    }


def _file(filed: Filed, folder: str) -> dict[str, Any]:
    return {
        "file": folder + filed.name,
        "title": filed.file.title,
        "sha256": filed.file.digest,
        "size": filed.file.size,
        "on": filed.file.on,
        "line": filed.file.line,
    }


def _lines(placed: Sequence[Placed]) -> Iterator[tuple[str, ...]]:
    for package, folder in placed:
        for box in package.boxes:
            for sheet in box.covered:
                head = package.name, box.term, sheet.number, sheet.term
                for slip in sheet.slips:
                    yield from _of_slip(head, sheet, slip, folder)
                for one in sheet.cited:
                    yield *head, "", one.document, f"{one.what} 的依据", "", "", ""
                if sheet.owed and not sheet.excused:
                    yield *head, "", "", f"{sheet.owed}还没有报", "", "", ""


def _of_slip(
    head: tuple[str, ...], sheet: Sheet, slip: Slip, folder: str
) -> Iterator[tuple[str, ...]]:
    if slip.missing:
        state = f"不适用：{sheet.excused}" if sheet.excused else "缺"
        yield *head, slip.number, slip.term, state, "", "", ""
    for one in slip.files:
        state = "有" if slip.here(one) else f"见 {one.number}"
        name = folder + one.name
        yield *head, slip.number, slip.term, state, name, one.file.digest, str(one.file.size)
