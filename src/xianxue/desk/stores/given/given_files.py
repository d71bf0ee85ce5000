"""Files that somebody names: looked at before they are opened, and read no further than they go.

A pipe is waited for until somebody writes, a device never ends, and a file of nothing but holes can
be larger than the disk it lies on. None of them is a workbook or a document.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from xianxue.bureau.values.sentence import Sentence, say

_SPARSE_FROM: Final = 1 << 20
"""Bytes below which holes harm nobody; small files often take no block of their own."""
_HOLES: Final = 64
"""Times a file may be larger than what the disk holds of it: a disk that compresses reaches ten."""
_BLOCK: Final = 512
"""Bytes that ``st_blocks`` counts in, on every system."""

_KINDS: Final = (
    (stat.S_ISDIR, say("目录")),
    (stat.S_ISFIFO, say("管道")),
    (stat.S_ISCHR, say("设备")),
    (stat.S_ISBLK, say("设备")),
    (stat.S_ISSOCK, say("套接字")),
)


class NotAFileError(Exception):
    """What is named is no file that can be read; the sentence says what it is."""


class TooLargeError(Exception):
    """A file has more bytes than its reader can take."""

    def __init__(self, size: int) -> None:
        """Keep the size."""
        super().__init__(str(size))
        self.size = size

    @property
    def megabytes(self) -> int:
        """The size in whole megabytes."""
        return self.size >> 20


def look_at(path: Path) -> None:
    """Look at what is named, without opening it; NotAFileError where it is no regular file."""
    _refuse(path, path.stat())


def read_given(path: Path, largest: int | None = None) -> bytes:
    """Read a regular file as far as it went when it was opened.

    NotAFileError where it is none, TooLargeError where it has more than ``largest`` bytes: both
    before a byte is read.
    """
    look_at(path)
    # Another thing may stand there by now: a pipe is not waited for, and what was opened is looked
    # at once more.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        _refuse(path, found)
        if largest is not None and found.st_size > largest:
            raise TooLargeError(found.st_size)
        return file.read(found.st_size)


def _refuse(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(_other(path, _kind(found.st_mode)))
    # Windows counts no blocks.
    blocks = getattr(found, "st_blocks", None)
    held = found.st_size if blocks is None else blocks * _BLOCK
    if found.st_size >= _SPARSE_FROM and held * _HOLES < found.st_size:
        raise NotAFileError(_other(path, say("只占位置、没有内容的文件")))


def _kind(mode: int) -> Sentence:
    return next((term for fits, term in _KINDS if fits(mode)), say("特殊文件"))


def _other(path: Path, kind: Sentence) -> Sentence:
    return say("{path} 是{kind}，不是普通文件，没有读：请先另存成文件", path=path, kind=kind)
