"""Assessors: what binds them is declared, they are assigned by place and item, and they mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.appraisal.conflicts import Ties, conflict
from xianxue.bureau.appraisal.readings import mark_fault
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.records.appraised import Reading
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.appraisal.doing import (
    ASSIGN,
    MARK,
    OPEN,
    About,
    Doing,
    above,
    complain,
    known_item,
    known_place,
)
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.appraisal import AppraisalLine
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError


class DeclareTies(Doing):
    """Write down what binds an assessor to schools (回避情况)."""

    def __call__(self, about: About, name: str, ties: Ties) -> AppraisalLine:
        """Write it; a later declaration takes the place of an earlier one.

        An assessor declares their own, the office anybody's. Whoever is bound to a place they were
        to assess no longer does, and what they have marked there no longer counts.
        """
        own = person(name) == person(self.actor.name)
        deed = MARK if own else ASSIGN
        allowed = self.refuse(deed, about)
        _named(name)
        register = self.ground.register
        unknown = [one for one in (*ties.own, *ties.kin, *ties.former) if one not in register]
        if unknown:
            saw = say("名册里没有代码 {code}", code=unknown[0])
            raise complain("P-PLACE", saw, say("写名册里的学校代码"))
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            said = {
                "person": name.strip(),
                "own": sorted(ties.own),
                "kin": sorted(ties.kin),
                "former": {code: day.isoformat() for code, day in sorted(ties.former.items())},
            }
            line = self.write(row, "ties", said, deed=deed, allowed=allowed)
            for bound in self._bound(about, Lines.of(row), name, ties):
                self.write(
                    row, "withdraw", {"line": bound.number}, deed=deed, allowed=allowed,
                    place=bound.place, item=bound.item,
                )  # fmt: skip
            return line

    def _bound(self, about: About, lines: Lines, name: str, ties: Ties) -> Iterator[AppraisalLine]:
        """Give the assignments and marks that a declaration rules out."""
        today = day_of(self.at)
        for kind in ("assign", "mark"):
            for one in lines.standing(kind):
                if person(one.said["person"]) != person(name):
                    continue
                if conflict(ties, one.place, about.rubric.conflicts, today) is not None:
                    yield one


class AssignAssessor(Doing):
    """Say who assesses which places, in which items; refused where something binds them."""

    def __call__(
        self,
        about: About,
        name: str,
        places: Sequence[str],
        items: Sequence[str] = (),
        panel: str = "",
    ) -> list[AppraisalLine]:
        """Assign; all of it or nothing. ComplaintsError with every place that is refused."""
        allowed = self.refuse(ASSIGN, about)
        _named(name)
        codes = [known_place(about, one) for one in places]
        nodes = [known_item(about, one) for one in items]
        for node in nodes:
            _marked(node)
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            lines = Lines.of(row)
            self._no_conflict(about, lines, name, codes)
            seat = _seat(lines, name)
            said = {"person": name.strip(), "seat": seat, "panel": panel}
            wanted = [one.item.item for one in nodes] or [""]
            return [
                self.write(row, "assign", said, deed=ASSIGN, allowed=allowed, place=code, item=item)
                for code in codes
                for item in wanted
            ]

    def _no_conflict(self, about: About, lines: Lines, name: str, codes: Sequence[str]) -> None:
        ties = lines.ties(name)
        if ties is None:
            saw = say("{name}还没有声明回避情况", name=name)
            do = say("先登记：xianxue appraise declare（没有的也登记）")
            raise complain("P-TIES", saw, say("评委先声明本单位、任职过的学校和近亲属所在学校"), do)
        if about.served is not None:
            ties = _with_served(ties, about.served(name))
        today, issues = day_of(self.at), list[ComplaintsError]()
        for code in codes:
            why = conflict(ties, code, about.rubric.conflicts, today)
            if why is not None:
                saw = say("{name}不能评{place}：{why}", name=name, place=about.names[code], why=why)
                issues.append(complain("P-CONFLICT", saw, say("评委回避"), say("请另派一人")))
        if issues:
            raise ComplaintsError([issue for one in issues for issue in one.issues])


class GiveMark(Doing):
    """Give a mark, as somebody who was assigned; nobody sees it before marks are closed."""

    def __call__(
        self, about: About, place: str, item: str, mark: Fraction | None, level: str = ""
    ) -> AppraisalLine:
        """Give points, a rank or a level; one given again before the closing takes its place."""
        code, node = known_place(about, place), known_item(about, item)
        allowed = self.refuse(MARK, about, code)
        gives = _marked(node)
        if (gives.gives == "level") != bool(level) or (mark is None) == (not level):
            wanted = say("写档次的编号") if gives.gives == "level" else say("写分数或名次")
            raise complain("P-MARK", say("“{item}”的评分写法不对", item=node.item.term), wanted)
        name = self.actor.name
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            assigned = Lines.of(row, kinds=["assign"])
            seat = assigned.seat(name, code, above(about, node.item.item))
            if seat is None:
                saw = say("{name}没有派去评{place}的“{item}”", name=name, place=about.names[code],
                          item=node.item.term)  # fmt: skip
                raise complain(
                    "P-ASSIGNED", saw, say("派到的评委才能评"), say("请联系组织评价的股室")
                )
            reading = Reading(value=mark, level=level, by=seat.seat, panel=seat.panel)
            issue = mark_fault(reading, gives, gives.levels or about.rubric.levels, node.points)
            if issue is not None:
                raise ComplaintsError([issue])
            said: dict[str, object] = {"person": name, "seat": seat.seat, "panel": seat.panel}
            said |= {"level": level} if level else {"value": plain(mark or Fraction(0))}
            told: Mapping[str, object] = {"seat": seat.seat}
            return self.write(
                row, "mark", said, deed=MARK, allowed=allowed, place=code,
                item=node.item.item, told=dict(told),
            )  # fmt: skip


def _with_served(declared: Ties, served: Ties) -> Ties:
    """Put beside what somebody declared what the register of teachers has of their service."""
    former = {**served.former, **declared.former}
    for place, day in served.former.items():
        former[place] = max(day, former[place])
    return Ties(own=declared.own | served.own, kin=declared.kin, former=former)


def _named(name: str) -> None:
    if not name.strip():
        raise complain("P-ASSESSOR", say("没有写评委是谁"), say("写评委姓名"))


def _marked(node: ItemNode) -> PointSource:
    gives = node.item.gives
    if gives is None or gives.kind != "marks":
        saw = say("“{item}”不由评委评分", item=node.item.term)
        raise complain("P-MARKED", saw, say("卡片上来源是 marks 的评价项"))
    return gives


def _seat(lines: Lines, name: str) -> str:
    """Give somebody's seat: the one they have, or the next one."""
    seats = {person(one.person): one.seat for one in lines.assigned}
    return seats.get(person(name)) or str(say("评委{n}", n=len(seats) + 1))
