"""Where things stand in a workbook of ours: what the writer and the reader have to agree on.

Grids and lists have three lines above the data (term, what to enter, example). A record is
written downwards: the same three stand in columns A to C and the answer in column D. So is a
grid of few rows and many fields: its rows are the columns from D on.

Totals, last year's values and values held elsewhere are shown beside what is asked; they are
known by their header or label, and never read (docs/decisions/template-layout.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, Literal

from xianxue.bureau.kinds.asked import AskedSheet, row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

HEADER: Final = 0
"""Rows are counted from 0 here and in the readers; people are shown Excel's numbers."""
HELP: Final = 1
EXAMPLE: Final = 2
FIRST: Final = 3
"""The first row of data in grids and lists."""

# A title, a note and some blank lines may have been put above.
HEADER_WITHIN: Final = 20
"""Rows in which the line of headers is looked for."""

RECORD_HEADS: Final = ("项目", "填写说明与单位", "示例", "填写")
ITEM: Final = 0
ANSWER: Final = 3
"""The column of a record's answers."""
FIRST_ITEM: Final = 1
"""The first row of a record's items."""
# The four stages: side by side they still fit one page beside the explanations.
FEW_ROWS: Final = 4
"""A grid with no more rows than this, and more fields than rows, is written downwards."""

TOTAL: Final = "合计"
LAST_MARK: Final = "上年·"
HELD_MARK: Final = "已有·"

GRID_DOWN: Final = "grid_down"
"""What the hidden sheet calls a grid that is written downwards."""
_ONE_ANSWER: Final = (("", RECORD_HEADS[ANSWER]),)

RULES_TAB: Final = "说明"
SCHEMA_TAB: Final = "_xianxue"
CODES_TAB: Final = "_codes"
BESIDE_TAB: Final = "_beside"
"""Holds what a return is compared with, where there is anything."""
SCHEMA_VERSION: Final = "1"
"""Of the hidden sheet itself."""

YES: Final = "是"
NO: Final = "否"
EXAMPLE_MARK: Final = "例："
WORDS: Final = {kind.value: kind for kind in (Missing.NOT_APPLICABLE, Missing.WITHHELD)}
"""What a clerk writes where there is no number; a blank is «not answered»."""

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199
"""A year outside these four-digit numbers is a slip of the finger, whatever the form says."""

# Excel's own bound.
_LONGEST_TAB: Final = 31
_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\]")
_SPACE = re.compile(r"\s+")


class Laid(Record):
    """One sheet as it stands in a workbook: its fields in order, and its rows."""

    name: str
    tab: str
    layout: Literal["record", "grid", "list"]
    down: bool
    """Whether it is written downwards: a record, or a grid of few rows."""
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, str], ...]
    """In a grid: each row's code and label, from row 4 or column D on."""
    heads: tuple[str, ...]
    """The texts of row 1."""
    helps: tuple[str, ...]
    """The texts of row 2; downwards, those of column B."""
    examples: tuple[str, ...]
    """The texts of row 3; downwards, those of column C."""

    @property
    def first_column(self) -> int:
        """The column of the first field: a grid's labels stand before it."""
        return 1 if self.layout == "grid" else 0

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Written downwards: the row's code and the header of each column from D on."""
        return self.rows if self.layout == "grid" else _ONE_ANSWER

    @property
    def way(self) -> str:
        """How it is laid out, in the word the hidden sheet has for it."""
        return GRID_DOWN if self.down and self.layout == "grid" else self.layout


def lay_out(
    sheet: Sheet,
    fields: Sequence[Field],
    row_codes: Sequence[str],
    codes: Mapping[str, CodeList],
    *,
    down: bool,
) -> Laid:
    """Lay out a sheet with these of its fields and, in a grid, these of its rows.

    ``down``: whether a grid is written downwards; a record always is, a list never.
    """
    rows: tuple[tuple[str, str], ...] = ()
    heads = [field.term for field in fields]
    helps: list[str] = [help_of(field) for field in fields]
    examples = [_example(field, codes) for field in fields]
    if sheet.layout == "grid":
        rows = tuple(
            (entry.code, entry.term)
            for entry in row_entries(sheet, codes)
            if entry.code in row_codes
        )
    # A list may grow, which it can only do downwards.
    down = sheet.layout == "record" or (down and sheet.layout == "grid")
    if down:
        answers = [label for _, label in rows] or RECORD_HEADS[ANSWER:]
        heads = [*RECORD_HEADS[:ANSWER], *answers]
    elif sheet.layout == "grid":
        heads.insert(0, codes[sheet.rows].term)
        helps.insert(0, RECORD_HEADS[1])
        examples.insert(0, RECORD_HEADS[2])
    return Laid(
        sheet.sheet,
        tab_of(sheet),
        sheet.layout,
        down,
        tuple(fields),
        rows,
        tuple(heads),
        tuple(helps),
        tuple(examples),
    )


