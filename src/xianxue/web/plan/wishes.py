"""What the sliders of a supposed set say, read as changes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from django.http import QueryDict

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.plan.suppose.changes import Change
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.changes_given import read_changes
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.plan.sets import Basis

SLOTS: Final = range(1, 4)
"""Lines of the form for what a school has more or less of."""
MORE: Final = range(1, 3)
"""Lines of the form for what happens to a whole school, or between two."""
ACTS: Final = {
    "move": say("调到另一所学校"),
    "put": say("改为这个数"),
    "merge": say("整所并入另一所学校"),
    "close": say("撤销，学生去另一所学校"),
}
SENT: Final = frozenset(
    {f"{what}{slot}" for slot in SLOTS for what in ("school", "thing", "count")}
    | {f"{what}{slot}" for slot in MORE for what in ("act", "of", "to", "what", "many")}
    | {"percent", "line", "share"}
)
"""The fields of the form."""
_HUNDRED: Final = 100
_DIGITS: Final = 6


def changes_said(basis: Basis, said: QueryDict) -> tuple[Change, ...]:
    """Read the sliders as changes; ComplaintsError with all that is wrong with them."""
    given: list[dict[str, Any]] = []
    issues: list[Issue] = []
    for slot in SLOTS:
        school, key = said.get(f"school{slot}", ""), said.get(f"thing{slot}", "")
        many = whole_of(said.get(f"count{slot}", "") or "0")
        if many is None:
            where = say("第 {n} 行的个数", n=slot)
            issues.append(complaint(where, said[f"count{slot}"], say("整数，减少写负数")))
        thing = next((one for one in basis.things if one.key == key), None)
        if many and (not school or thing is None):
            where = say("第 {n} 行", n=slot)
            issues.append(complaint(where, "", say("选一所学校和一样东西")))
        elif many and thing is not None:
            given.append(
                {
                    "do": "add",
                    "school": school,
                    "field": list(thing.fields),
                    "row": thing.row,
                    "count": many,
                }
            )
    percent = whole_of(said.get("percent", "") or "0")
    if percent is None:
        issues.append(complaint(say("学生增减"), said["percent"], say("整数，减少写负数")))
    elif percent:
        given.append({"do": "pupils", "percent": percent})
    for slot in MORE:
        given += _act(basis, said, slot, issues)
    given += _line(basis, said, issues)
    if issues:
        raise ComplaintsError(issues)
    return read_changes(_plain(given), basis.workspace) if given else ()


def _plain(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what is not said."""
    return [{key: one for key, one in each.items() if one != ""} for each in given]


def _act(basis: Basis, said: QueryDict, slot: int, issues: list[Issue]) -> list[dict[str, Any]]:
    """Read what happens to a school; without an act the line says nothing."""
    act, school, end, key, many = (
        said.get(f"{part}{slot}", "").strip() for part in ("act", "of", "to", "what", "many")
    )
    if act not in ACTS:
        return []
    where = say("并、撤、调第 {n} 行", n=slot)
    thing = next((one for one in basis.things if one.key == key), None)
    between = act in {"move", "merge"}
    counted = act in {"move", "put"}
    if not school or (between and not end) or (counted and thing is None):
        issues.append(complaint(where, "", _required(act)))
        return []
    if act == "merge":
        return [{"do": "merge", "schools": [school], "into": end}]
    if act == "close":
        return [{"do": "close", "school": school} | ({"pupils_to": end} if end else {})]
    number = whole_of(many)
    if thing is None or number is None or number < 0:
        issues.append(complaint(where, many, say("个数是不小于 0 的整数")))
        return []
    told: dict[str, Any] = {"do": "put", "school": school, "field": thing.fields[-1]}
    if act == "move":
        told = {"do": act, "from": school, "to": end, "field": list(thing.fields)}
    return [told | {"row": thing.row, "value" if act == "put" else "count": number}]


def _required(act: str) -> Sentence:
    if act == "merge":
        return say("选哪所学校、并入哪所学校")
    if act == "move":
        return say("选调出、调入的学校和一样东西")
    return say("选一所学校和一样东西") if act == "put" else say("选一所学校")


def _line(basis: Basis, said: QueryDict, issues: list[Issue]) -> list[dict[str, Any]]:
    share = whole_of(said.get("share", "") or str(_HUNDRED))
    if share is None or share <= 0:
        issues.append(complaint(say("标准"), said["share"], say("大于 0 的百分数，如 110")))
        return []
    if share == _HUNDRED:
        return []
    line = next((one for one in basis.lines if one.key == said.get("line", "")), None)
    if line is None:
        issues.append(complaint(say("标准"), said.get("line", ""), say("列出的标准之一")))
        return []
    return [
        {
            "do": "line",
            "standard": basis.card.standard,
            "criterion": line.criterion,
            "stage": line.stage,
            "value": plain(line.value * Fraction(share, _HUNDRED)),
        }
    ]


def whole_of(said: str) -> int | None:
    """Give the whole number of a slider; None where it is none."""
    text = said.strip().replace("−", "-")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS else None


def complaint(where: Sentence, said: str, required: Sentence) -> Issue:
    """Complain of what is written in a place of the form."""
    saw = say("{where}没有写", where=where)
    if said:
        saw = say("{where}写了“{said}”", where=where, said=said)
    return Issue(
        code="P-SUPPOSED",
        severity=Severity.MUST_FIX,
        cell=str(where),
        saw=saw,
        required=required,
        do=say("请改了再算；什么也没有保存"),
    )


def nothing_said() -> Issue:
    """Complain that nothing is supposed."""
    return Issue(
        code="P-NOTHING",
        severity=Severity.MUST_FIX,
        saw=say("滑块都在原处，没有设想什么"),
        required=say("至少改一处"),
        do=say("请移动一个滑块再保存"),
    )
