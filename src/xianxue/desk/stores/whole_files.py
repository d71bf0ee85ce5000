"""Files that are written whole or not at all: what is broken off leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can name: a real one would make the bytes differ from run to run."""
_UNIX: Final = 3
"""Zip's number for rights written the Unix way, whatever machine the file is made on."""
_READABLE: Final = 0o644 << 16
"""Owner may write, everybody may read; zip keeps Unix rights in the upper half."""
_RIGHTS: Final = 0o644
"""The same on disk: a temporary file is its owner's alone, a finished one is for everybody."""


def write_zip(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip that depends on nothing but its files; it appears when it is finished."""
    with whole(target) as scratch, zipfile.ZipFile(scratch, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _DATED)
            # Workbooks are zips themselves: packing them again saves nothing.
            entry.compress_type = zipfile.ZIP_STORED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, data)


@contextmanager
def whole(target: Path) -> Generator[Path]:
    """Give a file to write to that becomes the target in one step, or vanishes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".making-", dir=target.parent)
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
        scratch.chmod(_RIGHTS)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