def _example(field: Field, codes: Mapping[str, CodeList]) -> str:
    """Give the text of row 3; a code is shown by the term one chooses from the list."""
    text = field.example
    if field.type == "code":
        entry = codes[field.codes].entry(text.partition(" ")[0])
        text = entry.term if entry else text
    return EXAMPLE_MARK + text if text else ""


def lay_out_asked(asked: AskedSheet, codes: Mapping[str, CodeList]) -> Laid:
    """Lay out what one place is asked on one sheet."""
    names = {field.field for row in asked.rows for field in row.fields}
    fields = [field for field in asked.sheet.fields if field.field in names]
    rows = [row.code for row in asked.rows]
    return lay_out(asked.sheet, fields, rows, codes, down=is_down(asked.sheet, codes))


def is_down(sheet: Sheet, codes: Mapping[str, CodeList]) -> bool:
    """Whether a grid is written downwards: the same for all places, whatever they are asked."""
    if sheet.layout != "grid":
        return sheet.layout == "record"
    rows = len(row_entries(sheet, codes))
    # By all the form's rows, not by those one place is asked: or schools of one county would get
    # different layouts.
    return rows <= FEW_ROWS and rows < len(sheet.fields)


def is_shown_only(text: str) -> bool:
    """Whether a header or label belongs to what is shown and never read.

    >>> is_shown_only("合计"), is_shown_only("上年·在校生数"), is_shown_only("在校生数")
    (True, True, False)
    """
    return text == TOTAL or text.startswith((LAST_MARK, HELD_MARK))


def stands_in(field: Field, code: str) -> bool:
    """Whether a field is asked in a grid's row."""
    return not field.rows or code in field.rows


def tab_of(sheet: Sheet) -> str:
    """Give the tab's name: the term without what Excel forbids there, at most 31 characters."""
    # The full-width stroke looks like what it replaces, and is allowed.
    return _FORBIDDEN_IN_TAB.sub("／", sheet.term)[:_LONGEST_TAB]


_DEFAULT_HELP: Final = {
    "integer": say("填整数"),
    "measure": say("填数字"),
    "text": say("填文字"),
    "code": say("从下拉列表中选"),
    "yes_no": say("选“{yes}”或“{no}”", yes=YES, no=NO),
    "date": say("填日期，如 2025-09-01"),
    "year": say("填四位年份"),
}


def help_of(field: Field) -> Sentence:
    r"""Say what to enter, whether one must, and in which unit: the text of row 2.

    >>> help_of(Field(field="x", term="x", type="measure", unit="yuan", help="按决算填"))
    '按决算填\n必填 · 单位：元 · 最多 2 位小数'
    """
    return _help_of(Same(field))


@lru_cache(maxsize=4096)
def _help_of(of: Same[Field]) -> Sentence:
    field = of.it
    parts = [say("必填") if field.required else say("选填")]
    unit = field.measured_in
    if field.type in {"integer", "measure"}:
        if unit.term:
            # The measure word goes only in Chinese: 个班 counts classes, whose unit is 班.
            parts.append(say("单位：{unit}", unit=unit.noun))
        if field.type == "measure" and unit.decimals:
            parts.append(say("最多 {n} 位小数", n=unit.decimals))
    return say(
        "{what}\n{marks}",
        what=field.help or _DEFAULT_HELP[field.type],
        marks=joined(" · ", parts),
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Reduce a header or label to what identifies it: width, spaces and case do not count.

    >>> plain("在校 生数（人）") == plain("在校生数(人)")
    True
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def fingerprint(form: Form) -> str:
    """Give a digest of what a reader of the form relies on: sheets, rows, fields, types, units.

    Bounds, help and checks may be mended without making filled workbooks void.
    """
    lines = [f"{form.form} {form.version} {form.filed_by} {form.period}"]
    for sheet in form.sheets:
        lines.append(
            f"{sheet.sheet}|{sheet.term}|{sheet.layout}|{sheet.rows}|{','.join(sheet.row_codes)}|"
            f"{sheet.stage_by}|{sheet.stage or ''}"
        )
        lines += [
            f"{field.field}|{field.term}|{field.type}|{field.unit}|{field.codes}|"
            f"{','.join(field.rows)}" + (f"|{field.prefilled_from}" if field.prefilled_from else "")
            for field in sheet.fields
        ]
    return sha256("\n".join(lines).encode()).hexdigest()


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Give a column's letters, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Give a cell's address in Excel letters, from a row and column counted from 0.

    >>> address(3, 2)
    'C4'
    """
    return f"{letters(column)}{row + 1}"


def split_address(address: str) -> tuple[int, int]:
    """Give a cell's row and column, counted from 0; for no address, a place before all others.

    >>> split_address("C4"), split_address("")
    ((3, 2), (-1, -1))
    """
    column = address.rstrip("0123456789")
    return int(address[len(column) :] or 0) - 1, column_of(column.encode()) - 1


def column_of(letters: bytes) -> int:
    """Give a column's number, counted from 1, by its capital letters.

    >>> column_of(b"C"), column_of(b"AA"), column_of(b"")
    (3, 27, 0)
    """
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column
