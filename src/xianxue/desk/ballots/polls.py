"""The ballots a workspace has: found by name, opened, given slips, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.ballots.issue_slips import Issued, Wanted
    from xianxue.desk.actions.ballots.open_ballot import New
    from xianxue.desk.actions.context import Ground
    from xianxue.desk.models.ballot import Poll

ROUNDED_TO: Final = 5
"""While a ballot is open it is said only so exactly how many have voted: of two numbers told one
after the other the difference would be somebody."""


class Status(Record, kw_only=True):
    """How far a ballot has come, in numbers."""

    poll: Poll
    issued: Mapping[str, int]
    """Group to the slips that were issued."""
    unspent: Mapping[str, int]
    burnt: Mapping[str, int]
    papers: Mapping[str, int]
    """Papers that came back, once two people have entered the same."""

    @property
    def spent(self) -> Mapping[str, int]:
        """Group to those who voted, by slip or on paper; while it is open by slip, rounded down."""
        step = ROUNDED_TO if self.poll.state == "open" else 1
        exact = {
            group: many
            - self.unspent.get(group, 0)
            - self.burnt.get(group, 0)
            + self.papers.get(group, 0)
            for group, many in self.issued.items()
        }
        return {group: many - many % step for group, many in exact.items()}


def who_does(workspace: Workspace, by: str | Actor, role: str) -> tuple[Ground, Actor, datetime]:
    """Give what every deed on a ballot takes: the ground, who does it in which part, and when."""
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django

    return ground, acting(ground.gate, by, role), clock.now()


def card_named(shelf: Shelf, name: str) -> Ballot:
    """Give the card with an id or a term; MisusedError where there is none."""
    found = shelf.ballots.get(name)
    found = found or next((card for card in shelf.ballots.values() if card.term == name), None)
    if found is None:
        known = joined(
            "、",
            (say("{id} {term}", id=one.ballot, term=one.term) for one in shelf.ballots.values()),
        )
        raise MisusedError(
            say("没有测评、选举或问卷“{name}”；现有：{known}", name=name, known=known)
        )
    return found


def period_of(workspace: Workspace, card: Ballot, named: str | None) -> str:
    """Give the period that a ballot's results are told for: named, or the one that it is now."""
    if named:
        return Period.parse(named).code
    if card.period == "calendar_year":
        return str(clock.day_of(clock.now()).year)
    return workspace.period(None).code


def polls(workspace: Workspace) -> list[Poll]:
    """Give all ballots, the newest first."""
    open_ground(workspace)
    from xianxue.desk.models.ballot import Poll  # noqa: PLC0415 - needs Django

    return list(Poll.objects.order_by("-opened_at", "card", "-period", "-number"))


def poll_named(workspace: Workspace, name: str) -> Poll:
    """Give the ballot with a key, or the newest of a card; MisusedError where there is none.

    Without a name the only one that is not counted is meant; where all are counted, the newest.
    """
    held = polls(workspace)
    if not name and held:
        going = [one for one in held if one.state != "counted"]
        if len(going) > 1:
            listed = joined("、", (one.key for one in going))
            raise MisusedError(
                say("有 {n} 次没有计票，请写明是哪一次：{known}", n=len(going), known=listed)
            )
        return (going or held)[0]
    for one in held:
        if name in {one.key, one.card, one.title}:
            return one
    if not held:
        raise MisusedError(say("还没有开过票；用 xianxue ballots open 开一次"))
    known = joined("、", (one.key for one in held))
    raise MisusedError(say("没有“{name}”；现有：{known}", name=name, known=known))


def open_poll(workspace: Workspace, new: New, by: str | Actor, why: str = "") -> Poll:
    """Open a ballot."""
    who = who_does(workspace, by, "leader")
    from xianxue.desk.actions.ballots.open_ballot import OpenBallot  # noqa: PLC0415 - needs Django

    return OpenBallot(*who, why=why)(new)


def issue(  # noqa: PLR0913 - what, of which ballot, by whom and why
    workspace: Workspace,
    poll: Poll,
    wanted: list[Wanted],
    by: str | Actor,
    *,
    why: str = "",
    override: str | None = None,
) -> list[Issued]:
    """Issue slips; their codes are given this once."""
    who = who_does(workspace, by, "office_clerk")
    from xianxue.desk.actions.ballots.issue_slips import IssueSlips  # noqa: PLC0415 - needs Django

    return IssueSlips(*who, why=why, override=override)(poll, wanted)


