"""What drafts and scans of returns take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from xianxue.web.api.shapes import Count, Problem, Reason, Word

Cell = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
"""``sheet.row.field``, as a draft names its cells."""


class ConflictOut(Schema):
    """A cell of which two pages have said different things; both are kept until one is chosen."""

    name: str
    mine: str
    theirs: str
    agreed: str


class DraftOut(Schema):
    """What somebody has typed of a return; nobody else sees it."""

    version: int
    base: int
    """The revision it was begun from; 0 where nothing had been handed in."""
    file: str
    changed_at: datetime
    cells: dict[str, str]
    conflicts: list[ConflictOut]
    steps: list[str]
    """What can be taken back, the last one last."""


class ChangeIn(Schema):
    """A cell as it is to be, and as it was when it was read."""

    text: Cell
    agreed: Cell = ""


class CellsIn(Schema):
    """Cells that are typed in one step."""

    cells: Annotated[dict[Name, ChangeIn], Field(min_length=1, max_length=5000)]


class TypedOut(Schema):
    """A draft after cells were typed, and what was not taken."""

    draft: DraftOut
    skipped: list[str]
    """Cells that are worked out, not asked, or unknown."""


class DraftStepIn(Schema):
    """What is done to a draft as a whole."""

    step: Annotated[str, Field(pattern=r"^(undo|discard|restore)$")]


class ChoiceIn(Schema):
    """Which of two words of a cell is to stand."""

    name: Name
    mine: bool


class DraftChecked(Schema):
    """What the checks say of a draft."""

    clean: bool
    must_fix: int
    explain: int
    issues: list[Problem]


class SignedDraft(Schema):
    """Who signs a draft that is handed in, and why where numbers are corrected."""

    clerk: Word
    head: Word
    why: Reason = ""


class ScanOut(Schema):
    """A scanned paper at a revision."""

    revision: int
    file: str
    digest: str
    kind: str
    size: int


class ScansOut(Schema):
    """The scans at the newest revision, and the digest that stands on its paper."""

    revision: int
    content: str
    scans: list[ScanOut]


class ScanIn(Schema):
    """Which paper it is: the revision and the digest that stand below its pages."""

    revision: Count
    digest: Word
    instead: bool = False
    why: Reason = ""


class ScannedOut(Schema):
    """What was attached; unchanged where it had been attached before."""

    unchanged: bool
    scans: list[ScanOut]
