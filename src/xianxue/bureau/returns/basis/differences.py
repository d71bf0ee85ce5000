"""What two states of the returns differ in, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xianxue.bureau.records.cells import Cell, Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record


class CellChange(Record):
    """One number or answer that is not what it was; None where there was or is none."""

    form: str
    place: str
    sheet: str
    row: str
    field: str
    before: Value | None
    after: Value | None
    cell: str
    """Where it stands now, in Excel letters; where it stood, if it is gone."""
    revisions: tuple[int, int]
    """The revision before and after; 0 where there was none."""


def changed_cells(before: Iterable[Return], after: Iterable[Return]) -> list[CellChange]:
    """List what changed between two sets of returns, by place, form, sheet and row.

    A return that came or went altogether counts with all its cells.
    """
    old = {(filed.place, filed.form): filed for filed in before}
    new = {(filed.place, filed.form): filed for filed in after}
    return [
        change
        for key in sorted(old.keys() | new.keys())
        for change in _of_return(old.get(key), new.get(key))
    ]


_Key = tuple[str, str, str]
"""Sheet, row and field."""


def _of_return(old: Return | None, new: Return | None) -> Iterator[CellChange]:
    some = new or old
    if some is None:
        return
    nothing: dict[_Key, Cell] = {}
    old_cells = _cells(old) if old else nothing
    new_cells = _cells(new) if new else nothing
    for key in dict.fromkeys((*old_cells, *new_cells)):
        was, now = old_cells.get(key), new_cells.get(key)
        before, after = was.value if was else None, now.value if now else None
        if before != after:
            sheet, row, field = key
            yield CellChange(
                form=some.form,
                place=some.place,
                sheet=sheet,
                row=row,
                field=field,
                before=before,
                after=after,
                cell=now.address if now else was.address if was else "",
                revisions=(old.revision if old else 0, new.revision if new else 0),
            )


def _cells(filed: Return) -> dict[_Key, Cell]:
    return {
        (sheet, row.code, name): cell
        for sheet, rows in filed.tables.items()
        for row in rows
        for name, cell in row.cells.items()
    }
