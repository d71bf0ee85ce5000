"""Returns as lines of cells and back: what a batch of the cabinet holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.harm import harm
from xianxue.desk.stores.whole_files import digest_of_file

_SCHEMA: Final = {
    "place": pl.String,
    "form": pl.String,
    "version": pl.String,
    "period": pl.String,
    "file": pl.String,
    "digest": pl.String,
    "sheet": pl.String,
    "position": pl.Int32,
    "row": pl.String,
    "field": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "missing": pl.String,
    "address": pl.String,
    "written": pl.String,
}


_WHOLE: Final = hashlib.sha256().digest_size * 2
"""Hexadecimal digits of a name that digests the bytes of its file."""


class Kept(Record):
    """A revision as the database refers to it."""

    form: str
    place: str
    revision: int
    batch: str
    period: str = ""
    """Told where a batch may hold a place's returns of several periods."""
    content: str = ""
    """The digest of its values that was sealed; where it is told, what is read is held to it."""
    digest: str = ""
    """SHA-256 of its workbook, likewise."""


def content_digest(filed: Return) -> str:
    """Digest what a return says, not how its workbook was saved.

    Two workbooks with the same values have the same digest.
    """
    said = [f"{filed.form}\n{filed.version}\n{filed.period}\n{filed.place}\n"]
    # Sheets and fields are sorted, rows are not: in a list the order of rows is part of what was
    # said; that of sheets and columns is the template's.
    for sheet, rows in sorted(filed.tables.items()):
        for row in rows:
            for name, cell in sorted(row.cells.items()):
                # `repr` tells the number 1 from the text «1»; a missing value has a word of its
                # own.
                value = cell.value.name if isinstance(cell.value, Missing) else repr(cell.value)
                said.append(f"{sheet}\t{row.code}\t{name}\t{value}\n")
    return hashlib.sha256("".join(said).encode()).hexdigest()


def cells_digest(filed: Return, content: str = "") -> str:
    """Digest all that is kept of a return: its values, where they stood and how they were written.

    Two workbooks with the same values may differ in it; what is kept of one never does.
    ``content`` is the digest of its values, where it is known already.
    """
    said = [content or content_digest(filed)]
    # A line is told as Python tells a tuple, and begins the same in each.
    head = repr(_head_of(filed))[:-1]
    said += [f"{head}, {repr(line)[1:]}\n" for line in _cells_of(filed)]
    return hashlib.sha256("".join(said).encode()).hexdigest()


def frame_of(returns: Sequence[Return]) -> pl.DataFrame:
    """Lay returns out, one line a cell."""
    lines = [line for filed in returns for line in _lines_of(filed)]
    return pl.DataFrame(lines, schema=_SCHEMA, orient="row")


def returns_in(frame: pl.DataFrame, asked: Mapping[tuple[str, str, str], Kept]) -> Iterable[Return]:
    """Give the returns of a batch that were asked for, by form, place and period.

    Lines that no program of ours wrote end in a KeyError, TypeError or ValueError.
    """
    for part in frame.partition_by("form", "place", "period", maintain_order=True):
        first = part.row(0, named=True)
        key = (first["form"], first["place"])
        kept = asked.get((*key, first["period"]), asked.get((*key, "")))
        if kept is None:
            continue
        tables: dict[str, dict[int, Row]] = {}
        for line in part.iter_rows(named=True):
            rows = tables.setdefault(line["sheet"], {})
            row = rows.setdefault(line["position"], Row(line["row"], {}))
            row.cells[line["field"]] = Cell(_value(line), line["address"], line["written"])
        yield Return(
            form=first["form"],
            version=first["version"],
            period=first["period"],
            place=first["place"],
            tables={sheet: tuple(rows.values()) for sheet, rows in tables.items()},
            file=first["file"],
            digest=first["digest"],
            revision=kept.revision,
        )


def unlike(
    file: str, found: Sequence[Return], asked: Mapping[tuple[str, str, str], Kept]
) -> list[Issue]:
    """Complain of each return that a batch does not hold as it was sealed."""
    issues: list[Issue] = []
    there = {(each.form, each.place, each.period): each for each in found}
    for (form, place, period), kept in asked.items():
        filed = there.get((form, place, period)) or next(
            (one for key, one in there.items() if not period and key[:2] == (form, place)), None
        )
        saw = ""
        if filed is None:
            saw = say("{place} 第 {n} 版报表不在文件里了", place=place, n=kept.revision)
        elif kept.content and content_digest(filed) != kept.content:
            saw = say("{place} 第 {n} 版报表与收下时的摘要不符", place=place, n=kept.revision)
        elif kept.digest and filed.digest != kept.digest:
            saw = say("{place} 第 {n} 版报表出自另一份工作簿", place=place, n=kept.revision)
        if saw:
            issues.append(harm(file, saw, place=place, form=form))
    return issues


def as_sealed_file(frame: pl.DataFrame) -> tuple[bytes, str]:
    """Give a file's bytes and their digest, under which it is kept."""
    buffer = BytesIO()
    frame.write_parquet(buffer)
    data = buffer.getvalue()
    return data, hashlib.sha256(data).hexdigest()


def altered(path: Path, name: str) -> list[Issue]:
    """Complain where a file is not what its name digests.

    Files of earlier programs have shorter names, which say nothing of their bytes.
    """
    if len(path.stem) < _WHOLE:
        return []
    if digest_of_file(path) == path.stem:
        return []
    return [harm(name, say("文件在写下之后被改动，与摘要不符"))]


def _lines_of(filed: Return) -> Iterator[tuple[object, ...]]:
    head = _head_of(filed)
    return ((*head, *cell) for cell in _cells_of(filed))


def _head_of(filed: Return) -> tuple[object, ...]:
    return (filed.place, filed.form, filed.version, filed.period, filed.file, filed.digest)


def _cells_of(filed: Return) -> Iterator[tuple[object, ...]]:
    for sheet, rows in filed.tables.items():
        for position, row in enumerate(rows):
            for name, cell in row.cells.items():
                value = cell.value
                yield (
                    sheet,
                    position,
                    row.code,
                    name,
                    value if isinstance(value, int) else None,
                    value if isinstance(value, str) else None,
                    value.name if isinstance(value, Missing) else None,
                    cell.address,
                    cell.written,
                )


def _value(line: Mapping[str, object]) -> int | str | Missing:
    # First: a missing value has neither number nor text, and is not zero.
    if line["missing"] is not None:
        return Missing[str(line["missing"])]
    number = line["number"]
    return number if isinstance(number, int) else str(line["text"])
