"""One number, one source (一数一源): which fields of a drafted form the bureau already holds.

Two fields mean the same where their words, their kind of value and whom they are asked of agree.
Precision goes before recall: a number wrongly taken for another is worse than one asked twice.
Likeness is symmetric; whether one can fill the other is not, and is said apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import IntEnum

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.held import Way, same_kind, way_to_fill
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.sheets.field_terms import (
    contexts_agree,
    core_of,
    is_general,
    names_of,
    near_of,
    raw_of,
)
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say


class Likeness(IntEnum):
    """How sure it is that two fields ask the same; a lower number is surer."""

    SAME = 1
    TERM = 2
    ALIKE = 3
    NEAR = 4

    @property
    def term(self) -> str:
        """Say it in Chinese.

        >>> Likeness.ALIKE.term
        '名称实质相同'
        """
        return _TERMS[self]


_TERMS = {
    Likeness.SAME: say("同一栏"),
    Likeness.TERM: say("名称相同"),
    Likeness.ALIKE: say("名称实质相同"),
    Likeness.NEAR: say("名称相近，请核对"),
}


class Standing(Record):
    """A field where it stands."""

    form: Form
    sheet: Sheet
    field: Field

    @property
    def reference(self) -> str:
        """The field as cards name it."""
        return f"{self.sheet.sheet}.{self.field.field}"

    @property
    def named(self) -> str:
        """The field as people name it."""
        return say("〔{sheet}〕{field}", sheet=self.sheet.term, field=self.field.term)


class Duplicate(Record):
    """A field that is asked, and one that holds it already."""

    asked: Standing
    held: Standing
    likeness: Likeness
    words: str
    """What the two have in common."""
    way: Way | None
    """How the one could be filled in from the other; None where it cannot."""
    covers: bool
    """Whether all who are asked the one are asked the other."""

    @property
    def fills(self) -> bool:
        """Whether the field need not be asked."""
        return self.likeness is not Likeness.NEAR and self.way is not None and self.covers


def fields_of(form: Form) -> Iterator[Standing]:
    """Go through the fields of a form."""
    for sheet in form.sheets:
        for field in sheet.fields:
            yield Standing(form, sheet, field)


def find_duplicates(
    draft: Form, held: Iterable[Form], codes: Mapping[str, CodeList]
) -> list[Duplicate]:
    """Find what other forms hold of a draft: for each of its fields the likeliest first."""
    holding = [one for form in held for one in fields_of(form) if not one.field.prefilled_from]
    found: list[Duplicate] = []
    for standing in fields_of(draft):
        likely: list[Duplicate] = []
        for other in holding:
            like = likeness(standing, other)
            if like is not None:
                way = way_to_fill(standing.sheet, standing.field, other.sheet, other.field, codes)
                covers = _covers(other, standing)
                likely.append(Duplicate(standing, other, *like, way, covers))
        likely.sort(key=_rank)
        found.extend(likely)
    return found


def sources(duplicates: Iterable[Duplicate]) -> dict[str, str]:
    """Give, for each field that need not be asked, the field it is filled in from.

    Of two candidates that are as likely none is taken: which one is meant a person has to say.
    """
    likeliest: dict[str, tuple[Likeness, set[str]]] = {}
    for one in duplicates:
        if one.fills:
            surest, held = likeliest.get(one.asked.reference, (one.likeness, set[str]()))
            if one.likeness < surest:
                surest, held = one.likeness, set[str]()
            if one.likeness == surest:
                held.add(one.held.reference)
            likeliest[one.asked.reference] = surest, held
    return {asked: next(iter(held)) for asked, (_, held) in likeliest.items() if len(held) == 1}


def cells_asked(form: Form, place: Place, on: date, codes: Mapping[str, CodeList]) -> int:
    """Count the cells a place fills in; of a list, those of one line."""
    return sum(len(row.fields) for sheet in asked(form, place, on, codes) for row in sheet.rows)


# ── likeness ────────────────────────────────────────────────────────────────


def likeness(one: Standing, other: Standing) -> tuple[Likeness, str] | None:
    """Say how sure it is that two fields ask the same, and by which words; None if they do not."""
    if not _comparable(one, other):
        return None
    if _is_named(one, other) or _is_named(other, one):
        return Likeness.SAME, max(one.field.term, other.field.term)
    found = _by_words(one, other)
    staged = bool(_population(one)[0] or _population(other)[0])
    if found is None:
        found = _by_near_words(one, other)
    if found is None or not contexts_agree(
        one.sheet.term, other.sheet.term, found[1], staged=staged
    ):
        return None
    return found if same_kind(one.field, other.field) else (Likeness.NEAR, found[1])


def _comparable(one: Standing, other: Standing) -> bool:
    return (
        one.form.filed_by == other.form.filed_by
        and _kindred(one.field, other.field)
        and _overlap(_population(one), _population(other))
    )


def _is_named(one: Standing, other: Standing) -> bool:
    """Whether a field is the other one itself, or names it as its source."""
    return one.reference in {other.reference, other.field.prefilled_from}


def _by_words(one: Standing, other: Standing) -> tuple[Likeness, str] | None:
    mine, its = names_of(one.sheet, one.field), names_of(other.sheet, other.field)
    same_sheet = raw_of(one.sheet.term) == raw_of(other.sheet.term)
    shared = mine.all & its.all
    # A word that is only a synonym on both sides is a loose one: «学生数» of a class, of a school.
    strong = shared & {mine.own, its.own}
    if strong:
        word = _longest(strong)
        sure = same_sheet or not is_general(word)
        return (Likeness.TERM if sure else Likeness.NEAR), word
    if shared:
        return Likeness.NEAR, _longest(shared)
    pairs = [*_same_cores(mine.own, its.all), *_same_cores(its.own, mine.all)]
    if not pairs:
        return None
    sure = same_sheet or any(not is_general(a) and not is_general(b) for a, b in pairs)
    return (Likeness.ALIKE if sure else Likeness.NEAR), _longest(core_of(a) for a, _ in pairs)


def _by_near_words(one: Standing, other: Standing) -> tuple[Likeness, str] | None:
    """Say that two terms differ only in a word that many take for the other: 专职 and 专任."""
    mine, its = names_of(one.sheet, one.field), names_of(other.sheet, other.field)
    pairs = [(mine.own, name) for name in its.all] + [(its.own, name) for name in mine.all]
    near = [a for a, b in pairs if near_of(a) == near_of(b) and not is_general(near_of(a))]
    return (Likeness.NEAR, _longest(near)) if near else None


def _same_cores(own: str, names: Iterable[str]) -> list[tuple[str, str]]:
    core = core_of(own)
    return [(own, name) for name in names if core and core_of(name) == core]


def _longest(words: Iterable[str]) -> str:
    return max(words, key=lambda word: (len(word), word))


def _kindred(one: Field, other: Field) -> bool:
    """Whether two fields might hold the same, be it with more or fewer decimals."""
    numbers = {"integer", "measure"}
    if one.type in numbers and other.type in numbers:
        return one.measured_in.dimension == other.measured_in.dimension
    return one.type == other.type and one.codes == other.codes


Population = tuple[frozenset[Stage], frozenset[str]]
"""Stages and school types a field is asked of; an empty set stands for all."""


def _population(standing: Standing) -> Population:
    sheet = standing.sheet
    stages = frozenset(sheet.stages) or (frozenset({sheet.stage}) if sheet.stage else frozenset())
    return stages, frozenset(standing.field.school_types)


def _overlap(one: Population, other: Population) -> bool:
    return all(not a or not b or a & b for a, b in zip(one, other, strict=True))


def _covers(wide: Standing, narrow: Standing) -> bool:
    """Whether all who are asked the narrow one are asked the wide one too."""
    pairs = zip(_population(wide), _population(narrow), strict=True)
    return all(not a or (b and b <= a) for a, b in pairs)


def _rank(one: Duplicate) -> tuple[bool, int, bool, int, str]:
    ways: tuple[Way | None, ...] = ("value", "code", "stage", "total", None)
    return (not one.fills, one.likeness, not one.covers, ways.index(one.way), one.held.reference)
