"""The three kinds of file a return comes in, each opened with its own caution.

A new workbook (.xlsx), an old one (.xls), or the text of a single sheet (.csv): whichever it is,
the reader is given tabs and their cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final, Protocol

import python_calamine

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.files import damage, xls
from xianxue.bureau.returns.files.damage import At, Damage
from xianxue.bureau.returns.files.delimited import grid_of
from xianxue.bureau.returns.files.guard import LARGEST_FILE, RefusedError, unpack
from xianxue.bureau.returns.sheets.grid import Grid, Raw

Merged = Sequence[tuple[At, At]]
"""First and last row and column of each merged range, counted from 0."""

_ZIP: Final = b"PK"
_TEXT_NAMES: Final = (".csv", ".txt", ".tsv")


class Book(Protocol):
    """A file that has been opened."""

    text: bool
    """Whether it is the text of one sheet, which has no name of its own."""

    @property
    def tabs(self) -> list[str]:
        """The names of the sheets, in order."""
        ...

    def cells(self, tab: str) -> Grid:
        """Give a sheet's cells from A1 on; raise the refusal of one that cannot be read."""
        ...

    def merged(self, tab: str) -> Merged:
        """Give a sheet's merged ranges."""
        ...

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        """Find what keeps cells from being read, sheet by sheet and by address.

        ``tabs`` gives each of our sheets its tab, ``tables`` the cells that were read there.
        """
        ...


def open_book(data: bytes, file: str) -> Book:
    """Open a file, or raise the refusal that says what it is instead."""
    if data.startswith(xls.OLE):
        return _OldBook(data)
    if data and not data.startswith(_ZIP) and len(data) <= LARGEST_FILE:
        text = text_of(data)
        if text is not None:
            return _TextBook(text, data, file)
    return _NewBook(data)


def is_text_name(file: str) -> bool:
    """Whether a file's name is that of a text export."""
    return file.lower().endswith(_TEXT_NAMES)


class _NewBook:
    text = False

    def __init__(self, data: bytes) -> None:
        self._package = unpack(data)
        self._book = _opened(self._package.plain)

    @property
    def tabs(self) -> list[str]:
        return self._book.sheet_names

    def cells(self, tab: str) -> Grid:
        return _cells(self._book, tab)

    def merged(self, tab: str) -> Merged:
        return self._book.get_sheet_by_name(tab).merged_cell_ranges or []

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        return damage.find_damage(self._package, tabs, tables)


class _OldBook:
    text = False

    def __init__(self, data: bytes) -> None:
        looks = xls.look(data)
        self._book = _opened(data)
        self._looks = dict(zip(self._book.sheet_names, looks, strict=False))

    @property
    def tabs(self) -> list[str]:
        return self._book.sheet_names

    def cells(self, tab: str) -> Grid:
        # Old workbooks keep short numbers as whole ones; a new one's are all floats.
        grid: Grid = [
            [float(raw) if type(raw) is int else raw for raw in row]
            for row in _cells(self._book, tab)
        ]
        look = self._looks.get(tab)
        for row, column in look.empty if look else ():
            if row < len(grid) and column < len(grid[row]):
                grid[row][column] = ""
        return grid

    def merged(self, tab: str) -> Merged:
        return self._book.get_sheet_by_name(tab).merged_cell_ranges or []

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        merged = {tab: self.merged(tab) for tab in tabs.values()}
        return xls.find_damage(self._looks, merged, tabs, tables)


class _TextBook:
    text = True

    def __init__(self, text: str, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        self._grid = grid_of(text)

    @property
    def tabs(self) -> list[str]:
        return [""]

    def cells(self, tab: str) -> Grid:
        del tab
        return self._grid

    def merged(self, tab: str) -> Merged:
        del tab
        return []

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        """A text has no formulas and no merged cells."""
        del tabs, tables
        return {}

    def refuse(self) -> None:
        """Raise the refusal of a text that is not a table of ours and is not called one."""
        if not is_text_name(self._file):
            unpack(self._data)


def refuse_text(book: Book) -> None:
    """Raise the refusal of a text file that only calls itself a workbook."""
    if isinstance(book, _TextBook):
        book.refuse()


def _opened(data: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError:
        do = "请取消打开密码，保存后再交"
        raise RefusedError(
            "R-PASSWORD", "文件加了打开密码，读不了", "不加密码的 .xlsx 工作簿", do
        ) from None
    except BaseException as error:  # noqa: BLE001 - a fault in the reader's Rust is no Exception
        raise _unreadable(error) from None


def _cells(book: python_calamine.CalamineWorkbook, tab: str) -> list[list[Raw]]:
    try:
        return book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    except BaseException as error:  # noqa: BLE001 - as in _opened
        raise _unreadable(error, tab) from None


def _unreadable(error: BaseException, tab: str = "") -> BaseException:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return RefusedError(
        "R-BROKEN",
        "文件内容已损坏，读不出来",
        "完整的 .xlsx 工作簿",
        "请在电脑上打开确认后重新保存，再交上来",
        sheet=tab,
    )
