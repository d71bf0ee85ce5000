"""What each field that is asked is used for: the checks, indicators, standards and documents.

Read from the cards themselves: a field is used where a card names it, and through everything that
card is used by. So nothing has to be kept up by hand, and a new card is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.report.grammar import TemplateError, parse, slots
from xianxue.bureau.values.record import Record, field

Names = frozenset[str]
"""Fields, each ``sheet.field``; and sheets whose rows are counted."""


class Uses(Record):
    """Where a field is used, by the ids of cards, each in the catalogue's order."""

    checks: tuple[str, ...] = ()
    """Of its own form: ids of checks."""
    indicators: tuple[str, ...] = ()
    """That are made of it directly."""
    further: tuple[str, ...] = ()
    """That are made of those."""
    standards: tuple[str, ...] = ()
    outlines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything but a check uses it."""
        return bool(self.indicators or self.standards or self.outlines)


class Used(Record, dict=True):
    """The uses of all fields of a shelf."""

    shelf: Shelf
    _through: dict[str, Names] = field(default_factory=dict[str, Names])

    def of(self, reference: str) -> Uses:
        """Say where a field is used; or where the rows of a sheet are counted."""
        shelf = self.shelf
        direct = [one for one, named in self._direct.items() if reference in named]
        further = [
            one
            for one in shelf.indicators
            if one not in direct and reference in self.of_indicator(one)
        ]
        return Uses(
            checks=tuple(one for one, named in self._checks.items() if reference in named),
            indicators=tuple(direct),
            further=tuple(further),
            standards=tuple(one for one, named in self._standards.items() if reference in named),
            outlines=tuple(one for one, named in self._outlines.items() if reference in named),
        )

    def of_indicator(self, name: str) -> Names:
        """Give all that an indicator, or the option taken of a choice, is made of."""
        card = self.shelf.indicator(name)
        if card is None:
            return frozenset()
        known = self._through
        if card.indicator not in known:
            # Set first: cards that name each other in a ring do not keep us going round.
            known[card.indicator] = self._direct[card.indicator]
            parts = (self.of_indicator(one) for one in card.rests_on)
            known[card.indicator] = known[card.indicator].union(*parts)
        return known[card.indicator]

    @cached_property
    def known(self) -> Names:
        """Everything that may be named: the fields of all forms, and the sheets."""
        sheets = [sheet for form in self.shelf.forms.values() for sheet in form.sheets]
        fields = (f"{sheet.sheet}.{one.field}" for sheet in sheets for one in sheet.fields)
        return frozenset(fields) | {sheet.sheet for sheet in sheets}

    @cached_property
    def _direct(self) -> Mapping[str, Names]:
        return {name: self._indicator(card) for name, card in self.shelf.indicators.items()}

    @cached_property
    def _checks(self) -> Mapping[str, Names]:
        return {
            name: named for form in self.shelf.forms.values() for name, named in self._of_form(form)
        }

    @cached_property
    def _standards(self) -> Mapping[str, Names]:
        return {name: self._standard(card) for name, card in self.shelf.standards.items()}

    @cached_property
    def _outlines(self) -> Mapping[str, Names]:
        return {name: self._outline(card) for name, card in self.shelf.outlines.items()}

    def _indicator(self, card: Indicator) -> Names:
        found = self._named(card)
        population = self.shelf.populations.get(card.population)
        split = self.shelf.splits.get(card.split)
        return found | self._named(population) | self._named(split)

    def _standard(self, card: Standard) -> Names:
        found = self._named(self.shelf.populations.get(card.population))
        for criterion in (*card.criteria, *card.spread):
            found |= self._criterion(criterion)
        return found

    def _criterion(self, card: Criterion) -> Names:
        return self._named(card) | self.of_indicator(card.indicator)

    def _outline(self, card: Outline) -> Names:
        found: Names = frozenset()
        for text in filter(lambda one: "{" in one, _texts(card)):
            for name in _slot_names(text):
                found |= self.of_indicator(name)
                standard = self.shelf.standards.get(name.partition(".")[0])
                if "." in name and standard is not None:
                    ident = name.partition(".")[2].partition("#")[0]
                    judged = (*standard.criteria, *standard.spread)
                    for criterion in (one for one in judged if one.criterion == ident):
                        found |= self._criterion(criterion)
        for idiom in card.phrases:
            found |= self.of_indicator(idiom.of)
        for name in card.standards:
            found |= self._standards.get(name, frozenset())
        return found

    def _of_form(self, form: Form) -> Iterator[tuple[str, Names]]:
        for check in form.checks:
            yield check.check, self._named(check)
        for sensible in form.sensible:
            yield sensible.sensible, self._named(sensible)

    def _named(self, card: object) -> Names:
        return frozenset(_names(card, self.known))


def _names(node: object, known: Names) -> Iterator[str]:
    """Go through the fields that a card names, however deep."""
    if isinstance(node, str):
        if "." in node and node in known:
            yield str(node)
        return
    if isinstance(node, Term):
        if node.count:
            yield node.count
        table = node.field.partition(".")[0] or node.count
        yield from {f"{table}.{column}" for column in node.where} & known
    for each in _inside(node):
        yield from _names(each, known)


def _texts(node: object) -> Iterator[str]:
    """Go through all texts of a card, the names of conditions too."""
    if isinstance(node, str):
        yield str(node)
    else:
        for each in _inside(node):
            yield from _texts(each)


def _inside(node: object) -> Iterable[object]:
    if isinstance(node, msgspec.Struct):
        return [getattr(node, name) for name in node.__struct_fields__]
    if isinstance(node, dict):
        return [*node, *node.values()]
    return node if isinstance(node, list | tuple) else ()


def _slot_names(text: str) -> Iterator[str]:
    try:
        yield from (slot.name for slot in slots(parse(text)))
    except TemplateError:
        # A text in braces that is no template: the catalogue has complained where it should be one.
        return
