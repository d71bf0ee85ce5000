"""Reading a table from elsewhere by what was decided of its columns: what each school says.

Nothing is lost silently: rows that name no school of the register are listed, and a content that
does not fit its field goes on as it was written, for the checks to complain of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.contents.lenient import Doubt, read_anyway
from xianxue.bureau.returns.contents.strict import lookup_of, number_of, written
from xianxue.bureau.returns.contents.texts import is_total, label_key, places
from xianxue.bureau.returns.contents.units import amount_of, is_same_unit
from xianxue.bureau.returns.mapping.column_units import conversion, converted, told
from xianxue.bureau.returns.mapping.column_values import row_lookup
from xianxue.bureau.returns.mapping.proposal import Proposal, name_of
from xianxue.bureau.returns.mapping.row_schools import Whose
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.mapping.targets import Codes, Target
from xianxue.bureau.returns.reading.cell import read_cell
from xianxue.bureau.returns.reading.schema import Column
from xianxue.bureau.returns.reading.unread import filled, is_empty, short
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import split_address
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say

Spot = tuple[str, str, str]
"""Sheet, row (``*``: the only one) and field of a cell."""


class Taken(Record):
    """One value, where it was found and what was done to it."""

    cell: Cell
    file: str
    tab: str
    target: Target
    factor: str = ""
    """What it was multiplied by."""
    doubt: Doubt | None = None
    """What is to be said of the way it was written."""

    @property
    def where(self) -> str:
        """File, tab and cell as people name them."""
        tab = say("〔{tab}〕", tab=self.tab) if self.tab else " "
        return f"{self.file}{tab}{self.cell.address}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written there."""
        cell = self.cell
        return cell.value is Missing.NOT_ANSWERED and not cell.written and not cell.fault


Line = dict[str, Taken]
"""Field to value, of one line of a list."""


@dataclass
class Haul:
    """What the tables give, by school."""

    cells: dict[str, dict[Spot, list[Taken]]] = field(
        default_factory=dict[str, dict[Spot, list[Taken]]]
    )
    lines: dict[str, dict[str, list[Line]]] = field(
        default_factory=dict[str, dict[str, list[Line]]]
    )
    """School, then sheet, to lines of a list."""
    issues: list[Issue] = field(default_factory=list[Issue])

    @property
    def places(self) -> list[str]:
        """The schools something was found of, in the order of their codes."""
        return sorted({*self.cells, *self.lines})


def read_source(source: Source, codes: Codes, whose: Whose, haul: Haul) -> None:
    """Read every row of a table into the haul; complaints are complete."""
    columns = [each for each in source.found.columns if each.target is not None]
    values = [_reader(each, source, codes) for each in columns if _holds(each, "value")]
    row_at = _row_of(source, codes)
    changed: dict[str, list[Taken]] = {}
    empty: list[int] = []
    for number in source.table.rows:
        cells = filled(source.grid[number])
        if not cells:
            continue
        # First of all: a value of nobody cannot be put anywhere.
        place = whose.of(source, number)
        if isinstance(place, Issue):
            haul.issues.append(place)
            continue
        row = row_at(number)
        if isinstance(row, Issue):
            haul.issues.append(row)
            continue
        taken = {each.reference: (each, read(number)) for each, read in values}
        # Named together: schools that have nothing to report often stand in the table all the same.
        if all(value.is_blank for _, value in taken.values()):
            empty.append(number)
            continue
        for reference, (_, value) in taken.items():
            if value.factor:
                changed.setdefault(reference, []).append(value)
        _put(haul, source, place, row, taken)
    haul.issues += _conversions(source, columns, changed)
    if empty:
        lines = joined("、", (str(number + 1) for number in empty))
        saw = say(
            "有 {n} 行要读的列全是空的（第 {lines} 行），没有可写的", n=len(empty), lines=lines
        )
        at = source.table.cell(empty[0], min(filled(source.grid[empty[0]])))
        do = say("没有数的不必管；有数的请在原表里补上，再做一次")
        haul.issues.append(source.issue("R-MAP-EMPTY", Severity.NOTE, saw, cell=at, do=do))


