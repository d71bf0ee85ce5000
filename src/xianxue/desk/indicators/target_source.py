"""Targets as a source of tables: those that speak of a period, each with its figure beside it.

Figures come from tables, and this table comes from figures. So what targets are held against is
figured from all other sources first, and a target on what is itself counted from targets is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import TableRow, lay_out
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.resting import slice_named
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure, in_a_sentence, key_of
from xianxue.bureau.records.source import OnDemand
from xianxue.bureau.records.target import Target
from xianxue.bureau.records.trace import EntryRef
from xianxue.bureau.targets.table import REACHED, TABLE, counts_targets, known_of, values_of
from xianxue.bureau.values.exact import at_least
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.database import open_database
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import ComplaintsError, Workspace

_FIELDS = ("goal", "level", "origin", "indicator", "amount", REACHED)


def speaks_of(shelf: Shelf, target: Target) -> tuple[Indicator, Period]:
    """Give a target's card, and the period whose figure it is held against."""
    card = shelf.indicator(target.indicator)
    if card is None:
        saw = say("目标里的指标“{indicator}”已经没有卡片", indicator=target.indicator)
        do = say("恢复这张卡片，或用 xianxue targets withdraw 撤销这项目标")
        raise ComplaintsError([Issue(code="T-CARD", severity=Severity.MUST_FIX, saw=saw, do=do)])
    return card, card.period.for_(Period.parse(target.period))


def now_in_force(workspace: Workspace, period: str = "") -> list[Target]:
    """Give the targets in force, set for one period or for any, with the words of their slices."""
    open_database(workspace.store)
    from xianxue.desk.models.target import last_lines  # noqa: PLC0415 - needs Django set up first

    shelf = workspace.shelf
    targets = [line.target for line in last_lines(period)]
    return [
        replace(one, slice=slice_named(str(one.slice), shelf.indicator(one.indicator), shelf))
        if one.slice is not None
        else one
        for one in targets
    ]


def speaking_of(workspace: Workspace, period: Period) -> list[Target]:
    """Give the targets in force whose figures are those of a period, in the order of their keys."""
    # By the period of the figure: a target for a calendar year is met by a school year's number.
    found = [one for one in now_in_force(workspace) if speaks_of(workspace.shelf, one)[1] == period]
    return sorted(found, key=lambda one: one.key)


class TargetSource(Record, dict=True):
    """The targets of one period as a table, a line a target."""

    workspace: Workspace
    register: Register
    """The places that are counted by."""
    period: Period
    targets: Callable[[], Sequence[Target]]
    """Those that speak of the period: in force now, or as a release has them."""
    figures: Callable[[Collection[str]], Mapping[str, Figure]]
    """Figures of indicators that are counted without targets."""

    def tables(self) -> Mapping[str, Any]:
        """Offer the table where it is declared; it is made when somebody counts it."""
        declared = TABLE in self.workspace.shelf.declared
        return OnDemand({TABLE: self._table} if declared else {})

    def expected(self) -> Expected:
        """Give a row for each target: a place without one lacks nothing."""
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for one, place in self._placed if TABLE in self.workspace.shelf.declared else ():
            known = known_of(one, place)
            rows = found.get((place.code, TABLE), ())
            row = ExpectedRow(one.stage, frozenset(_FIELDS), known)
            found[place.code, TABLE] = (*rows, row)
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> tuple[EntryRef, ...]:
        """Give the deed that set a target, with its document and the cell it was read from."""
        del place, field
        if table != TABLE:
            return ()
        # Whichever field of a row is asked for, it ends in the same deed.
        return tuple(self._entry(one) for one, _ in self._placed if one.key == row)

    def _table(self) -> object:
        shelf, register = self.workspace.shelf, self.register
        table, found = shelf.tables[TABLE], self._found
        rows = [
            TableRow(place, one.stage, one.key, values_of(one, place, found[one.key]))
            for one, place in self._placed
        ]
        columns = lay_out([field.field for field in table.fields], rows, register, self.period)
        return held_table(columns, column_types(table, columns))

    @cached_property
    def _placed(self) -> list[tuple[Target, Place]]:
        return [(one, self._place(one)) for one in self.targets()]

    def _place(self, target: Target) -> Place:
        """Give a target's place; one that was not there yet, or counts elsewhere by now, too."""
        for register in (self.register, self.workspace.register):
            if target.place in register:
                return register[target.place]
        saw = say("目标里的单位“{place}”不在名册里", place=target.place)
        do = say("在名册里补上这个单位，或用 xianxue targets withdraw 撤销这项目标")
        raise ComplaintsError([Issue(code="T-PLACE", severity=Severity.MUST_FIX, saw=saw, do=do)])

    @cached_property
    def _found(self) -> dict[str, Figure | None]:
        """Each target's figure, by the target's key."""
        cards = {one.key: self._card(one) for one, _ in self._placed}
        names = {card.indicator for card in cards.values()}
        figures = self.figures(names) if names else {}
        return {one.key: figures.get(self._figure_key(one)) for one, _ in self._placed}

    def _figure_key(self, target: Target) -> str:
        return key_of(target.indicator, target.place, target.stage, self.period.code, target.slice)

    def _card(self, target: Target) -> Indicator:
        """Give the card of a target; ComplaintsError for one that would count itself."""
        shelf = self.workspace.shelf
        card, _ = speaks_of(shelf, target)
        if not counts_targets(card, shelf):
            return card
        saw = say("“{term}”是由目标算出来的，不能再给它定目标", term=card.term)
        do = say("用 xianxue targets withdraw 撤销目标 {key}", key=target.key)
        raise ComplaintsError([Issue(code="T-CIRCLE", severity=Severity.MUST_FIX, saw=saw, do=do)])

    def _entry(self, target: Target) -> EntryRef:
        open_database(self.workspace.store)
        from xianxue.desk.models.target import line_of  # noqa: PLC0415 - needs Django set up first

        line = line_of(target)
        card = self._card(target)
        figure = self._found[target.key]
        shown: str = say("未定")
        if figure is not None and figure.value is not None:
            # As many digits as it takes to see on which side of the target it lies.
            digits = shown_beside(figure.value, target.amount, card.show.decimals, at_least)
            shown = _with_unit(digits, card)
        return EntryRef(
            place=target.place,
            ledger=TABLE,
            title=self.workspace.shelf.tables[TABLE].term,
            number=str(line.pk) if line is not None else "",
            on=day_of(line.at).isoformat() if line is not None else "",
            term=in_a_sentence(card.term, target.stage, target.slice),
            value=say(
                "{goal}{amount}，实际{shown}",
                goal=say("不低于") if target.goal == "at_least" else say("不高于"),
                amount=_with_unit(plain(target.amount), card),
                shown=shown,
            ),
            document=target.source,
            written_in=line.cell if line is not None else "",
        )


def _with_unit(number: str, card: Indicator) -> str:
    """Write a number of an indicator with its unit, or as the one-to-n that it is."""
    return f"1:{number}" if card.show.form == "one_to_n" else number + UNITS[card.unit].term
