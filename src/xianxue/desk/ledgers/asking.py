"""Conditions of cards as questions to the database, for ledgers too large to be read through.

What an entry is on a day is worked out by ``bureau/ledgers/counting`` from its history. Of an entry
of which nothing later than that day is known, its row and its clocks say the same, and the database
can be asked. A condition that rows cannot answer is an ``UnaskableError``: then histories are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Final, cast

from django.db.models import (
    DateField,
    Exists,
    Expression,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
    Range,
)

from xianxue.bureau.kinds.card import Bound, Condition, Where
from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.counting import RECORDED, Facts
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.ledgers.json_keys import JsonNumber, JsonText
from xianxue.desk.models.ledger import EntryClock, LedgerEntry

_NEVER: Final = Q(pk__in=[])
_AGAIN: Final = Q(open=True, reopened__gt=0)
_ENTERED: Final = "entered."
_NUMBERS: Final = frozenset({"integer", "measure", "year", "yes_no"})
_COLUMNS: Final = frozenset({"place", "state"})
_ATTRIBUTES: Final = frozenset({"school_type", "sponsor", "urban_rural", "boarding"})


class UnaskableError(Exception):
    """A condition that the database cannot be asked."""


class Asking(Record, dict=True):
    """Questions to the rows of one ledger, as things stood at the end of a day."""

    ledger: Ledger
    on: date
    attributes: Mapping[str, Facts]
    """Place to what it is, for conditions on places."""

    @property
    def rows(self) -> QuerySet[LedgerEntry]:
        """The entries of which nothing later than the day is known, with their clocks."""
        return self.every.filter(changed__lte=self.on)

    @property
    def every(self) -> QuerySet[LedgerEntry]:
        """All entries as they stand now, with their clocks."""
        clocks = {
            _run(clock.clock): FilteredRelation("clocks", condition=Q(clocks__clock=clock.clock))
            for clock in self.ledger.clocks
        }
        # A clock that nothing is asked of is not joined.
        return LedgerEntry.objects.filter(ledger=self.ledger.ledger).alias(**clocks)

    @property
    def later(self) -> QuerySet[LedgerEntry]:
        """The entries that were there and to which something has happened since."""
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger, recorded__lte=self.on)
        return mine.filter(changed__gt=self.on)

    def again(self, until: str, last: date) -> QuerySet[LedgerEntry]:
        """Give the other entries that had gone by a day and are open again."""
        gone = Q(LessThanOrEqual(self._day(until), _said(until, last)))
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger, changed__lte=self.on)
        return mine.filter(_AGAIN, gone)

    def rows_know(self, count: Count) -> bool:
        """Whether rows say all of a count; else histories say when an entry was opened again.

        Who is open again was opened after the day it last came to an end, whichever that was; it
        may not have been after the day that a field says.
        """
        state = count.until.removeprefix(_ENTERED)
        return not count.until or (state != count.until and state in self._left_by_opening)

    @own_property
    def _left_by_opening(self) -> frozenset[str]:
        """The states of an end that no step leaves but those that open again."""
        ends = self.ledger.lifecycle.marked("end")
        left = {
            origin
            for step in self.ledger.steps
            for origin in step.origins
            if step.to not in ends and not step.reopens
        }
        return frozenset(ends) if not left & set(ends) else frozenset()

    def counted(self, count: Count, period: Period) -> Q:
        """Ask whether an entry is counted in a period."""
        # What a column says is asked first, then the day: they leave fewest for the keys of JSON.
        columns = {name: said for name, said in count.where.items() if name in _COLUMNS}
        keys = {name: said for name, said in count.where.items() if name not in _COLUMNS}
        found = self.where(columns)
        if count.since:
            found &= self._by(count.since, None, period.end)
            if count.until:
                gone = self._day(count.until)
                there = Q(missing(gone)) | Q(GreaterThan(gone, _said(count.until, period.end)))
                found &= (there | _AGAIN) if self.rows_know(count) else there
        elif count.by:
            found &= self.lies_in(count.by, period)
        return found & self.where(keys)

    def lies_in(self, name: str, period: Period) -> Q:
        """Ask whether a day lies in a period."""
        return self._by(name, period.start, period.end)

    def where(self, where: Where) -> Q:
        """Ask whether an entry fulfils all conditions."""
        found = Q()
        for name, condition in where.items():
            found &= self._condition(name, condition)
        return found

    def amount(self, name: str) -> Expression:
        """Give what is added up, or told apart."""
        if name == "place":
            return _column("place")
        field = self.ledger.field(name)
        if field is None or name in _COLUMNS | _ATTRIBUTES:
            raise UnaskableError(name)
        key = JsonNumber if field.type in _NUMBERS else JsonText
        return key("fields", name)

    def _condition(self, name: str, condition: Condition) -> Q:
        if name in _COLUMNS:
            return _text_is(_column(name), condition)
        if name in self._facts:
            return self._told(*self._facts[name], condition)
        if name == "reopened":
            return _number_is(_column(name), condition)
        if self.ledger.field(name) is not None:
            if name in _ATTRIBUTES:
                raise UnaskableError(name)
            field = self.amount(name)
            return (_number_is if isinstance(field, JsonNumber) else _text_is)(field, condition)
        if name in _ATTRIBUTES:
            here = {name: condition}
            fitting = [place for place, facts in self.attributes.items() if matches(here, facts)]
            return Q(place__in=fitting)
        if name == RECORDED or name.startswith(_ENTERED):
            raise UnaskableError(name)
        return _NEVER

    @own_property
    def _facts(self) -> dict[str, tuple[Q, Q]]:
        """What is worked out of an entry and is either so or not: asked for yes, and for no."""
        way = self.ledger.lifecycle
        found: dict[str, tuple[Q, Q]] = {}
        done, end = (Q(state__in=sorted(one)) for one in (way.marked("done"), way.marked("end")))
        found["done"], found["open"] = (done, ~done), (~end, end)
        for clock in self.ledger.clocks:
            run = _run(clock.clock)
            passed = Q(**{f"{run}__open": True, f"{run}__due__lt": self.on})
            due, met = _column(f"{run}__due"), _column(f"{run}__met")
            kept = Q(LessThanOrEqual(met, due))
            missed = Q(GreaterThan(met, due)) | passed
            unknown = Q(**{f"{run}__due__isnull": True}) | (
                Q(**{f"{run}__met__isnull": True})
                & (Q(**{f"{run}__open": False}) | Q(**{f"{run}__due__gte": self.on}))
            )
            found[f"kept.{clock.clock}"] = (kept, missed)
            found[f"judged.{clock.clock}"] = (
                kept | missed,
                Q(**{f"{run}__started__isnull": False}) & unknown,
            )
        # One question about all clocks, where each of them would be joined for this alone.
        names = [clock.clock for clock in self.ledger.clocks]
        passed = EntryClock.objects.filter(
            entry=OuterRef("pk"), clock__in=names, open=True, due__lt=self.on
        )
        found["overdue"] = (Q(Exists(passed)), ~Q(Exists(passed)))
        return found

    @staticmethod
    def _told(yes: Q, no: Q, condition: Condition) -> Q:
        found = _NEVER
        for said, question in ((1, yes), (0, no)):
            if matches({"": condition}, {"": said}):
                found = question if found is _NEVER else found | question
        return found

    def _by(self, name: str, first: date | None, last: date) -> Q:
        """Ask whether a day lies in a stretch."""
        day = self._day(name)
        if first is None:
            return Q(LessThanOrEqual(day, _said(name, last)))
        # Both ends at once: what is taken out of a JSON column is taken out once.
        return Q(Range(day, (_said(name, first), _said(name, last))))

    def _day(self, name: str) -> Expression:
        if name == RECORDED:
            return _column(RECORDED)
        if name.startswith(_ENTERED):
            return JsonText("entered", name.removeprefix(_ENTERED))
        field = self.ledger.field(name)
        if field is None or field.type != "date":
            raise UnaskableError(name)
        return JsonText("fields", name)


def _column(name: str) -> Expression:
    # Django takes a reference wherever it takes an expression, its types do not say so.
    return cast("Expression", F(name))


def missing(what: Expression) -> IsNull:
    """Ask whether nothing is there."""
    return IsNull(what, True)  # noqa: FBT003 - Django's own


def _run(clock: str) -> str:
    return f"run_{clock}"


def _said(name: str, day: date) -> Value:
    """Write a day as the column or key of a name has it."""
    if name == RECORDED:
        return Value(day, output_field=DateField())
    return Value(day.isoformat(), output_field=TextField())


def _text_is(text: Expression, condition: Condition) -> Q:
    if isinstance(condition, str):
        return Q(Exact(text, Value(condition)))
    # A text is no amount, and neither yes nor no.
    return Q(In(text, condition)) if isinstance(condition, list) and condition else _NEVER


def _number_is(number: Expression, condition: Condition) -> Q:
    if isinstance(condition, bool):
        return Q(Exact(number, Value(int(condition))))
    if isinstance(condition, Bound):
        return _within(number, condition)
    said = [condition] if isinstance(condition, str) else condition
    # As a number is written: «007» is not 7.
    whole = [int(one) for one in said if one.lstrip("-").isdecimal() and str(int(one)) == one]
    return Q(In(number, whole)) if whole else _NEVER


def _within(number: Expression, bound: Bound) -> Q:
    found = ~Q(missing(number))
    if bound.at_least is not None:
        found &= Q(GreaterThanOrEqual(number, ceil(Fraction(bound.at_least))))
    if bound.at_most is not None:
        found &= Q(LessThanOrEqual(number, floor(Fraction(bound.at_most))))
    if bound.more_than is not None:
        found &= Q(GreaterThan(number, floor(Fraction(bound.more_than))))
    if bound.less_than is not None:
        found &= Q(LessThan(number, ceil(Fraction(bound.less_than))))
    return found
