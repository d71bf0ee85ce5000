"""A round on its way: one square a school, township by township, and who has to be asked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.standing.owed import Owed, owed, periods
from xianxue.web.kit.visit import Visit


class Group(Record):
    """The places of one township, and how far they have come."""

    name: str
    code: str
    rows: tuple[Owed, ...]

    @property
    def reported(self) -> int:
        """How many have handed in."""
        return sum(not one.progress.waiting for one in self.rows)

    @property
    def accepted(self) -> int:
        """How many count in figures."""
        return sum(bool(one.progress.accepted) for one in self.rows)


class Round(Record):
    """One form and period that is on its way."""

    form: str
    term: Sentence
    period: Period
    groups: tuple[Group, ...]
    kind: Callable[[Owed], str]
    """How a return's square is drawn."""

    def count(self, *kinds: str) -> int:
        """Give how many squares are of some kinds."""
        return sum(self.kind(one) in kinds for group in self.groups for one in group.rows)

    @property
    def total(self) -> int:
        """How many are asked."""
        return sum(len(group.rows) for group in self.groups)


def kind_of(visit: Visit) -> Callable[[Owed], str]:
    """Give how a return's square is drawn: only what needs somebody has a colour."""
    ground = visit.standing.ground()

    def kind(one: Owed) -> str:
        card = ground.card(one.key.place)
        state = one.progress.state
        if state in card.marked("counts"):
            return "passed"
        if state in card.marked("returned"):
            return "back"
        if one.progress.waiting:
            return "unreported" if one.lamp is DueLamp.OVER else "open"
        return "waiting"

    return kind


def groups_of(visit: Visit, rows: Sequence[Owed]) -> list[Group]:
    """Put returns together by township, those directly under the county by themselves."""
    register = visit.standing.workspace().register
    codes = list(dict.fromkeys(one.township for one in rows))
    return [
        Group(
            register[code].name if code else say("县直"),
            code or "direct",
            tuple(one for one in rows if one.township == code),
        )
        for code in codes
    ]


def rounds(visit: Visit) -> Iterator[Round]:
    """Give the rounds of several schools within reach that have a deadline and are not through."""
    reach, kind = visit.places("returns.view"), kind_of(visit)
    for period in periods(visit.standing):
        found = [one for one in owed(visit.standing, period) if one.key.place in reach]
        for form in dict.fromkeys(one.key.form for one in found):
            rows = [one for one in found if one.key.form == form]
            going = any(kind(one) != "passed" for one in rows)
            if len(rows) > 1 and going and rows[0].deadline.due is not None:
                groups = tuple(groups_of(visit, rows))
                yield Round(form, rows[0].form, period, groups, kind)
