"""Grades: by lines, within quotas, capped by vetoes; and ranks within comparison groups.

Lines are lower bounds. A quota is never exceeded: those who would be too many are told apart by
the card's keys, and where these do not tell, the place stays empty and all of them have the next
grade. A veto caps the grade and leaves the total as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.comparison import in_groups, places
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.quotas import (
    Counted,
    Room,
    first_of,
    no_share,
    remarks,
    room_of,
    term_of,
)
from xianxue.bureau.appraisal.scoring import rounded
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.grading import GradeLine, GradeQuota, Grading
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.records.appraised import Graded, Judged, Score
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say

_HUNDRED: Final = 100


class Grades(Record, kw_only=True):
    """The grades of all, in the order of the scores."""

    graded: tuple[Graded, ...]
    rooms: tuple[Room, ...]
    issues: tuple[Issue, ...]


def grade(
    rubric: Rubric,
    scores: Sequence[Score],
    judged: Sequence[Judged],
    on: date,
    counted: Counted | None = None,
) -> Grades:
    """Grade all who were scored, by the values in force on a day."""
    groups = in_groups(rubric, scores, judged)
    ranks: dict[str, int] = {}
    for name, members in groups.items():
        # Who is in no group is compared with nobody.
        if name or not (rubric.groups or rubric.group_by):
            ranks |= places({one.place: one.total for one in members if one.total is not None})
    work = _Work(rubric, on, counted or Counted(), groups)
    by_place = {one.place: name for name, members in groups.items() for one in members}
    grades = work.grades() if rubric.grading is not None else {}
    graded = tuple(
        _told(rubric, one, by_place[one.place], grades.get(one.place), ranks) for one in scores
    )
    issues = (*work.issues, *_groupless(rubric, by_place))
    return Grades(graded=graded, rooms=tuple(work.rooms), issues=issues)


def line_of(grading: Grading, score: Score, total: Fraction, *, hoped: bool = False) -> GradeLine:
    """Give the grade that a total reaches by the lines alone.

    Of an item that is not known yet the least is taken, or the most that may be ``hoped`` for.
    """
    for line in grading.grades[:-1]:
        reached = line.at_least is None or total >= Fraction(line.at_least)
        if reached and all(
            _item_reaches(score, name, Fraction(need), hoped=hoped)
            for name, need in line.items.items()
        ):
            return line
    return grading.grades[-1]


def _item_reaches(score: Score, name: str, need: Fraction, *, hoped: bool) -> bool:
    item = score.item(name)
    if item is None or not item.applies:
        return True
    return (item.most if hoped else item.least) * _HUNDRED >= need * item.of


class _Held(Record, kw_only=True):
    """A grade on its way: by the lines, and what has happened to it since."""

    by_lines: str
    now: str
    because: tuple[Sentence, ...]


class _Work:
    """One grading: the grades of all, and what has to be said of them."""

    def __init__(
        self, rubric: Rubric, on: date, counted: Counted, groups: Mapping[str, Sequence[Score]]
    ) -> None:
        self.rubric = rubric
        self.on = on
        self.counted = counted
        self.groups = groups
        self.rooms: list[Room] = []
        self.issues: list[Issue] = []

    def grades(self) -> dict[str, _Held]:
        """Give the grade of everybody who has one."""
        grading = self.rubric.grading
        if grading is None:
            return {}
        held: dict[str, _Held] = {}
        for members in self.groups.values():
            for one in members:
                found = self._by_lines(grading, one)
                if found is not None:
                    held[one.place] = self._capped(grading, one, found)
        # From the best grade down: whoever finds no room has the next one, where there may be
        # no room either.
        for line in grading.grades:
            for quota in grading.quotas:
                if quota.grade == line.grade:
                    self._within(grading, quota, held)
        return held

    def _by_lines(self, grading: Grading, one: Score) -> _Held | None:
        if one.total is not None:
            line = line_of(grading, one, self._decides(grading, one.total))
            return _Held(by_lines=line.grade, now=line.grade, because=(_reached(line, one.shown),))
        # Where the grade is the same whatever is still missing, it is known.
        low = line_of(grading, one, self._decides(grading, one.least))
        high = line_of(grading, one, self._decides(grading, one.most), hoped=True)
        if low is not high or grading.quotas:
            return None
        because = say("还缺 {count} 项，怎样都是{term}", count=len(one.missing), term=low.term)
        return _Held(by_lines=low.grade, now=low.grade, because=(because,))

    def _decides(self, grading: Grading, total: Fraction) -> Fraction:
        return rounded(total, self.rubric.rounding) if grading.decides == "rounded" else total

    def _capped(self, grading: Grading, one: Score, held: _Held) -> _Held:
        """Cap the grade by the vetoes; the total stays as it is."""
        order = grading.order
        for veto in one.struck:
            if order.get(veto.caps, 0) > order[held.now]:
                because = say(
                    "一票否决“{term}”（{document}），最高{cap}",
                    term=veto.term,
                    document=veto.document or say("未附文件"),
                    cap=term_of(grading, veto.caps),
                )
                held = replace(held, now=veto.caps, because=(*held.because, because))
        return held

    def _within(self, grading: Grading, quota: GradeQuota, held: dict[str, _Held]) -> None:
        every = [one for members in self.groups.values() for one in members]
        parts = {"": every} if quota.of == "all" else self.groups
        for group, members in parts.items():
            share = value_in_force(quota.share, self.on, facts=self.counted.facts.get(group, {}))
            if share is None:
                self.issues.append(no_share(grading, quota, group))
                continue
            many = self.counted.entitled.get(group, len(members))
            room = room_of(many, Fraction(share.value), quota.rounding)
            better = self._better(grading, quota, members, held)
            wanting = [one for one in members if _now(held, one) == quota.grade]
            kept, tied = first_of(wanting, max(room - better, 0), grading.ties)
            self._lower(grading, quota, [one for one in wanting if one.place not in kept], held)
            given = len(kept) + better
            self.rooms.append(
                Room(
                    grade=quota.grade,
                    group=group,
                    of=many,
                    share=Fraction(share.value),
                    room=room,
                    given=given,
                    tied_out=tied,
                )
            )
            self.issues += remarks(grading, self.rooms[-1])

    def _better(
        self,
        grading: Grading,
        quota: GradeQuota,
        members: Sequence[Score],
        held: Mapping[str, _Held],
    ) -> int:
        """Count those who have a better grade, where they share the room."""
        if not quota.with_better:
            return 0
        order = grading.order
        nows = [_now(held, one) for one in members]
        return sum(1 for now in nows if now and order[now] < order[quota.grade])

    def _lower(
        self, grading: Grading, quota: GradeQuota, beyond: Sequence[Score], held: dict[str, _Held]
    ) -> None:
        following = grading.grades[grading.order[quota.grade] + 1]
        because = say(
            "{term}名额已满，列{next}", term=term_of(grading, quota.grade), next=following.term
        )
        for one in beyond:
            was = held[one.place]
            held[one.place] = replace(was, now=following.grade, because=(*was.because, because))


def _now(held: Mapping[str, _Held], one: Score) -> str:
    return held[one.place].now if one.place in held else ""


def _reached(line: GradeLine, shown: str) -> Sentence:
    if line.at_least is None:
        return say("{shown} 分，{term}", shown=shown, term=line.term)
    return say(
        "{shown} 分，达到 {line} 分线，{term}",
        shown=shown,
        line=number(Fraction(line.at_least)),
        term=line.term,
    )


def _told(
    rubric: Rubric, one: Score, group: str, held: _Held | None, ranks: Mapping[str, int]
) -> Graded:
    unknown = say("还缺 {count} 项，未定", count=len(one.missing))
    grading = rubric.grading
    if held is None or grading is None:
        return Graded(
            place=one.place,
            group=group,
            grade="",
            term=say("未定") if one.total is None else "",
            rank=ranks.get(one.place),
            because=unknown if one.total is None else say("这张卡片不定等次"),
        )
    return Graded(
        place=one.place,
        group=group,
        grade=held.now,
        term=term_of(grading, held.now),
        rank=ranks.get(one.place),
        because=joined("；", held.because),
        by_lines=held.by_lines,
    )


def _groupless(rubric: Rubric, by_place: Mapping[str, str]) -> list[Issue]:
    if not rubric.groups and not rubric.group_by:
        return []
    return [
        Issue(
            code="P-GROUP",
            severity=Severity.MUST_FIX,
            saw=say("不在任何一个比较组里"),
            required=say("每个对象都有比较组"),
            do=say("请核对它的属性，或者在卡片上补一个组"),
            place=place,
        )
        for place, group in by_place.items()
        if not group
    ]
