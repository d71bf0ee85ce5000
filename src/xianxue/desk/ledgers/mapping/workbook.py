"""The proposal as a workbook: the clerk corrects it, and it is read back.

What may be corrected: the ledger of a table, the field of a column, what a word means, what every
line has, and which lines are not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.ledgers.sheet import NAME, STATE
from xianxue.bureau.returns.contents.ledger_days import day_said
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.mapping.proposal import name_of
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.mapping.looked import Looked
from xianxue.desk.ledgers.mapping.office import NOT_TAKEN, Proposed, TableSaid
from xianxue.desk.ledgers.mapping.records import Left, Said
from xianxue.desk.ledgers.mapping.words import COLOUR, COLOURS, Word, Words
from xianxue.desk.ledgers.room import Room
from xianxue.desk.workspace import MisusedError

_TABLES, _COLUMNS, _WORDS, _FIXED, _ROWS, _LEFT = "表", "列", "词", "补", "行", "余下"
_NONE: Final = "不读"
_NOT: Final = "不收"
_CERTAIN: Final = {
    "decided": say("已确认"), "said": say("已确认"), "sure": say("有把握"), "ask": say("请核对"),
    "unknown": say("不认识"), "skipped": say("不读"),
}  # fmt: skip
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    _TABLES: ("工作表", "第几张", "台账", "年份", "截止日", "单位代码", "也像"),
    _COLUMNS: ("工作表", "第几张", "列", "表头", "例子", "对应栏目", "把握", "根据"),
    _WORDS: ("工作表", "第几张", "栏目", "原表写法", "行数", "对应为", "把握", "根据"),
    _FIXED: ("工作表", "第几张", "栏目", "每行都填", "可以填"),
    _ROWS: ("工作表", "第几张", "行", "收不收", "单位", "登记日期", "状态", "问题"),
    _LEFT: ("工作表", "格", "表头", "内容", "为什么", "编号"),
}
_DAY_ON: Final = {COLOUR: say("颜色"), STATE: say("当前状态"), NAME: say("单位名称")}


def write_proposal(room: Room, tables: Sequence[Proposed]) -> bytes:
    """Write the proposal of a workbook's tables."""
    lists = {name: [row for one in tables for row in make(room, one)] for name, make in _MAKE}
    return write_lists([(name, _HEADS[name], rows) for name, rows in lists.items()])


def write_left(left: Sequence[tuple[Left, str]]) -> bytes:
    """Write the cells that found no place in an entry."""
    rows = [(one.tab, one.cell, one.head, one.text, str(one.why), number) for one, number in left]
    return write_lists([(_LEFT, _HEADS[_LEFT], rows)])


def _key(one: Proposed) -> tuple[str, int]:
    return one.key


