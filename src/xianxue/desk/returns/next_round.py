"""The example county's next round, half way: what a bureau has before it on an ordinary morning.

Some schools have been approved, some wait, some were sent back, some are late. The days lie around
the one on which the example is made, so that lamps burn whenever that is. Nothing of it counts in
the period that the example is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key, Signatures
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import answered, unexplained
from xianxue.desk.returns.intake import Intake, Judge, Judged
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.submission import hand_in_files
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.send_back import Remark
    from xianxue.desk.actions.step import StepDeed
    from xianxue.desk.actions.submission import HandingIn

SET: Final = timedelta(days=20)
"""How long ago the round was opened."""
_DUE, _LOCK, _OWN_DUE = timedelta(days=-1), timedelta(days=12), timedelta(days=4)
"""Schools had until yesterday; the county's own return is due in a few days."""
_MORE: Final = timedelta(days=2)
"""More time for who has asked for it."""
_EARLY, _APPROVED, _WAITED, _FRESH = (timedelta(days=days) for days in (9, 7, 5, 1))
"""How long ago the deeds of each group were done."""
_FATES: Final = (
    *("accepted", "accepted", "fresh", "accepted", "accepted", "silent", "accepted", "returned"),
    *("accepted", "in_review", "accepted", "accepted", "waited", "accepted", "silent", "accepted"),
)
"""What becomes of one school after another, in the register's order, over and over."""
_GRADES: Final = (("G1", "G2", "G3", "G4", "G5", "G6"), ("G7", "G8", "G9"))
_NUMERALS: Final = dict(
    zip((grade for stage in _GRADES for grade in stage), "一二三四五六七八九", strict=True)
)
Filled = tuple[list[Path], list[Judged]]
Fill = Callable[[Period, list[tuple[Form, Place, Return]]], Filled]
"""Fills in workbooks of a period and judges each by itself."""


class Begun(Record):
    """How far the round has come."""

    period: Period
    handed_in: int
    returned: int
    silent: int


def begin_next_round(
    workspace: Workspace,
    returns: Sequence[tuple[Form, Place, Return]],
    own: str,
    fill: Fill,
    now: datetime,
) -> Begun:
    """Open the period after, and take each school as far as its fate says.

    ``returns`` are those of the period before, ``own`` is the school whose people practise: theirs
    has been sent back, and they have been given more time.
    """
    ground = open_ground(workspace)
    period = workspace.period(None).after()
    asked = [
        (form, place, _grown(filed)) for form, place, filed in returns if place.level == "school"
    ]
    fates = {
        place.code: "returned" if place.code == own else _FATES[number % len(_FATES)]
        for number, (_, place, _) in enumerate(asked)
    }
    chosen = [one for one in asked if fates[one[1].code] != "silent"]
    _open(ground, [form for form, _, _ in returns], period, now)
    files, judged = fill(period, chosen)
    work = _Round(ground, workspace, period, fates, now)
    done = work.hand_in(files, judged)
    _more_time(ground, done[own], now)
    states = [fates[place] for place in done]
    back = states.count("returned")
    return Begun(period, len(done) - back, back, len(asked) - len(done))


def _open(ground: Ground, forms: Sequence[Form], period: Period, now: datetime) -> None:
    """Say until when each form is taken."""
    from xianxue.desk.actions.window import SetWindow  # noqa: PLC0415 - needs Django set up first

    who, today = Actor("业务员甲（虚构）", "office_clerk"), day_of(now)
    for form in {form.form: form for form in forms}.values():
        due = today + (_OWN_DUE if form.filed_by == "county" else _DUE)
        SetWindow(ground, who, now - SET)(form.form, period.code, due, today + _LOCK)


def _more_time(ground: Ground, key: Key, now: datetime) -> None:
    from xianxue.desk.actions.extend import Extend  # noqa: PLC0415 - needs Django set up first

    who = Actor("批准人（虚构）", "leader")
    Extend(ground, who, now - _FRESH, "学籍系统升级，核对花名册要两天")(key, day_of(now) + _MORE)


