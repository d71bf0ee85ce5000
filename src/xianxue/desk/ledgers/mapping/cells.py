"""One line of an office's table: each cell read as what its column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.ledgers.ledger import LedgerField
from xianxue.bureau.kinds.ledgers.sheet import RECORDED
from xianxue.bureau.records.entry import Value
from xianxue.bureau.returns.contents.ledger_days import day_said
from xianxue.bureau.returns.contents.strict import number_of, read_text, written
from xianxue.bureau.returns.contents.texts import is_nothing
from xianxue.bureau.returns.contents.units import amount_of, factor_of
from xianxue.bureau.returns.mapping.column_values import is_numbering
from xianxue.bureau.returns.mapping.ledger_columns import DONE_ON, STEP_ON
from xianxue.bureau.returns.mapping.proposal import Proposal, name_of
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.mapping.looked import Looked
from xianxue.desk.ledgers.mapping.words import Words

Leave = Callable[[int, int, "Sentence | str"], None]
"""Lists a cell (line, column) that has no place in an entry, and why."""
_AMOUNTS: Final = frozenset({"integer", "measure"})


class Cells(Record, kw_only=True):
    """What the cells of one line say."""

    values: dict[str, Value] = field(default_factory=dict[str, Value])
    days: dict[str, date] = field(default_factory=dict[str, date])
    """Of registration and steps."""
    at: dict[str, int] = field(default_factory=dict[str, int])
    """Field to its column."""
    beside: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Header and text of what has no field."""


class CellReader(Record, kw_only=True):
    """Reads the lines of one table."""

    looked: Looked
    words: Words
    fixed: Mapping[str, str]
    year: int
    today: date
    leave: Leave
    seen: Counter[tuple[str, str]]
    """Field and word to how many lines have it."""

    def read(self, row: int) -> Cells:
        """Read a line."""
        found, block = Cells(), self.looked.block
        for each in self.looked.proposals.columns:
            line = block.full[row]
            raw = line[each.head.at] if each.head.at < len(line) else ""
            text = written(raw)
            if text and not is_nothing(text) and not is_numbering(each.head):
                why = self._take(found, each, raw)
                if why is not None:
                    found.beside.append((name_of(each.head), text))
                    self.leave(row, each.head.at, why)
        for at in set(block.filled(row)) - {one.head.at for one in self.looked.proposals.columns}:
            found.beside.append(("", block.text(row, at)))
            self.leave(row, at, say("没有表头"))
        for name, text in self.fixed.items():
            card = self.looked.card.field(name)
            if card is not None and name not in found.values:
                value = self._value(card, text, "")
                if value is not None:
                    found.values[name] = value
        return found

    def _take(self, found: Cells, each: Proposal, raw: Raw) -> Sentence | None:
        """Take a cell for what its column holds; say why it cannot be."""
        name = self.looked.field_of(each)
        card = self.looked.card.field(name)
        if not name:
            return say("没有对应的栏目")
        found.at[name] = each.head.at
        if name in {DONE_ON, RECORDED} or name.startswith(STEP_ON):
            day = self._day(raw, ahead=False)
            if day is None:
                return say("不是哪一天")
            found.days[name] = day
        elif card is not None:
            value = self._value(card, raw, each.unit)
            if value is None:
                return _why(card)
            found.values[name] = value
        return None

    def _value(self, card: LedgerField, raw: Raw, unit: str) -> Value | None:
        text = written(raw)
        if card.type == "date":
            day = self._day(raw, ahead=card.ahead)
            return day.isoformat() if day is not None else None
        if card.type == "code":
            self.seen[card.field, text] += 1
            return self.words.of(card.field, text).value or None
        if card.type in _AMOUNTS:
            return _amount(text, card, unit)
        value = read_text(text, card, {})
        return None if isinstance(value, Missing) else value

    def _day(self, raw: Raw, *, ahead: bool) -> date | None:
        found = day_said(raw, self.year)
        if found is not None and not ahead and found > self.today:
            # «12月20日» in a table of the turn of the year is last year's.
            before = day_said(raw, self.year - 1)
            return before if before is not None and before <= self.today else None
        return found


def _why(card: LedgerField) -> Sentence:
    if card.type == "date":
        return say("不是哪一天")
    if card.type == "code":
        return say("“{term}”里没有这样的写法", term=card.term)
    return say("读不成“{term}”", term=card.term)


def _amount(text: str, card: Field, unit: str) -> int | None:
    number = number_of(text)
    factor = factor_of(unit, card) if unit else Fraction(1)
    if number is None:
        amount = amount_of(text, card)
        if amount is None or not amount.own:
            return None
        number, factor = amount.whole, Fraction(1)
    steps = Fraction(number) * (factor or 1) * card.measured_in.step
    return int(steps) if steps.denominator == 1 else None
