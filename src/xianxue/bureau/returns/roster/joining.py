"""A list that was read beside the register that is there: what is new, and what contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.places.codes import category_of_type
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.roster.columns import AREA, TERMS, TOWNSHIP
from xianxue.bureau.returns.roster.reading import Line, Roster
from xianxue.bureau.returns.roster.values import LISTS
from xianxue.bureau.values.sentence import joined, say

Kept = dict[str, str]
"""A line of ``places.csv``: column to text."""
TOWNSHIP_DIGITS: Final = 9
_COMPARED: Final = (
    "name",
    "parent",
    "school_type",
    "sponsor",
    "urban_rural",
    "boarding",
    "attached",
)
"""What the register says of a school beside its days."""
_DIRECT: Final = ("县直", "县直属", "直属", "县城", "县直学校", "县直属学校", "县本级")
"""How lists name schools that stand under no township."""


@dataclass
class Joined:
    """What comes of a list."""

    added: list[Kept] = field(default_factory=list[Kept])
    """New lines of the register, those above before those below."""
    unchanged: int = 0
    renamed_county: str = ""
    """The county's name, where the list says it and the register has another."""


@dataclass
class _Known:
    county: Kept
    by_code: dict[str, Kept]
    townships: dict[str, str]
    """Name, reduced with ``bare``, to code."""
    codes: Mapping[str, CodeList]

    def told(self, column: str, value: str) -> str:
        """Give a value of the register in words."""
        if not value:
            return say("没有填")
        if column == "boarding":
            return say("是") if value == "1" else say("否")
        if column == "parent":
            named = self.by_code.get(value)
            return named["name"] if named else value
        if column not in LISTS:
            return value
        listed = self.codes[LISTS[column]]
        entries = [listed.entry(code) for code in value.split(";")]
        return joined("、", (entry.term for entry in entries if entry is not None))


def join(
    roster: Roster, kept: Sequence[Kept], codes: Mapping[str, CodeList], since: str = ""
) -> Joined:
    """Find what a list adds to the register's lines; complaints go to the list.

    ``since`` is the day from which a school's line holds where the list tells neither that day
    nor the one it was opened.
    """
    known = _known(roster, kept, codes)
    made = Joined()
    _check_twice(roster)
    _say_other_category(roster)
    made.added += _areas(roster, known)
    undated: list[Line] = []
    homeless: dict[str, list[Line]] = {}
    for line in roster.lines:
        _join_one(line, known, since, made, undated, homeless, roster)
    _say_homeless(roster, homeless)
    _say_undated(roster, undated)
    order = {"county": 0, "township": 1}
    made.added.sort(key=lambda each: order.get(each["level"], 2))
    return made


def _known(roster: Roster, kept: Sequence[Kept], codes: Mapping[str, CodeList]) -> _Known:
    by_code = {each["code"]: each for each in kept}
    county = next(each for each in kept if each["level"] == "county")
    townships = {bare(each["name"]): each["code"] for each in kept if each["level"] == "township"}
    for line in roster.lines:
        if line.values["level"] == "township":
            townships.setdefault(bare(line.values.get("name", "")), line.values["code"])
    return _Known(county, by_code, townships, codes)


def _check_twice(roster: Roster) -> None:
    first: dict[tuple[str, str], Line] = {}
    for line in roster.lines:
        code = line.values["code"]
        earlier = first.setdefault((code, line.values.get("valid_from", "")), line)
        if code and earlier is not line:
            saw = say("代码 {code} 与 {cell} 重复", code=code, cell=earlier.cell("code"))
            roster.complain(line, "code", saw, say("每所学校一个代码"))


def _say_other_category(roster: Roster) -> None:
    """Say where a code begins as those of another kind of school do: a slip, or an old code."""
    odd = [
        line
        for line in roster.lines
        if line.values.get("school_type")
        and not line.values["code"].startswith(category_of_type(line.values["school_type"]))
    ]
    if not odd:
        return
    names = joined("、", (line.values.get("name", "") for line in odd[:_SHOWN]))
    saw = say("{n} 所学校的代码前两位与办学类型不合，如{names}", n=len(odd), names=names)
    do = say("请核对代码和办学类型有没有填错行；改过类型而没有换代码的不必管")
    roster.complain(odd[0], "school_type", saw, do=do, severity=Severity.NOTE)


def _areas(roster: Roster, known: _Known) -> list[Kept]:
    """Make the townships of which schools tell both the name and the code."""
    made: dict[str, Kept] = {}
    for line in roster.lines:
        code, name = line.values.get(AREA, ""), line.values.get(TOWNSHIP, "")
        fresh = len(code) == TOWNSHIP_DIGITS and name and bare(name) not in known.townships
        if fresh and code not in {*known.by_code, *known.townships.values()}:
            known.townships[bare(name)] = code
            made[code] = _line(code=code, name=name, level="township", parent=known.county["code"])
    return list(made.values())