class _Round(Record):
    """The round as its returns go their ways, in the order of the days."""

    ground: Ground
    workspace: Workspace
    period: Period
    fates: Mapping[str, str]
    now: datetime

    def hand_in(self, files: Sequence[Path], judged: Sequence[Judged]) -> dict[str, Key]:
        """Take every return as far as it comes; give those that were handed in, by place."""
        compare = Comparison(self.workspace.shelf, self.workspace)
        judge = Judge(self.workspace.shelf, self.workspace.register, compare=compare)
        intake = judge.take_in(list(map(judge.compared, judged)))
        issues = answered(self.ground, intake.acceptable, intake.issues)
        aside = {one.file for one in unexplained(intake.acceptable, issues)}
        ready = [one for one in intake.acceptable if one.file not in aside]
        early = [one for one in ready if self.fates[one.place] in {"accepted", "returned"}]
        waited = [one for one in ready if self.fates[one.place] in {"waited", "in_review"}]
        fresh = [one for one in ready if self.fates[one.place] == "fresh"]
        done: dict[str, Key] = {}
        for group, ago in ((early, _EARLY), (waited, _WAITED), (fresh, _FRESH)):
            done |= self._submit(files, group, self.now - ago)
            # What came early was looked at before the next came.
            if group is early:
                self._look_at(group, done)
            if group is waited:
                self._take("review", self._of(done, "in_review"), self.now - _WAITED)
        return done

    def _look_at(self, group: Sequence[Return], done: Mapping[str, Key]) -> None:
        at = self.now - _APPROVED
        self._take("review", [done[one.place] for one in group if one.place in done], at)
        self._take("approve", self._of(done, "accepted"), at)
        self._send_back([one for one in group if self.fates[one.place] == "returned"], at)

    def _of(self, done: Mapping[str, Key], fate: str) -> list[Key]:
        return [key for place, key in done.items() if self.fates[place] == fate]

    def _submit(
        self, files: Sequence[Path], group: Sequence[Return], at: datetime
    ) -> dict[str, Key]:
        from xianxue.desk.actions.submission import standing  # noqa: PLC0415 - needs Django set up
        from xianxue.desk.actions.submit import Submit  # noqa: PLC0415 - as above

        cabinet = Cabinet(self.workspace.store / "cabinet")

        def deed_of(filed: Return) -> HandingIn:
            name = self.ground.name(filed.place)
            signed = Signatures(f"{name}填报员（虚构）", f"{name}校长（虚构）")
            who = Actor(signed.clerk, "school_clerk", filed.place)
            return Submit(self.ground, who, at, cabinet=cabinet, signed=signed)

        outcome = hand_in_files(files, Intake(list(group), []), deed_of, standing())
        filed = [one.filed for one in outcome.accepted]
        return {one.place: Key(one.form, one.period, one.place) for one in filed}

    def _take(self, step: str, keys: Sequence[Key], at: datetime) -> None:
        from xianxue.desk.actions.approve import Approve  # noqa: PLC0415 - needs Django set up
        from xianxue.desk.actions.many import take_all  # noqa: PLC0415 - as above
        from xianxue.desk.actions.review import Review  # noqa: PLC0415 - as above

        reviewer = Actor("审核员（虚构）", "office_clerk")
        approver = Actor("批准人（虚构）", "leader")
        deed: StepDeed = (
            Review(self.ground, reviewer, at)
            if step == "review"
            else Approve(self.ground, approver, at)
        )
        take_all([(key, deed) for key in keys])

    def _send_back(self, group: Sequence[Return], at: datetime) -> None:
        """Send each back with a comment on the first cell of its pupils, or on the whole."""
        from xianxue.desk.actions.many import take_all  # noqa: PLC0415 - as above
        from xianxue.desk.actions.send_back import Remark, SendBack  # noqa: PLC0415 - as above

        who = Actor("审核员（虚构）", "office_clerk")
        deeds: list[tuple[Key, StepDeed]] = []
        for one in group:
            remarks = list(_remarks(one)) or [Remark("人数与花名册不符，请核对后重报")]
            key = Key(one.form, one.period, one.place)
            deeds.append((key, SendBack(self.ground, who, at, remarks=remarks)))
        take_all(deeds)


def _remarks(filed: Return) -> Iterator[Remark]:
    """Doubt one number of girls: of the third grade, or of the kindergarten."""
    from xianxue.desk.actions.send_back import Remark  # noqa: PLC0415 - needs Django set up first

    for sheet in ("students", "kindergarten"):
        rows = filed.tables.get(sheet, ())
        for row in rows[2:3] or rows[:1]:
            cell = row.cells.get("girls")
            if cell is not None and isinstance(cell.value, int):
                said = f"写的是 {cell.value} 人，学籍系统里是 {cell.value + 1} 人，请核对"
                yield Remark(said, sheet, row.code, "girls", cell.address)


def _grown(filed: Return) -> Return:
    """Give a return of the year after: each pupil a grade up, and as many beginners as leavers."""
    tables = dict(filed.tables)
    if "students" in tables:
        tables["students"] = tuple(_up(tables["students"]))
    if "classes" in tables:
        tables["classes"] = tuple(map(_class_up, tables["classes"]))
    return replace(filed, tables=tables)


def _before(grade: str) -> str:
    """Give the grade that those of a grade were in the year before; of beginners, the last one."""
    return next((stage[stage.index(grade) - 1] for stage in _GRADES if grade in stage), grade)


def _up(rows: Sequence[Row]) -> Iterator[Row]:
    by_code = {row.code: row for row in rows}
    for row in rows:
        source = by_code.get(_before(row.code), row)
        cells = dict(source.cells)
        # Who begins stands in the first grade alone, where all are new.
        if "new_entrants" in row.cells:
            new = row.cells["new_entrants"]
            begins = isinstance(new.value, int) and source is not row
            cells["new_entrants"] = cells["enrolled"] if begins else new
        yield Row(row.code, {name: cells[name] for name in row.cells})


def _class_up(row: Row) -> Row:
    grade = str(row.cells["grade"].value)
    after = next(
        (stage[(stage.index(grade) + 1) % len(stage)] for stage in _GRADES if grade in stage),
        grade,
    )
    name = row.cells["name"]
    told = str(name.value).replace(_NUMERALS.get(grade, "\0"), _NUMERALS.get(after, ""), 1)
    cells = {**row.cells, "grade": Cell(after, written=after), "name": Cell(told, written=told)}
    return Row(row.code, cells)
