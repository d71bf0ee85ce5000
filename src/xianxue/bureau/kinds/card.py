"""What all cards share: strictness, dated and cited values, conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeVar

import msgspec

from xianxue.bureau.law.citation import Citation, Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.period_rules import PeriodRule, found
from xianxue.bureau.values.periods import Period, PeriodKind
from xianxue.bureau.values.sentence import Phrase, Sentence


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A declared thing. An unknown key is refused, so that no rule is lost to a typing slip."""


C = TypeVar("C", bound=Card)


def card_of(data: Mapping[str, Any], kind: type[C], context: str = "") -> C:
    """Make a card of what was written; msgspec.ValidationError where it has another shape.

    What it says to people becomes sentences; ``context``, the card's kind and id, says which
    English each has.
    """
    return msgspec.convert(data, kind, dec_hook=phrases_of(context))


def phrases_of(context: str) -> Callable[[type, object], Sentence]:
    """Give what makes sentences of a card's texts, for code that has msgspec read cards itself."""
    return partial(_phrase, context)


def _phrase(context: str, kind: type, text: object) -> Sentence:
    """Keep a text as a sentence; msgspec makes its own complaint of a TypeError."""
    if kind is not Sentence or not isinstance(text, str):
        message = f"Expected `str`, got `{type(text).__name__}`"
        raise TypeError(message)
    return Phrase(text, context)


class Cited(Card, frozen=True, kw_only=True):
    """Where a declaration comes from."""

    document: str
    """The id of a card in ``sources/``."""
    seen: Seen
    article: str = ""
    note: str = ""

    @property
    def citation(self) -> Citation:
        """The citation as later records carry it."""
        return Citation(self.document, self.seen, self.article, self.note)


class Needed(Card, frozen=True, kw_only=True):
    """Which kind of period something is about, and how it is found where another was named."""

    kind: PeriodKind = "school_year"
    found: dict[PeriodKind, PeriodRule] = {}
    """Kind of the period named to rule; what is not said follows ``period_rules.usual_rule``."""

    def for_(self, named: Period) -> Period:
        """Find the period for one that was named; ValueError, in Chinese, where there is no one.

        >>> Needed().for_(Period.parse("2025")).code
        '2025-2026'
        """
        return found(self.kind, named, self.found)


class Bound(Card, frozen=True, kw_only=True):
    """A comparison with a number in whole units, or with a dated line of the same card by name."""

    at_least: int | str | None = None
    at_most: int | str | None = None
    more_than: int | str | None = None
    less_than: int | str | None = None


Condition = str | bool | list[str] | Bound
"""What a column must be: one code, one of several codes, yes or no, or within bounds."""

Where = dict[str, Condition]
"""Column name to condition; all of them must hold.

Columns are a row's own fields and keys (``row``, ``stage``) and the place's attributes
(``school_type``, ``sponsor``, ``urban_rural``, ``boarding``).
"""


class DatedRule(Card, frozen=True, kw_only=True):
    """A part of a rule, with the days on which it holds and where it is written."""

    valid_from: date = msgspec.field(name="from")
    valid_to: date | None = msgspec.field(name="to", default=None)
    source: str
    seen: Seen
    article: str = ""
    note: str = ""

    @property
    def citation(self) -> Citation:
        """The citation as later records carry it."""
        return Citation(self.source, self.seen, self.article, self.note)


class DatedValue(DatedRule, frozen=True, kw_only=True):
    """One value of a rule."""

    value: Decimal
    stage: Stage | None = None
    """The stage it is for; None for every stage."""
    when: Where = {}
    """Transitional and special clauses: the first value whose conditions all hold is taken."""


class LocalValue(DatedValue, frozen=True, kw_only=True):
    """A value of a change, laid over the national ones; no card is written so."""

    local: str
    """The term of the change."""
    loosens: str = ""
    """Its reason for asking for less."""

    @property
    def citation(self) -> Citation:
        """The citation, with the county's name for its rule and the reason."""
        return Citation(self.source, self.seen, self.article, self.note, self.local, self.loosens)


Comparison = Literal["at_least", "at_most", "equal"]
