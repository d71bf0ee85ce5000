"""What would move if a return were accepted: told before anybody signs."""

from __future__ import annotations

from typing import Any, Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.figure import named
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.differences import CellChange
from xianxue.bureau.returns.checking.explanations import field_key, name_of
from xianxue.bureau.returns.sheets.layout import NO, YES
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.standing.forward import Forward
from xianxue.desk.standing.since import forward_since
from xianxue.web.kit.visit import Visit

MOST: Final = 12
"""Lines of a kind that are shown at once; all of them are there behind a word."""


class Line(Record):
    """One thing that would be otherwise."""

    name: str
    before: str
    after: str
    key: str = ""
    """Of the figure, which opens its panel."""
    bad: bool = False
    """Whether it would fail."""


class Moved(Record):
    """All that would move, as far as the visitor may see it, and how much besides."""

    cells: list[Line]
    figures: list[Line]
    verdicts: list[Line]
    ranks: list[Line]
    sentences: list[Line]
    beyond: int
    """Figures of other places that would move too."""
    since: int = 0
    """The revision, approved once and no more, that all this is held against; 0 for what counts."""

    @property
    def kinds(self) -> list[tuple[Any, list[Line]]]:
        """Give each kind with its name, those of which nothing moves left out."""
        named_ = [
            (say("报的数"), self.cells),
            (say("指标"), self.figures),
            (say("判定"), self.verdicts),
            (say("名次"), self.ranks),
            (say("报告里的句子"), self.sentences),
        ]
        return [(words, lines) for words, lines in named_ if lines]


def moved(visit: Visit, filed: Return) -> Moved:
    """Say what would move if a return were accepted as it is."""
    found = forward_since(visit.standing, filed)
    return replace(_told(visit, found.forward), since=found.revision)


def _told(visit: Visit, found: Forward) -> Moved:
    workspace = visit.standing.workspace()
    shelf, register = workspace.shelf, workspace.register
    reach = visit.places("indicators.view")
    mine = [
        one
        for one in found.figures
        if (some := one.after or one.before) is not None and some.place in reach
    ]
    judges = visit.can("assessment.view")
    turned = [
        (one.before, one.after)
        for standard in found.standards
        for one in standard.findings
        if judges and (some := one.after or one.before) is not None and some.place in reach
    ]
    reads = visit.can("report.view")
    return Moved(
        [
            Line(
                name_of(one.form, field_key(one.sheet, one.row, one.field), shelf),
                _value(one.before, _field(shelf, one), shelf),
                _value(one.after, _field(shelf, one), shelf),
            )
            # Where nothing was approved before, every cell is new: that is no news.
            for one in (found.cells if any(one.revisions[0] for one in found.cells) else ())
        ],
        [
            Line(
                say(
                    "{place}：{what}",
                    place=register[some.place].name,
                    what=named(shelf.indicators[some.indicator].term, some.stage, some.slice),
                ),
                one.before.shown if one.before else "",
                one.after.shown if one.after else "",
                some.key,
            )
            for one in mine
            if (some := one.after or one.before) is not None
        ],
        [
            Line(
                say("{place}：{what}", place=register[some.place].name, what=some.term),
                before.verdict.term if before else "",
                after.verdict.term if after else "",
                bad=after is not None and after.verdict.value == "not_met",
            )
            for before, after in turned
            if (some := after or before) is not None
        ],
        [
            Line(
                say(
                    "{place}：{what}",
                    place=register[one.place].name,
                    what=named(shelf.indicators[one.indicator].term, one.stage, one.slice),
                ),
                say("第 {n} 名", n=one.before) if one.before else "",
                say("第 {n} 名", n=one.after) if one.after else "",
            )
            for one in found.ranks
            if one.place in reach
        ],
        [
            Line(
                one.term,
                one.before.text if one.before else "",
                one.after.text if one.after else "",
            )
            for one in found.sentences
            if reads
        ],
        len(found.figures) - len(mine),
    )


def _value(value: object, field: Field | None, shelf: Shelf) -> str:
    """Write a value as its clerk would: in whole units, by its word."""
    if value is None:
        return ""
    if isinstance(value, Missing):
        return value.value
    if field is not None and isinstance(value, int):
        if field.type == "yes_no":
            return YES if value else NO
        return shown_amount(value, decimals_of(field))
    entry = (
        shelf.codes[field.codes].entry(str(value)) if field is not None and field.codes else None
    )
    return entry.term if entry is not None else str(value)


def _field(shelf: Shelf, one: CellChange) -> Field | None:
    sheet = shelf.forms[one.form].sheet(one.sheet)
    return sheet.field(one.field) if sheet is not None else None
