"""Changing one value of a rule: what can be changed, and the card of the change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from xianxue.bureau.kinds.card import DatedValue, LocalValue
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.load import Loaded, load
from xianxue.desk.actions.cards.change_rule import RuleCard
from xianxue.desk.cards.values import condition_words
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.workspace import MAPPINGS, Workspace

KINDS: Final = ("standard", "indicator")
"""Kinds of cards whose values a county can change."""
_MANY: Final = 99


class Value(Record, kw_only=True):
    """One value that is looked at today or later, and whose it is."""

    at: int
    """Its place among the values of the item."""
    value: str
    first: date
    last: date | None
    for_whom: str
    """The stage and conditions it holds for; empty for all."""
    local: str
    """The change it comes from; empty for a national one."""
    citation: str


class Item(Record, kw_only=True):
    """One criterion of a standard or line of an indicator."""

    name: str
    term: Sentence | str
    rule: str
    """``at_least``, ``at_most`` or ``less_than``; empty for a line."""
    unit: str
    values: tuple[Value, ...]


class Wanted(Record, kw_only=True):
    """A change as it was typed."""

    item: str = ""
    at: int = 0
    """Which of the item's values it takes the place of: for the same stage and conditions."""
    value: str = ""
    first: str = ""
    last: str = ""
    document: str = ""
    """The id of a document of the catalogue; empty where a new one is named."""
    title: str = ""
    number: str = ""
    issuer: str = ""
    article: str = ""
    seen: str = "unverified"
    loosens: str = ""


def items_of(shelf: Shelf, kind: str, name: str) -> tuple[Item, ...]:
    """Give what can be changed of a card; nothing of other kinds."""
    if kind == "standard" and name in shelf.standards:
        return tuple(_criteria(shelf, shelf.standards[name]))
    if kind == "indicator" and name in shelf.indicators:
        card = shelf.indicators[name]
        return tuple(
            Item(
                name=line,
                term=line,
                rule="",
                unit="",
                values=tuple(_values(shelf, values)),
            )
            for line, values in card.lines.items()
        )
    return ()


def _criteria(shelf: Shelf, card: Standard) -> Iterable[Item]:
    for one in (*card.criteria, *card.spread):
        indicator = shelf.indicator(one.indicator)
        spread = one in card.spread
        unit = "" if spread or indicator is None else UNITS[indicator.unit].term
        yield Item(
            name=one.criterion,
            term=one.term,
            rule=one.rule,
            unit=unit,
            values=tuple(_values(shelf, one.values)),
        )


def _values(shelf: Shelf, values: Sequence[DatedValue]) -> Iterable[Value]:
    for at, one in enumerate(values):
        stage = str(one.stage.term) if one.stage is not None else ""
        when = condition_words(_built(one.when), shelf)
        yield Value(
            at=at,
            value=plain(Fraction(one.value)),
            first=one.valid_from,
            last=one.valid_to,
            for_whom="，".join(part for part in (stage, when) if part),
            local=one.local if isinstance(one, LocalValue) else "",
            citation=shelf.cite(one.citation),
        )


def card_of(workspace: Workspace, kind: str, name: str, wanted: Wanted) -> RuleCard:
    """Write the card of a change; KeyError where the item is not there."""
    shelf = workspace.shelf
    item = next(one for one in items_of(shelf, kind, name) if one.name == wanted.item)
    before = _dated(shelf, kind, name, wanted.item)[wanted.at]
    ident = _free(workspace, f"own_{wanted.item}")
    document = wanted.document or f"own-{ident.replace('_', '-')}"
    head = [] if wanted.document else _document(document, wanted)
    term = say("{term}改为{value}", term=item.term, value=wanted.value)
    where = "criterion" if kind == "standard" else "line"
    lines = [
        *head,
        f"- change: {_text(ident)}",
        f"  term: {_text(term)}",
        f"  {kind}: {_text(name)}",
        f"  {where}: {_text(wanted.item)}",
        *([f"  loosens: {_text(wanted.loosens)}"] if wanted.loosens else []),
        "  values:",
        f"    - {_value(before, document, wanted)}",
        f"  source: {{document: {_text(document)}, seen: {wanted.seen}}}",
    ]
    unit = item.unit
    told = say(
        "{before}→{after}，{day}起",
        before=plain(Fraction(before.value)) + unit,
        after=wanted.value + unit,
        day=wanted.first,
    )
    return RuleCard(ident=ident, term=str(term), text="\n".join(lines) + "\n", told=told)


@contextmanager
def laid(card: RuleCard) -> Iterator[Path]:
    """Give a folder of rules that holds the card of a change, for as long as it is looked at."""
    with laid_down([("change.yaml", card.text.encode())]) as (path,):
        yield path.parent


def with_change(workspace: Workspace, card: RuleCard) -> Loaded:
    """Read the county's cards with a change more; what keeps it from being taken is told."""
    mappings = workspace.root / MAPPINGS
    own = [workspace.root / name for name in workspace.settings.overlays]
    with laid(card) as folder:
        more = [folder, *([mappings] if mappings.is_dir() else [])]
        return load(*own, *more, chosen=workspace.settings.choose)


def _dated(shelf: Shelf, kind: str, name: str, item: str) -> Sequence[DatedValue]:
    if kind == "indicator":
        card: Indicator = shelf.indicators[name]
        return card.lines[item]
    standard = shelf.standards[name]
    return next(
        one.values for one in (*standard.criteria, *standard.spread) if one.criterion == item
    )


def _document(ident: str, wanted: Wanted) -> list[str]:
    parts = (("title", wanted.title), ("number", wanted.number), ("issuer", wanted.issuer))
    return [
        f"- document: {_text(ident)}",
        *(f"  {name}: {_text(said)}" for name, said in parts if said),
        f"  seen: {wanted.seen}",
    ]


def _value(before: DatedValue, document: str, wanted: Wanted) -> str:
    parts = [f"from: {wanted.first}"]
    parts += [f"to: {wanted.last}"] if wanted.last else []
    parts += [f"stage: {before.stage.value}"] if before.stage is not None else []
    parts += [f"when: {_flow(_built(before.when))}"] if before.when else []
    parts += [f"value: {wanted.value}", f"source: {_text(document)}", f"seen: {wanted.seen}"]
    parts += [f"article: {_text(wanted.article)}"] if wanted.article else []
    return f"{{{', '.join(parts)}}}"


def _built(when: Mapping[str, object]) -> dict[str, Any]:
    """Give conditions as a card writes them, without the bounds that are not said."""
    built = cast("dict[str, Any]", msgspec.to_builtins(when))
    return {
        name: {
            sign: bound for sign, bound in cast("dict[str, Any]", one).items() if bound is not None
        }
        if isinstance(one, dict)
        else one
        for name, one in built.items()
    }


def _flow(value: Any) -> str:  # noqa: ANN401 - what conditions are made of
    """Write a value so that it reads back the same: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _free(workspace: Workspace, stem: str) -> str:
    """Give an id that no change has."""
    known = set(_changes(workspace))
    return next(
        name for at in range(1, _MANY) if (name := f"{stem}_{at}" if at > 1 else stem) not in known
    )


def _changes(workspace: Workspace) -> Iterable[str]:
    from xianxue.desk.cards.library import library_of  # noqa: PLC0415 - reads every card

    return (name for kind, name in library_of(workspace).cards if kind == "change")
