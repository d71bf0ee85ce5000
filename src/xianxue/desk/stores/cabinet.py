"""The cabinet: returns and tables as Parquet files that are written once and never changed.

``batches/<digest>.parquet`` holds the cells of the returns accepted in one deed, one line a
cell, with the address at which somebody wrote it. ``tables/<digest>/<sheet>.parquet`` holds
what figures are counted from; it is derived from a set of revisions and the register, and its
folder is named by a digest of both, so it never goes stale: another set is another folder.

``compacted/<form>/<period>/<digest>.parquet`` holds the cells of all revisions of a form and period
up to some release, each line with the batch it came in: see ``compaction``. A batch is where its
file is, or in there; the database knows it by its digest and need not know which.

``workbooks/<digest>.xlsx`` is what was handed in, byte for byte.

A file becomes visible in one step, by renaming a finished one; who refers to it (the database)
is written afterwards. A process that dies in between leaves a file nobody refers to, no more.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing

_CELL_SCHEMA: Final = {
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
_AT_ONCE: Final = 8
"""Files on their way to the disk at a time; more gain nothing."""
BATCH: Final = "batch"
"""The column that a compacted file has beside a batch's own."""
_TYPES: Final = {"Int64": pl.Int64, "Int8": pl.Int8, "String": pl.String}


@dataclass(frozen=True)
class Kept:
    """A revision as the database refers to it."""

    form: str
    place: str
    revision: int
    batch: str
    period: str = ""
    """Told where a batch may hold a place's returns of several periods."""


def content_digest(filed: Return) -> str:
    """Digest what a return says, not how its workbook was saved.

    Two workbooks with the same values have the same digest.
    """
    digest = hashlib.sha256()
    digest.update(f"{filed.form}\n{filed.version}\n{filed.period}\n{filed.place}\n".encode())
    for sheet, rows in sorted(filed.tables.items()):
        for row in rows:
            for name, cell in sorted(row.cells.items()):
                value = cell.value.name if isinstance(cell.value, Missing) else repr(cell.value)
                digest.update(f"{sheet}\t{row.code}\t{name}\t{value}\n".encode())
    return digest.hexdigest()


class Cabinet:
    """The Parquet files of one workspace."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made when something is first written."""
        self.root = root

    def write_batch(self, returns: Sequence[Return]) -> str:
        """Write the cells of returns as one immutable file; give its digest."""
        lines = [line for filed in returns for line in _cell_lines(filed)]
        frame = pl.DataFrame(lines, schema=_CELL_SCHEMA, orient="row")
        names = "".join(content_digest(filed) + filed.digest + filed.file for filed in returns)
        digest = hashlib.sha256(names.encode()).hexdigest()[:32]
        target = self.loose(digest)
        if not target.exists():
            write_in_one_step(target, frame.write_parquet)
        return digest

    def keep_workbook(self, path: Path, digest: str) -> bool:
        """Keep a copy of what was handed in; give False where it is no longer what was read."""
        return self.keep_workbooks([(path, digest)])[0]

    def keep_workbooks(self, read: Sequence[tuple[Path, str]]) -> list[bool]:
        """Keep copies of several, and say of each whether it is still what was read."""
        folder = self.root / "workbooks"
        folder.mkdir(parents=True, exist_ok=True)
        # A disk takes about as long for several files at a time as for one.
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            kept = list(pool.map(self._copy, read))
        if any(kept):
            settle_folder(folder)
        return kept

    def _copy(self, read: tuple[Path, str]) -> bool:
        path, digest = read
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return False
        target = self.workbook(digest, path.suffix)
        if not target.exists():
            with _whole(target) as scratch:
                scratch.write_bytes(content)
        return True

    def workbook(self, digest: str, suffix: str = ".xlsx") -> Path:
        """Say where the copy of a workbook is kept."""
        return self.root / "workbooks" / f"{digest}{suffix.lower()}"

    def read_returns(self, kept: Iterable[Kept], only: Path | None = None) -> list[Return]:
        """Read revisions back, cell by cell, in the order of their place codes.

        ``only`` is the one compacted file to read them from, wherever else they are.
        FileNotFoundError where a batch is nowhere.
        """
        by_batch: dict[str, dict[tuple[str, str, str], int]] = {}
        for item in kept:
            key = (item.form, item.place, item.period)
            by_batch.setdefault(item.batch, {})[key] = item.revision
        returns: list[Return] = []
        for batch, frame in self._frames(by_batch, only):
            returns.extend(_returns(frame, by_batch[batch]))
        return sorted(returns, key=_order)

    def loose(self, batch: str) -> Path:
        """Say where a batch is kept until it is compacted."""
        return self.root / "batches" / f"{batch}.parquet"

    def compacted(self, form: str, period: str = "") -> list[Path]:
        """Give the compacted files of a form, of one period or all."""
        folder = self.root / "compacted" / form
        return sorted(folder.glob(f"{period or '*'}/*.parquet"))

    def _frames(
        self, wanted: Mapping[str, Mapping[tuple[str, str, str], int]], only: Path | None
    ) -> Iterator[tuple[str, pl.DataFrame]]:
        """Give the cells of batches, from files of their own or out of the compacted ones."""
        gone: dict[tuple[str, str], set[str]] = {}
        if only is not None:
            yield from _out_of([only], set(wanted))
            return
        for batch, revisions in wanted.items():
            try:
                yield batch, pl.read_parquet(self.loose(batch))
            except FileNotFoundError:
                # Compacted before, or between our looking and our reading.
                for form, _, period in revisions:
                    gone.setdefault((form, period), set()).add(batch)
        for (form, period), batches in gone.items():
            left = set(batches)
            for batch, cells in _out_of(self.compacted(form, period), batches):
                left.discard(batch)
                yield batch, cells
            if left:
                # As it was before there were compacted files: what is lost is loud.
                raise FileNotFoundError(str(self.loose(min(left))))

    def has_tables(self, digest: str) -> bool:
        """Whether the tables of a set of revisions have been written."""
        return (self.root / "tables" / digest).is_dir()

    def write_tables(
        self,
        digest: str,
        tables: Mapping[str, tuple[Mapping[str, Sequence[object]], Mapping[str, str]]],
    ) -> None:
        """Write sheets' columns with their types; all of them appear at once."""
        target = self.root / "tables" / digest
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
        try:
            for sheet, (columns, types) in tables.items():
                _frame(columns, types).write_parquet(scratch / f"{sheet}.parquet")
            scratch.rename(target)
        except OSError:
            # Somebody else finished the same tables first: theirs are the same.
            if not target.is_dir():
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def table_files(self, digest: str) -> dict[str, Path]:
        """Name the tables' files, by sheet; whichever engine counts opens them itself."""
        folder = self.root / "tables" / digest
        return {path.stem: path for path in sorted(folder.glob("*.parquet"))}


