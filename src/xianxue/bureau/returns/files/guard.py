"""Looking at a file before anything parses it: is it a workbook, and of a size one can read?

A workbook is a zip of XML files. Every part is unpacked here once, within bounds, because what
a zip declares about itself may be false, and because a sheet may claim a billion rows in a
hundred bytes. Whoever reads or marks the workbook afterwards is handed what was unpacked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Final, NamedTuple

from xianxue.bureau.documents.part_names import (
    ROOT,
    is_usual,
    main_part,
    named,
    tidied,
    with_usual_names,
)
from xianxue.bureau.documents.splice import SpliceError
from xianxue.bureau.documents.zips import InflateError, inflate, stored
from xianxue.bureau.returns.files.bounds import (
    LARGEST_FILE,
    LARGEST_PART,
    LARGEST_TOTAL,
    MOST_PARTS,
    MOST_TEXT,
)
from xianxue.bureau.returns.files.extent import check_extents, check_texts
from xianxue.bureau.returns.files.refusal import (
    WANTED,
    RefusedError,
    broken,
    linked,
    macro,
    not_a_workbook,
    old_format,
    password,
    too_big,
)
from xianxue.bureau.returns.files.usual import RELATIONS, STYLES, UsualBook, usual_book
from xianxue.bureau.returns.files.usual_cells import UsualSheet, pieces_of, usual_sheet
from xianxue.bureau.values.sentence import say

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins in which old formats, and encrypted new ones, are kept."""
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""The name, inside such a file, of a workbook that needs a password."""
_ZIP: Final = b"PK"
_ENCRYPTED_FLAG: Final = 1
"""The bit of a zip's entry that says it needs a password."""

_SHEET_DATA: Final = b"sheetData"
_SHEETS: Final = "xl/worksheets/sheet"
_OPEN_TABLE: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""An OpenDocument file says first of all, and unpacked, what it is."""
_OPENED: Final = b"<sheetData"
_CLOSED: Final = b"</sheetData>"
_MERGED: Final = b"mergeCell"
_ONCE: Final = 2
"""How often a sheet names the element that holds its cells: where it opens, and where it ends."""
_NOT_FOR_THE_READER: Final = ("docProps/", "xl/theme/", "xl/media/")
"""Parts that hold no cell, no style of a cell and no name of a sheet."""
_SMALL_PACKAGE: Final = 4 * 1024 * 1024
"""Bytes that are packed anew without compression, so that the reader need not unpack again; of
more than that, the copy would cost more memory than it saves time."""
_FEW_COLONS: Final = 500
"""Up to so many, looking behind each is quicker than searching for two signs."""


@dataclass(frozen=True)
class Package:
    """An unpacked workbook."""

    data: bytes
    """As it was handed in."""
    entries: Sequence[zipfile.ZipInfo]
    """What the zip says of each part, in its order."""
    parts: dict[str, bytes]
    """Name in the zip to content, in the same order."""
    odd: bool
    """Whether any sheet may hold formulas, errors or merged cells."""
    grave: bool
    """Whether that may be more than formulas as every program in use writes them."""
    usual: UsualBook | None
    """Its cells where they are written as usual, for whoever reads them."""
    usual_names: bool = True
    """Whether the parts were called as a reader looks for them; else they have been renamed."""

    @cached_property
    def plain(self) -> bytes:
        """The workbook for a reader that takes only zips, with nothing left to unpack."""
        if sum(map(len, self.parts.values())) > _SMALL_PACKAGE and self.usual_names:
            return self.data
        return stored(
            (entry, self.parts[entry.filename])
            for entry in self.entries
            if not entry.filename.startswith(_NOT_FOR_THE_READER)
        )


def unpack(data: bytes) -> Package:
    """Unpack a workbook, or raise the refusal that says what the file is instead."""
    entries = tidied(_entries(data))
    _look_at_sizes(entries)
    by_name = {entry.filename: entry for entry in entries}
    names = tuple(by_name)
    root = named(names, ROOT)
    # What kind of file it is stands in one small part: nothing else of a stranger is unpacked.
    relations = _inflate(data, by_name[root]) if root else b""
    main = main_part(names, relations)
    _look_at_names({name.lower() for name in names}, main, data[:_BEGINNING])
    parts = {
        name: relations if name == root else _inflate(data, entry)
        for name, entry in by_name.items()
    }
    usual_names = is_usual(names, main, parts.get(RELATIONS, b""))
    if not usual_names:
        entries, parts = _with_usual_names(entries, parts, main)
    usual = _usual_sheets(parts)
    book = usual_book(parts, entries, usual)
    bodies = {
        name: _body(xml) for name, xml in parts.items() if name not in usual and _SHEET_DATA in xml
    }
    spans = {name: sheet.rows * sheet.columns for name, sheet in usual.items()}
    check_extents(parts, {name: body.cells for name, body in bodies.items()}, spans)
    # All sheets in one look: nearly always there is nothing to see.
    unusual = b"".join([body.cells for body in bodies.values()])
    if unusual or book is None or book.most_text > MOST_TEXT:
        check_texts(parts, b"".join([unusual, *(parts[name] for name in usual)]))
    merged = any(sheet.merged for sheet in (*bodies.values(), *usual.values()))
    # A sheet that is usual has no errors and no prefixes.
    grave = merged or b't="e"' in unusual or _has_prefixed_formulas(unusual)
    odd = grave or b"/f>" in unusual or any(sheet.uncomputed for sheet in usual.values())
    return Package(data, entries, parts, odd, grave, book, usual_names=usual_names)


def _with_usual_names(
    entries: Sequence[zipfile.ZipInfo], parts: dict[str, bytes], main: str
) -> tuple[Sequence[zipfile.ZipInfo], dict[str, bytes]]:
    # The package may call some other office document its main part.
    if _ROOT_ELEMENT not in parts[main][:_BEGINNING]:
        raise not_a_workbook(say("这是一个压缩包，里面没有工作簿"))
    try:
        return with_usual_names(entries, parts, main)
    except SpliceError:
        raise broken(say("部件之间的关系读不懂")) from None


_ROOT_ELEMENT: Final = b"workbook"
_BEGINNING: Final = 4096
"""Bytes in which a part's first element stands, behind its declaration and a remark."""


