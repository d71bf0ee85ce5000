"""What was typed on the page of a design, read back: one sheet at a time, and what is above all."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from django.http import QueryDict

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.forms.designing import RELATIONS, Box, Design, Leaf, Pair
from xianxue.desk.forms.items import OFTEN, TYPES

FIRST, MORE, MOST = 6, 5, 60
"""Lines of an empty sheet, lines added at a time, and lines at most: beyond, it is two sheets."""
MOST_SHEETS: Final = 12
SPARE: Final = 2
"""Empty checks that stand below those there are."""
_MOST_CHECKS: Final = 40
_DIGITS: Final = 3
"""Of a line's number."""
LAYOUTS: Final[Mapping[str, Sentence]] = {
    "record": say("一家填一行"),
    "grid": say("按固定的行填（年级、年龄等）"),
    "list": say("一家填多行（清单）"),
}
FILLERS: Final[Mapping[str, Sentence]] = {"school": say("学校"), "county": say("县")}
SEVERITIES: Final[Mapping[str, Sentence]] = {
    "must_fix": say("逻辑校验：不对不能报"),
    "explain": say("经验校验：改或说明"),
}


class Typed(Record):
    """A page as it was sent."""

    design: Design
    sheet: int
    """The sheet that stood on it."""


def typed(said: QueryDict, before: Design, codes: Sequence[str]) -> Typed:
    """Read a page over the design that is kept: other sheets are as they are there."""
    at = min(whole(said.get("sheet", "")), len(before.leaves) - 1)
    leaves = list(before.leaves)
    leaves[at] = replace(_leaf(said, codes), ident=before.leaves[at].ident)
    design = replace(
        before,
        ident=said.get("ident", "").strip(),
        term=_words(said, "name"),
        filed_by=_one(said.get("filed_by", ""), FILLERS, "school"),
        period=_one(said.get("period", ""), OFTEN, "school_year"),
        owner=_words(said, "owner"),
        leaves=leaves,
        pairs=_pairs(said),
        start=said.get("start", ""),
    ).over(before)
    return Typed(design, at)


def after(found: Typed, do: str) -> Typed:
    """Give the design after what a button of the page does, and the sheet to go on with."""
    design, at = found.design, found.sheet
    leaves = list(design.leaves)
    name, _, where = do.partition(":")
    if name == "go":
        return Typed(design, min(whole(where), len(leaves) - 1))
    if name == "more":
        boxes = list(leaves[at].boxes)
        room = min(len(boxes) + MORE, MOST) - len(boxes)
        leaves[at] = replace(leaves[at], boxes=[*boxes, *([_empty()] * room)])
        return Typed(replace(design, leaves=leaves), at)
    if name == "sheet" and len(leaves) < MOST_SHEETS:
        return Typed(replace(design, leaves=[*leaves, fresh()]), len(leaves))
    if name == "drop" and len(leaves) > 1:
        del leaves[at]
        pairs = [moved for one in design.pairs if (moved := _without(one, at)) is not None]
        return Typed(replace(design, leaves=leaves, pairs=pairs), max(0, at - 1))
    return found


def fresh() -> Leaf:
    """Give an empty sheet."""
    return Leaf(boxes=[_empty()] * FIRST)


def _empty() -> Box:
    return Box(term="", ident="")


def _leaf(said: QueryDict, codes: Sequence[str]) -> Leaf:
    boxes = [_box(said, at, codes) for at in range(min(whole(said.get("lines", "")), MOST))]
    return Leaf(
        term=_words(said, "sheet_term"),
        layout=_one(said.get("layout", ""), LAYOUTS, "record"),
        rows=_one(said.get("rows", ""), codes, ""),
        stages=[one.value for one in Stage if one.value in said.getlist("stage")],
        boxes=boxes,
    )


def _box(said: QueryDict, at: int, codes: Sequence[str]) -> Box:
    term = _words(said, f"term{at}")
    ident = said.get(f"ident{at}", "").strip()
    return Box(
        term=term,
        ident=ident or (f"item_{at + 1}" if term else ""),
        type=_one(said.get(f"type{at}", ""), TYPES, "integer"),
        unit=_one(said.get(f"unit{at}", ""), UNITS, "person"),
        codes=_one(said.get(f"codes{at}", ""), codes, ""),
        required=not said.get(f"free{at}", ""),
        help=_words(said, f"help{at}"),
        least=said.get(f"least{at}", "").strip(),
        most=said.get(f"most{at}", "").strip(),
        low=said.get(f"low{at}", "").strip(),
        high=said.get(f"high{at}", "").strip(),
    )


def _pairs(said: QueryDict) -> list[Pair]:
    many = min(whole(said.get("checks", "")), _MOST_CHECKS)
    return [
        Pair(
            said[f"left{at}"],
            said[f"relation{at}"],
            said[f"right{at}"],
            _one(said.get(f"severity{at}", ""), SEVERITIES, "must_fix"),
        )
        for at in range(many)
        if said.get(f"left{at}")
        and said.get(f"right{at}")
        and said.get(f"relation{at}", "") in RELATIONS
    ]


def _without(pair: Pair, gone: int) -> Pair | None:
    """Give a check after a sheet is gone; None where it was about that sheet."""
    sides: list[str] = []
    for side in (pair.left, pair.right):
        sheet, _, line = side.partition(".")
        at = whole(sheet)
        if at == gone:
            return None
        sides.append(f"{at - 1 if at > gone else at}.{line}")
    return replace(pair, left=sides[0], right=sides[1])


def _words(said: QueryDict, name: str) -> str:
    return " ".join(said.get(name, "").split())


def _one(said: str, known: Container[str], usual: str) -> str:
    return said if said in known else usual


def whole(text: str) -> int:
    """Read a small whole number; 0 where it is none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _DIGITS else 0
