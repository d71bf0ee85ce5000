"""Schools, fields and rows by whichever name people use: code or full name, id or term."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.codes import Code
from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined
from xianxue.desk.workspace import Workspace

_MOST_NEAR: Final = 8
"""So many names a complaint offers."""
_ALIKE: Final = 0.6
"""Of the characters of two names, so many are the same where one may be meant by the other."""


class Named(Record):
    """A field that a name may mean."""

    sheet: Sheet
    field: Field

    @property
    def reference(self) -> str:
        """``sheet.field``, by ids."""
        return f"{self.sheet.sheet}.{self.field.field}"

    @property
    def term(self) -> Sentence:
        """The same by the form's own terms, as it may be typed."""
        return joined(".", [self.sheet.term, self.field.term])


class Naming(Record, dict=True):
    """What the names of one county mean."""

    workspace: Workspace

    @cached_property
    def _places(self) -> dict[str, str]:
        """Names to codes; a name that two places bear means neither."""
        found: dict[str, str] = {}
        for place in self.workspace.register:
            found[place.name] = "" if place.name in found else place.code
        return found | {place.code: place.code for place in self.workspace.register}

    def place(self, said: str) -> str:
        """Give a place's code; empty where the register does not know it."""
        return self._places.get(said, "")

    def places_near(self, said: str) -> list[str]:
        """Give schools that a shortened name may mean; codes beside a name that several bear."""
        found = [one for one in self.workspace.register if said and _within(said, one.name)]
        names = [one.name for one in found]
        return [
            f"{one.name}（{one.code}）" if names.count(one.name) > 1 else one.name
            for one in found[:_MOST_NEAR]
        ]

    def fields(self, said: str, row: str = "") -> list[Named]:
        """Give each field that a name means: ``sheet.field``, an id or a term alone.

        Of several those are taken that have the named row, where any has.
        """
        sheet_said, dot, field_said = said.partition(".")
        found = [
            one
            for one in self._every()
            if (field_said if dot else said) in _names(one.field)
            and (not dot or sheet_said in {one.sheet.sheet, str(one.sheet.term)})
        ]
        with_row = [one for one in found if row and self._row(one.sheet, row) is not None]
        return with_row or found

    def fields_near(self, said: str) -> list[Named]:
        """Give the fields that a name in use may mean: what a standard counts by that name first.

        A school has no column 体艺教师: the standard adds up three, and one of them is meant.
        """
        counted: set[str] = set()
        for card in self.workspace.shelf.standards.values():
            for criterion in card.criteria:
                noun = criterion.lacking.noun if criterion.lacking is not None else ""
                if any(_within(said, str(one)) for one in (noun, criterion.term) if one):
                    counted.update(self._counts(criterion))
        last = said.rpartition(".")[2]
        found = [one for one in self._every() if one.reference in counted]
        found += [
            one for one in self._every() if any(_within(last, name) for name in _names(one.field))
        ]
        found = found or self._alike(last)
        return list({one.reference: one for one in found}.values())[:_MOST_NEAR]

    def _alike(self, said: str) -> list[Named]:
        """Give the fields with a name of about the same characters, the most alike first."""
        alike = [
            (max(_likeness(said, name) for name in _names(one.field)), one) for one in self._every()
        ]
        near = [one for one in alike if one[0] >= _ALIKE]
        return [one for _, one in sorted(near, key=lambda one: -one[0])]

    def row(self, reference: str, said: str) -> str:
        """Give the code of a grid's row by its code or term; as it was said where it has none."""
        found = self.workspace.shelf.asked_field(reference)
        entry = self._row(found[1], said) if found is not None else None
        return entry.code if entry is not None else said

    def criteria(self, standard: str, said: str) -> list[tuple[str, str]]:
        """Give each standard with its criterion that names mean: ids, terms, or what is counted.

        ``standard`` may be empty: then every standard is looked through.
        """
        return [
            (name, criterion.criterion)
            for name, card in self.workspace.shelf.standards.items()
            if not standard or standard in {name, str(card.term)}
            for criterion in (*card.criteria, *card.spread)
            if said in _criterion_names(criterion)
        ]

    def criterion_term(self, standard: str, criterion: str) -> Sentence:
        """Give a standard's criterion by their terms, as they may be typed."""
        card = self.workspace.shelf.standards[standard]
        every = (*card.criteria, *card.spread)
        term = next(one.term for one in every if one.criterion == criterion)
        return joined(".", [card.term, term])

    def criteria_near(self, standard: str, said: str) -> list[str]:
        """Give the criteria that a shortened name may mean, as they may be typed."""
        return [
            str(criterion.term)
            for name, card in self.workspace.shelf.standards.items()
            if not standard or standard in {name, str(card.term)}
            for criterion in (*card.criteria, *card.spread)
            if any(_within(said, one) for one in _criterion_names(criterion))
        ][:_MOST_NEAR]

    def _every(self) -> Iterator[Named]:
        for form in self.workspace.shelf.forms.values():
            for sheet in form.sheets:
                for field in sheet.fields:
                    yield Named(sheet, field)

    def _row(self, sheet: Sheet, said: str) -> Code | None:
        listed = self.workspace.shelf.codes.get(sheet.rows) if sheet.rows else None
        if listed is None:
            return None
        known = listed.entry(said) or listed.by_term(said)
        return known or next((one for one in listed.entries if said in one.also), None)

    def _counts(self, criterion: Criterion) -> Iterator[str]:
        indicator = self.workspace.shelf.indicator(criterion.indicator)
        counted = indicator.numerator if indicator is not None else None
        for one in counted.sum if counted is not None else ():
            if isinstance(one, str):
                yield one


def _names(field: Field) -> set[str]:
    return {field.field, str(field.term), *map(str, field.synonyms)}


def _criterion_names(criterion: Criterion) -> set[str]:
    noun = criterion.lacking.noun if criterion.lacking is not None else criterion.term
    return {criterion.criterion, str(criterion.term), str(noun)}


def _likeness(said: str, name: str) -> float:
    """Give how alike two names are, from 0 to 1; it orders what is offered and decides nothing.

    >>> _likeness("超规定学历教师", "高于规定学历教师") > 0.6, _likeness("飞碟", "教师")
    (True, 0.0)
    """
    return SequenceMatcher(None, said, name).ratio()


def _within(said: str, name: str) -> bool:
    """Whether all characters of a shortened name stand in a name, in their order.

    >>> _within("体艺教师", "体育艺术教师"), _within("教师体艺", "体育艺术教师"), _within("", "甲")
    (True, False, False)
    """
    rest = iter(name)
    return bool(said) and all(one in rest for one in said)