def _usual_sheets(parts: Mapping[str, bytes]) -> dict[str, UsualSheet]:
    """Take apart the sheets that are written as usual."""
    # A large workbook is never a school's: its pieces would take more memory than its bytes.
    if sum(map(len, parts.values())) > _SMALL_PACKAGE:
        return {}
    known = pieces_of(parts.get(STYLES, b""))
    found = {
        name: usual_sheet(xml, known) for name, xml in parts.items() if name.startswith(_SHEETS)
    }
    return {name: sheet for name, sheet in found.items() if sheet is not None}


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """Read the zip's list of contents; refuse what is no zip, or too large to look at."""
    if not data:
        raise RefusedError(
            "R-EMPTY", say("文件是空的（0 字节）"), WANTED, say("请重新导出或拷贝后再交")
        )
    if len(data) > LARGEST_FILE:
        raise too_big(say("文件有 {n} MB", n=len(data) // 2**20), LARGEST_FILE)
    if data.startswith(OLE):
        raise _old_container(data)
    if not data.startswith(_ZIP):
        raise _not_a_zip(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise broken(say("压缩结构不完整，多半是没有传完或拷贝中断")) from None


class _Body(NamedTuple):
    """What there is to see in a sheet."""

    cells: bytes
    """Where its cells are; all of it where that is not certain."""
    merged: bool
    """Whether it may hold merged cells."""


def _body(xml: bytes) -> _Body:
    start, end = xml.find(_OPENED), xml.rfind(_CLOSED)
    # A sheet that names the element more often hides cells outside of what looks like the whole.
    if start < 0 or end < start or xml.count(_SHEET_DATA) != _ONCE:
        return _Body(xml, _MERGED in xml)
    # Merged ranges stand behind the cells; before them only in files that were tampered with.
    merged = xml.find(_MERGED, end) >= 0 or xml.find(_MERGED, 0, start) >= 0
    return _Body(xml[start:end], merged)


def _look_at_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    # Of two parts with one name, each reader takes another: nobody could say what was read.
    # Case does not count: «Sheet1.xml» and «sheet1.xml» are one to Excel.
    names = {entry.filename.lower() for entry in entries}
    if len(names) != len(entries) or len(entries) > MOST_PARTS:
        raise broken(say("压缩包里有重名或过多的部件"))
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise password()
    total = sum(entry.file_size for entry in entries)
    largest = max((entry.file_size for entry in entries), default=0)
    if largest > LARGEST_PART:
        raise too_big(say("有一张表解开后有 {n} MB", n=largest // 2**20), LARGEST_PART)
    if total > LARGEST_TOTAL:
        raise too_big(say("解开后有 {n} MB", n=total // 2**20), LARGEST_TOTAL)


def _look_at_names(names: set[str], main: str, beginning: bytes) -> None:
    # In small letters: what Excel finds by another case is to be found here as well.
    # Before it is asked whether this is a workbook: a workbook with macros is one, too.
    if any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise macro()
    if not main:
        if "xl/workbook.bin" in names:
            raise not_a_workbook(say("这是二进制的 .xlsb 工作簿"))
        if "word/document.xml" in names:
            raise not_a_workbook(say("这是 Word 文档，不是工作簿"))
        if _OPEN_TABLE in beginning:
            raise not_a_workbook(say("这是 OpenDocument 表格（.ods），不是 .xlsx 工作簿"))
        raise not_a_workbook(say("这是一个压缩包，里面没有工作簿"))
    if any(name.startswith("xl/externallinks/") for name in names):
        raise linked()


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    try:
        return inflate(data, entry, LARGEST_PART)
    except InflateError as error:
        raise broken(error.args[0]) from None


def _has_prefixed_formulas(xml: bytes) -> bool:
    """Whether a formula may be written with a prefix: a colon, and what stands for a formula."""
    # Asked first because it is quickest: most programs write no colon among cells at all.
    if b":" not in xml:
        return False
    if xml.count(b":") > _FEW_COLONS:
        return b":f" in xml
    return any(after.startswith(b"f") for after in xml.split(b":")[1:])


def _old_container(data: bytes) -> RefusedError:
    return (
        password()
        if ENCRYPTED in data
        else old_format(say("这是旧版的 .xls 工作簿或别的旧格式文件"))
    )


def _not_a_zip(data: bytes) -> RefusedError:
    # Enough to see past a mark of the encoding and blank lines.
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table")):
        return not_a_workbook(say("这是网页，只是改成了工作簿的文件名"))
    if start.startswith(b"%pdf"):
        return not_a_workbook(say("这是 PDF 文件，不是工作簿"))
    if start.startswith(b"<?xml"):
        return not_a_workbook(say("这是 XML 文本，不是 .xlsx 工作簿"))
    return not_a_workbook(say("这不是工作簿，多半是文本文件改了文件名"))
