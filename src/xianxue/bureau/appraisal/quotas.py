"""Quotas: how many may have a grade, who has it, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.grading import GradeQuota, Grading
from xianxue.bureau.records.appraised import Score
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say

_HUNDRED: Final = 100


class Room(Record, kw_only=True):
    """How many may have one grade in one group."""

    grade: str
    group: str
    of: int
    """How many are counted: those who were to be appraised."""
    share: Fraction
    """Per cent."""
    room: int
    given: int
    tied_out: tuple[str, ...] = ()
    """Who shared the last place and could not be told apart."""


class Counted(Record, kw_only=True):
    """What a quota is counted from beside the scores."""

    entitled: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many were to be appraised in a group (应参加考核人数), where they are not all here."""
    facts: Mapping[str, Mapping[str, int | str]] = field(
        default_factory=dict[str, "Mapping[str, int | str]"]
    )
    """What is known of a group, for quotas that differ: a unit that was honoured."""


def room_of(many: int, share: Fraction, rounding: str) -> int:
    """Give how many may have a grade.

    >>> [room_of(47, Fraction(share), "down") for share in (15, 20, 25)]
    [7, 9, 11]
    >>> [room_of(47, Fraction(share), "half_up") for share in (15, 20, 25)]
    [7, 9, 12]
    """
    exact = share * many / _HUNDRED
    if rounding == "half_up":
        return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return exact.numerator // exact.denominator


def first_of(
    wanting: Sequence[Score], room: int, ties: Sequence[str]
) -> tuple[set[str], tuple[str, ...]]:
    """Give those who have a place, and those who share the last one and cannot be told apart."""
    keyed = sorted(((_key(one, ties), one.place) for one in wanting), reverse=True)
    if len(keyed) <= room:
        return {place for _, place in keyed}, ()
    edge = keyed[room][0]
    # All who are as good as the first that is out, are out: nobody has a place by an accident.
    kept = {place for key, place in keyed[:room] if key > edge}
    tied = tuple(sorted(place for key, place in keyed if key == edge))
    return kept, tied if len(kept) < room else ()


def _key(one: Score, ties: Sequence[str]) -> tuple[Fraction, ...]:
    found = [one.total if one.total is not None else Fraction(-1)]
    for name in ties:
        item = one.item(name)
        found.append(item.points if item and item.points is not None else Fraction(-1))
    return tuple(found)


def remarks(grading: Grading, room: Room) -> list[Issue]:
    """Say what a quota makes odd: no room at all, or a place that stays empty."""
    found: list[Issue] = []
    shown = {"term": term_of(grading, room.grade), "many": room.of, "share": number(room.share)}
    where = room.group or say("全体")
    if room.room == 0:
        saw = say("{group}共 {many}，按 {share}% 没有{term}名额", group=where, **shown)
        do = say("可与其他组合并计算名额；不合并的，这一组不评")
        found.append(_note("P-QUOTA-NONE", saw, say("不超过规定比例"), do))
    if room.tied_out:
        saw = say(
            "{group}有 {count} 个同分，排不出先后，{term}空出 {left} 个名额",
            group=where,
            count=len(room.tied_out),
            term=shown["term"],
            left=room.room - room.given,
        )
        do = say("在卡片上写明同分时比哪一项（ties），或者让名额空着")
        found.append(_note("P-QUOTA-TIED", saw, say("名额不突破"), do))
    if room.room * _HUNDRED > room.share * room.of:
        saw = say(
            "{group}共 {many}，四舍五入得 {room} 个，超过 {share}%",
            group=where,
            room=room.room,
            **shown,
        )
        do = say("规定写“不超过”的，卡片上用 rounding: down")
        found.append(_note("P-QUOTA-OVER", saw, say("按卡片四舍五入"), do))
    return found


def _note(code: str, saw: Sentence, required: Sentence, do: Sentence) -> Issue:
    return Issue(code=code, severity=Severity.NOTE, saw=saw, required=required, do=do)


def no_share(grading: Grading, quota: GradeQuota, group: str) -> Issue:
    """Complain that no share is in force."""
    saw = say(
        "{group}的{term}没有当天有效的比例",
        group=group or say("全体"),
        term=term_of(grading, quota.grade),
    )
    return Issue(
        code="P-QUOTA",
        severity=Severity.MUST_FIX,
        saw=saw,
        required=say("写明日期的名额比例"),
        do=say("请补上卡片的 quotas"),
    )


def term_of(grading: Grading, name: str) -> str:
    """Give a grade's name."""
    line = grading.grade(name)
    return line.term if line else name
