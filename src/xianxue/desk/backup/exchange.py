"""Two folders change their places in one step: whoever looks sees the one or the other.

Renaming one away and the other in leaves a moment with nothing there, and a process that dies in it
leaves nothing for good. Linux and macOS can do both at once; where the system or the disk cannot,
that is said beforehand.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_HERE: Final = -100
"""AT_FDCWD: paths are taken as they are."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS."""


def exchange(one: Path, other: Path) -> None:
    """Let two paths change what lies under them; OSError where it cannot be done in one step."""
    swap = _swap()
    if swap is None:
        raise OSError(0, "no exchange here", str(one))
    if swap(os.fsencode(one), os.fsencode(other)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))


def can_exchange(folder: Path) -> bool:
    """Whether a folder can change places with one that is made beside it."""
    if os.path.ismount(folder):
        return False
    try:
        with (
            tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as one,
            tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as other,
        ):
            exchange(Path(one), Path(other))
    except OSError:
        return False
    return True


def _swap() -> Callable[[bytes, bytes], int] | None:
    if os.name != "posix":
        return None
    library: Any = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda one, other: int(library.renamex_np(one, other, ctypes.c_uint(_EXCHANGE)))
    if hasattr(library, "renameat2"):
        return lambda one, other: int(
            library.renameat2(_HERE, one, _HERE, other, ctypes.c_uint(_EXCHANGE))
        )
    return None
