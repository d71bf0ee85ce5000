"""Stamps of files: whether one is still the file that was read, asked without reading it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Stamp = tuple[str, int, int, int, int]
"""Path, inode, size, and when it was last written and last changed at all, in nanoseconds."""


def stamps(paths: Iterable[Path]) -> tuple[Stamp, ...]:
    """Give the stamp of each file, and of all files below each folder.

    What is not there has none.

    A file written anew in one step has another inode, and one written over has another time: a
    correction of the same length within the clock's tick shows as well.
    """
    return tuple(found for path in paths for found in _below(path))


def _below(path: Path) -> list[Stamp]:
    try:
        if path.is_dir():
            files = sorted(each for each in path.rglob("*") if each.is_file())
        else:
            files = [path]
        return [_of(each) for each in files]
    except FileNotFoundError:
        # Taken away, or never there: then it has no stamp, and that is told apart from any.
        return []


def _of(path: Path) -> Stamp:
    found = path.stat()
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
