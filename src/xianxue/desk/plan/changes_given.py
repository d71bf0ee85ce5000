"""Supposed changes as somebody writes them, and as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast, get_args

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.plan.suppose.changes import (
    KINDS,
    Add,
    Band,
    Change,
    Close,
    Line,
    Merge,
    Move,
    Pupils,
    Put,
)
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.changes_parts import Parts
from xianxue.desk.plan.json_reading import Reading
from xianxue.desk.plan.naming_fields import Naming
from xianxue.desk.stores.given.json_text import Pairs
from xianxue.desk.workspace import ComplaintsError, Workspace

_SHAPE: Final = (
    '{"changes": [{"do": "add", "school": "甲校", "field": "staff.over_qualified", '
    '"row": "primary", "count": 2}]}'
)
_MOST: Final = 10**12
_BANDS: Final[tuple[str, ...]] = get_args(Band)
_PARTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "add": (("school", "field", "count"), ("row",)),
    "move": (("from", "to", "field", "count"), ("row",)),
    "put": (("school", "field", "value"), ("row",)),
    "pupils": ((), ("school", "percent", "forecast")),
    "merge": (("schools", "into"), ()),
    "close": (("school",), ("pupils_to",)),
    "line": (("standard", "criterion", "value"), ("stage",)),
}
"""What each kind of change must say, and may say."""
_PART_TERMS: Final = {
    "school": say("学校"),
    "from": say("调出学校"),
    "to": say("调入学校"),
    "field": say("项目"),
    "row": say("行"),
    "count": say("个数"),
    "value": say("数"),
    "percent": say("百分数"),
    "schools": say("学校"),
    "into": say("并入的学校"),
    "pupils_to": say("学生去的学校"),
    "standard": say("标准"),
    "criterion": say("项目"),
    "stage": say("学段"),
}
"""What the parts of a change are called where they are typed."""


class Given(Record):
    """A set as it was handed in."""

    changes: tuple[Change, ...]
    note: str


def read_set(path: Path, workspace: Workspace) -> Given:
    """Read a set from a file; ComplaintsError with all that is wrong with it."""
    reading = Reading(path.name, _SHAPE)
    return _read(reading, reading.whole_file(path), workspace)


def read_changes(
    given: object, workspace: Workspace, called: Sequence[Sentence] = ()
) -> tuple[Change, ...]:
    """Read changes from what a page or the options of a command say.

    ``given`` is what a file would hold, or the list of changes alone. ComplaintsError with all that
    is wrong with it; ``called``: what complaints call each change, where it stands in no file.
    """
    whole = {"changes": given} if isinstance(given, list) else given
    try:
        return _read(Reading("", _SHAPE), _as_pairs(whole), workspace).changes
    except ComplaintsError as error:
        if not called:
            raise
        raise ComplaintsError([_called(one, called) for one in error.issues]) from None


def _called(issue: Issue, called: Sequence[Sentence]) -> Issue:
    """Say where somebody typed it, not where it would stand in a file."""
    change, _, part = issue.cell.partition(".")
    number = change.removeprefix("changes[").removesuffix("]")
    if not number.isdecimal():
        return issue
    which = called[int(number) - 1]
    if part in _PART_TERMS:
        which = say("{which}的{part}", which=which, part=_PART_TERMS[part])
    return replace(issue, cell="", saw=say("{which}：{saw}", which=which, saw=issue.saw))


def as_kept(told: Mapping[str, Any]) -> Change:
    """Give a change as it was written down by ``changes.written``: it was checked then."""
    parts = {
        {"from": "start", "to": "end", "field": "fields"}.get(key, key): value
        for key, value in told.items()
        if key != "do"
    }
    if told["do"] == "put":
        parts["field"] = parts.pop("fields")
    for key in ("count", "percent"):
        if key in parts:
            parts[key] = Fraction(parts[key])
    for key in ("fields", "schools"):
        if key in parts:
            parts[key] = tuple(parts[key])
    if told["do"] == "line" or (told["do"] == "put" and _is_number(parts["value"])):
        parts["value"] = Fraction(parts["value"])
    return KINDS[told["do"]](**parts)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _as_pairs(given: object) -> object:
    if isinstance(given, Mapping):
        parts = cast("Mapping[str, object]", given)
        return Pairs((key, _as_pairs(value)) for key, value in parts.items())
    if isinstance(given, list) and not isinstance(given, Pairs):
        return [_as_pairs(one) for one in cast("list[object]", given)]
    return given


def _read(reading: Reading, whole: object, workspace: Workspace) -> Given:
    parts = reading.keys(whole, "", ("changes",), ("note",))
    reader = _Reader(reading, Naming(workspace))
    found = [reader.change(where, one) for where, one in reading.each(parts, "changes")]
    if parts.get("changes") == []:
        reading.complain("changes", "P-EMPTY", say("一项设想也没有"), say("至少一项"))
    reading.done()
    note = parts.get("note")
    changes = tuple(one for one in found if one is not None)
    return Given(changes, note.strip() if isinstance(note, str) else "")


class _Reader:
    """Reads one change after another, and complains of whatever does not fit."""

    def __init__(self, reading: Reading, naming: Naming) -> None:
        self.reading = reading
        self.parts = Parts(reading, naming)

    def change(self, where: str, one: object) -> Change | None:
        told = dict(one) if isinstance(one, Pairs) else {}
        kind = told.get("do")
        if not isinstance(kind, str) or kind not in _PARTS:
            self.reading.strange(f"{where}.do", kind, joined("、", _PARTS))
            return None
        needed, also = _PARTS[kind]
        before = len(self.reading.issues)
        parts = self.reading.keys(one, where, ("do", *needed), also)
        made = self._made(kind, parts, where)
        return made if len(self.reading.issues) == before else None

    def _made(self, kind: str, parts: Mapping[str, Any], where: str) -> Change:
        reads: dict[str, Callable[[Mapping[str, Any], str], Change]] = {
            "add": self._add,
            "move": self._move,
            "put": self._put,
            "pupils": self._pupils,
            "merge": self._merge,
            "close": self._close,
            "line": self._line,
        }
        return reads[kind](parts, where)

    def _add(self, parts: Mapping[str, Any], where: str) -> Change:
        fields, row = self.parts.fields(parts, where)
        return Add(
            school=self.parts.school(parts, "school", where),
            fields=fields,
            row=row,
            count=self.parts.number(parts, "count", where, least=-_MOST),
        )

    def _move(self, parts: Mapping[str, Any], where: str) -> Change:
        fields, row = self.parts.fields(parts, where)
        found = Move(
            start=self.parts.school(parts, "from", where),
            end=self.parts.school(parts, "to", where),
            fields=fields,
            row=row,
            count=self.parts.number(parts, "count", where),
        )
        if found.start == found.end and found.start:
            saw = say("调出和调入是同一所学校")
            self.reading.complain(where, "P-VALUE", saw, say("两所不同的学校"))
        return found

    def _put(self, parts: Mapping[str, Any], where: str) -> Change:
        fields, row = self.parts.fields(parts, where)
        said = parts.get("value")
        text = said.strip() if isinstance(said, str) and not _is_number(said.strip()) else ""
        return Put(
            school=self.parts.school(parts, "school", where),
            field=fields[0] if fields else "",
            row=row,
            value=text or self.parts.number(parts, "value", where),
        )

    def _pupils(self, parts: Mapping[str, Any], where: str) -> Change:
        band = parts.get("forecast")
        if ("percent" in parts) == ("forecast" in parts):
            saw = say("percent 和 forecast 写了两个，或者一个也没有写")
            self.reading.complain(where, "P-KEY", saw, say("两个之中的一个"))
        if band is not None and band not in _BANDS:
            self.reading.strange(f"{where}.forecast", band, joined("、", _BANDS))
        percent = self.reading.number(parts, "percent", where, least=-100, most=1000)
        school = self.parts.school(parts, "school", where) if "school" in parts else ""
        return Pupils(school=school, percent=percent, forecast=cast("Band | None", band))

    def _merge(self, parts: Mapping[str, Any], where: str) -> Change:
        given = parts.get("schools")
        names = cast("list[object]", given) if isinstance(given, list) else [given]
        schools = [self.parts.place(one, f"{where}.schools") for one in names]
        into = self.parts.school(parts, "into", where)
        if not set(schools) - {into}:
            saw = say("没有写哪些学校并入")
            self.reading.complain(where, "P-VALUE", saw, say("至少一所别的学校"))
        return Merge(schools=tuple(schools), into=into)

    def _close(self, parts: Mapping[str, Any], where: str) -> Change:
        there = self.parts.school(parts, "pupils_to", where) if "pupils_to" in parts else ""
        return Close(school=self.parts.school(parts, "school", where), pupils_to=there)

    def _line(self, parts: Mapping[str, Any], where: str) -> Change:
        standard, criterion = self.parts.line(parts, where)
        return Line(
            standard=standard,
            criterion=criterion,
            stage=self.parts.stage(parts, where),
            value=self.parts.number(parts, "value", where),
        )
