"""Signed and sealed paper that came back scanned: ``cabinet/scans/<digest>.<kind>``, never changed.

Which revision a scan belongs to is said by the journal alone, with the digest of its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.documents.scans import Kind, kind_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.visible import hidden_in
from xianxue.desk.stores.given.given_files import TooLargeError, read_given
from xianxue.desk.stores.harm import LOST, HarmedError, harm, unreadable
from xianxue.desk.stores.whole_files import whole

LARGEST: Final = 50 << 20
"""Bytes of one scan: some hundred pages in grey."""
FEWEST_DIGITS: Final = 8
"""Of a digest, to be typed from the paper: one in four thousand million is another's by chance."""
_KINDS: Final = frozenset({"pdf", "jpg", "png"})

_DO: Final = say(
    "请从备份恢复，或者把原来的那个文件再附一次；都没有了，重新扫描，用 --instead 附上"
)


class NoScanError(Exception):
    """A file is no scanned paper; the sentence says why."""


class Scan(Record):
    """One scanned file, as the journal tells of it."""

    file: str
    """What it was called, without its folder."""
    digest: str
    kind: str
    size: int

    @classmethod
    def told(cls, said: Mapping[str, Any]) -> Scan:
        """Give what a line's detail tells; ValueError where no program of ours wrote it."""
        found = cls(str(said["file"]), str(said["digest"]), str(said["kind"]), int(said["size"]))
        # Both become the name of a file.
        if found.kind not in _KINDS or not found.digest.isalnum():
            raise ValueError(found.digest)
        return found

    @property
    def detail(self) -> dict[str, object]:
        """What a line's detail says of it."""
        return {"file": self.file, "digest": self.digest, "kind": self.kind, "size": self.size}


class ScanFiles:
    """The scans of one cabinet, or files that prove something else in a folder of their own."""

    def __init__(self, cabinet: Path, folder: str = "scans") -> None:
        """Take the cabinet's folder."""
        self.root = cabinet / folder

    def path(self, scan: Scan) -> Path:
        """Say where a scan is kept."""
        return self.root / f"{scan.digest}.{scan.kind}"

    def read(self, scan: Scan) -> bytes:
        """Read a scan; HarmedError where it is not what was attached."""
        with self.opened(scan) as file:
            try:
                data = file.read()
            except OSError as error:
                raise HarmedError([harm(self._name(scan), unreadable(error), do=_DO)]) from error
        if hashlib.sha256(data).hexdigest() != scan.digest:
            raise self.altered(scan)
        return data

    def prove(self, scan: Scan) -> None:
        """Hold a scan against its digest, piece by piece; HarmedError as in reading it."""
        with self.opened(scan) as file:
            try:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise HarmedError([harm(self._name(scan), unreadable(error), do=_DO)]) from error
        if digest != scan.digest:
            raise self.altered(scan)

    @contextmanager
    def opened(self, scan: Scan) -> Generator[BufferedReader]:
        """Open a scan to be read in pieces; whoever reads it holds it against the digest."""
        path, name = self.path(scan), self._name(scan)
        # A link may lead to what is altered tomorrow, and no backup takes it; a pipe would be
        # waited for until somebody writes into it.
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise HarmedError([harm(name, say("它不是普通文件"), do=_DO)])
        try:
            file = path.open("rb")
        except FileNotFoundError as error:
            raise HarmedError([harm(name, LOST, do=_DO)]) from error
        except OSError as error:
            raise HarmedError([harm(name, unreadable(error), do=_DO)]) from error
        with file:
            yield file

    def altered(self, scan: Scan) -> HarmedError:
        """Complain of a scan that is no longer what was attached."""
        saw = say("扫描件在附上之后被改动，与摘要不符")
        return HarmedError([harm(self._name(scan), saw, do=_DO)])

    def _name(self, scan: Scan) -> str:
        return f"cabinet/{self.root.name}/{self.path(scan).name}"

    def keep(self, scan: Scan, data: bytes) -> None:
        """Keep the bytes of a scan; the same ones that stand there already are left."""
        path = self.path(scan)
        # A copy that has been harmed since is put right by attaching the same scan again.
        if path.is_symlink() or not path.is_file() or path.read_bytes() != data:
            with whole(path) as scratch:
                scratch.write_bytes(data)

    def before(self, moment: datetime) -> list[Path]:
        """Give the files that nobody has written since a moment."""
        if not self.root.is_dir():
            return []
        found = sorted(path for path in self.root.iterdir() if path.is_file())
        return [path for path in found if path.stat().st_mtime <= moment.timestamp()]

    def destroy(self, digests: Iterable[str]) -> None:
        """Destroy the files with some digests, those of other kinds with them."""
        for digest in digests:
            for kind in _KINDS:
                (self.root / f"{digest}.{kind}").unlink(missing_ok=True)


def look_at_scan(path: Path) -> tuple[Scan, bytes]:
    """Read a file as a scan; NoScanError where it is none."""
    try:
        data = read_given(path, LARGEST)
    except TooLargeError as error:
        raise _too_large(path.name, error.megabytes) from None
    return look_at_bytes(path.name, data), data


def look_at_bytes(name: str, data: bytes) -> Scan:
    """Take what somebody has sent as a scan; NoScanError where it is none."""
    hidden = hidden_in(name)
    if hidden:
        raise NoScanError(say("文件名里有看不见的字符（{hidden}），请改名后再附", hidden=hidden))
    if len(data) > LARGEST:
        raise _too_large(name, len(data) >> 20)
    kind: Kind | None = kind_of(data)
    if kind is None:
        message = say(
            "{name} 不是完整的扫描件：只收 PDF、JPG、PNG，按内容认，不看文件名；"
            "带脚本、附件的 PDF 不收",
            name=name,
        )
        raise NoScanError(message)
    return Scan(name, hashlib.sha256(data).hexdigest(), kind, len(data))


def _too_large(name: str, megabytes: int) -> NoScanError:
    message = say(
        "{name} 有 {n} MB，一个扫描件不超过 {most} MB："
        "请把分辨率调低（200 dpi 就够）或分成几个文件",
        name=name,
        n=megabytes,
        most=LARGEST >> 20,
    )
    return NoScanError(message)
