"""Proposing which column of a table from elsewhere is which field of a form.

A table is read in each way it may be meant (one line a school; several lines of a grid or list),
and the way that explains most of it is proposed. What a person has to look at is marked; nothing
is decided by chance: what is as much like one field as like another is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import is_total, label_key
from xianxue.bureau.returns.mapping.column_units import unit_doubt
from xianxue.bureau.returns.mapping.column_values import (
    Profile,
    is_numbering,
    is_serial,
    profile_of,
    row_lookup,
    rows_share,
)
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals, columns_of
from xianxue.bureau.returns.mapping.rejections import may_head, why_unknown
from xianxue.bureau.returns.mapping.scoring import (
    ALIKE,
    CORE,
    MAYBE,
    NONE,
    VALUES,
    Score,
    score,
    text_score,
)
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import ONLY, Codes, Target, targets_of, ways_of
from xianxue.bureau.returns.mapping.unit_statements import Measured, measured
from xianxue.bureau.returns.reading.unread import is_empty
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.register_fields import NAME, SCHOOL_CODE
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import joined, say

_MARGIN: Final = 0.03
"""By how much the best field must be ahead of the next to be taken without a question."""
_BY_VALUES: Final = 0.6
"""What a column is worth whose values alone say what it is: enough for a question."""
# Four of five values are labels of rows: the rest are sums and notes.
_ROW_BY_VALUES: Final = 0.8
# Two schools may share a name, and a line may be blank.
_ALMOST: Final = 0.9
# Half: the same table read with its rows named explains twice as much.
_UNNAMED_ROW: Final = 0.5
# A whole county's schools; more values tell no more of a column.
_SAMPLE: Final = 200
# Of two lines everything is different by chance.
_FEWEST_ROWS: Final = 3
_FEWEST_VALUES: Final = 2
"""Values of a list that have to be found before a table is taken for one."""


class _Look(Record):
    """A table as it is looked at."""

    table: Table
    grid: Grid
    form: Form
    codes: Codes
    tab: str
    columns: Mapping[int, list[Raw]]
    profiles: Mapping[int, Profile]
    kept: Callable[[Target], bool] | None = None
    fields: dict[int, Field] = field(default_factory=dict[int, Field])
    """What the columns are taken for, while their units are told."""

    @classmethod
    def at(  # noqa: PLR0913, PLR0917 - all that is looked at
        cls,
        table: Table,
        grid: Grid,
        form: Form,
        codes: Codes,
        tab: str,
        kept: Callable[[Target], bool] | None,
    ) -> _Look:
        columns = {
            head.at: [grid[row][head.at] for row in table.rows if head.at < len(grid[row])]
            for head in columns_of(table)
        }
        profiles = {at: profile_of(values) for at, values in columns.items()}
        return cls(table, grid, form, codes, tab, columns, profiles, kept)


_Scored = tuple[float, int, Target, Score]


def propose(  # noqa: PLR0913 - a table, what it may be, and where it stands
    table: Table,
    grid: Grid,
    form: Form,
    codes: Codes,
    *,
    only: str = "",
    tab: str = "",
    kept: Callable[[Target], bool] | None = None,
) -> Proposals:
    """Propose what each column holds, in their order; ``only`` is the form's sheet it is for.

    ``kept`` says what the rows' schools are asked, where it is known who they are.
    """
    look = _Look.at(table, grid, form, codes, tab, kept)
    readings_: list[tuple[float, Proposals]] = []
    for way in ways_of(form, only):
        found = _read(look, way, only)
        worth = sum(_worth(each) for each in found.values)
        if _makes_sense(look, found):
            readings_.append((worth, found))
    # Shown all the same, with its doubts, so that a person sees why nothing fits.
    if not readings_:
        return _read(look, ways_of(form, only)[0], only)
    # Rounded: a difference in the third digit is chance, and then the simpler way is taken.
    best, chosen = max(readings_, key=lambda each: (round(each[0], 2), _order(form, each[1].way)))
    rivals = [
        found.way
        for worth, found in readings_
        if found.way != chosen.way and worth and worth >= best - _MARGIN
    ]
    return replace(chosen, others=tuple(rivals))


def _worth(each: Proposal) -> float:
    """Say how much a column explains; a row that nobody names explains less than one named."""
    only = each.target is not None and f".{ONLY}." in each.target.reference
    return each.score * (_UNNAMED_ROW if only else 1.0)


def _order(form: Form, way: str) -> int:
    """Prefer one line a school, then a grid, then a list, where they explain as much."""
    sheet = form.sheet(way)
    return 2 if sheet is None else 1 if sheet.layout == "grid" else 0


def _makes_sense(look: _Look, found: Proposals) -> bool:
    """Whether a table can be read this way at all."""
    sheet = look.form.sheet(found.way)
    if sheet is None:
        return not look.table.labels
    if sheet.layout == "list":
        by = f"{sheet.sheet}.{sheet.stage_by}"
        named = {
            each.target.reference
            for each in found.values
            if each.target and ALIKE not in each.reasons
        }
        return len(named) >= _FEWEST_VALUES and (not sheet.stage_by or by in named)
    row = found.holding("row")
    if row is None or not found.values:
        return False
    whose = found.holding("code") or found.holding("name")
    lines = [
        (whose and written(_at(look.grid[line], whose.head.at)), label_key(str(label)))
        for line in look.table.rows
        if (label := _at(look.grid[line], row.head.at)) != ""
    ]
    # The same school and row twice: then the lines are something else than the grid's rows.
    return len(lines) == len(set(lines))


def _at(row: Sequence[Raw], at: int) -> Raw:
    return row[at] if at < len(row) else ""


# ── one way of reading ──────────────────────────────────────────────────────


def _read(look: _Look, way: str, only: str) -> Proposals:
    targets = targets_of(look.form, look.codes, way, only)
    if look.kept is not None:
        targets = [target for target in targets if look.kept(target)]
    scored: list[_Scored] = []
    for head in columns_of(look.table):
        # A column of line numbers takes any whole-number field.
        if is_numbering(head):
            continue
        for target in targets:
            found = _score(look, head, target)
            if found.value >= MAYBE:
                scored.append((found.value, head.at, target, found))
    scored += _by_values(look, targets, scored)
    order = {sheet.sheet: at for at, sheet in enumerate(look.form.sheets)}
    scored.sort(
        key=lambda each: (-each[0], each[1], order.get(each[2].reference.partition(".")[0], -1))
    )
    return Proposals(way, tuple(_assign(look, scored)))


def _score(look: _Look, head: Head, target: Target) -> Score:
    values = look.columns[head.at]
    if target.holds == "row" and target.sheet is not None:
        share = rows_share(
            values[:_SAMPLE], row_lookup(target.sheet, look.codes[target.field.codes])
        )
        if share < _ROW_BY_VALUES:
            return NONE
        said = bool(head.levels) and score(head, [], target, None).value >= MAYBE
        return Score(1.0, (say("名称相同"), VALUES)) if said else Score(_ROW_BY_VALUES, (VALUES,))
    if not head.levels:
        return NONE
    unit = measured(look.table, look.grid, head, target.field).unit
    if len(head.levels) > 1 and is_total(head.levels[-1]):
        # «小学·专任教师·合计» may be the field itself; what is only like one is not.
        found = score(replace(head, levels=head.levels[:-1]), values, target, None, unit)
        if not found.value or ALIKE in found.reasons:
            return NONE
        return replace(
            found, doubt=say("表头写的是“{value}”，请核对是不是这一项的数", value=head.levels[-1])
        )
    found = score(head, values, target, look.codes.get(target.field.codes), unit)
    if target.sheet is not None and look.tab == target.sheet.term and found.value:
        # The tab is called like the form's sheet: enough to be ahead of another sheet's field.
        found = replace(found, value=min(found.value + _MARGIN, 1.0))
    if f".{ONLY}." in target.reference and found.value:
        found = replace(found, doubt=say("没有写学段，只有一个学段的学校才能写入"))
    return found


def _by_values(
    look: _Look, targets: Sequence[Target], scored: Sequence[_Scored]
) -> Iterator[_Scored]:
    """Propose the school's code and name by the values, where no header says them."""
    told = {target.reference for _, _, target, _ in scored}
    whose = {target.reference: target for target in targets if target.sheet is None}
    rows = len(look.table.rows)
    # Values are only asked where no header says it: a header is always surer.
    if rows < _FEWEST_ROWS or SCHOOL_CODE in told or not whose:
        return
    key = next(
        (
            head.at
            for head in look.table.named
            if (own := look.profiles[head.at]).filled == own.distinct == own.codes == rows
            and not is_serial(head, own)
            and may_head("code", head)
        ),
        -1,
    )
    if key < 0:
        return
    found = Score(_BY_VALUES, (VALUES,), say("每行不同，像是代码；表头没有说是学校代码"))
    yield _BY_VALUES, key, whose[SCHOOL_CODE], found
    name = next(
        (
            head.at
            for head in look.table.named
            if head.at > key
            and (own := look.profiles[head.at]).distinct >= rows * _ALMOST
            and own.names >= rows * _ALMOST
            and may_head("name", head)
        ),
        -1,
    )
    if name >= 0 and NAME not in told:
        found = Score(
            _BY_VALUES, (VALUES,), say("几乎每行不同的短文字，像是名称；表头没有说是学校名称")
        )
        yield _BY_VALUES, name, whose[NAME], found


