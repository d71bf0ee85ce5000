"""Files that came over the net, laid down for as long as they are read: under their own names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Final

LONGEST: Final = 240
"""Bytes of a name that every file system takes; a Chinese letter is three."""


def short(name: str) -> str:
    """Give a name as short as a file's may be; its end says of what kind it is, and stays.

    >>> short("年报.xlsx"), len(short("报" * 200 + ".xlsx").encode()) <= LONGEST
    ('年报.xlsx', True)
    """
    stem, dot, kind = name.rpartition(".")
    tail = f"{dot}{kind}".encode()
    if len(name.encode()) <= LONGEST:
        return name
    if not dot or len(tail) > LONGEST // 2:
        stem, tail = name, b""
    return stem.encode()[: LONGEST - len(tail)].decode(errors="ignore") + tail.decode()


@contextmanager
def laid_down(files: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Give paths of files (name, content), none over another; they are gone afterwards."""
    with TemporaryDirectory() as folder:
        paths: list[Path] = []
        for at, (name, data) in enumerate(files):
            # A browser on Windows may send a whole path; only its last part is a name.
            own = short(PurePath(name.replace("\\", "/")).name or "workbook.xlsx")
            path = Path(folder) / str(at) / own
            path.parent.mkdir()
            path.write_bytes(data)
            paths.append(path)
        yield paths
