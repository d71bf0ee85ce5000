"""The one strict door: cards in, a shelf and every complaint out.

A card is read in two steps. Its shape is checked by its kind (an unknown key, a wrong type or a
missing part); then its meaning is checked against all other cards (``meaning.py``). Nothing is
raised: a folder with ten faults gives ten issues, each with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.card import Card
from xianxue.bureau.kinds.change import Change
from xianxue.bureau.kinds.codes import CodeList, Split
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.indicator import Choice, Indicator
from xianxue.bureau.kinds.outline import Outline, Profile
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.source import SourceCard
from xianxue.bureau.kinds.standard import Population, Standard
from xianxue.catalogue import yaml_lines
from xianxue.catalogue.changes import lay_over
from xianxue.catalogue.meaning import check_meaning
from xianxue.catalogue.origin import Origin

NATIONAL: Final = Path(__file__).parent
"""The folder of the cards that come with the program."""

_FOLDERS: Final = ("sources", "codes", "forms", "indicators", "standards", "outlines")

_KINDS: Final[dict[str, type[Card]]] = {
    "document": SourceCard,
    "codes": CodeList,
    "split": Split,
    "form": Form,
    "indicator": Indicator,
    "choice": Choice,
    "population": Population,
    "standard": Standard,
    "outline": Outline,
    "profile": Profile,
    "change": Change,
}
"""The first key of a card says what it is, and its value is the card's id."""

_PATH_IN_MESSAGE = re.compile(r" - at `(?P<path>[^`]+)`$")
_UNKNOWN_KEY = re.compile(r"unknown field `(?P<key>[^`]+)`")
_MISSING_KEY = re.compile(r"missing required field `(?P<key>[^`]+)`")
_WRONG_TYPE = re.compile(r"Expected `(?P<wanted>.+?)`, got `(?P<got>[^`]+)`")
_WRONG_WORD = re.compile(r"Invalid enum value '?(?P<got>[^']+)'?")


@dataclass
class Loaded:
    """What came through the door."""

    shelf: Shelf
    issues: list[Issue]
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict[tuple[str, str], Origin])
    """(kind's key, id) to where the card stands."""


def load(*overlays: Path, chosen: dict[str, str] | None = None, base: Path = NATIONAL) -> Loaded:
    """Read the national cards and lay overlays over them, in order.

    ``chosen`` names the option taken for each choice. Issues are complete: one pass finds all.
    """
    issues: list[Issue] = []
    cards: dict[str, dict[str, Any]] = {key: {} for key in _KINDS}
    origins: dict[tuple[str, str], Origin] = {}
    for path, shown in _files(base, overlays):
        for key, card, origin in _read_file(path, shown, issues):
            name: str = getattr(card, key)
            earlier = origins.get((key, name))
            if earlier is not None:
                issues.append(_duplicate(key, name, origin, earlier))
                continue
            cards[key][name] = card
            origins[key, name] = origin
    lay_over(cards, origins, issues)
    shelf = Shelf(
        sources={name: card.source for name, card in cards["document"].items()},
        codes=cards["codes"],
        splits=cards["split"],
        forms=cards["form"],
        indicators=cards["indicator"],
        choices=cards["choice"],
        populations=cards["population"],
        standards=cards["standard"],
        outlines=cards["outline"],
        profiles=cards["profile"],
        chosen=chosen or {},
    )
    issues.extend(check_meaning(shelf, origins))
    return Loaded(shelf, issues, origins)


def _files(base: Path, overlays: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for folder in _FOLDERS:
        for path in sorted((base / folder).rglob("*.yaml")):
            yield path, path.relative_to(base).as_posix()
    for overlay in overlays:
        for path in sorted(overlay.rglob("*.yaml")):
            yield path, f"{overlay.name}/{path.relative_to(overlay).as_posix()}"


def _read_file(path: Path, shown: str, issues: list[Issue]) -> Iterator[tuple[str, Card, Origin]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        saw = f"第 {error.start + 1} 个字节不是 UTF-8"
        issues.append(_fault(shown, 1, "C-YAML", saw, "文件存为 UTF-8 编码"))
        return
    document = yaml_lines.read(text)
    for fault in document.faults:
        issues.append(_fault(shown, fault.line, "C-YAML", fault.saw, fault.required))
    if document.data is None:
        return
    several = isinstance(document.data, list)
    items: list[Any] = document.data if several else [document.data]
    for index, item in enumerate(items):
        root = f"$[{index}]" if several else "$"
        origin = Origin(shown, document, root)
        if not isinstance(item, dict):
            saw = "这里不是一张卡片"
            issues.append(origin.issue("C-CARD", saw, "“键: 值”的形式", path=""))
            continue
        read = _read_card(item, origin, issues)
        if read is not None:
            yield *read, origin


def _read_card(
    item: dict[str, Any], origin: Origin, issues: list[Issue]
) -> tuple[str, Card] | None:
    key = next(iter(item), "")
    kind = _KINDS.get(key)
    if kind is None:
        saw = f"第一个键是“{key}”，看不出是哪一种卡片"
        required = "第一个键为 " + "、".join(_KINDS)
        issues.append(origin.issue("C-KIND", saw, required, path=""))
        return None
    try:
        return key, msgspec.convert(item, kind)
    except msgspec.ValidationError as error:
        issues.append(_shape_issue(str(error), origin))
        return None


def _shape_issue(message: str, origin: Origin) -> Issue:
    """Turn msgspec's English into a Chinese complaint with file and line."""
    found = _PATH_IN_MESSAGE.search(message)
    path = found["path"] if found else "$"
    if unknown := _UNKNOWN_KEY.search(message):
        return origin.issue(
            "C-KEY",
            f"键“{unknown['key']}”不认识",
            "只用本类卡片规定的键",
            path=f"{path}.{unknown['key']}"[1:],
            do="请核对拼写，或查阅卡片说明",
        )
    if missing := _MISSING_KEY.search(message):
        return origin.issue(
            "C-MISSING",
            f"缺少键“{missing['key']}”",
            f"写明 {missing['key']}",
            path=path[1:],
        )
    if wrong := _WRONG_TYPE.search(message):
        do = "代码要加引号，例如 '211'" if "str" in wrong["wanted"] else ""
        return origin.issue(
            "C-TYPE",
            f"值的类型是 {wrong['got']}",
            f"类型为 {wrong['wanted'].replace('`', '')}",
            path=path[1:],
            do=do,
        )
    if word := _WRONG_WORD.search(message):
        return origin.issue("C-WORD", f"值“{word['got']}”不在允许之列", "", path=path[1:])
    return origin.issue("C-SHAPE", message, "", path=path[1:])


def _fault(file: str, line: int, code: str, saw: str, required: str) -> Issue:
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        file=file,
        cell=f"第 {line} 行",
        saw=saw,
        required=required,
    )


def _duplicate(key: str, name: str, origin: Origin, earlier: Origin) -> Issue:
    return origin.issue(
        "C-DUPLICATE",
        f"编号“{name}”已经用过（{earlier.file} 第 {earlier.line('')} 行）",
        "同类卡片的编号不重复",
        path=f".{key}",
        do="要改动国家卡片，请写一张 change 卡片",
    )