def _join_one(  # noqa: PLR0913, PLR0917 - a line, and all it may go into
    line: Line,
    known: _Known,
    since: str,
    made: Joined,
    undated: list[Line],
    homeless: dict[str, list[Line]],
    roster: Roster,
) -> None:
    values = line.values
    _check_level(line, roster)
    if values["level"] == "county":
        _join_county(line, known, made, roster)
        return
    parent = _above(line, known)
    if parent is None:
        homeless.setdefault(values.get(TOWNSHIP) or values.get(AREA, ""), []).append(line)
    new = _line(**{name: text for name, text in values.items() if name in _COLUMNS})
    new["parent"] = parent or ""
    old = known.by_code.get(values["code"])
    if old is not None:
        made.unchanged += 1
        _compare(line, new, old, known, roster)
        return
    if values["level"] == "school":
        new["boarding"] = values.get("boarding") or "0"
        new["valid_from"] = values.get("valid_from") or values.get("opened") or since
        if not new["valid_from"]:
            undated.append(line)
    made.added.append(new)


def _check_level(line: Line, roster: Roster) -> None:
    """Complain of a school whose code is too short: it would become a township or the county."""
    code = line.values["code"]
    if line.values["level"] != "school" and line.values.get("school_type"):
        saw = say(
            "{name}写了办学类型，代码 {code} 却只有 {n} 位",
            name=line.values.get("name", ""),
            code=code,
            n=len(code),
        )
        do = say("是学校的，把代码写全；是县或乡镇的，办学类型不填")
        roster.complain(line, "code", saw, say("学校 10 位，县 6 位，乡镇 9 位"), do)


def _join_county(line: Line, known: _Known, made: Joined, roster: Roster) -> None:
    code, name = line.values["code"], line.values.get("name", "")
    if code != known.county["code"]:
        saw = say("县的代码填了“{code}”", code=code)
        required = say("本工作目录的县 {code}", code=known.county["code"])
        roster.complain(line, "code", saw, required)
    elif not name or name == known.county["name"]:
        return
    # Over schools that are there already it is a change like any other, not a first name.
    elif len(known.by_code) > 1:
        _contradict(line, "name", (name, known.county["name"]), known, roster)
    else:
        made.renamed_county = name


def _above(line: Line, known: _Known) -> str | None:
    """Give the code of the place above; None where the township a line names is not known."""
    values = line.values
    county = known.county["code"]
    if values.get("parent"):
        return values["parent"]
    if values["level"] == "township":
        return county
    named, area = values.get(TOWNSHIP, ""), values.get(AREA, "")
    if bare(named) in known.townships and named:
        return known.townships[bare(named)]
    if area in {*known.townships.values(), county}:
        return area
    directly = bare(named) in {"", bare(known.county["name"]), *_DIRECT}
    return county if directly and len(area) != TOWNSHIP_DIGITS else None


def _compare(line: Line, new: Kept, old: Kept, known: _Known, roster: Roster) -> None:
    """Complain where the list says otherwise than the register; what it leaves out is no change."""
    for column in _COMPARED:
        said = new.get(column, "")
        if not said or (column == "parent" and line.values["level"] == "township"):
            continue
        if said != old[column] and not (column == "boarding" and said == "0" and not old[column]):
            _contradict(line, column, (said, old[column]), known, roster)


def _contradict(
    line: Line, column: str, pair: tuple[str, str], known: _Known, roster: Roster
) -> None:
    """Complain that the list has one value and the register another."""
    said, old = pair
    saw = say(
        "{name}的{term}是“{said}”，名册里是“{old}”",
        name=known.by_code[line.values["code"]]["name"],
        term=TERMS[column],
        said=known.told(column, said),
        old=known.told(column, old),
    )
    do = say(
        "真有变动的，用 xianxue places record 登记；名册写错的，改 places.csv，"
        "再用 xianxue places amend 写明理由；刚开始建名册、要整个换掉的，加 --replace"
    )
    at = TOWNSHIP if column == "parent" and column not in line.at else column
    roster.complain(line, at, saw, say("与名册一致"), do)


def _say_homeless(roster: Roster, homeless: Mapping[str, Sequence[Line]]) -> None:
    for name, lines in homeless.items():
        saw = say("名册里没有乡镇“{name}”（{n} 所学校）", name=name, n=len(lines))
        do = say("请先登记这个乡镇：加一行，写它的 9 位代码和名称；或者加“乡镇代码”一列")
        roster.complain(lines[0], TOWNSHIP, saw, say("乡镇在名册里，或在同一份文件里"), do)


def _say_undated(roster: Roster, undated: Sequence[Line]) -> None:
    if not undated:
        return
    names = joined("、", (line.values.get("name", "") for line in undated[:_SHOWN]))
    saw = (
        say("{names}没有建校日期，也没有起始日期", names=names)
        if len(undated) <= _SHOWN
        else say("{names}等 {n} 所学校没有建校日期，也没有起始日期", names=names, n=len(undated))
    )
    do = say("补上建校日期；或者用 --since 写明从哪天起，如 --since 2020-09-01")
    roster.complain(undated[0], "opened", saw, say("知道从哪天起有这所学校"), do)


_SHOWN: Final = 3
_COLUMNS: Final = tuple(name for name in TERMS if name not in {TOWNSHIP, AREA})


def _line(**values: str) -> Kept:
    return {name: values.get(name, "") for name in _COLUMNS}