def burn(workspace: Workspace, poll: Poll, typed: Sequence[str], by: str | Actor) -> int:
    """Take slips back for paper ballots; MisusedError for what is no code."""
    from xianxue.desk.actions.ballots.slip_codes import read  # noqa: PLC0415 - for this alone

    codes = [read(one) for one in typed]
    wrong = [one for one, code in zip(typed, codes, strict=True) if not code]
    if wrong:
        raise MisusedError(say("“{code}”不是票码：要 26 位字母和数字", code=wrong[0]))
    who = who_does(workspace, by, "office_clerk")
    from xianxue.desk.actions.ballots.issue_slips import BurnSlips  # noqa: PLC0415 - needs Django

    return BurnSlips(*who)(poll, codes)


def close(  # noqa: PLR0913 - as above
    workspace: Workspace,
    poll: Poll,
    by: str | Actor,
    *,
    present: Mapping[str, int] | None = None,
    why: str = "",
    override: str | None = None,
) -> Poll:
    """Close a ballot; what still waits for its batch in this process is counted first."""
    from xianxue.desk.ballots.urn import urns  # noqa: PLC0415 - needs Django

    who = who_does(workspace, by, "leader")
    urns.flush(poll)
    from xianxue.desk.actions.ballots.close_ballot import CloseBallot  # noqa: PLC0415 - needs Django

    return CloseBallot(*who, why=why, override=override)(poll, dict(present or {}))


def status(poll: Poll) -> Status:
    """Count the slips of a ballot."""
    from django.db.models import Count, Sum  # noqa: PLC0415 - needs Django

    from xianxue.desk.models.ballot import BurntSlip, SlipBatch, UnspentSlip  # noqa: PLC0415 - as above

    def by_group(model: type[UnspentSlip | BurntSlip]) -> dict[str, int]:
        rows = model.objects.filter(poll=poll).values("group").annotate(many=Count("digest"))
        return {row["group"]: row["many"] for row in rows.order_by("group")}

    batches = SlipBatch.objects.filter(poll=poll).values("group").annotate(all=Sum("many"))
    return Status(
        poll=poll,
        issued={row["group"]: row["all"] for row in batches.order_by("group")},
        unspent=by_group(UnspentSlip),
        burnt=by_group(BurntSlip),
        papers={} if poll.state == "open" else _papers(poll),
    )


def _papers(poll: Poll) -> dict[str, int]:
    from xianxue.desk.actions.ballots.enter_papers import by_group, entered  # noqa: PLC0415 - needs Django

    return by_group(poll) if entered(poll).agree else {}


def poll_at(workspace: Workspace, card: str, period: str, number: int) -> Poll | None:
    """Give the ballot at an address; None where there is none."""
    open_ground(workspace)
    from xianxue.desk.models.ballot import Poll  # noqa: PLC0415 - needs Django

    return Poll.objects.filter(card=card, period=period, number=number).first()


def groups_of(poll: Poll) -> list[str]:
    """Give the groups that may vote in a ballot."""
    from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - needs Django

    return [one.group for one in opened(poll).card.groups]


def group_named(poll: Poll, said: str) -> str:
    """Give the group with an id or a term, or the only one; MisusedError that names them all."""
    from xianxue.desk.actions.ballots.doing import groups_in  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - as above

    card = opened(poll).card
    groups = card.groups
    if not said and len(groups) == 1:
        return groups[0].group
    for one in groups:
        if said in {one.group, str(one.term)}:
            return one.group
    known = groups_in(card)
    if not said:
        raise MisusedError(say("这次有几类人，请用 --group 写明要哪一类的票：{known}", known=known))
    raise MisusedError(say("没有“{group}”这一类人；有：{known}", group=said, known=known))


def ids_of(card: Ballot, said: Mapping[str, int]) -> dict[str, int]:
    """Give numbers by the ids of groups, which may be called by their terms; others as they are."""
    terms = {str(one.term): one.group for one in card.groups}
    return {terms.get(group, group): many for group, many in said.items()}
