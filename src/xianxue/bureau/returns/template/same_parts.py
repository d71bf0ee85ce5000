"""A workbook whose parts are written once where they are the same in every school's workbook.

Its styles, the entries of its texts and the theme are the same for all schools of a form, or
nearly so; writing and compressing them took a third of the time of a workbook.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# Nor are its private names typed.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from copy import copy
from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

from xianxue.bureau.documents.zips import packed
from xianxue.bureau.returns.sheets.appearance import STYLES
from xianxue.bureau.returns.template.plain_sheet import PlainSheet

_MOST: Final = 20_000
"""Texts remembered: a county's forms have some thousand, and each school some dozens of its own."""
_FEW: Final = 64
"""Sets of styles remembered: a form has one for each kind of school."""


class SameBook(Workbook):
    """A workbook in memory; its bytes are those that XlsxWriter would write."""

    # The private names of XlsxWriter are the places where it hands over to the parts below; the
    # tests hold our bytes against its own.

    xf_formats: Any
    filename: Any

    def __init__(self, target: BytesIO) -> None:
        # No temporary files: the bureau's floor touches no disk.
        super().__init__(target, {"in_memory": True})
        self.worksheet_class = PlainSheet
        self.looks: tuple[str, ...] | None = None
        """The keys of the styles in use, in the order of their numbers; None where more than they
        decides how the styles are written."""
        self.parts: list[tuple[str, bytes]] = []

    def style(self, name: str) -> Format:
        """Give one of our cell styles, for this workbook."""
        made = copy(_style(name))
        made.xf_format_indices = self.xf_format_indices
        made.dxf_format_indices = self.dxf_format_indices
        self.formats.append(made)
        return made

    def _store_workbook(self) -> None:
        target = self.filename
        # XlsxWriter finishes the workbook and gets no parts to pack.
        self.filename = BytesIO()
        super()._store_workbook()
        target.write(packed(self.parts))

    def _prepare_format_properties(self) -> None:
        self._prepare_formats()
        if not self.dxf_formats and not self.has_comments:
            self.looks = tuple(each._get_format_key() for each in self.xf_formats)  # noqa: SLF001 - see above
        # Otherwise nobody asks which fonts and borders there are.
        if self.looks not in _styles:
            super()._prepare_format_properties()

    def _get_packager(self) -> Packager:
        return _Parts()


class _Parts(Packager):
    """Puts the parts of a workbook together, and leaves it to the workbook to pack them."""

    workbook: Any
    filenames: Any

    def _create_package(self) -> list[Any]:
        self.workbook.parts = [
            (name, made.getvalue() if is_binary else made.getvalue().encode())
            for made, name, is_binary in super()._create_package()
        ]
        return []

    def _write_styles_file(self) -> None:
        looks = self.workbook.looks
        known = _styles.get(looks)
        if known is not None:
            target: Any = self._filename("xl/styles.xml")
            target.write(known)
            return
        super()._write_styles_file()
        if looks is not None and len(_styles) < _FEW:
            _styles[looks] = self.filenames[-1][0].getvalue()

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            texts: Any = _Texts()
            texts.string_table = self.workbook.str_table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - see above
            texts._assemble_xml_file()  # noqa: SLF001 - see above


class _Texts(SharedStrings):
    """The texts of a workbook, most of which have been written before."""

    string_table: Any
    fh: Any

    def _write_sst_strings(self) -> None:
        self.fh.write("".join(map(_entry, self.string_table.string_array)))


_styles: Final[dict[tuple[str, ...] | None, str]] = {}
"""The keys of the styles in use to the part that describes them."""


@lru_cache(maxsize=_MOST)
def _entry(text: str) -> str:
    writer: Any = SharedStrings()
    target = StringIO()
    writer._set_filehandle(target)  # noqa: SLF001 - see above
    writer._write_si(text)  # noqa: SLF001 - see above
    return target.getvalue()


@lru_cache(maxsize=len(STYLES))
def _style(name: str) -> Any:  # noqa: ANN401 - one of XlsxWriter's styles
    """Give a style that belongs to no workbook yet, its key worked out."""
    made: Any = Workbook(BytesIO(), {"in_memory": True}).add_format(STYLES[name])
    made._get_format_key()  # noqa: SLF001 - see above
    return made
