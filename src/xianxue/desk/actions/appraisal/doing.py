"""What every deed on an appraisal stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.bureau.workflow.subject import Actor, Done, Subject, people
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.context import Ground, granted, lifecycles_of
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine
from xianxue.desk.workspace import ComplaintsError

APPRAISAL: Final = "appraisal"
REPORT: Final = f"{APPRAISAL}.report"
ASSIGN: Final = f"{APPRAISAL}.assign"
MARK: Final = f"{APPRAISAL}.mark"
GIVE: Final = f"{APPRAISAL}.give"
WITHDRAW: Final = f"{APPRAISAL}.withdraw"
CONDUCT: Final = f"{APPRAISAL}.conduct"
PUBLISH: Final = f"{APPRAISAL}.publish"
APPEAL: Final = f"{APPRAISAL}.appeal"
DECIDE: Final = f"{APPRAISAL}.decide"
FOLLOW: Final = f"{APPRAISAL}.follow"
PACK: Final = f"{APPRAISAL}.package"
OPEN: Final = ("self_appraisal", "assessing")
"""States in which what is said of places may still be added to."""
PUBLISHED: Final = ("publicity", "appeal", "final")
"""States in which there is a published result."""


class About(Record, kw_only=True):
    """Which appraisal a deed is about, and who is judged in it."""

    rubric: Rubric
    period: Period
    names: dict[str, str]
    """Code or id of everybody who is judged to the name."""
    served: Callable[[str], Ties] | None = None
    """Says by an assessor's name where they serve and have served; None where nobody knows."""

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return say("{term}（{period}）", term=self.rubric.term, period=self.period.term)


def way_of(shelf: Shelf) -> Lifecycle:
    """Give the way that an appraisal goes."""
    return next(iter(lifecycles_of(shelf, APPRAISAL).values()))


def row_of(rubric: Rubric, period: Period) -> Appraisal | None:
    """Give the row of an appraisal; None where nobody has done anything in it yet."""
    return Appraisal.objects.filter(rubric=rubric.series, period=period.code).first()


class Doing(Record):
    """Who does something in an appraisal, when and why."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""
    override: str | None = None
    """Why somebody does it alone although two people should (例外办理)."""

    @property
    def way(self) -> Lifecycle:
        """The way an appraisal goes."""
        return way_of(self.ground.shelf)

    def subject(self, about: About, place: str = "") -> Subject:
        """Give what is done something to: what one place has in it, or the whole."""
        where = place if place in self.ground.register else self.ground.register.county.code
        return Subject(APPRAISAL, about.rubric.series, where, about.period.code, about.title)

    def refuse(
        self, deed: str, about: About, place: str = "", done: Iterable[Done] = ()
    ) -> Allowed:
        """Ask the policy; ComplaintsError where it refuses."""
        return granted(
            self.ground.authority.may(
                self.actor,
                deed,
                self.subject(about, place),
                done=list(done),
                override=self.override,
            )
        )

    def opened(self, about: About) -> Appraisal:
        """Give the row, which the first deed makes; within the transaction."""
        row, _ = Appraisal.objects.get_or_create(
            rubric=about.rubric.series,
            period=about.period.code,
            defaults={"state": self.way.start, "at": self.at, "by": self.actor.name},
        )
        return row

    def in_state(self, row: Appraisal, *states: str) -> None:
        """Refuse what is not done, or no longer, while an appraisal is where it is."""
        if row.state in states:
            return
        way = self.way
        wanted = joined("、", [say("“{state}”", state=way.state_term(one)) for one in states])
        raise complain(
            "P-STATE",
            say("这次评价现在是“{state}”", state=way.state_term(row.state)),
            say("{wanted}时才能办", wanted=wanted),
        )

    def write(  # noqa: PLR0913 - what is said, of whom, and how the journal names it
        self,
        row: Appraisal,
        kind: str,
        said: dict[str, Any],
        *,
        deed: str,
        allowed: Allowed,
        place: str = "",
        item: str = "",
        told: dict[str, object] | None = None,
        also: Sequence[str] = (),
    ) -> AppraisalLine:
        """Write a line, and the journal's; within the transaction.

        ``told``: what the journal says, where that is not all that was said: of a mark nobody
        reads there what it was. ``also``: rules of the card that were set aside with a reason.
        """
        numbers = AppraisalLine.objects.filter(appraisal=row).order_by("-number")
        last = numbers.values_list("number", flat=True).first() or 0
        line = AppraisalLine.objects.create(
            appraisal=row,
            number=last + 1,
            kind=kind,
            place=place,
            item=item,
            said=said,
            at=self.at,
            by=self.actor.name,
            why=self.why,
        )
        detail: dict[str, object] = {"line": line.number, "kind": kind}
        detail |= {"place": place} if place else {}
        detail |= {"item": item} if item else {}
        detail |= said if told is None else told
        tell_of(
            self, deed, row.key, detail | set_aside(allowed, also, self.override or ""), self.why
        )
        return line


def known_place(about: About, said: str) -> str:
    """Give the code of somebody who is judged, by code or name; ComplaintsError for nobody."""
    if said in about.names:
        return said
    found = [code for code, name in about.names.items() if name == said]
    if len(found) == 1:
        return found[0]
    saw = say("{title}不评“{place}”", title=about.title, place=said)
    raise complain("P-PLACE", saw, say("这张卡片评的对象，写代码或名称"))


def known_item(about: About, said: str) -> ItemNode:
    """Give an item by id, number or name; ComplaintsError for none."""
    nodes = nodes_of(about.rubric)
    found = [one for one in nodes if said in {one.item.item, one.number, one.item.term}]
    if len(found) == 1:
        return found[0]
    saw = say("{title}没有评价项“{item}”", title=about.title, item=said)
    raise complain("P-ITEM", saw, say("卡片上的评价项，写编号、序号或名称"))


def above(about: About, item: str) -> list[str]:
    """Give an item with all items it stands under."""
    return [
        one.item.item
        for one in nodes_of(about.rubric)
        if item in {below.item.item for below in one.walk()}
    ]


def complain(
    code: str, saw: Sentence | str, required: Sentence | str, do: Sentence | str = ""
) -> ComplaintsError:
    """Say why something was not done in an appraisal."""
    return ComplaintsError(
        [Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)]
    )


def done_before(lines: Lines) -> list[Done]:
    """Say who had which part so far: parts that are kept apart ask for it."""
    markers = people(*(one.by for one in lines.every if one.kind == "mark"))
    return [Done(MARK, markers)] if markers else []
