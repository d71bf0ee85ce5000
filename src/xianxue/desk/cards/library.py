"""All cards that a workspace has, with their files, their text, and who names whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence
from xianxue.catalogue.card_files import NATIONAL, card_files
from xianxue.catalogue.origin import Origin
from xianxue.catalogue.reading import read_cards
from xianxue.desk.workspace import MAPPINGS, Workspace

Key = tuple[str, str]
"""A card's kind, as the card itself begins, and its id."""


class Held(Record, kw_only=True):
    """One card."""

    kind: str
    name: str
    term: Sentence | str
    file: str
    first: int
    """Its first line in the file."""
    text: str
    """As it is written there."""
    own: bool
    """Whether it is the county's own."""
    data: Any
    """What stands in it."""
    seen: tuple[Seen, ...]
    """How well each thing that it cites was seen, each once."""

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.name

    @property
    def doubtful(self) -> bool:
        """Whether a value of it rests on what nobody has verified."""
        return any(one.doubtful for one in self.seen)


class Library(Record, dict=True):
    """Every card by kind and id."""

    cards: Mapping[Key, Held] = field(default_factory=dict[Key, Held])

    @cached_property
    def uses(self) -> Mapping[Key, frozenset[Key]]:
        """What each card names."""
        named = self._named
        return {
            key: frozenset(to for word in _words(card.data) for to in named.get(word, ())) - {key}
            for key, card in self.cards.items()
        }

    @cached_property
    def used_by(self) -> Mapping[Key, frozenset[Key]]:
        """Who names each card."""
        found: dict[Key, set[Key]] = {}
        for key, named in self.uses.items():
            for to in named:
                found.setdefault(to, set()).add(key)
        return {key: frozenset(users) for key, users in found.items()}

    def far_users(self, key: Key) -> list[Key]:
        """Give who rests on a card by way of others, nearest first; not those who name it."""
        near = self.used_by.get(key, frozenset())
        seen, todo, found = {key, *near}, sorted(near), list[Key]()
        while todo:
            for user in sorted(self.used_by.get(todo.pop(0), frozenset())):
                if user not in seen:
                    seen.add(user)
                    todo.append(user)
                    found.append(user)
        return found

    @cached_property
    def _named(self) -> Mapping[str, tuple[Key, ...]]:
        """What a word in a card may mean: an id, or a sheet or field of a form or table."""
        found: dict[str, tuple[Key, ...]] = {}
        for key, card in self.cards.items():
            words = [card.name]
            if card.kind == "form":
                words += [
                    sheet["sheet"] for sheet in card.data.get("sheets", ()) if "sheet" in sheet
                ]
            for word in words:
                found[word] = (*found.get(word, ()), key)
        return found


def _words(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a card holds
    """Give every word of a card that may be another's id."""
    if isinstance(data, str):
        yield data
        # ``sheet.field`` names a form by its sheet.
        if "." in data:
            yield data.partition(".")[0]
    elif isinstance(data, dict):
        for name, value in cast("dict[str, Any]", data).items():
            # ``sheet.field`` may be a condition's key; other keys are the kinds' own words.
            if "." in name:
                yield name.partition(".")[0]
            if name not in _PLAIN:
                yield from _words(value)
    elif isinstance(data, list):
        for value in cast("list[Any]", data):
            yield from _words(value)


_PLAIN: Final = frozenset({"term", "note", "unit", "text", "title"})
"""Parts of a card that are read by people and name nothing."""

_last: list[tuple[Workspace, Library]] = []
_lock: Final = Lock()


def library_of(workspace: Workspace) -> Library:
    """Give the cards of a workspace; read anew when it has been opened anew."""
    with _lock:
        if not _last or _last[0][0] is not workspace:
            _last[:] = [(workspace, _read(workspace))]
        return _last[0][1]


def _read(workspace: Workspace) -> Library:
    overlays = [workspace.root / name for name in workspace.settings.overlays]
    if (workspace.root / MAPPINGS).is_dir():
        overlays.append(workspace.root / MAPPINGS)
    read = read_cards(NATIONAL, overlays)
    paths = {shown: path for path, shown in card_files(NATIONAL, overlays, [])}
    texts: dict[str, list[str]] = {}
    starts: dict[str, list[int]] = {}
    for origin in read.origins.values():
        starts.setdefault(origin.file, []).append(_first(origin))
    found: dict[Key, Held] = {}
    for (kind, name), origin in read.origins.items():
        card = read.by_kind.get(kind, {}).get(name)
        if card is None or origin.file not in paths:
            continue
        path = paths[origin.file]
        if origin.file not in texts:
            texts[origin.file] = path.read_text(encoding="utf-8-sig").splitlines()
        first = _first(origin)
        after = min((one for one in starts[origin.file] if one > first), default=None)
        data = _data(origin)
        found[kind, name] = Held(
            kind=kind,
            name=name,
            term=getattr(card, "term", None) or getattr(card, "title", name),
            file=origin.file,
            first=first,
            text=_text(texts[origin.file], first, after),
            own=not path.is_relative_to(NATIONAL) if isinstance(path, Path) else False,
            data=data,
            seen=tuple(sorted({Seen(word) for word in _seen(data)})),
        )
    return Library(found)


def _first(origin: Origin) -> int:
    data = _data(origin)
    return origin.line(next(iter(data), "")) if isinstance(data, dict) else origin.line()


def _data(origin: Origin) -> Any:  # noqa: ANN401 - whatever a card holds
    part: Any = origin.document.data
    for step in origin.root:
        part = part[step]
    return part


def _text(lines: list[str], first: int, after: int | None) -> str:
    """Cut a card out of its file, without the comment that belongs to the next."""
    cut = lines[first - 1 : (after - 1) if after else None]
    while cut and (not cut[-1].strip() or cut[-1].lstrip().startswith("#")):
        cut.pop()
    return "\n".join(cut)


def _seen(data: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    if isinstance(data, dict):
        said = cast("dict[str, Any]", data)
        if isinstance(said.get("seen"), str) and said["seen"] in set(Seen):
            yield said["seen"]
        for value in said.values():
            yield from _seen(value)
    elif isinstance(data, list):
        for value in cast("list[Any]", data):
            yield from _seen(value)