def _order(filed: Return) -> tuple[str, str, str, int]:
    return filed.place, filed.form, filed.period, filed.revision


def _out_of(paths: Iterable[Path], batches: set[str]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the cells of batches that compacted files hold, batch by batch."""
    left = set(batches)
    for path in paths:
        cells = pl.scan_parquet(path).filter(pl.col(BATCH).is_in(sorted(left))).collect()
        for part in cells.partition_by(BATCH, maintain_order=True):
            batch = str(part.item(0, BATCH))
            # Whoever died while compacting left a batch in two files, which say the same.
            left.discard(batch)
            yield batch, part.drop(BATCH)


def held_table(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> pl.LazyFrame:
    """Open columns that stand in memory as a table, as if they had been written."""
    return _frame(columns, types).lazy()


def _frame(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> pl.DataFrame:
    # The types are given, so that a table has the same schema even when it is empty.
    return pl.DataFrame(dict(columns), schema={name: _TYPES[types[name]] for name in columns})


def _cell_lines(filed: Return) -> Iterable[tuple[object, ...]]:
    head = (filed.place, filed.form, filed.version, filed.period, filed.file, filed.digest)
    for sheet, rows in filed.tables.items():
        for position, row in enumerate(rows):
            for name, cell in row.cells.items():
                value = cell.value
                yield (
                    *head,
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


def _returns(
    frame: pl.DataFrame, revisions: Mapping[tuple[str, str, str], int]
) -> Iterable[Return]:
    for part in frame.partition_by("form", "place", "period", maintain_order=True):
        first = part.row(0, named=True)
        key = (first["form"], first["place"])
        revision = revisions.get((*key, first["period"]), revisions.get((*key, "")))
        if revision is None:
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
            revision=revision,
        )


def _value(line: Mapping[str, object]) -> int | str | Missing:
    if line["missing"] is not None:
        return Missing[str(line["missing"])]
    number = line["number"]
    return number if isinstance(number, int) else str(line["text"])


def write_in_one_step(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file that is there whole or not at all, and stays through a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _whole(target) as scratch:
        write(scratch)
    settle_folder(target.parent)


@contextmanager
def _whole(target: Path) -> Generator[Path]:
    """Give a file to write, which becomes the target when the disk has it."""
    handle, name = tempfile.mkstemp(prefix=".making-", dir=target.parent)
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def settle_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
