"""What somebody decided of a table's columns: taken over, kept, and known again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Final

from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.kinds.mapping import MappedColumn
from xianxue.bureau.kinds.mapping import Mapping as Card
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.mapping.column_units import conversion, unit_doubt
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals, columns_of, name_of
from xianxue.bureau.returns.mapping.table import Table
from xianxue.bureau.returns.mapping.targets import Codes, Target, is_line, target_named
from xianxue.bureau.returns.mapping.unit_statements import Measured, measured
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, joined, say

# Of 16^12 names two alike are not to be expected; a file's name stays readable.
_ID_LENGTH: Final = 12


def fingerprint_of(table: Table) -> str:
    """Give a digest of a table's headers; their order, widths and spaces do not count."""
    # Sorted: next year's table may have its columns in another order and is still the same.
    heads = sorted(bare(head.text) for head in columns_of(table))
    return sha256("\n".join(heads).encode()).hexdigest()


def decided(
    found: Proposals,
    chosen: Mapping[int, Target],
    skipped: Collection[int] = (),
    *,
    rest: bool = False,
) -> Proposals:
    """Take over what somebody said of columns, by their place; counted from 0.

    What is chosen for one column is taken from any other. ``rest``: everything else is right as
    it was proposed.
    """
    taken = {target.reference for target in chosen.values()}
    columns: list[Proposal] = []
    for each in found.columns:
        at = each.head.at
        if at in chosen:
            columns.append(replace(each, target=chosen[at], doubt="", decided=True))
        elif at in skipped:
            columns.append(replace(each, target=None, doubt="", decided=True))
        elif each.target is not None and each.target.reference in taken:
            doubt = say("{named}已经指定了另一列", named=each.target.named)
            columns.append(replace(each, target=None, doubt=doubt, decided=rest))
        else:
            columns.append(replace(each, decided=each.decided or rest))
    lines = [t for c in columns if (t := c.target) and t.sheet and is_line(t)]
    way = found.way
    if chosen:
        # What a person chose says how the table is read, whatever was proposed.
        way = lines[0].sheet.sheet if lines and lines[0].sheet else ""
    return replace(found, way=way, columns=tuple(columns))


def faults_of(found: Proposals) -> list[Sentence]:
    """Say what in the decisions cannot be: two kinds of tables in one, a field twice."""
    targets = [each.target for each in found.columns if each.target]
    values = [target for target in targets if target.sheet is not None]
    names = [target.reference for target in targets]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults = [say("{name} 指定给了不止一列", name=name) for name in twice]
    sheets = {target.sheet.sheet for target in values if target.sheet and is_line(target)}
    if len(sheets) > 1 or (sheets and not all(is_line(target) for target in values)):
        listed = joined("、", sorted(target.reference for target in values))
        faults.append(say("一校几行的项目和一校一行的项目不能放在一起：{listed}", listed=listed))
    sheet = next((t.sheet for t in values if t.sheet and is_line(t)), None)
    if sheet is not None and sheet.layout == "grid" and not found.holding("row"):
        faults.append(
            say(
                "没有一列写明是〔{term}〕的哪一行（{sheet}.row）",
                term=sheet.term,
                sheet=sheet.sheet,
            )
        )
    return faults


def card_of(form: Form, table: Table, found: Proposals, source: str) -> Card:
    """Make the card of what was decided; ``source`` is the file and tab."""
    digest = fingerprint_of(table)
    return Card(
        mapping=f"{form.form}_{digest[:_ID_LENGTH]}",
        term=f"{source} {digest[:_ID_LENGTH]}",
        form=form.form,
        fingerprint=digest,
        columns=[
            MappedColumn(
                column=name_of(each.head),
                nth=each.nth,
                field=each.target.reference,
                unit=each.unit
                if each.unit_said or conversion(each.unit, each.target.field) is not None
                else "",
            )
            for each in found.columns
            if each.target is not None
        ],
        skipped=[name_of(each.head) for each in found.columns if each.target is None],
    )


def known_again(cards: Iterable[Card], table: Table, form: str = "") -> Card | None:
    """Find the card of a table with these headers; ``form``: only one for that form."""
    digest = fingerprint_of(table)
    found = (card for card in cards if card.fingerprint == digest and form in {"", card.form})
    return next(found, None)


def from_card(card: Card, table: Table, grid: Grid, form: Form, codes: Codes) -> Proposals:
    """Give what a card says of a table's columns: decided, but for units that have changed."""
    # By name and how often it stood before: places may have changed.
    said = {(bare(column.column), column.nth): column for column in card.columns}
    columns: list[Proposal] = []
    seen: dict[str, int] = {}
    fields = _fields_of(said, table, form, codes)
    for head in columns_of(table):
        name = bare(name_of(head))
        seen[name] = seen.get(name, 0) + 1
        column = said.get((name, seen[name]))
        target = target_named(form, codes, column.field) if column else None
        values = (written(grid[row][head.at]) for row in table.rows if head.at < len(grid[row]))
        each = Proposal(
            head=head,
            nth=seen[name],
            target=target,
            example=next((text for text in values if text), ""),
            decided=True,
        )
        if column is not None and target is not None:
            each = _with_unit(each, column, measured(table, grid, head, target.field, fields))
        columns.append(each)
    lines = [t.sheet.sheet for c in columns if (t := c.target) and t.sheet and is_line(t)]
    return Proposals(lines[0] if lines else "", tuple(columns))


def _fields_of(
    said: Mapping[tuple[str, int], MappedColumn], table: Table, form: Form, codes: Codes
) -> dict[int, Field]:
    """Give the field of each column that a card knows."""
    fields: dict[int, Field] = {}
    seen: dict[str, int] = {}
    for head in columns_of(table):
        name = bare(name_of(head))
        seen[name] = seen.get(name, 0) + 1
        column = said.get((name, seen[name]))
        target = target_named(form, codes, column.field) if column else None
        if target is not None:
            fields[head.at] = target.field
    return fields


def remeasured(found: Proposals, table: Table, grid: Grid, said: Mapping[int, str]) -> Proposals:
    """Give each column the unit of what it has been decided to hold; ``said`` are told units."""
    columns: list[Proposal] = []
    fields = {each.head.at: each.target.field for each in found.columns if each.target}
    for each in found.columns:
        if each.target is None:
            columns.append(each)
        elif each.head.at in said:
            unit = said[each.head.at]
            columns.append(replace(each, unit=unit, rivals=(), doubt="", unit_said=True))
        elif each.unit_said:
            columns.append(each)
        else:
            own = measured(table, grid, each.head, each.target.field, fields)
            doubt = unit_doubt(own, each.target.field) if own.rivals else each.doubt
            columns.append(replace(each, unit=own.unit, rivals=own.rivals, doubt=doubt))
    return replace(found, columns=tuple(columns))


def _with_unit(each: Proposal, column: MappedColumn, found: Measured) -> Proposal:
    """Ask again where the unit is not the one that was decided on: it stands above the table."""
    asked = each.target.field if each.target else None
    unit = found.unit
    # Of several stated units somebody has said which one it is.
    if asked is not None and column.unit in found.rivals:
        return replace(each, unit=column.unit, unit_said=True)
    if asked is not None and found.rivals:
        return replace(each, rivals=found.rivals, doubt=unit_doubt(found, asked), decided=False)
    if asked is None or conversion(unit, asked) == conversion(column.unit, asked):
        return replace(each, unit=unit)
    own = asked.measured_in.term
    doubt = say("上次的单位是{last}，这次写的是{unit}", last=column.unit or own, unit=unit or own)
    return replace(each, unit=unit, doubt=doubt, decided=False)
