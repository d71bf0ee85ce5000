"""What a form is designed of: sheets, boxes and checks, as they were typed.

Everything is kept as it came, wrong or right: a draft is somebody's work, and is judged only when
it is looked at as a card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

By = Literal["row", "code", "return"]
_PARTS: Final = 2
_KEPT: Final = ("ident", "term", "filed_by", "period", "owner", "version", "held", "carries")


class Box(Record, kw_only=True):
    """One field as it was typed; texts as they came."""

    term: str
    ident: str
    type: str = "integer"
    unit: str = "person"
    codes: str = ""
    required: bool = True
    help: str = ""
    least: str = ""
    """逻辑校验: below it a value is wrong; empty for no bound."""
    most: str = ""
    low: str = ""
    """经验校验: below it a value is to be explained."""
    high: str = ""

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """The bounds as cards name them."""
        return (
            ("min", self.least),
            ("max", self.most),
            ("usual_min", self.low),
            ("usual_max", self.high),
        )


class Leaf(Record, kw_only=True):
    """One sheet."""

    ident: str = ""
    """The name in code that it has in the version before; empty of a new one."""
    term: str = ""
    """The form's own term where nothing was typed."""
    layout: str = "record"
    rows: str = ""
    """For a grid: the list of codes that its rows are."""
    stages: Sequence[str] = ()
    """Asked only of schools that have one of these; empty for all."""
    boxes: Sequence[Box] = ()

    def filled(self) -> list[Box]:
        """Give the lines in which something is named."""
        return [one for one in self.boxes if one.term]


class Pair(Record):
    """One check: a field, how it stands to another, and that one.

    Fields are named by the places of their sheet and line, ``0.2``, so that a name may still
    change.
    """

    left: str
    relation: str
    right: str
    severity: str = "must_fix"


class Design(Record, kw_only=True):
    """A form of one sheet or several."""

    ident: str = ""
    term: str = ""
    filed_by: str = "school"
    period: str = "school_year"
    owner: str = ""
    leaves: Sequence[Leaf] = (Leaf(),)
    pairs: Sequence[Pair] = ()
    version: str = "1"
    start: str = ""
    """Of a next version: the first period for which it asks; empty of a new form."""
    held: Mapping[str, str] = {}
    """Of a next version: ``sheet.field`` to the field of another form that it is filled in from."""
    carries: bool = False
    """Of a next version: whether what its card says beside the boxes is carried over, for nobody
    designed it here (``carried.py``)."""

    @property
    def is_next(self) -> bool:
        """Whether it is the next version of a form that is in force."""
        return self.version != "1"

    @property
    def card_ident(self) -> str:
        """The id of its card."""
        return f"{self.ident}_{self.version}" if self.is_next else self.ident

    @property
    def card_term(self) -> str:
        """The name of its card."""
        if not self.is_next:
            return self.term
        return say("{term}第 {version} 版", term=self.term, version=self.version)

    def sheet_ident(self, at: int) -> str:
        """Give the name in code of a sheet: the form's own for the first."""
        if self.leaves[at].ident:
            return self.leaves[at].ident
        if self.is_next:
            # Never one that a sheet has which has ended.
            return f"{self.ident}_v{self.version}_{at + 1}"
        return self.ident if at == 0 else f"{self.ident}_{at + 1}"

    def over(self, before: Design) -> Design:
        """Give it as what is typed over a draft: what a next version may not change stays."""
        if not before.is_next:
            return msgspec.structs.replace(self, version="1", start="", held={}, carries=False)
        return msgspec.structs.replace(
            self,
            **{one: getattr(before, one) for one in _KEPT},
            start=_of_kind(self.start, before.period) or before.start,
        )

    def filled(self) -> list[Box]:
        """Give all lines in which something is named."""
        return [box for leaf in self.leaves for box in leaf.filled()]

    def box(self, where: str) -> tuple[int, Box] | None:
        """Give the sheet and line that a place names; None where nothing is named there."""
        parts = where.split(".")
        if len(parts) != _PARTS or not all(one.isdecimal() for one in parts):
            return None
        sheet, line = map(int, parts)
        if sheet >= len(self.leaves) or line >= len(self.leaves[sheet].boxes):
            return None
        found = self.leaves[sheet].boxes[line]
        return (sheet, found) if found.term else None

    def both(self, pair: Pair) -> tuple[tuple[int, Box], tuple[int, Box]] | None:
        """Give both sides of a check; None where one is gone."""
        left, right = self.box(pair.left), self.box(pair.right)
        return None if left is None or right is None else (left, right)

    def judged_by(self, one: int, other: int) -> By:
        """Say how often two sheets' fields are compared: row by row, code by code, or as sums."""
        if one == other:
            return "row"
        first, second = self.leaves[one], self.leaves[other]
        same = first.layout == second.layout == "grid" and first.rows == second.rows
        return "code" if same else "return"

    def kept(self) -> dict[str, Any]:
        """Give the design as it is kept."""
        return msgspec.to_builtins(self)

    @classmethod
    def of(cls, kept: object) -> Design:
        """Read a design as it was kept."""
        return msgspec.convert(kept, cls)


def _of_kind(code: str, kind: str) -> str:
    """Give the code of a period of a kind; empty for anything else."""
    try:
        return code if Period.parse(code).kind == kind else ""
    except ValueError:
        return ""