def _table(_room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    others = joined("、", one.looked.others)
    day = one.read.until.isoformat()
    yield *_key(one), one.looked.card.ledger, one.read.year, day, one.said.place, others


def _columns(_room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    table = one.looked.block.table
    for each in one.looked.proposals.columns:
        term = str(each.target.field.term) if each.target is not None else _NONE
        why = joined("；", filter(None, (joined("、", each.reasons), each.doubt)))
        yield (
            *_key(one), table.column(each.head.at), name_of(each.head), each.example, term,
            str(_CERTAIN[each.certainty]), str(why),
        )  # fmt: skip


def _words(room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    for word in one.read.words:
        yield (
            *_key(one), str(field_term(one.looked.card, word.field)), text_of(room, word),
            word.lines, str(value_term(room, one.looked.card, word)),
            str(_CERTAIN[word.certainty]), str(word.why),
        )  # fmt: skip


def _fixed(room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    card = one.looked.card
    for name, text in one.said.fixed.items():
        yield *_key(one), str(field_term(card, name)), text, ""
    for field in one.read.lacking:
        options = room.ground.shelf.codes.get(card.codes_of(field))
        terms = joined("、", [one.term for one in options.entries]) if options else ""
        yield *_key(one), str(field.term), "", str(terms)


def _rows(room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    issues, way = one.issues, one.looked.card.lifecycle
    for row in one.rows:
        old = one.read.entries[row]
        why = joined("；", dict.fromkeys(issue.saw for issue in issues.get(row, ())))
        yield (
            *_key(one), row, "", room.ground.name(old.line.place),
            old.line.on.isoformat() if old.line.on else "", str(way.state_term(old.state)),
            str(why),
        )  # fmt: skip
    for row, faults in sorted(one.read.refused.items()):
        yield *_key(one), row, "", "", "", "", str(joined("；", faults))
    for row in sorted(one.said.left):
        yield *_key(one), row, _NOT, "", "", "", ""


def _left(_room: Room, one: Proposed) -> Iterator[tuple[object, ...]]:
    for left in one.read.left:
        yield left.tab, left.cell, left.head, left.text, str(left.why), ""


_MAKE: Final = (
    (_TABLES, _table), (_COLUMNS, _columns), (_WORDS, _words), (_FIXED, _fixed), (_ROWS, _rows),
    (_LEFT, _left),
)  # fmt: skip


def field_term(card: Ledger, name: str) -> Sentence | str:
    """Name a field, or what is none of the card."""
    field = card.field(name)
    return field.term if field is not None else _DAY_ON.get(name, name)


def text_of(room: Room, word: Word) -> str:
    """Write a word as the old ledger has it; a colour by its name."""
    known = room.ground.shelf.codes.get(COLOURS)
    if word.field != COLOUR or known is None:
        return word.text
    entry = known.entry(word.text)
    return str(entry.term) if entry is not None else word.text


def value_term(room: Room, card: Ledger, word: Word) -> Sentence | str:
    """Say what a word is taken for; empty where nobody knows."""
    if not word.value:
        return ""
    if word.field in {STATE, COLOUR}:
        return card.lifecycle.state_term(word.value)
    if word.field == NAME:
        return room.ground.name(word.value)
    field = card.field(word.field)
    known = room.ground.shelf.codes.get(card.codes_of(field)) if field is not None else None
    entry = known.entry(word.value) if known is not None else None
    return entry.term if entry is not None else word.value


# ── read back ───────────────────────────────────────────────────────────────


class _Sheet(Record):
    name: str
    rows: list[dict[str, str]]


def read_proposal(
    room: Room, data: bytes, file: str, tables: Sequence[Looked]
) -> dict[tuple[str, int], TableSaid]:
    """Read a corrected proposal; MisusedError where it names what is not there."""
    book = open_book(data, file)
    missing = [name for name in (_TABLES, _COLUMNS, _WORDS, _FIXED, _ROWS) if name not in book.tabs]
    if missing:
        message = say("{file} 不是建议表：缺“{names}”", file=file, names=joined("、", missing))
        raise MisusedError(message)
    sheets = {name: list(_lines(book.cells(name))) for name in _HEADS if name in book.tabs}
    found: dict[tuple[str, int], TableSaid] = {}
    for row in sheets[_TABLES]:
        key = (row["工作表"], int(row["第几张"] or 1))
        looked = next((one for one in tables if (one.block.tab, one.block.nth) == key), None)
        if looked is None:
            message = say("建议表里的〔{tab}〕第 {n} 张表，原表里没有", tab=key[0], n=key[1])
            raise MisusedError(message)
        found[key] = _said(room, row, looked, {
            name: [one for one in rows if _of(one, key)] for name, rows in sheets.items()
        })  # fmt: skip
    return found


def _of(row: Mapping[str, str], key: tuple[str, int]) -> bool:
    return (row.get("工作表"), int(row.get("第几张") or 1)) == key


def _lines(grid: Grid) -> Iterator[dict[str, str]]:
    heads = [written(cell) for cell in grid[0]] if grid else []
    for line in grid[1:]:
        texts = [written(cell) for cell in line]
        if any(texts):
            yield dict(zip(heads, texts, strict=False))


def _said(
    room: Room, row: Mapping[str, str], looked: Looked, sheets: Mapping[str, list[dict[str, str]]]
) -> TableSaid:
    name = row["台账"]
    if name in {_NOT, NOT_TAKEN}:
        return TableSaid(ledger=NOT_TAKEN)
    card = room.ledger(name)
    same = name == looked.card.ledger
    words = Words(room, card, {})
    year = row.get("年份", "")
    until = row.get("截止日", "")
    said = Said(
        words=dict(_read_words(room, card, words, sheets[_WORDS])) if same else {},
        fixed={
            _named(card, one["栏目"]): one["每行都填"]
            for one in sheets[_FIXED]
            if one.get("每行都填")
        },
        place=row.get("单位代码", ""),
        year=int(year) if year.isdigit() else None,
        until=_day(until),
        left=frozenset(int(one["行"]) for one in sheets[_ROWS] if one.get("收不收") == _NOT),
    )
    columns = dict(_read_columns(looked, sheets[_COLUMNS])) if same else {}
    return TableSaid(ledger=name, columns=columns, said=said)


def _day(text: str) -> date | None:
    return day_said(text, 0) if text else None


def _named(card: Ledger, term: str) -> str:
    found = next((one.field for one in card.fields if term in {str(one.term), one.field}), None)
    if found is None:
        known = joined("、", [one.term for one in card.fields])
        message = say("{ledger}没有栏目“{term}”；有：{known}", ledger=card.term, term=term,
                      known=known)  # fmt: skip
        raise MisusedError(message)
    return found


def _read_columns(looked: Looked, rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[int, str]]:
    fields = {str(one.term): one.field for one in looked.form.sheets[0].fields}
    at = {looked.block.table.column(one.head.at): one.head.at for one in looked.proposals.columns}
    for row in rows:
        term = row.get("对应栏目", "")
        if row["列"] not in at:
            continue
        if term in {"", _NONE}:
            yield at[row["列"]], ""
        elif term in fields:
            yield at[row["列"]], fields[term]
        else:
            known = joined("、", fields)
            message = say("{column} 列写的“{term}”不是栏目；有：{known}", column=row["列"],
                          term=term, known=known)  # fmt: skip
            raise MisusedError(message)


def _read_words(
    room: Room, card: Ledger, words: Words, rows: Sequence[Mapping[str, str]]
) -> Iterator[tuple[tuple[str, str], str]]:
    names = {str(term): name for name, term in _DAY_ON.items()}
    names |= {str(one.term): one.field for one in card.fields}
    colours = room.ground.shelf.codes.get(COLOURS)
    by_term = {str(one.term): one.code for one in colours.entries} if colours else {}
    for row in rows:
        field, text, meant = names.get(row["栏目"], ""), row["原表写法"], row.get("对应为", "")
        if not field or not meant:
            continue
        word = words.of(STATE if field == COLOUR else field, meant)
        value = word.value if word.certainty == "sure" else ""
        if field == NAME and meant in room.ground.register.places:
            value = meant
        if not value:
            message = say("“{text}”对应为“{meant}”，没有这样的{term}", text=text, meant=meant,
                          term=row["栏目"])  # fmt: skip
            raise MisusedError(message)
        yield (field, bare(by_term.get(text, text) if field == COLOUR else text)), value
