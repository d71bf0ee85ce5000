"""What reading is handed: the tabs of files as texts, and the schools there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record

_SPACE: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_ASIDE: Final = re.compile(r"\([^()]*\)")


class Tab(Record):
    """One sheet of a file, or a text file: its cells from A1 on, as they are written."""

    file: str
    tab: str
    """Its name; empty for a text file, which has none."""
    rows: Sequence[Sequence[str]]
    address: Callable[[int, int], str]
    """Row and column, counted from 0, to Excel's name of the cell."""


class School(Record):
    """A school of the register on the day of the examination."""

    code: str
    name: str
    """As it was called then."""
    open: bool
    stage: bool
    """Whether it has the stage that is examined."""


class Schools(Record):
    """All schools of a county, and every name that each has had."""

    by_code: Mapping[str, School]
    by_name: Mapping[str, Sequence[str]]
    """A name, reduced with ``bare``, to the codes of the schools that have or had it."""


class Line(Record):
    """What one row says: the text for each role, and where it stands."""

    number: int
    """The number of the row in its table, counted from 0."""
    cells: Mapping[str, str]
    at: Mapping[str, tuple[int, int]]
    """Role to row and column."""


@dataclass
class Issues:
    """The complaints of one pass, each at its place."""

    found: list[Issue] = field(default_factory=list[Issue])

    def at(  # noqa: PLR0913, PLR0917 - the parts of a complaint
        self,
        tab: Tab,
        cell: tuple[int, int] | None,
        code: str,
        saw: str,
        required: str = "",
        do: str = "",
        *,
        severity: Severity = Severity.MUST_FIX,
    ) -> None:
        """Complain of a cell, or of a whole tab."""
        self.found.append(
            Issue(
                code=code,
                severity=severity,
                file=tab.file,
                sheet=tab.tab,
                cell=tab.address(*cell) if cell is not None else "",
                saw=saw,
                required=required,
                do=do,
            )
        )

    def note(self, tab: Tab, code: str, saw: str, do: str = "") -> None:
        """Say something of a tab that nobody has to mend."""
        self.at(tab, None, code, saw, do=do, severity=Severity.NOTE)

    def put_in_order(self, tabs: Sequence[Tab]) -> None:
        """Put what was found where somebody who mends a table meets it: row by row."""
        order = {(tab.file, tab.tab): number for number, tab in enumerate(tabs)}
        self.found.sort(key=lambda one: (order.get((one.file, one.sheet), -1), *_at(one.cell)))

    @property
    def stop(self) -> bool:
        """Whether there is anything to be mended before the table can be taken in."""
        return any(one.severity is not Severity.NOTE for one in self.found)


def _at(cell: str) -> tuple[int, int, str]:
    """Give a cell's row, and its column so that Z comes before AA; a whole tab comes first."""
    column = cell.rstrip("0123456789")
    return int(cell[len(column) :] or 0), len(column), column


def bare(text: str) -> str:
    """Reduce a text to what tells it from others: no blanks, no full-width letters.

    >>> bare(" 高三（1）班 "), bare("９５分")
    ('高三(1)班', '95分')
    """
    if text.isascii() and text.isalnum():
        return text
    return _SPACE.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def class_called(text: str) -> str:
    """Give the name of a class as it is written, whatever brackets were typed.

    >>> class_called("九(1)班 "), class_called("九（1）班")
    ('九（1）班', '九（1）班')
    """
    return bare(text).replace("(", "（").replace(")", "）")


def without_asides(text: str) -> str:
    """Reduce a text further, without what stands in brackets.

    >>> without_asides("语文（150分）")
    '语文'
    """
    return _ASIDE.sub("", bare(text))
