"""Columns that no header tells, told by what stands in them; each is a question to the clerk.

What stands in a column of an office's ledger often says more than its header: words of states,
schools of the county, words of one list of the card, days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.ledgers.sheet import NAME, PLACE, STATE
from xianxue.bureau.returns.contents.ledger_days import day_said
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare, is_nothing
from xianxue.bureau.returns.mapping.column_values import is_numbering
from xianxue.bureau.returns.mapping.ledger_columns import DONE_ON, STEP_ON
from xianxue.bureau.returns.mapping.proposal import Proposal
from xianxue.bureau.returns.mapping.scoring import VALUES
from xianxue.bureau.returns.mapping.targets import target_named
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.ledgers.mapping.looked import Looked
from xianxue.desk.ledgers.mapping.words import Words

# One value in five may be a remark, a dash, a slip.
_MOST: Final = 0.8
_WORTH: Final = 0.6
"""What such a column is worth: enough for a question, never sure."""
_LONGEST: Final = 12
"""Letters of a word for a state; what is longer tells of the work."""
_AHEAD: Final = ("要求", "计划", "应", "拟", "预计", "期限", "时限", "限期", "截止", "目标")
"""Words of a header that make of a day one that lies ahead."""


def by_values(looked: Looked, words: Words) -> Looked:
    """Propose what the headers do not tell; what somebody has decided before stays."""
    if looked.kept is not None:
        return looked
    return _Telling(looked, words).told()


class _Telling(Record, dict=True):
    looked: Looked
    words: Words

    @cached_property
    def columns(self) -> dict[int, Proposal]:
        return {each.head.at: each for each in self.looked.proposals.columns}

    @property
    def taken(self) -> set[str]:
        return {self.looked.field_of(each) for each in self.columns.values()}

    def told(self) -> Looked:
        self._no_days_ahead()
        self._state()
        self._place()
        self._codes()
        self._days()
        self._title()
        columns = tuple(self.columns[each.head.at] for each in self.looked.proposals.columns)
        proposals = replace(self.looked.proposals, columns=columns)
        return replace(self.looked, proposals=proposals)

    def _free(self) -> Iterator[Proposal]:
        for each in list(self.columns.values()):
            if each.target is None and not is_numbering(each.head) and self._values(each):
                yield each

    def _values(self, each: Proposal) -> list[Raw]:
        block = self.looked.block
        found = [
            block.full[row][each.head.at]
            for row in block.table.rows
            if each.head.at < len(block.full[row])
        ]
        return [raw for raw in found if written(raw) and not is_nothing(written(raw))]

    def _share(self, each: Proposal, fits: Callable[[Raw], bool]) -> float:
        values = self._values(each)
        return sum(map(fits, values)) / len(values) if values else 0.0

    def _set(self, each: Proposal, name: str) -> None:
        reference = f"{self.looked.card.ledger}.{name}"
        target = target_named(self.looked.form, {}, reference)
        doubt = say("表头没有说，按内容认的")
        self.columns[each.head.at] = replace(
            each, target=target, score=_WORTH, reasons=(VALUES,), doubt=doubt
        )

    def _no_days_ahead(self) -> None:
        """A day by which something is wanted is none on which it was done."""
        for each in list(self.columns.values()):
            name = self.looked.field_of(each)
            done = name == DONE_ON or name.startswith(STEP_ON)
            if done and any(word in each.head.text for word in _AHEAD):
                self.columns[each.head.at] = replace(each, target=None, score=0.0, reasons=())

    def _state(self) -> None:
        if STATE in self.taken:
            return

        def fits(raw: Raw) -> bool:
            text = written(raw)
            return len(text) <= _LONGEST and bool(self.words.of(STATE, text).value)

        texts = {one.field for one in self.looked.card.fields if one.type == "text"}
        texts -= {self.looked.card.titled}
        may = [
            each
            for each in self.columns.values()
            if (each.target is None or self.looked.field_of(each) in texts)
            and self._share(each, fits) >= _MOST
            and not is_numbering(each.head)
        ]
        # The last one: how far it has come stands behind what is to be done.
        if may:
            self._set(may[-1], STATE)

    def _place(self) -> None:
        if {NAME, PLACE} & self.taken:
            return
        for each in self._free():
            if (
                self._share(each, lambda raw: bool(self.words.of(NAME, written(raw)).value))
                >= _MOST
            ):
                self._set(each, NAME)
                return

    def _codes(self) -> None:
        for each in self._free():
            open_ones = [
                one.field
                for one in self.looked.card.fields
                if one.type == "code" and one.field not in self.taken
            ]
            shares = {
                name: self._share(each, lambda raw, n=name: self._is_code(n, raw))
                for name in open_ones
            }
            fit = [name for name, share in shares.items() if share >= _MOST]
            if len(fit) == 1:
                self._set(each, fit[0])

    def _is_code(self, name: str, raw: Raw) -> bool:
        return self.words.of(name, written(raw)).certainty == "sure"

    def _days(self) -> None:
        for each in self._free():
            if self._share(each, lambda raw: day_said(raw, 2000) is not None) < _MOST:
                continue
            ahead = any(word in bare(each.head.text) for word in _AHEAD)
            open_ones = [
                one.field
                for one in self.looked.card.fields
                if one.type == "date"
                and one.field not in self.taken
                and one.ahead == ahead
                and (ahead or (one.required and not one.history))
            ]
            if len(open_ones) == 1:
                self._set(each, open_ones[0])

    def _title(self) -> None:
        titled = self.looked.card.field(self.looked.card.titled)
        if titled is None or titled.field in self.taken or titled.type != "text":
            return
        for each in self._free():
            texts = [written(raw) for raw in self._values(each)]
            long = sum(map(len, texts)) >= _LETTERS * len(texts)
            if long and len(set(texts)) >= _MOST * len(texts) and not self._days_in(each):
                self._set(each, titled.field)
                return

    def _days_in(self, each: Proposal) -> bool:
        return self._share(each, lambda raw: day_said(raw, 2000) is not None) > 0


_LETTERS: Final = 4
"""Letters that what names an entry has on average; what is shorter is a name or a word."""
