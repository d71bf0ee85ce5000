"""Invented appraisals for the example county: safe campuses in full, the other cards for a few.

Everything is done by the deeds of those who would do it; only what they say is drawn, the same
each time. Nobody in it lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.kinds.appraisal.curve import Curve
from xianxue.bureau.kinds.appraisal.evidence import documents_of
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import ItemNode, leaves_of
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.appraisal.assessors import AssignAssessor, DeclareTies, GiveMark
from xianxue.desk.actions.appraisal.doing import About
from xianxue.desk.actions.appraisal.moving import BeginAppraisal, MoveOn
from xianxue.desk.actions.appraisal.reports import AttachDocument, GiveNumber, RecordVeto
from xianxue.desk.appraisal import example_files
from xianxue.desk.appraisal.cards import current
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.duties import marked_items
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import many_lines
from xianxue.desk.stores import clock
from xianxue.desk.stores.scans import look_at_bytes
from xianxue.desk.workspace import Workspace

FULL: Final = "safe_campus"
"""Appraised for all schools, and published."""
_OPEN: Final = "private_school_inspection"
"""Left where assessors are still at work."""
_SELF: Final = "three_looks"
"""Left where schools still appraise themselves, so many days before the last one."""
_DAYS: Final = 20
_PRACTISING: Final = "责任督学乙（虚构）"
"""Whoever tries out the practice account of an inspector has a few places to assess."""
_OWN: Final = 2
_FEW: Final = 5
"""So many places of every other card …"""
_MORE: Final[Mapping[str, int]] = {"school_year": 25}
"""… but of those that others rest on."""
_VETOED: Final = {"school_year": (18, "no_self_review")}
"""The so manieth place of a card has handed nothing in, for which a veto is written down."""
_SEATS: Final = (
    "评委甲（虚构）",
    "评委乙（虚构）",
    "评委丙（虚构）",
    "评委丁（虚构）",
    "评委戊（虚构）",
)
_NAMED: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "office": (
        ("basic", "基础教育股（虚构）"),
        ("safety", "安全管理股（虚构）"),
        ("finance", "计财股（虚构）"),
        ("personnel", "人事股（虚构）"),
    ),
    "teacher": (
        ("t1", "教师甲（虚构）"),
        ("t2", "教师乙（虚构）"),
        ("t3", "教师丙（虚构）"),
        ("t4", "教师丁（虚构）"),
        ("t5", "教师戊（虚构）"),
    ),
    "cadre": (("c1", "干部甲（虚构）"), ("c2", "干部乙（虚构）")),
    "union": (("east", "城东联盟（虚构）"), ("west", "城西联盟（虚构）")),
}
_MEMBERS: Final = 3
_DOCUMENT: Final = "虚评〔{year}〕{n}号"
_PDF: Final = "%PDF-1.4\n%{text}\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
_MOST: Final = 256


class Made(Record):
    """What was made."""

    appraisals: int
    lines: int


def example_appraisals(workspace: Workspace, now: datetime) -> Made:
    """Hold the example's appraisals."""
    rubrics = current(workspace.shelf, clock.day_of(now))
    many: list[int] = []
    for rubric in rubrics:
        # One transaction an appraisal: what the example makes is made whole or not at all.
        with writing(), many_lines():
            many.append(_Hall(workspace, rubric, now).held())
    return Made(len(many), sum(many))


