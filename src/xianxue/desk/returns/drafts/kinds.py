"""What each cell of a workbook is: asked, a head, help, a total, last year's, or shut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import HELD_MARK, LAST_MARK, TOTAL
from xianxue.desk.returns.drafts.typed import name_of

_NUMBERS: Final = frozenset({"integer", "measure", "year"})


class Kinds:
    """What each cell of a tab is, by what was read where."""

    def __init__(
        self,
        sheet: Sheet | None,
        places: Mapping[tuple[int, int], tuple[str, str]],
        grid: Sequence[Sequence[Raw]],
    ) -> None:
        self.sheet = sheet
        self.places = places
        self.fields: dict[str, Field] = (
            {} if sheet is None else {one.field: one for one in sheet.fields}
        )
        self.rows = {row for row, _ in places}
        self.columns = {column for _, column in places}
        self.first = min(self.rows, default=len(grid)), min(self.columns, default=0)
        fields = {places[place][1] for place in places}
        # A field's cells stand in one row where it is written downwards.
        self.down = bool(fields) and all(
            len({row for (row, _), (_, name) in places.items() if name == one}) == 1
            for one in fields
        )
        if sheet is not None and sheet.layout == "list":
            self.down = False
        self.needed = {
            (place[0] if self.down else place[1])
            for place, (_, name) in places.items()
            if name in self.fields and self.fields[name].required
        }
        self.sides = {
            at
            for at, raws in enumerate(grid)
            if raws and isinstance(raws[0], str) and raws[0].startswith((LAST_MARK, HELD_MARK))
        }
        head = grid[self.first[0] - 1 if self.down else 0] if grid and places else ()
        self.shown = {
            at
            for at, raw in enumerate(head)
            if isinstance(raw, str) and (raw.startswith((LAST_MARK, HELD_MARK)))
        }
        self.total_rows = {
            at for at, raws in enumerate(grid) if raws and raws[0] == TOTAL and not self.down
        }
        self.total_columns = {at for at, raw in enumerate(head) if raw == TOTAL and self.down}

    def name(self, place: tuple[int, int]) -> str:
        """Give the draft's name of a cell."""
        found = self.places.get(place)
        return "" if found is None or self.sheet is None else name_of(self.sheet.sheet, *found)

    def kind(self, place: tuple[int, int]) -> str:
        """Say what a cell is."""
        if self.sheet is None or not self.places:
            return ""
        if place in self.places:
            field = self.fields.get(self.places[place][1])
            return "number" if field is not None and field.type in _NUMBERS else "text"
        return self._beside(*place)

    def _beside(self, row: int, column: int) -> str:
        if column in self.shown or row in self.sides:
            return "last"
        if row in self.total_rows or column in self.total_columns:
            return "total" if column and row else "item" if row else "head"
        top, left = self.first
        if row < top:
            return self._above(row, column)
        if column < left:
            return self._before(row, column, left)
        return "shut" if row in self.rows and column in self.columns else ""

    def _above(self, row: int, column: int) -> str:
        if self.down or row == 0:
            return "head need" if not self.down and column in self.needed else "head"
        return "hint"

    def _before(self, row: int, column: int, left: int) -> str:
        if column == 0 or not self.down:
            return "item need" if self.down and row in self.needed else "item"
        return "hint" if column < left else "item"
