"""A package of files as a zip or a folder: whole or not at all, the same bytes each time.

What is copied is read in pieces and held against its digest on the way; a zip knows nothing of the
hour or the machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from xianxue.desk.stores.whole_files import scratch_folder, settle_folder, whole

_CHUNK: Final = 1 << 20
_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can name: a real one would make the bytes differ from run to run."""
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16
_TEXTS: Final = frozenset({".csv", ".json"})
"""What is worth packing; documents, pictures and scans are packed already."""


class FolderTakenError(Exception):
    """A folder of that name is there and has something in it."""


class Package(Protocol):
    """A package that is being written."""

    def put(self, name: str, data: bytes) -> None:
        """Put in what was made."""
        ...

    def copy(self, name: str, source: IO[bytes]) -> str:
        """Put in what a file holds; give the digest of what was really written."""
        ...


def is_zip(target: Path) -> bool:
    """Whether a package of that name is a zip; any other is a folder."""
    return target.suffix.lower() == ".zip"


@contextmanager
def writing_package(target: Path) -> Generator[Package]:
    """Write a package that appears when it is finished.

    FolderTakenError where a folder of the name has something in it; a zip takes the place of one.
    """
    if is_zip(target):
        # The archive is closed before its file takes the name.
        with whole(target) as scratch, zipfile.ZipFile(scratch, "w", compresslevel=6) as archive:
            yield _Zip(archive)
        return
    refuse_taken(target)
    folder = scratch_folder(target.parent)
    try:
        yield _Folder(folder)
        # An empty folder that stands there gives way; on Windows only when it is gone.
        with suppress(FileNotFoundError):
            target.rmdir()
        folder.replace(target)
        settle_folder(target.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_taken(target: Path) -> None:
    """Refuse a folder that has something in it already."""
    if target.is_dir() and any(target.iterdir()):
        raise FolderTakenError(str(target))


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def put(self, name: str, data: bytes) -> None:
        self.archive.writestr(self._entry(name), data)

    def copy(self, name: str, source: IO[bytes]) -> str:
        # Its size is not known before it has been read.
        with self.archive.open(self._entry(name), "w", force_zip64=True) as target:
            return _copied(source, target.write)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, _DATED)
        packed = PurePosixPath(name).suffix.lower() not in _TEXTS
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.create_system = _UNIX
        entry.external_attr = _READABLE
        return entry


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, data: bytes) -> None:
        with self._open(name) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def copy(self, name: str, source: IO[bytes]) -> str:
        with self._open(name) as file:
            digest = _copied(source, file.write)
            file.flush()
            os.fsync(file.fileno())
        return digest

    def _open(self, name: str) -> IO[bytes]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Never over a file: two names may be one where the disk knows no case.
        return path.open("xb")


def _copied(source: IO[bytes], write: Callable[[bytes], object]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        write(chunk)
        digest.update(chunk)
    return digest.hexdigest()