class _Hall:
    """One appraisal as it is held."""

    def __init__(self, workspace: Workspace, rubric: Rubric, now: datetime) -> None:
        self.desk = Desk.at(workspace, rubric.rubric, None)
        # Opened once: a deed at the desk opens it anew.
        self.ground = self.desk.appraising().ground
        self.rubric = self.desk.asked.rubric
        self.now = now
        self.leaves = leaves_of(self.rubric)
        self.lines = 0

    def do(self, deed: Callable[..., Any], name: str, role: str) -> Any:  # noqa: ANN401 - a deed
        self.lines += 1
        return deed(self.ground, Actor(name, role), self.now)

    def held(self) -> int:
        """Hold it; give how many lines it has."""
        self._named()
        about = self.desk.about()
        if self.rubric.rubric == _SELF:
            due = clock.day_of(self.now) + timedelta(days=_DAYS)
            self.do(BeginAppraisal, "业务员（虚构）", "office_clerk")(about, {}, due)
            return self.lines
        places = list(about.names)
        if self.rubric.rubric != FULL:
            places = places[: _MORE.get(self.rubric.rubric, _FEW)]
        if places:
            self._reported(about, places)
            self._marked(about, places)
            self._moved(about)
        return self.lines

    def _named(self) -> None:
        named = _NAMED.get(self.rubric.judges, ())
        if self.rubric.only_named:
            schools = self.desk.workspace.register.schools(self.desk.asked.on)
            compulsory = [one for one in schools if Stage.PRIMARY in one.stages(self.desk.asked.on)]
            named = tuple((one.code, one.name) for one in compulsory[:_FEW])
        if not named or self.desk.about().names:
            return
        on = self.desk.asked.on
        schools = [one.code for one in self.desk.workspace.register.schools(on)]
        subjects = {
            place: {
                "name": name,
                "places": schools[at * _MEMBERS : (at + 1) * _MEMBERS]
                if self.rubric.judges == "union"
                else [],
                # All of one unit: where units are compared, they are the county's smallest.
                "facts": {self.rubric.group_by: "虚构学校"} if self.rubric.group_by else {},
            }
            for at, (place, name) in enumerate(named)
        }
        self.do(BeginAppraisal, "业务员（虚构）", "office_clerk")(self.desk.about(), subjects)

    def _reported(self, about: About, places: Sequence[str]) -> None:
        vetoed, veto = _VETOED.get(self.rubric.rubric, (0, ""))
        for at, place in enumerate(places, start=1):
            paper = _DOCUMENT.format(year=self.desk.asked.on.year, n=at)
            if at == vetoed:
                self.do(RecordVeto, "业务员（虚构）", "office_clerk")(about, place, veto, paper)
            else:
                self._documents(about, place)
            for node in self.leaves:
                gives = node.item.gives
                if gives is None or gives.kind not in {"given", "adjust"}:
                    continue
                for value, reason in _numbers(node, gives, place):
                    self.do(GiveNumber, "业务员（虚构）", "office_clerk")(
                        about,
                        place,
                        node.item.item,
                        value,
                        reason=reason,
                        document=paper,
                        target=_target(gives),
                    )

    def _documents(self, about: About, place: str) -> None:
        """One file serves every item; a few places lack what is asked for last."""
        if self.rubric.rubric == example_files.RUBRIC:
            for paper in example_files.papers(self.leaves):
                self._attached(about, place, paper.title, paper.data, paper.serves)
            return
        wanted = [f"{one.item.item}/{name}" for one in self.leaves for name in documents_of(one)]
        if wanted and _chance(self.rubric.rubric, place) < _MOST // 8:
            wanted = wanted[:-1]
        if not wanted:
            return
        text = _PDF.replace("{text}", f"{self.rubric.rubric} {place}").encode()
        title = str(say("{name}佐证（虚构）", name=about.names[place]))
        self._attached(about, place, title, text, wanted)

    def _attached(
        self, about: About, place: str, title: str, data: bytes, serves: Sequence[str]
    ) -> None:
        found = look_at_bytes("佐证（虚构）.pdf", data), data
        cabinet = self.desk.workspace.store / "cabinet"
        self.do(AttachDocument, "业务员（虚构）", "office_clerk")(
            about, place, found, serves, cabinet, title
        )

    def _marked(self, about: About, places: Sequence[str]) -> None:
        marked = marked_items(self.rubric)
        if not marked:
            return
        most = max(one.item.gives.panel.at_least for one in marked if one.item.gives)
        for seat in _SEATS[: max(most, 2)]:
            self.do(DeclareTies, "业务员（虚构）", "office_clerk")(about, seat, Ties())
            self.do(AssignAssessor, "业务员（虚构）", "office_clerk")(about, seat, places)
            for place in places:
                for node in marked:
                    self._mark(about, seat, place, node)
        if self.rubric.rubric == _OPEN:
            self.do(DeclareTies, "业务员（虚构）", "office_clerk")(about, _PRACTISING, Ties())
            self.do(AssignAssessor, "业务员（虚构）", "office_clerk")(
                about, _PRACTISING, places[:_OWN]
            )

    def _mark(self, about: About, seat: str, place: str, node: ItemNode) -> None:
        gives = node.item.gives
        if gives is None:
            return
        # Of one place assessors think alike; each is a little milder or stricter.
        chance = _chance(place, node.item.item) + _chance(seat, place, node.item.item) // 8
        level, mark = "", None
        if gives.gives == "level":
            levels = gives.levels or self.rubric.levels
            level = levels[min(chance // 120, len(levels) - 1)].level
        elif gives.gives == "rank":
            mark = Fraction(1 + list(about.names).index(place))
        else:
            step = Fraction(gives.step) if gives.step is not None else Fraction(1, 2)
            mark = (node.points * (1000 - chance) / 1000) // step * step
        self.do(GiveMark, seat, "inspector")(about, place, node.item.item, mark, level)

    def _moved(self, about: About) -> None:
        self._step(about, "assess", "office_clerk")
        if self.rubric.rubric == _OPEN:
            return
        self._step(about, "close", "office_clerk")
        if self.rubric.rubric == FULL:
            self._step(about, "publish", "leader")

    def _step(self, about: About, step: str, role: str) -> None:
        name = "分管领导（虚构）" if role == "leader" else "业务员（虚构）"
        self.do(MoveOn, name, role)(about, step, self.desk.results)


def _numbers(node: ItemNode, gives: PointSource, place: str) -> Iterator[tuple[Fraction, str]]:
    """Draw what an office reports of one place: one number; of additions now and then one."""
    chance = _chance(place, node.item.item)
    if gives.kind == "given":
        yield _number(node, gives.curve, chance), ""
    elif gives.adjustments and chance < _MOST // 6:
        yield Fraction(1), gives.adjustments[chance % len(gives.adjustments)].adjustment


def _target(gives: PointSource) -> Fraction | None:
    """Give a place's own target, where the card leaves it to the place."""
    curve = gives.curve
    if curve is None or curve.curve != "target" or curve.target or curve.out_of is not None:
        return None
    return Fraction(20)


def _number(node: ItemNode, curve: Curve | None, chance: int) -> Fraction:
    """Draw a number in the better part of what the curve tells apart."""
    share = Fraction(_MOST * 3 - chance, _MOST * 3)
    if curve is None:
        return (node.points * share * 2) // 1 / Fraction(2)
    if curve.curve == "line":
        low, high = Fraction(curve.line[0].at), Fraction(curve.line[-1].at)
        return low + (high - low) * share // 1
    if curve.curve == "steps":
        bounds = [next(iter(one.bounds.values())) for one in curve.steps if one.bounds]
        return Fraction(bounds[min(chance * len(bounds) // _MOST, len(bounds) - 1)])
    if curve.out_of is not None:
        return Fraction(Fraction(curve.out_of) * share // 1)
    return Fraction(10 + chance % 10)


def _chance(*words: str) -> int:
    return sha256("/".join(words).encode()).digest()[0]
