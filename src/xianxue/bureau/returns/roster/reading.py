"""A list of schools read: every sheet that has one, every line, every fault in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.places.codes import is_area_code, is_school_code
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import is_note, is_total
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.returns.roster.columns import AREA, TERMS, Columns, find_columns
from xianxue.bureau.returns.roster.values import Read, read_cell
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import EXAMPLE_MARK, RULES_TAB, address
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, joined, say

CODE: Final = "P-ROSTER"
_LEVELS: Final = {6: "county", 9: "township", 10: "school"}
"""How many digits the code of a place has (``places/codes.py``)."""
_SHOWN: Final = 5


@dataclass
class Line:
    """One place of the list, as the register keeps it."""

    tab: str
    row: int
    values: dict[str, str]
    at: Mapping[str, int]
    """The column each value stands in."""

    def cell(self, column: str) -> str:
        """Give the cell of a value; the line's first where the list has no such column."""
        return address(self.row, self.at.get(column, min(self.at.values(), default=0)))


@dataclass
class Roster:
    """What a file lists."""

    file: str
    lines: list[Line] = field(default_factory=list[Line])
    issues: list[Issue] = field(default_factory=list[Issue])

    @property
    def in_order(self) -> bool:
        """Whether nothing keeps the list from being taken."""
        return all(issue.severity is not Severity.MUST_FIX for issue in self.issues)

    def complain(  # noqa: PLR0913 - the parts of a complaint
        self,
        line: Line | None,
        column: str,
        saw: str,
        required: str = "",
        do: str = "",
        *,
        severity: Severity = Severity.MUST_FIX,
    ) -> None:
        """Complain of a value of a line."""
        self.issues.append(
            Issue(
                code=CODE,
                severity=severity,
                file=self.file,
                sheet=line.tab if line else "",
                cell=line.cell(column) if line else "",
                place=line.values.get("code", "") if line else "",
                field=column,
                saw=saw,
                required=required,
                do=do,
            )
        )


def read_roster_book(book: Book, file: str, codes: Mapping[str, CodeList]) -> Roster:
    """Read every sheet that lists places; complain of a file that has none."""
    found = Roster(file)
    seen = False
    for tab in book.tabs:
        # What our own template explains is no list; hidden sheets hold its drop-downs.
        if tab in book.hidden or tab == RULES_TAB:
            continue
        grid = book.cells(tab)
        columns = find_columns(grid)
        if columns is None:
            continue
        seen = True
        _say_unread(found, tab, columns)
        for line in _lines(found, tab, grid, columns, codes):
            found.lines.append(line)
    if not seen:
        found.complain(
            None,
            "",
            say("没有找到学校名册的表头"),
            say("一行表头，至少有学校标识码、学校名称、办学类型"),
            say("可以用 xianxue places template 生成名册模板，把内容复制进去"),
        )
    return found


def _say_unread(found: Roster, tab: str, columns: Columns) -> None:
    if not columns.unknown:
        return
    names = list(columns.unknown.values())
    shown = joined("、", names[:_SHOWN])
    saw = (
        say("不读的列：{shown}", shown=shown)
        if len(names) <= _SHOWN
        else say("不读的列：{shown}等 {n} 列", shown=shown, n=len(names))
    )
    at = {"": min(columns.unknown)}
    line = Line(tab, columns.row, {}, at)
    found.complain(
        line, "", saw, do=say("名册用不着这些；要读的请改成名册的表头"), severity=Severity.NOTE
    )


def _lines(
    found: Roster, tab: str, grid: Grid, columns: Columns, codes: Mapping[str, CodeList]
) -> Iterator[Line]:
    assumed: dict[str, tuple[int, int]] = {}
    columns = _of_townships(columns)
    for row in range(columns.row + 1, len(grid)):
        if not _is_data(grid[row], columns):
            continue
        line = Line(tab, row, {}, {name: at[0] for name, at in columns.of.items()})
        faults: list[tuple[str, Read]] = []
        for name, places in columns.of.items():
            read = _value(name, grid, row, places, codes)
            line.values[name] = read.value
            if read.saw:
                faults.append((name, read))
            if read.note:
                assumed.setdefault(read.note, (row, places[0]))
        # The code comes first: it is what every other complaint is filed under.
        for name, read in faults:
            found.complain(line, name, read.saw, read.required, read.do)
        line.values.setdefault("code", "")
        _settle(found, line, {name for name, _ in faults})
        yield line
    for note, (row, at) in assumed.items():
        line = Line(tab, row, {}, {"": at})
        found.complain(line, "", note, do=say("不对的请改正"), severity=Severity.NOTE)


def _of_townships(columns: Columns) -> Columns:
    """Take a list of nothing but areas for one of townships: their codes are the lines' own."""
    of = dict(columns.of)
    if "code" in of or "school_type" in of or AREA not in of:
        return columns
    of["code"] = of.pop(AREA)
    return replace(columns, of=of)


def _is_data(row: Sequence[Raw], columns: Columns) -> bool:
    cells = filled(row)
    own = [at for places in columns.of.values() for at in places if at in cells]
    if not own:
        return False
    first = written(row[cells[0]])
    if is_total(first) or is_note(first) or first.startswith(EXAMPLE_MARK):
        return False
    # A single cell without a code or a name beside it is a remark or a signature.
    return len(own) > 1 or bool({*columns.of.get("code", ()), *columns.of.get("name", ())} & {*own})


def _value(
    name: str, grid: Grid, row: int, places: Sequence[int], codes: Mapping[str, CodeList]
) -> Read:
    """Read what one column says, or two that say the same: the code and its word."""
    term = TERMS[name]
    reads = [read_cell(name, grid[row][at], codes, term) for at in places]
    said = [read for read in reads if read.value or read.saw]
    if not said:
        return Read()
    wrong = next((read for read in said if read.saw), None)
    if wrong is not None:
        return wrong
    if len({read.value for read in said}) > 1:
        both = joined("、", (say("“{text}”", text=written(grid[row][at])) for at in places))
        return Read(saw=say("{term}有两列，写的不一样：{both}", term=term, both=both))
    return said[0]


def _settle(found: Roster, line: Line, wrong: set[str]) -> None:
    """Say which kind of place a line is, and what it lacks."""
    values = line.values
    code, level = values["code"], values.get("level", "")
    if "code" not in wrong:
        _check_code(found, line, level)
    values["level"] = level or _LEVELS.get(len(code), "school")
    if not values.get("name"):
        found.complain(line, "name", say("没有填名称"), say("每一行都有名称"))
    if values["level"] == "school" and not values.get("school_type") and "school_type" not in wrong:
        saw = say("{name}没有填办学类型", name=values.get("name") or code)
        found.complain(line, "school_type", saw, say("每所学校都有办学类型"))


def _check_code(found: Roster, line: Line, level: str) -> None:
    code, name = line.values["code"], line.values.get("name", "")
    kind = level or _LEVELS.get(len(code), "school")
    good = is_school_code(code) if kind == "school" else is_area_code(code)
    if good and (not level or _LEVELS.get(len(code)) == level):
        return
    saw: Sentence = (
        say("{name}的代码填了“{code}”，有 {n} 位", name=name, code=code, n=len(code))
        if code
        else say("{name}没有填代码", name=name)
    )
    found.complain(line, "code", saw, say("学校 10 位，县 6 位，乡镇 9 位"))