def _holds(each: Proposal, holds: str) -> bool:
    return each.target is not None and each.target.holds == holds


# ── cells ───────────────────────────────────────────────────────────────────

_Read = Callable[[int], Taken]


def _reader(each: Proposal, source: Source, codes: Codes) -> tuple[Target, _Read]:
    """Give how the cells of a column are read, by the number of the row."""
    target = each.target
    if target is None:
        raise ValueError(each.head.text)
    asked, at = target.field, each.head.at
    column = _column(asked, codes)
    factor = conversion(each.unit, asked)
    times = f"{each.unit}×{factor}" if factor is not None else ""

    def read(number: int) -> Taken:
        row = source.grid[number]
        raw: Raw = row[at] if at < len(row) else ""
        where = source.table.cell(number, at)
        # Before the value is read: an error or a merged cell looks like a blank or a number.
        if where in source.damage:
            cell = Cell(Missing.NOT_ANSWERED, where, *source.damage[where])
            return Taken(cell, source.file, source.tab, target)
        if not times or is_empty(raw):
            return _as_checked(read_cell(raw, column, where), column, source, target)
        cell = converted(raw, each.unit, asked, where)
        if cell is not None:
            return Taken(cell, source.file, source.tab, target, times)
        amount = amount_of(written(raw), asked)
        # A cell's own unit comes before its column's, as long as they say the same.
        if amount is not None and is_same_unit(amount, each.unit, asked):
            cell = Cell(Missing.NOT_ANSWERED, where, written(raw))
            return _as_checked(cell, column, source, target)
        # A number that does not come out even keeps its unit behind it, so that the checks quote
        # both.
        plain = number_of(written(raw)) is not None
        text = f"{written(raw)}{each.unit}" if plain else written(raw)
        return Taken(Cell(Missing.NOT_ANSWERED, where, text), source.file, source.tab, target)

    return target, read


def _as_checked(cell: Cell, column: Column, source: Source, target: Target) -> Taken:
    """Read what the plain reading has left the way ``returns check`` will, with its doubt."""
    plain = Taken(cell, source.file, source.tab, target)
    if cell.value is not Missing.NOT_ANSWERED or not cell.written:
        return plain
    found = read_anyway(cell.written, column.field, column.lookup)
    if found is None:
        return plain
    return replace(plain, cell=replace(cell, value=found.value), doubt=found.doubt)


def _column(asked: Field, codes: Codes) -> Column:
    return Column(
        asked,
        asked.field,
        everywhere=True,
        letter="",
        whole=asked.type == "integer",
        step=10 ** decimals_of(asked) if asked.type == "measure" else 0,
        lookup=lookup_of(codes[asked.codes]) if asked.type == "code" else {},
    )


def _conversions(
    source: Source, columns: Iterable[Proposal], changed: Mapping[str, Sequence[Taken]]
) -> Iterator[Issue]:
    """Say what was converted: nothing is multiplied in silence."""
    for each in columns:
        if each.target is None or each.target.reference not in changed:
            continue
        found = changed[each.target.reference]
        cells = places(split_address(taken.cell.address) for taken in found)
        yield source.issue(
            "R-MAP-UNIT",
            Severity.NOTE,
            say(
                "“{short}”的单位是{unit}，{n} 格（{cells}）按 {told}换算",
                short=short(name_of(each.head)),
                unit=each.unit,
                n=len(found),
                cells=cells,
                told=told(each.unit, each.target.field),
            ),
            cell=source.table.cell(source.table.head_rows[1], each.head.at),
            field=each.target.reference,
            do=say("请核对原表填的确实是这个单位"),
        )


# ── rows ────────────────────────────────────────────────────────────────────

