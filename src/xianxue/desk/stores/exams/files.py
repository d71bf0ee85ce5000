"""Marks of examinations as Parquet files, each named by the digest of its own bytes.

``exams/marks/<digest>.parquet`` holds the frame of marks, ``exams/pupils/<digest>.parquet`` who the
pupils are: apart, so that whoever counts never opens the second, and so that it can be destroyed by
itself. A file is written whole before the database refers to it; a process that dies in between
leaves a file nobody refers to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.harm import LOST, HarmedError, harm, unreadable
from xianxue.desk.stores.table_files import frame_of
from xianxue.desk.stores.whole_files import whole

MARKS: Final = "marks"
PUPILS: Final = "pupils"
_DO: Final = say("请从备份恢复这个文件；没有备份的，用原来的成绩表重新载入")


class ExamFiles:
    """The files of marks and pupils of one cabinet."""

    def __init__(self, cabinet: Path) -> None:
        """Take the cabinet's folder; what is not there yet is made when something is written."""
        self.root = cabinet / "exams"

    def write(
        self, part: str, columns: Mapping[str, Sequence[object]], types: Mapping[str, str]
    ) -> str:
        """Write columns as one immutable file; give its digest."""
        held = BytesIO()
        frame_of(columns, types).write_parquet(held)
        data = held.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        target = self.file(part, digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with whole(target) as scratch:
                scratch.write_bytes(data)
        return digest

    def file(self, part: str, digest: str) -> Path:
        """Say where a file lies."""
        return self.root / part / f"{digest}.parquet"

    def opened(self, part: str, digest: str) -> pl.LazyFrame:
        """Open a file; HarmedError where it is lost or is not what was sealed."""
        data, issue = self._read(part, digest)
        if issue is not None:
            raise HarmedError([issue])
        return pl.read_parquet(BytesIO(data)).lazy()

    def destroy(self, part: str, digest: str) -> None:
        """Take a file away for good; one that is gone already stays gone."""
        self.file(part, digest).unlink(missing_ok=True)

    def rows(self, part: str, digest: str) -> list[dict[str, object]]:
        """Give the lines of a file one by one; HarmedError as for opening."""
        frame = self.opened(part, digest).collect()
        return frame.rows(named=True)

    def fault(self, part: str, digest: str) -> Issue | None:
        """Complain of a file that is lost or altered; None where it is as it was sealed."""
        return self._read(part, digest)[1]

    def _read(self, part: str, digest: str) -> tuple[bytes, Issue | None]:
        path = self.file(part, digest)
        name = f"cabinet/exams/{part}/{path.name}"
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return b"", harm(name, LOST, do=_DO)
        except OSError as error:
            return b"", harm(name, unreadable(error), do=_DO)
        if hashlib.sha256(data).hexdigest() != digest:
            return b"", harm(name, say("文件在载入之后被改动，与摘要不符"), do=_DO)
        return data, None
