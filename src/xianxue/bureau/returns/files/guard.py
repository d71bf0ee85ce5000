"""Looking at a file before anything parses it: is it a workbook, and of a size one can read?

A workbook is a zip of XML files. Every part is unpacked here once, within bounds, because what
a zip declares about itself may be false, and because a sheet may claim a billion rows in a
hundred bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Final, NamedTuple

from xianxue.bureau.documents.zips import InflateError, inflate, stored
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files.tab_parts import parts_of_tabs

LARGEST_FILE: Final = 20 * 1024 * 1024
"""A filled workbook of ours has 50 to 500 kilobytes."""
LARGEST_PART: Final = 16 * 1024 * 1024
LARGEST_TOTAL: Final = 32 * 1024 * 1024
_MOST_PARTS: Final = 2000
_MOST_CELLS: Final = 1_000_000
"""Of the rectangle a sheet's cells span: the reader keeps all of it in memory."""
_MOST_IN_ALL: Final = 4_000_000
"""Of all sheets' rectangles together."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK"
_ENCRYPTED_FLAG: Final = 1

# Columns from AA or rows from 1000 on: only then is it worth counting exactly. The pattern begins
# with plain letters so that it is searched for as fast as a text.
_FAR = re.compile(rb'r="(?:[A-Za-z]{2,}\d|[A-Za-z]?\d{4})')
_UNUSUAL: Final = (b"'", b"\n", b"\t", b"\r", b"r =", b"r= ")
"""Where attributes may be written in another way than every program in use writes them."""
_SHEET_DATA: Final = b"sheetData"
_OPENED: Final = b"<sheetData"
_CLOSED: Final = b"</sheetData>"
_MERGED: Final = b"mergeCell"
_ONCE: Final = 2
"""How often a sheet names the element that holds its cells: where it opens, and where it ends."""
_NOT_FOR_THE_READER: Final = ("docProps/", "xl/theme/", "xl/media/")
_SMALL_PACKAGE: Final = 4 * 1024 * 1024
"""Bytes that are handed on a second time without a thought."""
_MOST_TEXT: Final = 64 * 1024 * 1024
"""Bytes of text in all cells; each cell gets a copy of its own."""
_SHORTEST_CELL: Final = 20
_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
"""Where a shared text begins."""
_INDEX = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(\d{1,9})\s*<")
"""A cell's number: of a shared text, as far as the guard is concerned."""
_FEW_COLONS: Final = 500
_SMALL: Final = 12_000
"""Bytes that cannot hold cells, by themselves and beyond `_FAR`, for too large a rectangle."""
_FAR_ROWS: Final = 1000
_FAR_COLUMNS: Final = 26
_OPENING = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d{1,9})["']""")

_SAVE_AS = "请在 WPS 或 Excel 中打开，用“另存为”存成 .xlsx 工作簿，再交上来"


class RefusedError(Exception):
    """A workbook that is not read; carries the one complaint about it."""

    def __init__(  # noqa: PLR0913 - the parts of a complaint
        self, code: str, saw: str, required: str, do: str, *, sheet: str = "", cell: str = ""
    ) -> None:
        super().__init__(saw)
        self.code = code
        self.saw = saw
        self.required = required
        self.do = do
        self.sheet = sheet
        self.cell = cell
        self.place = ""
        self.form = ""

    def of(self, form: str, place: str) -> RefusedError:
        """Say whose workbook it seems to be."""
        self.form, self.place = form, place
        return self

    def issue(self, file: str) -> Issue:
        """Give the complaint."""
        return Issue(
            code=self.code,
            severity=Severity.MUST_FIX,
            file=file,
            sheet=self.sheet,
            cell=self.cell,
            place=self.place,
            form=self.form,
            saw=self.saw,
            required=self.required,
            do=self.do,
        )


@dataclass(frozen=True)
class Package:
    """An unpacked workbook."""

    parts: dict[str, bytes]
    """Name in the zip to content."""
    sheets: tuple[str, ...]
    """The names of those that hold a sheet's cells."""
    odd: bool
    """Whether any of them may hold formulas, errors or merged cells."""
    grave: bool
    """Whether that may be more than formulas as every program in use writes them."""
    plain: bytes
    """The workbook for a reader that takes only zips, with nothing left to unpack."""


