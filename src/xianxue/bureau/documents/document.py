"""A document as the auditor takes it: plain text, and where its marked places are."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.values.record import Record


class Control(Record):
    """A content control of a Word document that carries a tag."""

    tag: str
    title: str
    start: int
    """Offset of its first character in the document's text."""
    end: int
    """One past its last."""


class Document(Record):
    """What a file says, in the order in which it is read.

    A paragraph is a line. A row of a table is a line too, with a tab between its cells; a merged
    cell is given once and its other places are empty. Offsets count characters from 0.
    """

    kind: Literal["text", "word"]
    text: str
    controls: tuple[Control, ...] = ()
    """In the order of their starts; an outer one before those inside it."""
