"""One line of ``events.csv``: what is wrong with it by itself, and the event it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.places.events import Becomes, Event, Kind
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.visible import hidden_in
from xianxue.desk.stores.roster import stages_of

COLUMNS: Final = (
    "day",
    "event",
    "code",
    "into",
    "name",
    "school_type",
    "sponsor",
    "urban_rural",
    "boarding",
    "attached",
    "township",
    "document",
    "reason",
    "by",
)
COLUMN: Final = {name: name for name in COLUMNS}
OPTION: Final = {name: "--" + name.replace("_", "-") for name in COLUMNS} | {
    "event": "EVENT",
    "school_type": "--type",
    "by": "--as",
}
"""What a column is called on the command line."""
_CODED: Final = {
    "school_type": "school_types",
    "sponsor": "sponsors",
    "urban_rural": "urban_rural",
}
# Empty means that the event changes nothing about boarding, which is not the same as none.
_BOARDING: Final[dict[str, bool | None]] = {"": None, "0": False, "1": True}
# A spreadsheet runs a cell that begins so as a formula, when the file is opened there.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Codes = Mapping[str, CodeList]
Line = Mapping[str, str]
"""Column to cell, without spaces around it."""
Said = tuple[str, str, str]
"""What was seen, what is required, what to do."""


def faults_of(line: Line, codes: Codes, named: Mapping[str, str] = COLUMN) -> Iterator[Said]:
    """Find everything that is wrong with a line by itself.

    ``named`` says what each column is called where the line was written.
    """
    if _day(line["day"]) is None:
        yield (
            _written("day", line, named),
            say("日期写作 2024-09-01，是新状态的第一天"),
            say("请照批文填日期"),
        )
    if line["event"] not in set(Kind):
        known = joined(
            "、", (say("{value}（{term}）", value=kind.value, term=kind.term) for kind in Kind)
        )
        yield _written("event", line, named), say("{known}之一", known=known), say("请改成其中一个")
    yield from _wrong_codes(line, codes, named)
    if line["boarding"] not in _BOARDING:
        yield _written("boarding", line, named), say("1、0 或空"), say("寄宿制填 1，不是填 0")
    yield from _wrong_words(line, named)


def _written(column: str, line: Line, named: Mapping[str, str]) -> Sentence:
    """Quote what was written in a column, or say that nothing was."""
    if not line[column]:
        return say("没有填 {column}", column=named[column])
    return say("{column} 填了“{value}”", column=named[column], value=line[column])


def _wrong_codes(line: Line, codes: Codes, named: Mapping[str, str]) -> Iterator[Said]:
    for column, listed in _CODED.items():
        if line[column] and codes[listed].entry(line[column]) is None:
            yield (
                _written(column, line, named),
                say("{term}中的代码", term=codes[listed].term),
                _codes_of(codes[listed]),
            )
    listed_types = codes["school_types"]
    for code in _listed(line["attached"]):
        if listed_types.entry(code) is None:
            yield (
                say("{column} 填了“{value}”", column=named["attached"], value=code),
                say("办学类型中的代码，分号隔开"),
                _codes_of(listed_types),
            )
    # A type is given whole, with the attached classes: alone these would be left out without a
    # word.
    if line["attached"] and not line["school_type"]:
        attached, school_type = named["attached"], named["school_type"]
        yield (
            say("填了 {attached}，没有填 {type}", attached=attached, type=school_type),
            say("两项一起填"),
            say("请填 {type}", type=school_type),
        )


def _codes_of(listed: CodeList) -> Sentence:
    known = joined("、", (say("{code} {term}", code=e.code, term=e.term) for e in listed.entries))
    return say("可用：{known}", known=known)


def _wrong_words(line: Line, named: Mapping[str, str]) -> Iterator[Said]:
    for column, what in (("reason", say("为什么")), ("by", say("谁登记的"))):
        if not line[column]:
            yield _written(column, line, named), say("写明{what}", what=what), say("请补填")
    for column in ("name", "document", "reason", "by"):
        if hidden := hidden_in(line[column], lines=column == "reason"):
            saw = say("{column} 里有看不见的字符 {hidden}", column=named[column], hidden=hidden)
            yield saw, say("看得见的字"), say("请重新输入")
        if line[column].startswith(_FORMULA):
            yield (
                _written(column, line, named),
                say("文字不以 = + - @ 开头"),
                say("表格软件会当成公式，请去掉开头的符号"),
            )


def event_of(line: Line, number: int, codes: Codes) -> Event:
    """Read a line that has no faults."""
    return Event(
        day=_day(line["day"]) or date.min,
        kind=Kind(line["event"]),
        codes=tuple(_listed(line["code"])),
        into=tuple(_listed(line["into"])),
        name=line["name"],
        parent=line["township"],
        change=_change(line, codes),
        reason=line["reason"],
        document=line["document"],
        by=line["by"],
        line=number,
    )


def _change(line: Line, codes: Codes) -> Becomes | None:
    if not any(line[column] for column in (*_CODED, "boarding")):
        return None
    types = [line["school_type"], *_listed(line["attached"])] if line["school_type"] else []
    return Becomes(
        school_type=line["school_type"],
        stages=stages_of(types, codes["school_types"]),
        sponsor=line["sponsor"],
        urban_rural=line["urban_rural"],
        boarding=_BOARDING[line["boarding"]],
    )


def _listed(text: str) -> list[str]:
    """Give the codes of a cell; a clerk's full-width semicolon counts as one."""
    return [code.strip() for code in text.replace("；", ";").split(";") if code.strip()]


def _day(text: str) -> date | None:
    # Python reads more ways of writing a day than a clerk can be expected to know.
    if _DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
