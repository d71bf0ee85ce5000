"""Files that came over the net, laid down for as long as they are read: under their own names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory


@contextmanager
def laid_down(files: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Give paths of files (name, content), none over another; they are gone afterwards."""
    with TemporaryDirectory() as folder:
        paths: list[Path] = []
        for at, (name, data) in enumerate(files):
            # A browser on Windows may send a whole path; only its last part is a name.
            own = PurePath(name.replace("\\", "/")).name or "workbook.xlsx"
            path = Path(folder) / str(at) / own
            path.parent.mkdir()
            path.write_bytes(data)
            paths.append(path)
        yield paths
