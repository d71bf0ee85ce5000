"""The door for commands that only want the cards: what was found in order is not read again.

Reading and checking all cards takes longer than most commands have to do. So cards without a
fault are kept, under a name made of the bytes of every card file and of the program that judged
them: another byte, another overlay or another program is another name, and nothing kept is ever
out of date. Cards with a fault are not kept; who mends them hears everything again. A process
that opens a workspace again and again, as a server does, has the last few shelves at hand.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import msgspec

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.card import phrases_of
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record
from xianxue.catalogue.card_files import NATIONAL, card_files
from xianxue.catalogue.card_kinds import KINDS
from xianxue.catalogue.changes import laid_over
from xianxue.catalogue.shelving import ByKind, shelf_of

_PROGRAM: Final = NATIONAL.parent
_JUDGES: Final = ("bureau", "catalogue")
"""The floors that say what a card may be: the verdict is theirs."""


_AT_HAND: Final = 4
"""A process sees one county's cards; while they are changed, those before and after as well."""


class Memory(Protocol):
    """Somewhere to keep bytes by name; it may forget, but never gives others than it was given."""

    def __hash__(self) -> int:
        """Two that keep in the same place are one."""
        ...

    def recall(self, name: str) -> bytes | None:
        """Give what is kept; None where nothing is, or where it is not what was kept."""
        ...

    def keep(self, name: str, said: bytes) -> None:
        """Keep bytes; nothing happens where that is not possible."""
        ...


class Found(Record):
    """The shelf, and every complaint about the cards."""

    shelf: Shelf
    issues: Sequence[Issue] = ()


def find_cards(
    memory: Memory, *overlays: Path, chosen: dict[str, str] | None = None, base: Path = NATIONAL
) -> Found:
    """Give what ``load`` gives of the same cards, from memory where nothing has changed."""
    chosen = chosen or {}
    name = _name(base, overlays, chosen)
    shelf = _at_hand.get((memory, name))
    if shelf is not None:
        return Found(shelf)
    by_kind = _decoded(memory.recall(name))
    if by_kind is not None:
        return Found(_put(memory, name, shelf_of(laid_over(by_kind), chosen)))
    from xianxue.catalogue.load import load  # noqa: PLC0415 - the reader of YAML and all checks

    loaded = load(*overlays, chosen=chosen, base=base)
    # Asked again: somebody may have saved a card while the others were read.
    if not loaded.issues and _name(base, overlays, chosen) == name:
        memory.keep(name, msgspec.msgpack.encode(loaded.by_kind, enc_hook=str))
        _put(memory, name, loaded.shelf)
    return Found(loaded.shelf, loaded.issues)


_at_hand: dict[tuple[Memory, str], Shelf] = {}
_lock: Final = Lock()


def _put(memory: Memory, name: str, shelf: Shelf) -> Shelf:
    """Have a shelf at hand, and let the oldest go; nobody changes one that was given."""
    with _lock:
        _at_hand[memory, name] = shelf
        for oldest in list(_at_hand)[:-_AT_HAND]:
            del _at_hand[oldest]
    return shelf


def _name(base: Path, overlays: Iterable[Path], chosen: dict[str, str]) -> str:
    """Digest everything that the cards and the verdict about them come from."""
    issues: list[Issue] = []
    said = hashlib.sha256()
    for path, shown in card_files(base, overlays, issues):
        raw = path.read_bytes()
        said.update(f"{shown}\0{len(raw)}\0".encode())
        said.update(raw)
    # A folder that is not there, or a file with another ending, is a complaint and no card.
    said.update(repr((sorted(chosen.items()), issues, _program())).encode())
    return said.hexdigest()


def _program() -> object:
    """Tell one state of the program from another, quicker than by reading all of it."""
    judges = [one for floor in _JUDGES for one in _sources(_PROGRAM / floor)]
    return sys.version_info[:3], msgspec.__version__, sorted(judges)


def _sources(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(Path(entry.path))
            elif entry.name.endswith(".py"):
                seen = entry.stat()
                yield entry.path, seen.st_size, seen.st_mtime_ns


def _decoded(kept: bytes | None) -> ByKind | None:
    """Read cards that were kept; None where they are not of the shape they should have."""
    if kept is None:
        return None
    try:
        parts = msgspec.msgpack.decode(kept, type=dict[str, dict[str, msgspec.Raw]])
        # Card by card: a text's English may be that of its card.
        found: dict[str, dict[str, Any]] = {
            key: {
                name: msgspec.msgpack.decode(card, type=kind, dec_hook=phrases_of(f"{key} {name}"))
                for name, card in parts[key].items()
            }
            for key, kind in KINDS.items()
        }
    except (msgspec.MsgspecError, KeyError):
        return None
    return found
