"""Two examinations side by side: the same pupils found again, what each school added to them.

Pupils are matched by their number, within the store; what leaves it are sums of schools.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xianxue.bureau.exams.columns import ROW, SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.statistics import z_by_mark
from xianxue.bureau.exams.value_added import (
    Effect,
    TooLittleError,
    ValueAdded,
    fit,
    sums_of,
)
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.who import who_of

_NUMBERS = ("student_number", "id")
"""By which a pupil is found again: 学籍号 stays the same, 考号 often does."""


class _Total(Record):
    school: str
    track: str
    total: int


class _Pair(Record):
    school: str
    track: str
    total: int
    before: int


class Added(Record, kw_only=True):
    """One school: how many of its pupils were found again, and what it added to them."""

    school: str
    pupils: int
    effect: Effect | None
    """None where the group is too small to be shown."""


class Beside(Record, kw_only=True):
    """Two examinations, school by school."""

    matched: int
    base: int
    """Pupils with a total in the later one: what the matched are of."""
    doubled: int
    """Pupils whose number stands twice in one of them: they are in neither."""
    schools: tuple[Added, ...]
    why: Sentence | str = ""
    """Why nothing can be told; empty where it can."""
    fitted: ValueAdded | None = None
    """The model as it was fitted; None where nothing can be told."""

    @property
    def tells(self) -> bool:
        """Whether the schools differ by more than chance; else all stand at the mean."""
        return self.fitted is not None and bool(self.fitted.between)

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """Say what the comparison rests on."""
        return (
            say(
                "两次都有总分的 {n} 人，占这一次的 {m} 人；按学号或考号对上，同号的 {k} 人不计。",
                n=self.matched,
                m=self.base,
                k=self.doubled,
            ),
            say("分数各按本次考试、本科类换成标准分；增值是标准分的差，区间不含 0 的才分得出。"),
        )


def beside(now: Subject, earlier: Subject) -> Beside:
    """Say what schools added between two examinations, to the pupils who sat both.

    Totals are put on each examination's own scale (Z over the pupils of a track who are in both),
    so that two papers of unequal weight can be compared.
    """
    kept, known = _kept(now), _kept(earlier)
    name = next((one for one in _NUMBERS if _has(kept, one) and _has(known, one)), "")
    ours, doubled = _once(kept, name)
    theirs, others = _once(known, name)
    rows, before = {number: row for row, number in theirs.items()}, _totals(earlier)
    totals = _totals(now)
    pairs = [
        _Pair(one.school, one.track, one.total, before[rows[number]].total)
        for row, one in totals.items()
        if (number := ours.get(row, "")) in rows and rows[number] in before
    ]
    schools, why, fitted = _added(now, pairs)
    return Beside(
        matched=len(pairs),
        base=len(totals),
        doubled=doubled + others,
        schools=schools,
        why=why,
        fitted=fitted,
    )


def _added(
    now: Subject, pairs: Sequence[_Pair]
) -> tuple[tuple[Added, ...], Sentence | str, ValueAdded | None]:
    scaled = [
        one for track in sorted({one.track for one in pairs}) for one in _scaled(pairs, track)
    ]
    if not scaled:
        return (), say("两次都参加的学生太少，或者分数全都一样，比不出来。"), None
    try:
        made = fit(sums_of(scaled))
    except TooLittleError as error:
        return (), error.args[0], None
    many = Counter(school for school, _, _ in scaled)
    schools = tuple(
        Added(
            school=one.school,
            pupils=many[one.school],
            effect=one
            if now.shown.enough(many[one.school]) and now.shown.school(one.school, what=TOTAL)
            else None,
        )
        for one in made.schools
    )
    return schools, "", made


def _scaled(pairs: Sequence[_Pair], track: str) -> list[tuple[str, float, float]]:
    """Give school, earlier Z and Z of each pupil of a track; nothing where marks do not differ."""
    mine = [one for one in pairs if one.track == track]
    earlier = z_by_mark(Counter(one.before for one in mine), "population")
    later = z_by_mark(Counter(one.total for one in mine), "population")
    if isinstance(earlier, Sentence) or isinstance(later, Sentence):
        return []
    return [(one.school, earlier[one.before], later[one.total]) for one in mine]


def _totals(subject: Subject) -> dict[int, _Total]:
    """Give row to school, track and total, of those who have one."""
    words = subject.analysis.engine.words
    lines = subject.analysis.pupils.filter(~words.col(TOTAL).is_null())
    return {
        int(one[ROW]): _Total(str(one[SCHOOL]), str(one[TRACK]), int(one[TOTAL]))
        for one in rows_of(lines.select(ROW, SCHOOL, TRACK, TOTAL))
    }


def _kept(subject: Subject) -> list[dict[str, object]]:
    return who_of(subject.workspace, subject.standing)


def _has(kept: Sequence[Mapping[str, object]], name: str) -> bool:
    return any(row.get(name) for row in kept)


def _once(kept: Sequence[Mapping[str, object]], name: str) -> tuple[dict[int, str], int]:
    """Give row to number, and how many pupils have a number that stands twice: nobody's."""
    said = {int(str(row[ROW])): str(row.get(name) or "").strip() for row in kept}
    often = Counter(number for number in said.values() if number)
    once = {row: number for row, number in said.items() if often[number] == 1}
    return once, sum(many for many in often.values() if many > 1)
