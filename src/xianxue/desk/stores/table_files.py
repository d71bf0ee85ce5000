"""The tables that figures are counted from, as files with a seal beside them.

``tables/<digest>/<sheet>.parquet`` is derived from a set of revisions and the register, and its
folder is named by a digest of both, so it never goes stale: another set is another folder.
``seal.json`` in it has the digest of each file. A folder without one is of an earlier program,
which sealed no tables: it is derived anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import polars as pl

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.harm import LOST, HarmedError, harm, unreadable
from xianxue.desk.stores.whole_files import digest_of_file, scratch_folder, settle_all

SEAL: Final = "seal.json"
_TYPES: Final = {"Int64": pl.Int64, "Int32": pl.Int32, "Int8": pl.Int8, "String": pl.String}

Columns = tuple[Mapping[str, Sequence[object]], Mapping[str, str]]
"""A sheet's columns, and the type of each."""


class TableFiles:
    """The tables of one cabinet."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made when tables are first written."""
        self.root = root

    def has(self, digest: str) -> bool:
        """Whether the tables of a set of revisions have been written and sealed."""
        # The folder and not the seal alone: what was sealed and has lost its seal is no cache.
        return (self.root / digest / SEAL).exists()

    def write(self, digest: str, tables: Mapping[str, Columns]) -> None:
        """Write sheets' columns with their types; all of them appear at once, with their seal."""
        target = self.root / digest
        self.root.mkdir(parents=True, exist_ok=True)
        scratch = scratch_folder(self.root)
        try:
            for sheet, (columns, types) in tables.items():
                frame_of(columns, types).write_parquet(scratch / f"{sheet}.parquet")
            seal = {path.name: digest_of_file(path) for path in sorted(scratch.iterdir())}
            (scratch / SEAL).write_text(json.dumps(seal, indent=1), encoding="utf-8")
            settle_all(scratch)
            # Of an earlier program, which sealed no tables: nobody counts from it any more.
            if target.is_dir() and not self.has(digest):
                shutil.rmtree(target)
            scratch.rename(target)
        except OSError:
            # Somebody else finished the same tables first: theirs are the same.
            if not self.has(digest):
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def files(self, digest: str) -> dict[str, Path]:
        """Name the tables' files, by sheet; whichever engine counts opens them itself.

        HarmedError where one of them is lost or not what was sealed.
        """
        if issues := self.faults(digest):
            raise HarmedError(issues)
        return {path.stem: path for path in sorted((self.root / digest).glob("*.parquet"))}

    def faults(self, digest: str) -> list[Issue]:
        """Complain of each file that is not as it was sealed."""
        folder = self.root / digest
        try:
            seal = cast("object", json.loads((folder / SEAL).read_bytes()))
        except (OSError, ValueError) as error:
            return [self._harm(digest, SEAL, unreadable(error))]
        if not isinstance(seal, dict):
            return [self._harm(digest, SEAL, say("不是封存时写的样子"))]
        sealed = cast("dict[str, object]", seal)
        names = {path.name for path in folder.glob("*.parquet")} | set(sealed)
        return list(self._unlike(digest, sorted(names), sealed))

    def aside(self, digest: str) -> None:
        """Move harmed tables out of the way, so that they can be looked into."""
        folder = self.root.parent / "aside"
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.iterdir()))
        (self.root / digest).rename(folder / f"{number:04}-{digest}")

    def _unlike(
        self, digest: str, names: Sequence[str], sealed: Mapping[str, object]
    ) -> Iterator[Issue]:
        for name in names:
            path = self.root / digest / name
            if name not in sealed:
                yield self._harm(digest, name, say("多出来的文件，封存时没有"))
                continue
            try:
                if digest_of_file(path) != sealed[name]:
                    yield self._harm(digest, name, say("文件在写下之后被改动，与摘要不符"))
            except FileNotFoundError:
                yield self._harm(digest, name, LOST)
            except OSError as error:
                yield self._harm(digest, name, unreadable(error))

    @staticmethod
    def _harm(digest: str, name: str, saw: str) -> Issue:
        return harm(f"cabinet/tables/{digest}/{name}", saw)


def held_table(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> pl.LazyFrame:
    """Open columns that stand in memory as a table, as if they had been written."""
    return frame_of(columns, types).lazy()


def in_memory(path: Path) -> pl.LazyFrame:
    """Read a table once, for many who will ask of it."""
    return pl.read_parquet(path).lazy()


def with_rows_of(places: Sequence[str], table: pl.LazyFrame, columns: Columns) -> pl.LazyFrame:
    """Put rows in place of those that a table has of some places."""
    theirs = pl.col("place").is_in(list(places))
    rows = pl.concat([table.filter(~theirs), held_table(*columns)], how="diagonal")
    # A column of marks is absent where nothing is marked: what came without it has none.
    marks = [name for name, of in rows.collect_schema().items() if of == pl.Int8]
    return rows.with_columns(pl.col(marks).fill_null(0)).collect().lazy()


def frame_of(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> pl.DataFrame:
    """Lay columns out with their types."""
    # The types are given, so that a table has the same schema even when it is empty.
    return pl.DataFrame(dict(columns), schema={name: _TYPES[types[name]] for name in columns})


def same_table(path: Path, columns: Columns) -> bool:
    """Whether a file holds just these columns."""
    try:
        return pl.read_parquet(path).equals(frame_of(*columns))
    except (OSError, pl.exceptions.PolarsError):
        return False
