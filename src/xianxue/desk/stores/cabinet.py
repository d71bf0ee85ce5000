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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import polars as pl

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.cell_lines import (
    Kept,
    altered,
    as_sealed_file,
    content_digest,
    frame_of,
    returns_in,
    unlike,
)
from xianxue.desk.stores.given.given_files import read_given
from xianxue.desk.stores.harm import LOST, HarmedError, harm, unreadable
from xianxue.desk.stores.table_files import TableFiles
from xianxue.desk.stores.whole_files import settle_folder, whole

__all__ = ["BATCH", "Cabinet", "Kept", "content_digest", "settle_folder", "write_in_one_step"]

_AT_ONCE: Final = 8
"""Files on their way to the disk at a time; more gain nothing."""
BATCH: Final = "batch"
"""The column that a compacted file has beside a batch's own."""


class Cabinet:
    """The Parquet files of one workspace."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made when something is first written."""
        self.root = root
        self.tables = TableFiles(root / "tables")

    def write_batch(self, returns: Sequence[Return]) -> str:
        """Write the cells of returns as one immutable file; give its digest."""
        data, digest = as_sealed_file(frame_of(returns))
        target = self.loose(digest)
        if not target.exists():
            write_in_one_step(target, lambda path: path.write_bytes(data))
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
        content = read_given(path)
        # Somebody may have saved the workbook again since it was checked.
        if hashlib.sha256(content).hexdigest() != digest:
            return False
        target = self.workbook(digest, path.suffix)
        if not target.exists():
            with whole(target, settle=False) as scratch:
                scratch.write_bytes(content)
        return True

    def workbook(self, digest: str, suffix: str = ".xlsx") -> Path:
        """Say where the copy of a workbook is kept."""
        return self.root / "workbooks" / f"{digest}{suffix.lower()}"

    def aside(self, paths: Iterable[Path]) -> None:
        """Move files out of the way, so that what happened to them can be looked into."""
        folder = self.root / "aside"
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if path.exists():
                number = len(list(folder.iterdir()))
                path.rename(folder / f"{number:04}-{path.name}")

    @property
    def keeps_workbooks(self) -> bool:
        """Whether workbooks were ever kept; the first program kept none."""
        return (self.root / "workbooks").is_dir()

    def read_workbook(self, digest: str, suffix: str = ".xlsx") -> bytes:
        """Read the copy of what was handed in; HarmedError where it is not that any more."""
        path = self.workbook(digest, suffix)
        name = f"cabinet/workbooks/{path.name}"
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise HarmedError([harm(name, LOST)]) from error
        except OSError as error:
            raise HarmedError([harm(name, unreadable(error))]) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise HarmedError([harm(name, say("文件在交来之后被改动，与摘要不符"))])
        return data

    def read_returns(self, kept: Iterable[Kept], only: Path | None = None) -> list[Return]:
        """Read revisions back, cell by cell, in the order of their place codes.

        ``only`` is the one compacted file to read them from, wherever else they are.
        HarmedError where a batch is nowhere, cannot be read, or holds anything but what was sealed.
        """
        returns, issues = self.read_and_hold(kept, only)
        if issues:
            raise HarmedError(issues)
        return returns

    def read_and_hold(
        self, kept: Iterable[Kept], only: Path | None = None
    ) -> tuple[list[Return], list[Issue]]:
        """Read what can be read, and complain of what is not as it was sealed."""
        by_batch: _Asked = {}
        for item in kept:
            by_batch.setdefault(item.batch, {})[item.form, item.place, item.period] = item
        returns: list[Return] = []
        # By what they say: a broken file is complained of once, whatever lay in it.
        issues: dict[str, Issue] = {}
        for path, asked, frame in self._parts(by_batch, only):
            name = f"cabinet/{path.relative_to(self.root).as_posix()}"
            found = _returns(frame, asked)
            if isinstance(found, BaseException):
                lost = isinstance(found, FileNotFoundError)
                each = [harm(name, LOST if lost else unreadable(found))]
            else:
                returns.extend(found)
                # A return that differs is named; else the file, in which something else does.
                each = unlike(name, found, asked) or altered(path, name)
            issues.update((issue.message, issue) for issue in each)
        return sorted(returns, key=_order), list(issues.values())

    def loose(self, batch: str) -> Path:
        """Say where a batch is kept until it is compacted."""
        return self.root / "batches" / f"{batch}.parquet"

    def compacted(self, form: str, period: str = "") -> list[Path]:
        """Give the compacted files of a form, of one period or all."""
        folder = self.root / "compacted" / form
        return sorted(folder.glob(f"{period or '*'}/*.parquet"))

    def _parts(self, by_batch: _Asked, only: Path | None) -> Iterator[_Part]:
        """Give the cells of batches, from files of their own or out of the compacted ones."""
        if only is not None:
            yield from self._out_of([only], by_batch)
            return
        gone: dict[tuple[str, str], _Asked] = {}
        for batch, asked in by_batch.items():
            path = self.loose(batch)
            frame = _attempt(partial(pl.read_parquet, path))
            if not isinstance(frame, FileNotFoundError):
                yield path, asked, frame
                continue
            # Compacted before, or between our looking and our reading.
            for key, kept in asked.items():
                gone.setdefault((key[0], key[2]), {}).setdefault(batch, {})[key] = kept
        for (form, period), batches in gone.items():
            yield from self._out_of(self.compacted(form, period), batches)

    def _out_of(self, paths: Iterable[Path], batches: _Asked) -> Iterator[_Part]:
        """Give the cells of batches that compacted files hold, batch by batch."""
        left = dict(batches)
        broken: list[tuple[Path, BaseException]] = []
        for path in paths:
            lazy = partial(pl.scan_parquet, path)
            held = pl.col(BATCH).is_in(sorted(left))
            cells = _attempt(lambda lazy=lazy, held=held: lazy().filter(held).collect())
            if isinstance(cells, BaseException):
                broken.append((path, cells))
                continue
            for part in cells.partition_by(BATCH, maintain_order=True):
                # A process that died while compacting left a batch in two files that say the same.
                asked = left.pop(str(part.item(0, BATCH)), None)
                if asked is not None:
                    yield path, asked, part.drop(BATCH)
        for batch, asked in left.items():
            # What lay in a file that cannot be read is not known; elsewhere it is not.
            path, error = broken[0] if broken else (self.loose(batch), FileNotFoundError())
            yield path, asked, error


_Asked = dict[str, dict[tuple[str, str, str], Kept]]
"""Batches, and which returns of each are asked for: by form, place and period."""
_Part = tuple[Path, dict[tuple[str, str, str], Kept], pl.DataFrame | BaseException]
"""Where something was looked for, what was asked of it, and its cells or why there are none."""
_R = TypeVar("_R")


def _attempt(read: Callable[[], _R]) -> _R | BaseException:
    """Read something, or give why it cannot be read."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - a fault in the reader's Rust is no Exception
        return error


def _returns(
    frame: pl.DataFrame | BaseException, asked: Mapping[tuple[str, str, str], Kept]
) -> list[Return] | BaseException:
    if isinstance(frame, BaseException):
        return frame
    return _attempt(lambda: list(returns_in(frame, asked)))


def _order(filed: Return) -> tuple[str, str, str, int]:
    return filed.place, filed.form, filed.period, filed.revision


def write_in_one_step(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file that is there whole or not at all, and stays through a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole(target) as scratch:
        write(scratch)
