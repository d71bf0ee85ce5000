"""Files that nobody but their owner may read, whatever the umask says."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def for_owner_alone(path: Path) -> Generator[Callable[[str], None]]:
    """Make a file of mode 600 that was not there, and give what writes its text.

    It is made before anything else is done, so that what is told once has somewhere to go; it
    vanishes where that was not done. FileExistsError where something stands there.
    """
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:

            def write(text: str) -> None:
                file.write(text)

            yield write
    except BaseException:
        path.unlink(missing_ok=True)
        raise
