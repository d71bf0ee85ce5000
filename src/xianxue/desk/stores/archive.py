"""An archive of a workspace: a zip whose last member lists every other with size and digest.

The list (``BACKUP.json``) is written last, so an archive whose making was broken off has none and
is refused. Nothing in an archive is believed before it has been read once in full and held against
the list: a name that leads out of the folder, a member too many, a byte too few.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

import msgspec

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.whole_files import whole

LIST: Final = "BACKUP.json"
FILES: Final = "files/"
DATABASE: Final = "database/"
FORMAT: Final = "xianxue-backup"
VERSION: Final = 1

_CHUNK: Final = 1 << 20
_LIST_AT_MOST: Final = 256 << 20
"""Bytes of a list: a million files have less."""
_PACKED: Final = frozenset({".xlsx", ".docx", ".parquet", ".zip", ".png", ".jpg", ".pdf"})
"""Already compressed: packing them again saves nothing."""
_RIGHTS: Final = 0o600 << 16
"""Unpacked with another program, files are their owner's alone: there are personal data in them."""
# On Windows a backslash parts folders and a colon names a drive or a hidden stream of a file.
_PLAIN: Final = re.compile(r"[^\x00-\x1f\x7f\\:]+")
_LONGEST_NAME: Final = 1000


class ArchiveError(Exception):
    """An archive that cannot be taken; the sentence says why and that nothing was written."""


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of an archive."""

    name: str
    size: int
    sha256: str


class Database(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told of the database: enough to lay it out again, and to know it again."""

    vendor: Literal["sqlite", "postgresql"]
    schema: str
    """The newest migration it has seen."""
    lines: int
    digest: str
    """The journal's head, at the moment the database was copied."""
    columns: dict[str, list[str]] = {}
    """The columns of each table, in the order of its lines; PostgreSQL alone needs them told."""


class Contents(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list: what an archive is of, and every file in it."""

    format: str
    version: int
    made_at: datetime
    where: str
    program: str
    county: str
    name: str
    """The county's name, which tells several archives apart."""
    database: Database | None
    files: list[Member]

    @property
    def size(self) -> int:
        """Bytes it takes when it is unpacked."""
        return sum(member.size for member in self.files)


@dataclass
class Writer:
    """An archive that is being written."""

    zip: zipfile.ZipFile
    dated: tuple[int, int, int, int, int, int]
    members: dict[str, Member] = field(default_factory=dict[str, Member])

    def add(self, name: str, path: Path) -> None:
        """Take in a file as it is now; FileNotFoundError where it has gone, with nothing taken."""
        with path.open("rb") as source:
            entry = self._entry(name)
            digest, size = hashlib.sha256(), 0
            # Its size is not known before it has been read, and may pass four gigabytes.
            with self.zip.open(entry, "w", force_zip64=True) as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
        self.members[name] = Member(name, size, digest.hexdigest())

    def close(self, contents: Contents) -> str:
        """Write the list; give its digest, which is the archive's own."""
        data = msgspec.json.format(msgspec.json.encode(contents), indent=1)
        self.zip.writestr(self._entry(LIST), data)
        return hashlib.sha256(data).hexdigest()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self.dated)
        packed = PurePosixPath(name).suffix.lower() in _PACKED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.external_attr = _RIGHTS
        return entry


@contextmanager
def writing_archive(target: Path, at: datetime) -> Generator[Writer]:
    """Write an archive that is there whole or not at all."""
    # What is large is packed already; for the rest speed counts more than a few bytes.
    with whole(target) as scratch, zipfile.ZipFile(scratch, "w", compresslevel=1) as archive:
        # A zip knows no earlier year; a clock that has been set back must not stop a backup.
        yield Writer(archive, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))


