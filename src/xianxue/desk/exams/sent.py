"""Score tables that were sent through a page: kept as files while they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.returns.marked_copies import write_marked

_LONGEST: Final = 120
"""Letters of a name that are kept: a file system takes no more than 255 bytes."""


@contextmanager
def as_files(sent: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Write names and bytes into a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        paths: list[Path] = []
        for number, (name, data) in enumerate(sent, start=1):
            plain = Path(name.replace("\\", "/")).name[-_LONGEST:] or str(number)
            # Two files of one name stand in folders of their own.
            path = Path(folder) / str(number) / plain
            path.parent.mkdir()
            path.write_bytes(data)
            paths.append(path)
        yield paths


def marked_copies(paths: Sequence[Path], issues: Sequence[Issue], name: str) -> tuple[str, bytes]:
    """Give copies with the complaints marked in them: the file itself, or all packed together."""
    with TemporaryDirectory() as folder:
        made = list(write_marked(tuple(paths), list(issues), Path(folder)))
        if len(made) == 1:
            return made[0].name, made[0].read_bytes()
        held = BytesIO()
        with ZipFile(held, "w", ZIP_DEFLATED) as packed:
            for path in made:
                packed.write(path, path.name)
        return f"{name}.zip", held.getvalue()
