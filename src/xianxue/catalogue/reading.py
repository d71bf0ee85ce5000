"""From files to cards: what could be read, where it stands, what was wrong with its shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import msgspec

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.card import Card, card_of
from xianxue.bureau.values.sentence import say
from xianxue.catalogue import yaml_lines
from xianxue.catalogue.card_files import card_files
from xianxue.catalogue.card_kinds import KINDS
from xianxue.catalogue.origin import Complaint, Origin
from xianxue.catalogue.shape import misshapes
from xianxue.catalogue.wording import listed, meant, nearest

_NAMING = re.compile(rf"^[ -]*({'|'.join(KINDS)}|sheet): *['\"]?([\w-]+)", re.MULTILINE)
"""A line that seems to name a card, or a sheet of a form, in a file that could not be read."""


@dataclass
class Cards:
    """What was read from all folders."""

    by_kind: dict[str, dict[str, Any]] = field(default_factory=lambda: {key: {} for key in KINDS})
    """The first key of a card, then its id, to the card."""
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict[tuple[str, str], Origin])
    unread: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Cards and sheets that somebody wrote and that could not be read.

    What refers to them is not complained about: once they are mended it may well be right.
    """
    issues: list[Issue] = field(default_factory=list[Issue])


def read_cards(base: Path, overlays: Iterable[Path]) -> Cards:
    """Read the base's cards and those of every overlay, in order."""
    cards = Cards()
    for path, shown in card_files(base, overlays, cards.issues):
        _read_file(path, shown, cards)
    return cards


def _read_file(path: Path, shown: str, cards: Cards) -> None:
    raw = path.read_bytes()
    try:
        # Windows editors put a byte order mark in front, which would be part of the first key.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        saw = say("这一行不是 UTF-8 编码")
        cards.issues.append(
            Complaint("C-YAML", saw, say("文件另存为 UTF-8 编码")).about(shown, line)
        )
        cards.unread.update(_NAMING.findall(raw.decode("utf-8", errors="replace")))
        return
    document = yaml_lines.read(text)
    for fault in document.faults:
        cards.issues.append(Complaint("C-YAML", fault.saw, fault.required).about(shown, fault.line))
    if document.data is None and document.faults:
        # Guessed from the text, only so that one broken file is one complaint and not fifty about
        # every card that refers to it.
        cards.unread.update(_NAMING.findall(text))
        return
    data: Any = document.data
    if data == []:
        # Nobody writes an empty list on purpose: a file that holds nothing is as bad as none.
        _read_card(None, Origin(shown, document), cards)
    elif isinstance(data, list):
        for index, item in enumerate(cast("list[Any]", data)):
            _read_card(item, Origin(shown, document, (index,)), cards)
    else:
        _read_card(data, Origin(shown, document), cards)


def _read_card(item: Any, origin: Origin, cards: Cards) -> None:
    if not isinstance(item, dict):
        complaint = Complaint("C-CARD", say("这里不是一张卡片"), say("“键: 值”的形式"))
        cards.issues.append(origin.issue(complaint))
        return
    data = cast("dict[str, Any]", item)
    key = next(iter(data), "")
    kind = KINDS.get(key)
    if kind is None:
        saw = say("第一个键是“{key}”，看不出是哪一种卡片", key=key)
        required = say("第一个键是这些之一：{kinds}", kinds=listed(KINDS))
        complaint = Complaint("C-KIND", saw, required, meant(key, KINDS))
        cards.issues.append(origin.issue(complaint))
        _remember(nearest(key, KINDS), data.get(key), data, cards)
        return
    try:
        card = card_of(data, kind, f"{key} {data[key]}")
    except msgspec.ValidationError as error:
        # msgspec's own words are the last resort: they are English, and name one fault only.
        found = misshapes(data, kind) or [(Complaint("C-SHAPE", str(error)), ())]
        cards.issues.extend(origin.issue(fault, *steps) for fault, steps in found)
        _remember(key, data[key], data, cards)
        return
    _add(key, data[key], card, origin, cards)


def _add(key: str, name: str, card: Card, origin: Origin, cards: Cards) -> None:
    earlier = cards.origins.get((key, name))
    if earlier is None:
        cards.by_kind[key][name] = card
        cards.origins[key, name] = origin
        return
    saw = say(
        "编号“{name}”已经用过（{file} 第 {line} 行）",
        name=name,
        file=earlier.file,
        line=earlier.line(),
    )
    do = say("要改动国家卡片，请写一张 change 卡片")
    complaint = Complaint("C-DUPLICATE", saw, say("同类卡片的编号不重复"), do)
    cards.issues.append(origin.issue(complaint, key))


def _remember(key: str, name: Any, data: dict[str, Any], cards: Cards) -> None:
    """Note a card that could not be read, and a form's sheets with it."""
    cards.unread.add((key, str(name)))
    sheets = data.get("sheets")
    for sheet in cast("list[Any]", sheets) if isinstance(sheets, list) else []:
        if isinstance(sheet, dict):
            cards.unread.add(("sheet", str(cast("dict[str, Any]", sheet).get("sheet"))))