class Reader(Record):
    """An archive whose list has been read, and nothing else yet."""

    path: Path
    zip: zipfile.ZipFile
    contents: Contents
    seal: str
    """The digest of the list."""

    def prove(self) -> None:
        """Read every member once and hold it against the list; ArchiveError where one differs."""
        for member in self.contents.files:
            self._copy(member, io.BytesIO(), keep=False)

    def unpack(self, member: Member, target: Path) -> None:
        """Write a member to a file, held against the list on the way."""
        target.parent.mkdir(parents=True, exist_ok=True)
        # Never over a file: two members may be one name where the disk knows no case.
        with target.open("xb") as file:
            self._copy(member, file, keep=True)
            file.flush()
            os.fsync(file.fileno())

    def _copy(self, member: Member, target: IO[bytes], *, keep: bool) -> None:
        digest, left = hashlib.sha256(), member.size
        try:
            with self.zip.open(member.name) as source:
                # One byte more than is told, so that a member that goes on is seen, not written.
                while chunk := source.read(min(_CHUNK, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        break
                    digest.update(chunk)
                    if keep:
                        target.write(chunk)
        except _BROKEN as error:
            raise ArchiveError(_damaged(self.path, member.name)) from error
        if left or digest.hexdigest() != member.sha256:
            raise ArchiveError(_damaged(self.path, member.name))


_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,  # a member behind a password
    ValueError,
)


@contextmanager
def reading_archive(path: Path) -> Generator[Reader]:
    """Open an archive and read its list; ArchiveError where it is none of ours, or damaged."""
    # A pipe would be waited for until somebody writes into it.
    if not stat.S_ISREG(path.stat().st_mode):
        raise ArchiveError(_foreign(path))
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise ArchiveError(_foreign(path)) from error
    with archive:
        try:
            info = archive.getinfo(LIST)
            if info.file_size > _LIST_AT_MOST:
                raise ArchiveError(_foreign(path))
            with archive.open(info) as file:
                data = file.read(_LIST_AT_MOST)
        except KeyError as error:
            raise ArchiveError(_foreign(path)) from error
        except _BROKEN as error:
            raise ArchiveError(_damaged(path, LIST)) from error
        contents = _contents(path, data)
        _refuse_others(path, archive, contents)
        yield Reader(path, archive, contents, hashlib.sha256(data).hexdigest())


def _contents(path: Path, data: bytes) -> Contents:
    try:
        # The version first and by itself: a later list may have other parts, and is then not
        # damaged.
        head = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        version = msgspec.json.decode(head["version"], type=int)
        ours = msgspec.json.decode(head["format"], type=str) == FORMAT
    except (KeyError, msgspec.DecodeError) as error:
        raise ArchiveError(_foreign(path)) from error
    if not ours:
        raise ArchiveError(_foreign(path))
    if version > VERSION:
        message = say(
            "{path} 是更新版本的县学做的备份，本机的版本读不了它：请先升级；什么也没有写",
            path=path,
        )
        raise ArchiveError(message)
    try:
        return msgspec.json.decode(data, type=Contents)
    except msgspec.DecodeError as error:
        raise ArchiveError(_damaged(path, LIST)) from error


def _refuse_others(path: Path, archive: zipfile.ZipFile, contents: Contents) -> None:
    """Refuse a list that does not fit the archive, or a name that is no plain file's."""
    listed = [member.name for member in contents.files]
    held = [name for name in archive.namelist() if name != LIST]
    for name in sorted(set(listed) ^ set(held)):
        raise ArchiveError(_damaged(path, name))
    # A zip may hold one name twice; which of the two counts differs from program to program.
    if len(listed) != len(set(listed)) or len(held) != len(listed):
        raise ArchiveError(_damaged(path, LIST))
    for member in contents.files:
        if not takes_name(member.name) or member.size < 0:
            raise ArchiveError(_damaged(path, member.name))


def takes_name(name: str) -> bool:
    """Whether a file of this name can be laid out again anywhere, inside its folder."""
    parts = name.split("/")
    return (
        # A name in another coding, as old archives unpack it, is no text and has no place in a zip.
        _is_text(name)
        and len(name) <= _LONGEST_NAME
        and parts[0] in {FILES.rstrip("/"), DATABASE.rstrip("/")}
        and len(parts) > 1
        and all(_PLAIN.fullmatch(part) and part not in {".", ".."} for part in parts)
    )


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _foreign(path: Path) -> str:
    return say("{path} 不是县学的备份，或者只剩了一部分；什么也没有写", path=path)


def _damaged(path: Path, name: str) -> str:
    return say(
        "备份 {path} 损坏了：里面的 {name} 与清单不符；什么也没有写。请换一份备份",
        path=path,
        name=name,
    )
