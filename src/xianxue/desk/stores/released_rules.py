"""What a release was counted by, kept beside its figures: the cards, and the register.

Cards change, schools close and are renamed. A later question how a published figure came to be is
answered from these, never from what stands in the workspace by then. Cards are kept as they
were written, so that a later program reads them through the same strict door as any others.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.catalogue.card_files import NATIONAL, card_files

CARDS: Final = "cards.json"
PLACES: Final = "places.json"


class CardsKept(msgspec.Struct, frozen=True, kw_only=True):
    """All cards in force on the day of a release."""

    chosen: dict[str, str]
    """Choice to the option that the county had taken."""
    national: dict[str, str]
    """The file's name below the catalogue to its text."""
    overlays: list[tuple[str, dict[str, str]]]
    """The county's own folders in their order, each with its files."""


@contextmanager
def unpacked(kept: CardsKept) -> Generator[tuple[Path, list[Path]]]:
    """Lay kept cards out in folders that last as long as the block: the national ones, overlays."""
    with tempfile.TemporaryDirectory(prefix="xianxue-") as folder:
        base = Path(folder) / "national"
        _lay(base, kept.national)
        overlays: list[Path] = []
        for number, (name, files) in enumerate(kept.overlays):
            # A folder of its own for each: two may bear one name.
            overlays.append(Path(folder) / str(number) / _safe(name))
            _lay(overlays[-1], files)
        yield base, overlays


def cards_of(overlays: Sequence[Path], chosen: Mapping[str, str]) -> CardsKept:
    """Gather the national cards and those of overlays, as they stand now."""
    # Nobody reads complaints here: a workspace whose cards have any is not opened at all.
    national = (path for path, _ in card_files(NATIONAL, (), []))
    return CardsKept(
        chosen=dict(sorted(chosen.items())),
        national=_texts(NATIONAL, national),
        overlays=[(one.resolve().name, _texts(one, one.rglob("*.yaml"))) for one in overlays],
    )


def read_cards(text: bytes) -> CardsKept:
    """Read cards back."""
    return msgspec.json.decode(text, type=CardsKept)


def read_places(text: bytes) -> Register:
    """Read a register back."""
    places = msgspec.json.decode(text, type=list[Place])
    return Register({place.code: place for place in places})


def _texts(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """Read files, by the name they have below their folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(files)
    }


def _lay(folder: Path, files: Mapping[str, str]) -> None:
    # An overlay in which nothing stands is a folder all the same.
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _safe(name: str) -> PurePosixPath:
    """Give a name that stays inside its folder; what was tampered with may name another."""
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", ".."}]
    return PurePosixPath(*parts)
