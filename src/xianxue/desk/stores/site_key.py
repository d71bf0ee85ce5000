"""The secret by which a workspace knows its own forms again, kept beside its database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

NAME: Final = "site.key"
_BYTES: Final = 32


def site_key(store: Path) -> str:
    """Give the secret; it is made the first time, for its owner's eyes alone."""
    path = store / NAME
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        kept = ""
    if len(kept) == 2 * _BYTES:
        return kept
    made = secrets.token_hex(_BYTES)
    # O_EXCL would leave a half-written one in the way for good; the last whole one counts.
    scratch = store / f".{NAME}.{os.getpid()}"
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(made)
    scratch.replace(path)
    return path.read_text(encoding="ascii").strip()