_RowAt = Callable[[int], "str | Issue"]


def _row_of(source: Source, codes: Codes) -> _RowAt:
    """Give how the row of a grid is known; where no column says it, it is the empty text."""
    by = source.found.holding("row")
    if by is None or by.target is None or by.target.sheet is None:
        return lambda _: ""
    at, sheet = by.head.at, by.target.sheet
    lookup = row_lookup(sheet, codes[sheet.rows])

    def row(number: int) -> str | Issue:
        text = written(source.full[number][at]) if at < len(source.full[number]) else ""
        code = lookup.get(label_key(text), "")
        if code:
            return code
        where = source.table.cell(number, at)
        # Sums are counted again from the rows, and never read.
        if is_total(text):
            saw = say("“{text}”一行是合计，没有读", text=text)
            return source.issue("R-MAP-TOTAL", Severity.NOTE, saw, cell=where, do=_TOTALS)
        known = joined(
            "、", (e.term for e in codes[sheet.rows].entries if e.code in lookup.values())
        )
        saw = (
            say("“{text}”不是〔{term}〕的一行", text=text, term=sheet.term)
            if text
            else say("没有写是哪一行")
        )
        return source.issue(
            "R-MAP-ROW", Severity.MUST_FIX, say("{saw}，这一行没有读", saw=saw), cell=where,
            required=known, do=say("请在原表里改正这一格，再做一次"),
        )  # fmt: skip

    return row


_TOTALS: Final = say("合计由系统计算，不必管")


def _put(
    haul: Haul,
    source: Source,
    place: str,
    row: str,
    taken: Mapping[str, tuple[Target, Taken]],
) -> None:
    way = source.form.sheet(source.found.way)
    # Lines of a list are kept whole: which values belong together is what makes a line.
    if way is not None and way.layout == "list":
        line = {target.field.field: value for target, value in taken.values()}
        if not all(value.is_blank for value in line.values()):
            haul.lines.setdefault(place, {}).setdefault(way.sheet, []).append(line)
        return
    cells = haul.cells.setdefault(place, {})
    for reference, (target, value) in taken.items():
        if target.sheet is None:
            continue
        parts = reference.split(".")
        within = row if way is not None else parts[1] if len(parts) == _WITH_ROW else ""
        cells.setdefault((target.sheet.sheet, within, parts[-1]), []).append(value)


_WITH_ROW: Final = 3


def settled(values: Sequence[Taken], place: str, form: str) -> tuple[Taken, Issue | None]:
    """Give the one value of a cell that several tables, or lines, may give.

    Where they differ, none is chosen: what stands there is all of them, as they were written, and
    the complaint names each.
    """
    said = [value for value in values if not value.is_blank]
    if not said:
        return values[0], None
    first = said[0]
    # Said twice alike is said once; unread texts are alike only where they are written alike.
    if all(value.cell.value == first.cell.value for value in said) and (
        first.cell.value is not Missing.NOT_ANSWERED
        or all(value.cell.written == first.cell.written for value in said)
    ):
        return first, None
    texts = joined("／", (value.cell.written for value in said))
    where = joined(
        "，",
        (
            say("{where} 填了“{written}”", where=value.where, written=value.cell.written)
            for value in said
        ),
    )
    issue = Issue(
        code="R-MAP-TWICE",
        severity=Severity.MUST_FIX,
        file=first.file,
        sheet=first.tab,
        cell=first.cell.address,
        place=place,
        form=form,
        field=first.target.reference,
        saw=say("{named}有不止一个数：{where}", named=first.target.named, where=where),
        required=say("一所学校的一项只有一个数"),
        do=say("没有替您选，工作簿里写的是“{texts}”；请在工作簿里改成对的那个数", texts=texts),
    )
    cell = Cell(Missing.NOT_ANSWERED, first.cell.address, texts)
    return replace(first, cell=cell, factor=""), issue
