"""Tables that ask within sentences: which blank is which field.

«专任教师＿＿人» has no column to read; what is proposed here tells a clerk where the number
belongs. Only the same name counts: in a sentence, what is alike is another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.mapping.blanks import JOINT, Blank, blanks_of
from xianxue.bureau.returns.mapping.column_units import told
from xianxue.bureau.returns.mapping.scoring import CORE, text_score, unit_fault
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import Codes, Target, targets_of
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import Record

_BLANK = re.compile("[＿_]{2,}")
_WHOSE = re.compile("^(?:学校|全县|全校|县域内|本校)(?:拥有|共有|有)?(?=.)")


class Asked(Record):
    """A blank in a sentence, and the field it asks for, where there is one."""

    cell: str
    nth: int
    """Which blank of the cell, counted from 1."""
    blank: Blank
    target: Target | None
    why: str

    @property
    def conversion(self) -> str:
        """What its unit comes to in the field's own; empty where it is the same."""
        return told(self.blank.unit, self.target.field) if self.target else ""


def blanks_asked(table: Table, grid: Grid, form: Form, codes: Codes) -> list[Asked]:
    """Give every blank of a table's sentences, in the order of its cells."""
    targets = [target for target in targets_of(form, codes) if target.holds == "value"]
    return list(_asked(table, grid, targets))


def _asked(table: Table, grid: Grid, targets: list[Target]) -> Iterator[Asked]:
    for row in table.rows:
        for at, raw in enumerate(grid[row]):
            text = written(raw)
            if _BLANK.search(text) is None:
                continue
            for nth, blank in enumerate(blanks_of(text), 1):
                target, why = _best(blank, targets)
                yield Asked(table.cell(row, at), nth, blank, target, why)


def _best(blank: Blank, targets: list[Target]) -> tuple[Target | None, str]:
    levels = tuple(_WHOSE.sub("", level) for level in blank.term.split(JOINT))
    head = Head(0, levels)
    found = [
        (value, target, why)
        for target in targets
        for value, why in [text_score(head, target)]
        if value >= CORE and not unit_fault(blank.unit, target.field)
    ]
    if not found:
        return None, ""
    best = max(value for value, _, _ in found)
    likely = [(target, why) for value, target, why in found if value == best]
    # Two fields of one name: nothing in the sentence says which.
    return likely[0] if len(likely) == 1 else (None, "")
