"""The county's register of places on disk: ``places.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.places.codes import is_area_code, is_school_code
from xianxue.bureau.places.place import Attributes, Level, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.roster.columns import column_named
from xianxue.bureau.returns.roster.values import LEVELS, LISTS, code_meant, exact_day
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.visible import hidden_in
from xianxue.desk.stores.given.given_files import read_given

NAME: Final = "places.csv"
COLUMNS: Final = (
    "code",
    "name",
    "level",
    "parent",
    "opened",
    "closed",
    "valid_from",
    "school_type",
    "sponsor",
    "urban_rural",
    "boarding",
    "attached",
)
Line = dict[str, str]
"""Column to text."""
_ANSWERS: Final = {"是": "1", "否": "0"}
_LEVELS: Final[dict[str, Level]] = {
    "county": "county",
    "township": "township",
    "school": "school",
}
_CODED: Final = {
    "school_type": "school_types",
    "sponsor": "sponsors",
    "urban_rural": "urban_rural",
}


def read_roster(path: Path, codes: Mapping[str, CodeList]) -> tuple[Register, list[Issue]]:
    """Read the register; a school's later lines (same code, later ``valid_from``) change it.

    Complaints are complete; lines that cannot be understood are left out of the register.
    """
    lines = lines_of(path, codes)
    if isinstance(lines, Issue):
        return Register({}), [lines]
    return register_of(lines, path, codes)


def register_of(
    lines: Iterable[tuple[int, Line]], path: Path, codes: Mapping[str, CodeList]
) -> tuple[Register, list[Issue]]:
    """Make the register of numbered lines; ``path`` is the file that complaints name."""
    issues: list[Issue] = []
    places: dict[str, Place] = {}
    for number, line in lines:
        place = _place(line, path, number, codes, issues)
        if place is None:
            continue
        earlier = places.get(place.code)
        if earlier is not None:
            place = _joined(earlier, place, path, number, issues)
        places[place.code] = place
    for place in places.values():
        if place.level != "county" and place.parent not in places:
            saw = say("{name} 的上级 {parent} 不在名册里", name=place.name, parent=place.parent)
            issues.append(_issue(path, 0, saw, say("上级是名册中的县或乡镇")))
    # Every figure of the county stands for this one place; with two there would be two answers.
    if sum(place.level == "county" for place in places.values()) != 1:
        issues.append(
            _issue(path, 0, say("名册里的县不是正好一个"), say("level 为 county 的有且只有一行"))
        )
    return Register(places), issues


def lines_of(path: Path, codes: Mapping[str, CodeList]) -> list[tuple[int, Line]] | Issue:
    """Read the file's lines with their numbers, as Excel or WPS may have left them.

    Saved there, the file has GBK, days as 2005/7/1 and lines of nothing but commas; edited there,
    it has names where codes stood. All of that is one meaning.
    """
    try:
        text = text_of(read_given(path))
    except FileNotFoundError:
        saw, do = (
            say("工作目录里没有学校名册"),
            say("请从备份取回，或者重新导入：xianxue places import"),
        )
        return replace(_issue(path, 0, saw, say("名册在工作目录里")), do=do)
    if text is None:
        saw, do = say("不是文本，读不出来"), say("工作簿请用 xianxue places import 导入")
        return replace(_issue(path, 0, saw, say("UTF-8 或 GBK 的 CSV")), do=do)
    try:
        return _divided(path, text, codes)
    # One quotation mark too many makes a single cell of everything behind it.
    except csv.Error as error:
        saw, do = say("文件读不出来（{error}）", error=error), say("请用表格软件打开另存")
        return replace(_issue(path, 0, saw, say("CSV 格式")), do=do)


def _divided(
    path: Path, text: str, codes: Mapping[str, CodeList]
) -> list[tuple[int, Line]] | Issue:
    """Divide a text into lines and cells; ``csv.Error`` where that cannot be done."""
    # A line that breaks off early has empty cells, so that what lacks is complained of by name.
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    heads = [name if name in COLUMNS else column_named(name) for name in reader.fieldnames or []]
    lacking = [name for name in COLUMNS if name not in heads]
    if lacking:
        saw = say("表头缺少 ") + joined("、", lacking)
        return _issue(path, 1, saw, say("表头为 {columns}", columns=",".join(COLUMNS)))
    reader.fieldnames = heads
    return [
        (reader.line_num, {name: _kept(name, line[name], codes) for name in COLUMNS})
        for line in reader
        if any(line[name].strip() for name in COLUMNS)
    ]


def _kept(column: str, written: str, codes: Mapping[str, CodeList]) -> str:
    """Give a value as the register keeps it; what cannot be read stays, to be complained of."""
    text = written.strip()
    if column in LISTS:
        listed = codes[LISTS[column]]
        parts = text.split(";") if column == "attached" else [text]
        return ";".join(
            part if listed.entry(part) else code_meant(part, listed) or part for part in parts
        )
    if column in {"opened", "closed", "valid_from"}:
        day = _day(text) or exact_day(text)
        return day.isoformat() if day else text
    if column == "level":
        return LEVELS.get(text, text)
    return _ANSWERS.get(text, text) if column == "boarding" else text


def _place(
    line: dict[str, str],
    path: Path,
    number: int,
    codes: Mapping[str, CodeList],
    issues: list[Issue],
) -> Place | None:
    faults = list(_faults(line, codes))
    issues.extend(_issue(path, number, saw, required) for saw, required in faults)
    if faults:
        return None
    level = _LEVELS[line["level"]]
    valid_from = _day(line["valid_from"])
    return Place(
        code=line["code"].strip(),
        name=line["name"].strip(),
        level=level,
        parent=line["parent"].strip(),
        opened=_day(line["opened"]),
        closed=_day(line["closed"]),
        history=(_attributes(line, valid_from, codes),) if valid_from else (),
    )


def _faults(line: dict[str, str], codes: Mapping[str, CodeList]) -> Iterator[tuple[str, str]]:
    """Find what is wrong with a line: what was seen, what is required."""
    school = line["level"] == "school"
    code = line["code"].strip()
    if hidden := hidden_in(line["name"]):
        yield say("名称里有看不见的字符 {hidden}", hidden=hidden), say("看得见的字")
    if line["level"] not in _LEVELS:
        yield say("level 填了“{value}”", value=line["level"]), say("county、township、school 之一")
    elif not (is_school_code(code) if school else is_area_code(code)):
        yield say("代码“{code}”不对", code=code), say("学校 10 位，县 6 位，乡镇 9 位")
    for column, listed in _CODED.items():
        if line[column] and codes[listed].entry(line[column]) is None:
            yield (
                say("{column} 填了“{value}”", column=column, value=line[column]),
                say("{term}中的代码", term=codes[listed].term),
            )
    for column in ("opened", "closed", "valid_from"):
        if line[column].strip() and _day(line[column]) is None:
            yield (
                say("{column} 填了“{value}”", column=column, value=line[column]),
                say("日期写作 2005-07-01"),
            )
    if school and not (line["valid_from"] and line["school_type"]):
        yield say("学校缺 valid_from 或 school_type"), say("两项都要填")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _attributes(
    line: dict[str, str], valid_from: date, codes: Mapping[str, CodeList]
) -> Attributes:
    types = [line["school_type"], *filter(None, line["attached"].split(";"))]
    return Attributes(
        valid_from=valid_from,
        school_type=line["school_type"],
        sponsor=line["sponsor"],
        urban_rural=line["urban_rural"],
        stages=stages_of(types, codes["school_types"]),
        boarding=line["boarding"] == "1",
    )


def stages_of(types: Iterable[str], listed: CodeList) -> tuple[Stage, ...]:
    """Give the stages of a school of some types, its own and those of attached classes."""
    entries = (listed.entry(code) for code in types)
    had = {stage for entry in entries if entry is not None for stage in entry.stages}
    return tuple(stage for stage in Stage if stage in had)


def _joined(earlier: Place, later: Place, path: Path, number: int, issues: list[Issue]) -> Place:
    newest = earlier.history[-1].valid_from if earlier.history else None
    if newest is None or not later.history or later.history[0].valid_from <= newest:
        saw = say("代码 {code} 又出现一次，valid_from 没有更晚", code=later.code)
        issues.append(_issue(path, number, saw, say("同一学校的各行按 valid_from 先后排列")))
        return earlier
    return Place(
        code=later.code,
        name=later.name,
        level=later.level,
        parent=later.parent,
        opened=later.opened or earlier.opened,
        # The later line says how the school stands: one without a day is open again.
        closed=later.closed,
        history=earlier.history + later.history,
    )


def _issue(path: Path, line: int, saw: str, required: str) -> Issue:
    return Issue(
        code="W-PLACES",
        severity=Severity.MUST_FIX,
        file=path.name,
        cell=say("第 {line} 行", line=line) if line else "",
        saw=saw,
        required=required,
    )
