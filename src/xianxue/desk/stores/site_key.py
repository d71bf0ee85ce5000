"""The secret by which a workspace knows its own forms again, kept beside its database."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from xianxue.desk.stores.secret_files import for_owner_alone

NAME: Final = "site.key"
_BYTES: Final = 32


def site_key(store: Path) -> str:
    """Give the secret; it is made the first time, for its owner's eyes alone."""
    path = store / NAME
    kept = _kept(path)
    if kept is not None:
        return kept
    made = secrets.token_hex(_BYTES)
    scratch = store / f".{NAME}.{secrets.token_hex(4)}"
    with for_owner_alone(scratch) as write:
        write(made)
    # Two that start at once: the last one counts for both, as it stands.
    scratch.replace(path)
    return _kept(path) or made


def _kept(path: Path) -> str | None:
    """Give what is kept; None where there is none, or it was cut off."""
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    return kept if len(kept) == 2 * _BYTES else None
