"""What is said of an office's table, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.kinds.ledgers.ledger import LedgerField
from xianxue.bureau.ledgers.old import Old
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.ledgers.mapping.words import Word


class Said(Record, kw_only=True):
    """What somebody has said of a table beyond its columns."""

    words: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Field and word, reduced, to the value that is meant."""
    fixed: Mapping[str, str] = field(default_factory=dict[str, str])
    """Field to the value that every line has."""
    place: str = ""
    year: int | None = None
    until: date | None = None
    left: frozenset[int] = frozenset()
    """Lines that are not taken in, by their number in the sheet, counted from 1."""


class Left(Record, kw_only=True):
    """A cell that has no place in an entry, and why."""

    tab: str
    cell: str
    head: str
    text: str
    why: Sentence | str
    row: int
    """Its line in the sheet, counted from 1."""


class Read(Record, kw_only=True):
    """What a table comes to."""

    entries: dict[int, Old] = field(default_factory=dict[int, Old])
    """By the line of the sheet, counted from 1."""
    left: list[Left] = field(default_factory=list[Left])
    words: list[Word] = field(default_factory=list[Word])
    notes: list[Sentence | str] = field(default_factory=list["Sentence | str"])
    lacking: list[LedgerField] = field(default_factory=list[LedgerField])
    """Required fields that no column and no word of anybody fills."""
    until: date
    year: int
    refused: dict[int, list[Sentence | str]] = field(
        default_factory=dict[int, "list[Sentence | str]"]
    )
    """Lines that make no entry, and why."""