def unpack(data: bytes) -> Package:
    """Unpack a workbook, or raise the refusal that says what the file is instead."""
    if not data:
        raise RefusedError(
            "R-EMPTY", "文件是空的（0 字节）", ".xlsx 工作簿", "请重新导出或拷贝后再交"
        )
    if len(data) > LARGEST_FILE:
        raise _too_big(f"文件有 {len(data) // 2**20} MB", LARGEST_FILE)
    if data.startswith(_OLE):
        raise _old_container(data)
    if not data.startswith(_ZIP):
        raise _not_a_zip(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _broken("压缩结构不完整，多半是没有传完或拷贝中断") from None
    _look_at_names(entries)
    contents = [_inflate(data, entry) for entry in entries]
    parts = {entry.filename: content for entry, content in zip(entries, contents, strict=True)}
    sheets = {name: _body(xml) for name, xml in parts.items() if _SHEET_DATA in xml}
    # All sheets in one look: nearly always there is nothing to see.
    everything = b"".join([body.cells for body in sheets.values()])
    _check_extents(parts, sheets, everything)
    _check_texts(parts, everything)
    merged = any(body.merged for body in sheets.values())
    error = b't="e"' in everything
    prefixed = _has_prefixed_formulas(everything)
    grave = merged or error or prefixed
    odd = grave or b"/f>" in everything
    wanted = [
        (entry, content)
        for entry, content in zip(entries, contents, strict=True)
        if not entry.filename.startswith(_NOT_FOR_THE_READER)
    ]
    small = sum(map(len, contents)) <= _SMALL_PACKAGE
    return Package(parts, tuple(sheets), odd, grave, stored(wanted) if small else data)


class _Body(NamedTuple):
    """What there is to see in a sheet."""

    cells: bytes
    """Where its cells are; all of it where that is not certain."""
    merged: bool
    """Whether it may hold merged cells."""


def _body(xml: bytes) -> _Body:
    start, end = xml.find(_OPENED), xml.rfind(_CLOSED)
    if start < 0 or end < start or xml.count(_SHEET_DATA) != _ONCE:
        return _Body(xml, _MERGED in xml)
    merged = xml.find(_MERGED, end) >= 0 or xml.find(_MERGED, 0, start) >= 0
    return _Body(xml[start:end], merged)


def _look_at_names(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if len(names) != len(entries) or len(entries) > _MOST_PARTS:
        raise _broken("压缩包里有重名或过多的部件")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise _password()
    total = sum(entry.file_size for entry in entries)
    largest = max(entries, key=lambda entry: entry.file_size, default=None)
    if largest is not None and largest.file_size > LARGEST_PART:
        raise _too_big(f"有一张表解开后有 {largest.file_size // 2**20} MB", LARGEST_PART)
    if total > LARGEST_TOTAL:
        raise _too_big(f"解开后有 {total // 2**20} MB", LARGEST_TOTAL)
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise RefusedError("R-MACRO", "文件里带有宏", "不带宏的 .xlsx 工作簿", _SAVE_AS)
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names:
            what = "这是二进制的 .xlsb 工作簿"
        elif "word/document.xml" in names:
            what = "这是 Word 文档，不是工作簿"
        else:
            what = "这是一个压缩包，里面没有工作簿"
        raise RefusedError("R-NOT-XLSX", what, ".xlsx 工作簿", _SAVE_AS)
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise RefusedError(
            "R-EXTERNAL",
            "文件里有链接到别的工作簿的公式，数值可能不是最新的",
            "所有数字都在本工作簿内",
            "请用“数据→编辑链接→断开链接”把链接变成数值，保存后再交",
        )


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    try:
        return inflate(data, entry, LARGEST_PART)
    except InflateError as error:
        raise _broken(str(error)) from None


def _check_extents(parts: dict[str, bytes], sheets: dict[str, _Body], everything: bytes) -> None:
    """Refuse a workbook whose sheets' cells span rectangles too large to hold."""
    usual = _is_usual(everything)
    at_most = 0
    for name, body in sheets.items():
        small = _at_most(body.cells) if usual or _is_usual(body.cells) else _MOST_CELLS
        at_most += small if small < _MOST_CELLS else _spanned(parts, name, body)
    if at_most > _MOST_IN_ALL:
        cells = sum(_spanned(parts, name, body) for name, body in sheets.items())
        if cells > _MOST_IN_ALL:
            raise _too_big(f"{len(sheets)} 张表一共排了 {cells} 格", 0)


def _spanned(parts: dict[str, bytes], name: str, body: _Body) -> int:
    """Count the cells of the rectangle that a sheet's cells span; refuse one too large."""
    rows, columns = _extent(body.cells)
    if rows * columns > _MOST_CELLS:
        tab = next((tab for tab, at in parts_of_tabs(parts).items() if at == name), "")
        raise _too_big(f"内容一直排到第 {rows} 行、第 {columns} 列", 0, sheet=tab)
    return rows * columns


def _check_texts(parts: dict[str, bytes], everything: bytes) -> None:
    """Refuse a workbook whose cells come to too much text: one long text may stand in each."""
    shared = b"".join(
        [xml for name, xml in parts.items() if name.lower().endswith("sharedstrings.xml")]
    )
    if len(shared) * (len(everything) // _SHORTEST_CELL) <= _MOST_TEXT:
        return
    starts = [found.start() for found in _TEXT.finditer(shared)]
    lengths = [after - at for at, after in zip(starts, [*starts[1:], len(shared)], strict=True)]
    used = Counter(_INDEX.findall(everything))
    total = sum(
        lengths[int(number)] * often for number, often in used.items() if int(number) < len(lengths)
    )
    if total > _MOST_TEXT:
        raise _too_big(f"各格的文字合起来有 {total // 2**20} MB", _MOST_TEXT)


def _has_prefixed_formulas(xml: bytes) -> bool:
    """Whether a formula may be written with a prefix: a colon, and what stands for a formula."""
    if xml.count(b":") > _FEW_COLONS:
        return b":f" in xml
    # Where colons are rare it is quicker to look behind each than to look for the two signs.
    return any(after.startswith(b"f") for after in xml.split(b":")[1:])


def _is_usual(xml: bytes) -> bool:
    """Whether nothing stands far out, and attributes are written as every program writes them."""
    return _FAR.search(xml) is None and not any(sign in xml for sign in _UNUSUAL)


def _extent(xml: bytes) -> tuple[int, int]:
    """Count how far a sheet's cells reach, as its reader would."""
    row = column = last_row = last_column = 0
    for found in _OPENING.finditer(xml):
        attributes = found[2]
        reference = _REFERENCE.search(attributes)
        if found[1] == b"row":
            row = int(reference[2]) if reference else row + 1
            column = 0
            continue
        if reference:
            column, row = _column(reference[1]), int(reference[2])
        else:
            column += 1
        # A styled cell without content closes itself and takes no room in the reader.
        if not attributes.endswith(b"/"):
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _at_most(xml: bytes) -> int:
    """Give what a usual sheet's cells span at most, without looking at each of them."""
    if len(xml) < _SMALL:
        return _FAR_ROWS * _FAR_COLUMNS
    rows, cells = xml.count(b"row"), xml.count(b"<c") + xml.count(b":c")
    return (rows + _FAR_ROWS) * (cells + _FAR_COLUMNS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_big(saw: str, limit: int, *, sheet: str = "") -> RefusedError:
    required = f"不超过 {limit // 2**20} MB" if limit else "内容集中在表格的前面"
    do = "请删除数据以外的空行、空列、图片和格式（选中后整行整列删除），保存后再交"
    return RefusedError("R-TOO-BIG", saw, required, do, sheet=sheet)


def _broken(detail: str) -> RefusedError:
    return RefusedError(
        "R-BROKEN",
        f"文件已损坏：{detail}",
        "完整的 .xlsx 工作簿",
        "请在电脑上打开确认后重新保存，再交上来",
    )


def _password() -> RefusedError:
    do = "请打开后取消密码（文件→信息→保护工作簿→用密码进行加密，清空密码），保存后再交"
    return RefusedError("R-PASSWORD", "文件加了打开密码，读不了", "不加密码的 .xlsx 工作簿", do)


def _old_container(data: bytes) -> RefusedError:
    if _ENCRYPTED in data:
        return _password()
    return RefusedError("R-XLS", "这是旧版的 .xls 工作簿或别的旧格式文件", ".xlsx 工作簿", _SAVE_AS)


def _not_a_zip(data: bytes) -> RefusedError:
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table")):
        what = "这是网页，只是改成了工作簿的文件名"
    elif start.startswith(b"%pdf"):
        what = "这是 PDF 文件，不是工作簿"
    elif start.startswith(b"<?xml"):
        what = "这是 XML 文本，不是 .xlsx 工作簿"
    else:
        what = "这不是工作簿，多半是文本文件改了文件名"
    return RefusedError("R-NOT-XLSX", what, ".xlsx 工作簿", _SAVE_AS)
