"""What need not be worked out twice, kept between commands in the user's own cache folder.

Nothing in it is the only one of its kind: it can be deleted at any time, and where it cannot be
written everything works as before, only slower.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from xianxue.bureau.values.record import Record

_MOST: Final = 16
"""Files that are kept: a county has two or three sets of cards in use at a time."""
_DIGEST: Final = hashlib.sha256().digest_size
_WRITABLE: Final = stat.S_IWGRP | stat.S_IWOTH


class Memory(Record):
    """A folder with one file a name, each beginning with the digest of what follows."""

    folder: Path

    def recall(self, name: str) -> bytes | None:
        """Give what is kept; None where nothing is, it is damaged, or another may have put it."""
        try:
            if not (_own(self.folder) and _own(self.folder / name)):
                return None
            raw = (self.folder / name).read_bytes()
        except OSError:
            return None
        digest, said = raw[:_DIGEST], raw[_DIGEST:]
        # The name is digested too, so that one file put in another's place is not taken for it.
        return said if digest == hashlib.sha256(name.encode() + said).digest() else None

    def keep(self, name: str, said: bytes) -> None:
        """Keep bytes by a name and drop the oldest; nothing happens where that is not possible."""
        from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - only where it is new

        # A full disk or a folder that may not be written costs time and nothing else.
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _own(self.folder):
                return
            with whole(self.folder / name) as scratch:
                scratch.write_bytes(hashlib.sha256(name.encode() + said).digest() + said)
            kept = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            for path in kept[:-_MOST]:
                path.unlink(missing_ok=True)


def machine_memory() -> Memory:
    """Give the memory of the user who runs this program on this machine."""
    return Memory(cache_folder(os.environ, sys.platform, Path.home()) / "xianxue")


def cache_folder(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """Give the folder that a system sets aside for what can be made again.

    >>> cache_folder({}, "linux", Path("/home/li")).as_posix()
    '/home/li/.cache'
    """
    asked = environ.get("XDG_CACHE_HOME", "")
    # By its own rules a relative one does not count.
    if Path(asked).is_absolute():
        return Path(asked)
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return home / "Library" / "Caches" if platform == "darwin" else home / ".cache"


def _own(path: Path) -> bool:
    """Whether only this user can have written something.

    Windows keeps a user's own folder to that user, and knows no such numbers.
    """
    if not hasattr(os, "geteuid"):
        return True
    seen = path.lstat()
    plain = stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode)
    return plain and seen.st_uid == os.geteuid() and not seen.st_mode & _WRITABLE
