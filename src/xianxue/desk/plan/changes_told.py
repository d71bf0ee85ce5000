"""Supposed changes in words, one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.suppose.changes import (
    Add,
    Change,
    Close,
    Line,
    Merge,
    Move,
    Pupils,
    Put,
)
from xianxue.bureau.plan.suppose.spots import field_named
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say

_BANDS: Final = {"low": say("低"), "middle": say("中"), "high": say("高")}


class _Words(Record):
    """What names are taken from."""

    shelf: Shelf
    names: Mapping[str, str]

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def fields(self, fields: Sequence[str], row: str) -> Sentence:
        return joined("、", [field_named(self.shelf, one, row) for one in fields])


def change_told(change: Change, shelf: Shelf, names: Mapping[str, str]) -> Sentence:
    """Say a change in one sentence, without a full stop; ``names``: place to name."""
    return _TELLS[type(change)](change, _Words(shelf, names))


def _add(change: Add, words: _Words) -> Sentence:
    what = words.fields(change.fields, change.row)
    said = {"school": words.name(change.school), "what": what, "n": plain(abs(change.count))}
    if change.count < 0:
        return say("{school}减少 {n}：{what}", **said)
    return say("{school}增加 {n}：{what}", **said)


def _move(change: Move, words: _Words) -> Sentence:
    return say(
        "{start}调 {n} 到{end}：{what}",
        start=words.name(change.start),
        end=words.name(change.end),
        n=plain(change.count),
        what=words.fields(change.fields, change.row),
    )


def _put(change: Put, words: _Words) -> Sentence:
    value = change.value if isinstance(change.value, str) else plain(change.value)
    what = field_named(words.shelf, change.field, change.row)
    return say("{school}的{what}是 {n}", school=words.name(change.school), what=what, n=value)


def _pupils(change: Pupils, words: _Words) -> Sentence:
    who = words.name(change.school) if change.school else say("各校")
    if change.forecast is not None:
        return say("{who}的学生数按下一年的推算（{band}档）", who=who, band=_BANDS[change.forecast])
    percent = change.percent or Fraction()
    if percent < 0:
        return say("{who}的学生数减少 {n}%", who=who, n=plain(-percent))
    return say("{who}的学生数增加 {n}%", who=who, n=plain(percent))


def _merge(change: Merge, words: _Words) -> Sentence:
    schools = joined("、", [words.name(one) for one in change.schools if one != change.into])
    return say("{schools}并入{into}", schools=schools, into=words.name(change.into))


def _close(change: Close, words: _Words) -> Sentence:
    school = words.name(change.school)
    if change.pupils_to:
        there = words.name(change.pupils_to)
        return say("撤销{school}，学生到{there}", school=school, there=there)
    return say("撤销{school}", school=school)


def _line(change: Line, words: _Words) -> Sentence:
    card = words.shelf.standards.get(change.standard)
    lines = (*card.criteria, *card.spread) if card is not None else ()
    term = next((one.term for one in lines if one.criterion == change.criterion), change.criterion)
    stage = Stage(change.stage).term if change.stage else ""
    return say("标准“{stage}{term}”定为 {n}", stage=stage, term=term, n=plain(change.value))


_TELLS: Final[dict[type[Change], Callable[[Any, _Words], Sentence]]] = {
    Add: _add,
    Move: _move,
    Put: _put,
    Pupils: _pupils,
    Merge: _merge,
    Close: _close,
    Line: _line,
}
