"""The template grammar of outlines.

============================= ================================================================
``{pupils}``                  the county's figure, with its unit: 9731人
``{pupils/primary}``          of one stage
``{reached:subject=math}``    of one slice: a dimension and the code of its value
``{pupils@632523100}``        of another place
``{pupils~1}``                of the year before; ``~4``: of four years before
``{pupils|bare}``             without its unit
``{value|wan}``               in ten thousands, with two decimals: 4720.50万元
``{area|whole}``              as a whole number: 280396平方米
``{pupils_growth|moved}``     a change or growth in words: 增加172人，增长3.82%; 持平
``{pupils~4|moved}``          by how much a figure itself has changed since then, in the same words
``{x#numerator}``             a part of it: numerator, denominator, reported, expected, missing
``{balance.class_size}``      the value a criterion was judged by
``{balance.class_size#limit}`` its threshold; ``margin``, by how much it is passed;
                              ``verdict``; ``lacking``; and over all places judged, ``judged``,
                              ``met``, ``not_met``, ``undetermined`` (how many places) and
                              ``lacking_total``
``{balance.joint#need}``      of a combination: need, of, others_reach
``{balance#verdict}``         the verdict on a whole standard
``{balance.g3#verdict}``      an item of a rubric: its points (no facet), ``of``, ``verdict``; of
                              a branch also ``met``, ``not_met``, ``undetermined``,
                              ``inapplicable`` (how many of the items right below it)
``{balance#total}``           a rubric: ``total``, ``of``, ``grade``, ``rank``, ``state``,
                              ``period``; over all places ``places``
``{drills.held}``             what a ledger counts in the period; a rate of it; ``:level=city``
``{county} {year} …``         words, see ``WORDS``; and the outline's own ``phrases`` and
                              ``deeds``: lists of what was done, A、B、C等8项
``[，其中寄宿生{boarders}]``     is left out where a figure in it is absent or zero
============================= ================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record

WORDS: Final = frozenset(
    {
        "county",
        "period",
        "next_period",
        "year",
        "next_year",
        "reference_day",
        "day",
        "next_table",
    }
)
"""Words about the whole document; ``next_table`` is the number of the table that comes next."""

Form = Literal["", "bare", "wan", "whole", "moved"]
"""How a number is written; empty for with its unit, as its card has it.

``moved`` is for changes and growths: the direction is a word, the number has no sign.
"""

FIGURE_FACETS: Final = frozenset(
    {"", "numerator", "denominator", "reported", "expected", "missing"}
)
PLACE_FACETS: Final = frozenset({"judged", "met", "not_met", "undetermined", "lacking_total"})
CRITERION_FACETS: Final = frozenset({"", "limit", "margin", "verdict", "lacking"}) | PLACE_FACETS
RULE_FACETS: Final = frozenset({"need", "of", "others_reach"})
COMBINATION_FACETS: Final = RULE_FACETS | {"verdict"} | PLACE_FACETS
PART_FACETS: Final = frozenset({"met", "not_met", "undetermined", "inapplicable"})
ITEM_FACETS: Final = frozenset({"", "of", "verdict"}) | PART_FACETS
RUBRIC_FACETS: Final = frozenset({"total", "of", "grade", "rank", "state", "period", "places"})
STANDARD_FACETS: Final = frozenset({"verdict"})

_FORMS: Final[dict[str, Form]] = {
    "": "",
    "bare": "bare",
    "wan": "wan",
    "whole": "whole",
    "moved": "moved",
}
_STAGES: Final = frozenset(stage.value for stage in Stage)
_PIECE = re.compile(r"\{(?P<slot>[^{}\[\]]*)\}|(?P<mark>[\[\]{}])|(?P<plain>[^{}\[\]]+)")
_SLOT = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)"
    r"(?:/(?P<stage>[a-z_]+))?"
    r"(?::(?P<slice>[a-z][a-z0-9_]*=[A-Za-z0-9_]+))?"
    r"(?:#(?P<facet>[a-z_]+))?"
    r"(?:@(?P<place>\d{6}|\d{9,10}))?"
    r"(?:~(?P<back>[1-9]))?"
    r"(?:\|(?P<form>bare|wan|whole|moved))?"
)


class TemplateError(ValueError):
    """A template that cannot be read; the message is Chinese, for the author of the card."""


class Slot(Record):
    """What stands in braces."""

    name: str
    stage: Stage | None = None
    facet: str = ""
    place: str = ""
    form: Form = ""
    slice: str = ""
    """``dimension=code``; empty for the whole."""
    back: int = 0
    """How many years before the document's period."""

    @property
    def standard(self) -> str:
        """The standard, where the slot is about findings."""
        return self.name.partition(".")[0] if "." in self.name else ""

    @property
    def criterion(self) -> str:
        """The criterion, where the slot is about findings."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Option:
    """What stands in square brackets."""

    parts: tuple[str | Slot, ...]


Part = str | Slot | Option


def parse(template: str) -> tuple[Part, ...]:
    """Read a template; raise TemplateError where it cannot be read.

    >>> parse("小学生{pupils/primary}")
    ('小学生', Slot(name='pupils', stage=<Stage.PRIMARY: 'primary'>, facet='', place='',
     form='', slice='', back=0))
    """
    parts: list[Part] = []
    inside: list[str | Slot] | None = None
    for found in _PIECE.finditer(template):
        mark = found["mark"]
        if mark is None:
            piece = found["plain"] if found["slot"] is None else _slot(found["slot"])
            (parts if inside is None else inside).append(piece)
        elif mark == "[" and inside is None:
            inside = []
        elif mark == "]" and inside is not None:
            parts.append(Option(tuple(inside)))
            inside = None
        else:
            raise TemplateError(
                f"第 {found.start() + 1} 个字“{mark}”没有成对，或方括号里套了方括号"
            )
    if inside is not None:
        raise TemplateError("方括号没有合上")
    return tuple(parts)


def slots(parts: tuple[Part, ...]) -> Iterator[Slot]:
    """Go through all slots of a template, those in brackets included."""
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Option):
            yield from (inner for inner in part.parts if isinstance(inner, Slot))


def _slot(text: str) -> Slot:
    found = _SLOT.fullmatch(text)
    if found is None:
        raise TemplateError(f"“{{{text}}}”不是“指标/学段:细分#部分@代码~几年前|写法”的样子")
    stage = found["stage"]
    if stage is not None and stage not in _STAGES:
        raise TemplateError(f"“{{{text}}}”中的学段“{stage}”不认识")
    return Slot(
        found["name"],
        Stage(stage) if stage else None,
        found["facet"] or "",
        found["place"] or "",
        _FORMS[found["form"] or ""],
        found["slice"] or "",
        int(found["back"] or 0),
    )
