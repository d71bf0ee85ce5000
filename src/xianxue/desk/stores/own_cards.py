"""The county's own cards on disk: one card a file, in a folder of rules of the workspace.

The folder is the last of the workspace's overlays that lies in it, for what is looked at last
counts. Where it has none, one is made and written into the settings.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.desk.stores.settings_file import NAME
from xianxue.desk.stores.whole_files import whole

FOLDER: Final = "local"
"""The folder that is made where a workspace has no rules of its own yet."""
_OVERLAYS: Final = re.compile(r"^overlays[ \t]*=[ \t]*\[[^\]]*\]", re.MULTILINE)


class UnwritableError(Exception):
    """The settings are written in a way that nothing can be put into without changing more."""


class OwnCards(Record):
    """The folder of rules in which a county's own cards are put."""

    root: Path
    overlays: Sequence[str]
    """As the settings name them."""

    @property
    def folder(self) -> str:
        """The folder as the settings name it, or will."""
        root = self.root.resolve()
        inside = [one for one in self.overlays if (root / one).resolve().is_relative_to(root)]
        return inside[-1] if inside else FOLDER

    def place(self, kind: str, ident: str) -> str:
        """Say where a card's file stands, within the workspace."""
        return f"{self.folder}/{kind}/{ident}.yaml"

    def put(self, place: str, text: str) -> None:
        """Put a card in force, in one step: the folder is named in the settings after it stands."""
        _write(self.root / place, text)
        if self.folder not in self.overlays:
            settings = self.root / NAME
            before = settings.read_text(encoding="utf-8")
            _write(settings, with_overlay(before, [*self.overlays, self.folder]))

    def take(self, place: str) -> None:
        """Take a card out of force; one that is gone already is."""
        (self.root / place).unlink(missing_ok=True)

    @contextmanager
    def guarded(self, place: str) -> Generator[None]:
        """Leave the card's file and the settings as they were where what is done breaks off."""
        kept = {path: _bytes(path) for path in (self.root / place, self.root / NAME)}
        try:
            yield
        except BaseException:
            for path, data in kept.items():
                if _bytes(path) == data:
                    continue
                if data is None:
                    path.unlink(missing_ok=True)
                else:
                    with whole(path) as scratch:
                        scratch.write_bytes(data)
            raise


def with_overlay(text: str, overlays: Sequence[str]) -> str:
    r"""Give the settings' text with other overlays, and nothing else changed.

    >>> print(with_overlay('county = "639900"\noverlays = []\n', ["local"]), end="")
    county = "639900"
    overlays = ["local"]
    """
    line = f"overlays = {json.dumps(list(overlays), ensure_ascii=False)}"
    if _OVERLAYS.search(text):
        found = _OVERLAYS.sub(lambda _: line, text, count=1)
    else:
        # Keys of the file itself stand before its first table.
        at = text.find("\n[")
        head, tail = (text, "") if at < 0 else (text[: at + 1], text[at + 1 :])
        found = f"{head.rstrip()}\n{line}\n\n{tail}" if tail else f"{head.rstrip()}\n{line}\n"
    before, after = tomllib.loads(text), tomllib.loads(found)
    if after != before | {"overlays": list(overlays)}:
        raise UnwritableError(NAME)
    return found


def _write(path: Path, text: str) -> None:
    with whole(path) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
