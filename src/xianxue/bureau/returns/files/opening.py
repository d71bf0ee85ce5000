"""The three kinds of file a return comes in, each opened with its own caution.

A new workbook (.xlsx), an old one (.xls), or the text of a single sheet (.csv): whichever it is,
the reader is given tabs and their cells. A file is opened once, and the opened file is what is
handed on: its zip is unpacked once, and each sheet is parsed once, when it is first asked for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from io import BytesIO
from typing import ClassVar, Final

import python_calamine

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.files import damage, xls
from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.returns.files.damage import At, Damage
from xianxue.bureau.returns.files.delimited import grid_of
from xianxue.bureau.returns.files.guard import OLE, Package, unpack
from xianxue.bureau.returns.files.hidden_lines import Hidden, hidden_in
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.files.tab_parts import parts_of_tabs
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.values.sentence import say

Merged = Sequence[tuple[At, At]]
"""First and last row and column of each merged range, counted from 0."""

_ZIP: Final = b"PK"
_TEXT_NAMES: Final = (".csv", ".txt", ".tsv")


class Book(ABC):
    """A file that has been opened."""

    text: ClassVar[bool] = False
    """Whether it is the text of one sheet, which has no name of its own."""

    def __init__(self) -> None:
        self._grids: dict[str, Grid] = {}

    @property
    @abstractmethod
    def tabs(self) -> list[str]:
        """The names of the sheets, in order; raise the refusal of a list that cannot be read."""

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the sheets that are not shown."""
        return frozenset()

    @property
    def package(self) -> Package | None:
        """What was unpacked; None where the file is no zip."""
        return None

    def cells(self, tab: str) -> Grid:
        """Give a sheet's cells from A1 on; raise the refusal of one that cannot be read.

        The same grid each time: whoever wants another makes one.
        """
        if tab not in self._grids:
            self._grids[tab] = self._read(tab)
        return self._grids[tab]

    @abstractmethod
    def _read(self, tab: str) -> Grid: ...

    def merged(self, tab: str) -> Merged:
        """Give a sheet's merged ranges."""
        del tab
        return []

    def hidden_lines(self, tab: str) -> Hidden:
        """Give a sheet's rows and columns that are not shown."""
        del tab
        return Hidden()

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        """Find what keeps cells from being read, sheet by sheet and by address.

        ``tabs`` gives each of our sheets its tab, ``tables`` the cells that were read there.
        """
        del tabs, tables
        return {}


def open_book(data: bytes, file: str) -> Book:
    """Open a file, or raise the refusal that says what it is instead."""
    if data.startswith(OLE):
        return _OldBook(data)
    # Whatever is no zip may be a text; what is no text either is refused as no workbook.
    if data and not data.startswith(_ZIP) and len(data) <= LARGEST_FILE:
        text = text_of(data)
        if text is not None:
            return _TextBook(text, data, file)
    return _NewBook(unpack(data))


def is_text_name(file: str) -> bool:
    """Whether a file's name is that of a text export."""
    return file.lower().endswith(_TEXT_NAMES)


class _Workbook(Book):
    """What new and old workbooks have in common: the library that reads both."""

    @cached_property
    def _book(self) -> python_calamine.CalamineWorkbook:
        # Only when it is asked: whoever marks a workbook needs its parts and seldom its values.
        return _opened(self._plain())

    @abstractmethod
    def _plain(self) -> bytes: ...

    @property
    def tabs(self) -> list[str]:
        return self._book.sheet_names

    @property
    def hidden(self) -> frozenset[str]:
        shown = python_calamine.SheetVisibleEnum.Visible
        return frozenset(
            meta.name for meta in self._book.sheets_metadata if meta.visible is not shown
        )

    def _read(self, tab: str) -> Grid:
        return _cells(self._book, tab)

    def merged(self, tab: str) -> Merged:
        return self._book.get_sheet_by_name(tab).merged_cell_ranges or []


class _NewBook(_Workbook):
    def __init__(self, package: Package) -> None:
        super().__init__()
        self._package = package

    @property
    def package(self) -> Package:
        return self._package

    @property
    def tabs(self) -> list[str]:
        usual = self._package.usual
        return super().tabs if usual is None else usual.tabs

    def _read(self, tab: str) -> Grid:
        usual = self._package.usual
        grid = None if usual is None else usual.cells(tab)
        # Whatever is written as few programs do is the library's to understand.
        return super()._read(tab) if grid is None else grid

    def _plain(self) -> bytes:
        return self._package.plain

    def hidden_lines(self, tab: str) -> Hidden:
        part = parts_of_tabs(self._package.parts).get(tab, "")
        return hidden_in(self._package.parts.get(part, b""))

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        return damage.find_damage(self._package, tabs, tables)


class _OldBook(_Workbook):
    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        # Looked at before the library sees it, which would follow whatever the records claim.
        self._looks = xls.look(data)

    def _plain(self) -> bytes:
        return self._data

    def hidden_lines(self, tab: str) -> Hidden:
        found = self._by_tab.get(tab)
        return (
            Hidden(frozenset(found.hidden_rows), frozenset(found.hidden_columns))
            if found
            else Hidden()
        )

    @cached_property
    def _by_tab(self) -> dict[str, xls.SheetLook]:
        return dict(zip(self.tabs, self._looks, strict=False))

    def _read(self, tab: str) -> Grid:
        # Old workbooks keep short numbers as whole ones; a new one's are all floats.
        grid: Grid = [
            [float(raw) if type(raw) is int else raw for raw in row] for row in super()._read(tab)
        ]
        look = self._by_tab.get(tab)
        # Where a formula came to an empty text, the record has no number, whatever is read from it.
        for row, column in look.empty if look else ():
            if row < len(grid) and column < len(grid[row]):
                grid[row][column] = ""
        return grid

    def find_damage(
        self, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
    ) -> dict[str, Damage]:
        merged = {tab: self.merged(tab) for tab in tabs.values()}
        return xls.find_damage(self._by_tab, merged, tabs, tables)


class _TextBook(Book):
    """A text has no formulas and no merged cells."""

    text = True

    def __init__(self, text: str, data: bytes, file: str) -> None:
        super().__init__()
        self._data = data
        self._file = file
        self._grid = grid_of(text)

    @property
    def tabs(self) -> list[str]:
        return [""]

    def _read(self, tab: str) -> Grid:
        del tab
        return self._grid

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
        do = say("请取消打开密码，保存后再交")
        raise RefusedError(
            "R-PASSWORD",
            say("文件加了打开密码，读不了"),
            say("不加密码的 .xlsx 工作簿"),
            do,
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
        say("文件内容已损坏，读不出来"),
        say("完整的 .xlsx 工作簿"),
        say("请在电脑上打开确认后重新保存，再交上来"),
        sheet=tab,
    )
