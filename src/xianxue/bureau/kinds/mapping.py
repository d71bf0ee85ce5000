"""A mapping: which column of a table from elsewhere holds which field of a form."""

from __future__ import annotations

from xianxue.bureau.kinds.card import Card


class MappedColumn(Card, frozen=True, kw_only=True):
    """One column that is read."""

    column: str
    """Its header as it was found; the levels of several lines joined by ``·``."""
    nth: int = 1
    """Which of the columns with this header, counted from 1."""
    field: str
    """What it holds, as `xianxue.bureau.returns.mapping.targets` spells it."""
    unit: str = ""
    """The unit its numbers come in, where that is not the field's own (万元, 亩)."""


class MappedWord(Card, frozen=True, kw_only=True):
    """What a word of an office's own ledger means."""

    field: str
    """The field of its column; ``_state``, ``_name`` or ``_colour`` for what is none."""
    word: str
    value: str
    """A state, a code, the code of a place."""


class MappedValue(Card, frozen=True, kw_only=True):
    """What every line of an office's own ledger has, although no column says it."""

    field: str
    value: str


class Mapping(Card, frozen=True, kw_only=True):
    """What somebody has decided of one kind of table; kept, it is not asked again."""

    mapping: str
    """The id."""
    term: str
    """What kind of table it is: the file and tab it was made from."""
    form: str
    fingerprint: str
    """Digest of the headers, whatever their order."""
    columns: list[MappedColumn]
    skipped: list[str] = []
    """Headers of columns that are not read, with somebody's knowledge."""
    words: list[MappedWord] = []
    """Of an office's own ledger (``form`` is then ``ledger.NAME``)."""
    fixed: list[MappedValue] = []
