"""Reading a card's examples back: complete, each fault at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.layout import letters
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cards.example_book import (
    COUNTY,
    EXAMPLE,
    ITEM,
    ROW,
    SCHOOLS,
    STAGE,
    TYPE,
    TYPES,
    WANTED,
    Asked,
    head_of,
    sheets_of,
)
from xianxue.desk.workspace import ComplaintsError, MisusedError

_MOST: Final = 300
"""Examples of one workbook."""
_MISSING: Final = frozenset({Missing.NOT_APPLICABLE.value, Missing.WITHHELD.value})

Line = dict[str, str]


class Wish(Record, kw_only=True):
    """What a card has to say of an example."""

    line: int
    """The line of the sheet it stands on."""
    example: str
    stage: str
    item: str
    """Of a standard, the criterion; empty for an indicator."""
    wanted: str


class Examples(Record, kw_only=True):
    """A workbook as it was filled in."""

    types: Mapping[str, str]
    """Example to the code of its type."""
    lines: Mapping[str, Mapping[str, Sequence[Line]]] = field(
        default_factory=dict[str, Mapping[str, Sequence[Line]]]
    )
    """Sheet and example to its lines, by field; ``row`` is the code of a row."""
    wishes: tuple[Wish, ...]


def read_book(shelf: Shelf, kind: str, name: str, file: str, data: bytes) -> Examples:
    """Read a workbook; ComplaintsError, complete, where something cannot be read."""
    issues: list[Issue] = []
    try:
        book = open_book(data, file)
        pages = {tab: _lines(book.cells(tab)) for tab in book.tabs}
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(file)]) from refused
    lost = [tab for tab in (SCHOOLS, WANTED) if tab not in pages]
    issues += [_issue(file, tab, "", say("没有这张表"), say("用下载的工作簿填")) for tab in lost]
    types = _types(pages.get(SCHOOLS, []), shelf.codes[TYPES], file, issues)
    lines: dict[str, dict[str, list[Line]]] = {}
    for one in sheets_of(shelf, kind, name):
        read = _Reading(one, shelf.codes, file, issues)
        lines[one.sheet.sheet] = read.lines(pages.get(str(one.sheet.term), []), types)
    wishes = tuple(_wishes(pages.get(WANTED, []), types, file, issues))
    if not wishes and not issues:
        issues.append(_issue(file, WANTED, "", say("一行也没有填"), say("至少一行应得")))
    if issues:
        raise ComplaintsError(issues)
    return Examples(types=types, lines=lines, wishes=wishes)


def _lines(grid: Sequence[Sequence[object]]) -> list[tuple[int, Line]]:
    """Give the rows below the heads, with their numbers; those that are empty are none."""
    heads = [written(one) for one in grid[0]] if grid else []  # pyright: ignore[reportArgumentType]  # what cells hold
    found: list[tuple[int, Line]] = []
    for number, row in enumerate(grid[1:], 2):
        cells = [written(one) for one in row]  # pyright: ignore[reportArgumentType]  # as above
        if any(cells):
            found.append((number, dict(zip(heads, cells, strict=False))))
    return found


def _types(
    rows: Iterable[tuple[int, Line]], known: CodeList, file: str, issues: list[Issue]
) -> dict[str, str]:
    types: dict[str, str] = {}
    for number, row in rows:
        example, typed = row.get(EXAMPLE, ""), row.get(TYPE, "")
        code = _code(typed, known)
        if not example or example in types or example == COUNTY:
            saw = say("例子的名字“{name}”空着或写了两次", name=example)
            issues.append(_issue(file, SCHOOLS, f"A{number}", saw, say("每个例子一个名字")))
        elif not code:
            saw = say("办学类型“{name}”不认识", name=typed)
            required = say("代码或名称，如 211 或 {term}", term=known.entries[0].term)
            issues.append(_issue(file, SCHOOLS, f"B{number}", saw, required))
        types[example] = code
    if len(types) > _MOST:
        raise MisusedError(say("例子太多：最多 {n} 个", n=_MOST))
    return types


class _Reading(Record):
    """Reading one sheet."""

    asked: Asked
    codes: Mapping[str, CodeList]
    file: str
    issues: list[Issue]

    def lines(
        self, rows: Sequence[tuple[int, Line]], types: Mapping[str, str]
    ) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for number, row in rows:
            example = row.get(EXAMPLE, "")
            heads = {head: at for at, head in enumerate(row)}
            filled = {
                str(head_of(one)) for one in self.asked.fields if row.get(str(head_of(one)), "")
            }
            if not filled:
                continue
            if example not in types and example != COUNTY:
                saw = say("“学校”里没有例子“{name}”", name=example)
                self._wrong(f"A{number}", saw, say("“学校”里写了的名字"))
                continue
            line: Line = {"row": ""}
            if self.asked.sheet.layout == "grid":
                line["row"] = _code(row.get(ROW, ""), self.codes[self.asked.sheet.rows])
                if not line["row"]:
                    saw = say("行“{name}”不认识", name=row.get(ROW, ""))
                    self._wrong(f"B{number}", saw, say("这张表的行的代码或名称"))
            for one in self.asked.fields:
                head = str(head_of(one))
                cell = f"{letters(heads.get(head, 0))}{number}"
                line[one.field] = self._value(one, row.get(head, ""), cell)
            found.setdefault(example, []).append(line)
        return found

    def _value(self, one: Field, text: str, cell: str) -> str:
        if not text or text in _MISSING:
            return text
        if one.type == "code":
            code = _code(text, self.codes[one.codes])
            if not code:
                self._wrong(cell, say("“{name}”不在代码表里", name=text), say("代码或名称"))
            return code
        if one.type == "yes_no":
            return {"是": "1", "否": "0"}.get(text, text)
        if not one.is_number:
            return text
        amount = number_of(text)
        if amount is None or amount * one.measured_in.step % 1:
            self._wrong(cell, say("“{value}”不是这一栏的数", value=text), say("照单位填的数"))
            return ""
        return str(amount)

    def _wrong(self, cell: str, saw: Sentence, required: Sentence) -> None:
        self.issues.append(_issue(self.file, self.asked.sheet.term, cell, saw, required))


def _wishes(
    rows: Iterable[tuple[int, Line]], types: Mapping[str, str], file: str, issues: list[Issue]
) -> Iterator[Wish]:
    stages = {str(one.term): one.value for one in Stage}
    for number, row in rows:
        wanted, stage = row.get(WANTED, ""), row.get(STAGE, "")
        example = row.get(EXAMPLE, "")
        if not wanted:
            continue
        if example not in types and example != COUNTY:
            saw = say("“学校”里没有例子“{name}”", name=example)
            issues.append(_issue(file, WANTED, f"A{number}", saw, say("“学校”里写了的名字")))
        elif stage and stage not in stages:
            saw = say("学段“{name}”不认识", name=stage)
            known = say("{stages}，或者空着", stages=joined("、", stages))
            issues.append(_issue(file, WANTED, f"B{number}", saw, known))
        else:
            yield Wish(
                line=number,
                example=example,
                stage=stages.get(stage, ""),
                item=row.get(ITEM, ""),
                wanted=wanted,
            )


def _code(typed: str, known: CodeList) -> str:
    """Read a code, a term, or both as the empty workbook has them; empty for none of these."""
    first = typed.partition(" ")[0]
    for entry in known.entries:
        if typed in {entry.code, entry.term} or first == entry.code:
            return entry.code
    return ""


def _issue(file: str, tab: str, cell: str, saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="F-EXAMPLE",
        severity=Severity.MUST_FIX,
        file=file,
        sheet=tab,
        cell=cell,
        saw=saw,
        required=required,
        do=say("请改好再放一次；什么也没有存"),
    )