def _assign(look: _Look, scored: Sequence[_Scored]) -> Iterator[Proposal]:
    """Give each column its best field and each field its best column."""
    taken: dict[int, tuple[Target, Score]] = {}
    used: set[str] = set()
    for value, at, target, found in scored:
        # The best pairs come first, so what is taken already was the better match.
        if at in taken or target.reference in used:
            continue
        rivals = [
            rival.named
            for other, column, rival, _ in scored
            if column == at
            and rival.reference not in used | {target.reference}
            and value - other < _MARGIN
        ]
        doubt = joined(
            "；", filter(None, (found.doubt, say("也像{value}", value=rivals[0]) if rivals else ""))
        )
        taken[at] = (target, replace(found, doubt=doubt))
        used.add(target.reference)
    look.fields.update({at: target.field for at, (target, _) in taken.items()})
    seen: dict[str, int] = {}
    for head in columns_of(look.table):
        seen[head.text] = seen.get(head.text, 0) + 1
        yield _proposal(look, head, seen[head.text], taken.get(head.at), scored)
    look.fields.clear()


def _unasked(look: _Look, head: Head) -> str:
    """Say that a column is what the rows' schools are not asked; empty where it is none."""
    if look.kept is None or not head.levels:
        return ""
    for way in ways_of(look.form):
        for target in targets_of(look.form, look.codes, way):
            if not look.kept(target) and text_score(head, target)[0] >= CORE:
                return say("像{named}，表里的学校不填这一项", named=target.named)
    return ""


def _proposal(
    look: _Look,
    head: Head,
    nth: int,
    chosen: tuple[Target, Score] | None,
    scored: Sequence[_Scored],
) -> Proposal:
    target, found = chosen or (None, NONE)
    others = {
        rival.reference: rival
        for _, at, rival, _ in scored
        if at == head.at and (target is None or rival.reference != target.reference)
    }
    example = next((written(raw) for raw in look.columns[head.at] if not is_empty(raw)), "")
    doubt, unit = found.doubt, Measured(head.unit)
    if target is not None:
        unit = measured(look.table, look.grid, head, target.field, look.fields)
        doubt = joined("；", filter(None, (doubt, unit_doubt(unit, target.field))))
    else:
        doubt = _unasked(look, head) or why_unknown(
            head, look.profiles[head.at], look.form, look.codes
        )
        taken = [rival.named for rival in others.values()]
        doubt = say("像{value}，那一项另有更像的一列", value=taken[0]) if taken else doubt
    return Proposal(
        head=head,
        nth=nth,
        target=target,
        score=found.value,
        reasons=found.reasons,
        doubt=doubt,
        others=tuple(others.values()),
        unit=unit.unit,
        rivals=unit.rivals,
        example=example,
    )
