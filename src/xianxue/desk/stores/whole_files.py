"""Files that are written whole or not at all: what is broken off leaves nothing behind.

What is written has reached the disk before it takes its name, and the name lasts through a power
cut. Who may read it is what the account's umask says, or the workspace's settings in its place
(``opened_to``): the temporary files of Python's own are their owner's alone, and the next account
of one office could not read what the first has handed in.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import secrets
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
MAKING: Final = ".making-"
"""What the name of a file begins with that is not finished yet."""


def write_zip(target: Path, files: Iterable[tuple[str, bytes]], *, instead: bool = True) -> bool:
    """Write a zip that depends on nothing but its files; it appears when it is finished.

    Without ``instead``, one that stands there and is another is left as it is: then False.
    """
    with whole(target, instead=instead) as scratch:
        with zipfile.ZipFile(scratch, "w") as archive:
            for name, data in files:
                entry = zipfile.ZipInfo(name, _DATED)
                # Workbooks are zips themselves: packing them again saves nothing.
                entry.compress_type = zipfile.ZIP_STORED
                entry.create_system = _UNIX
                entry.external_attr = _READABLE
                archive.writestr(entry, data)
        return instead or not target.exists() or filecmp.cmp(scratch, target, shallow=False)


@contextmanager
def whole(target: Path, *, instead: bool = True, settle: bool = True) -> Generator[Path]:
    """Give a file to write to that becomes the target in one step, or vanishes.

    Without ``instead``, it vanishes where something stands there already. Without ``settle``,
    a caller that writes many into a folder settles it once.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = _scratch(target.parent)
    # Made by open itself, which follows the umask; nobody else's file is ever taken over.
    os.close(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield scratch
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        if instead or not target.exists():
            scratch.replace(target)
        if settle:
            settle_folder(target.parent)
    finally:
        scratch.unlink(missing_ok=True)


def digest_of_file(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_if_there(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; empty where there is no such file."""
    return digest_of_file(path) if path.is_file() else ""


def scratch_folder(parent: Path) -> Path:
    """Make a folder to prepare things in, which follows the umask as any other."""
    parent.mkdir(parents=True, exist_ok=True)
    scratch = _scratch(parent)
    scratch.mkdir()
    return scratch


def settle_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def settle_all(folder: Path) -> None:
    """Make the files of a folder last through a power cut, before it takes its name."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    settle_folder(folder)


def opened_to(umask: str) -> None:
    """Let what is written from here on be readable as the settings say; empty leaves it as it is.

    >>> opened_to("")
    """
    if umask:
        os.umask(int(umask, 8))


def opened_file(path: Path, umask: str) -> None:
    """Open one of SQLite's files to those the settings name: it makes its own for one writer."""
    # Only a file's owner may change its rights; of another account's this would fail.
    if umask and os.name == "posix" and path.is_file() and path.stat().st_uid == os.getuid():
        wanted = 0o666 & ~int(umask, 8)
        if path.stat().st_mode & 0o777 != wanted:
            path.chmod(wanted)


def lock_file(path: Path) -> Path:
    """Have a file to lock, which other accounts that work here may lock too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o666))
    return path


def _scratch(folder: Path) -> Path:
    return folder / f"{MAKING}{secrets.token_hex(8)}"
