"""Returns as bytes that are read back sooner than Parquet, for checking one workbook.

A workbook is compared with what all schools have reported. To load the library that reads the
cabinet takes longer than all checks together; so what was read once is put down a second time,
in a form that needs none. It is derived and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing

_LAYOUT: Final = 1
"""To be raised whenever something is written in another way."""


def name_of(revisions: Sequence[tuple[object, ...]]) -> str:
    """Name a set of accepted revisions: another set, or another layout, is another name."""
    return hashlib.sha256(repr((_LAYOUT, list(revisions))).encode()).hexdigest()


def encoded(returns: Sequence[Return]) -> bytes | None:
    """Give returns as bytes; None where they would not come back as they are."""
    lines = [
        (
            (each.form, each.version, each.period, each.place, each.file, each.digest),
            each.revision,
            [(sheet, [_row(row) for row in rows]) for sheet, rows in each.tables.items()],
        )
        for each in returns
    ]
    said = msgspec.msgpack.encode(lines)
    return said if decoded(said) == list(returns) else None


def decoded(said: bytes | None) -> list[Return] | None:
    """Give back returns; None where the bytes hold none."""
    if said is None:
        return None
    try:
        lines: list[Any] = msgspec.msgpack.decode(said, type=list[Any])
        return [_return(*line) for line in lines]
    except (msgspec.MsgspecError, TypeError, ValueError, KeyError):
        return None


def _row(row: Row) -> tuple[object, ...]:
    return row.code, [(name, *_said(cell)) for name, cell in row.cells.items()]


def _said(cell: Cell) -> tuple[object, ...]:
    value = cell.value
    # A missing value is a word as well, so it stands in a place of its own.
    if isinstance(value, Missing):
        return cell.address, cell.written, None, value.name
    return cell.address, cell.written, value


def _return(head: list[str], revision: int, tables: list[Any]) -> Return:
    form, version, period, place, file, digest = head
    return Return(
        form=form,
        version=version,
        period=period,
        place=place,
        tables={
            sheet: tuple(
                Row(code, {name: _cell(*said) for name, *said in cells}) for code, cells in rows
            )
            for sheet, rows in tables
        },
        file=file,
        digest=digest,
        revision=revision,
    )


def _cell(address: str, written: str, value: int | str | None, missing: str = "") -> Cell:
    if value is None:
        return Cell(Missing[missing], address, written)
    return Cell(value, address, written)
