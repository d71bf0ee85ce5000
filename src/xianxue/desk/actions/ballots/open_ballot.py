"""Opening a ballot (开票): its card is kept as it stands then, whatever becomes of it later."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.ballots.doing import OPENING, Doing, complain, groups_in
from xianxue.desk.actions.ballots.opened import Setup, content_of, digest_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ballot import Poll


class New(Record, kw_only=True):
    """A ballot that is to be opened."""

    card: Ballot
    period: str
    title: str = ""
    round: str = ""
    follows: int = 0
    setup: Setup
    days: int | None = None
    """How long it is open; as the card has it where None."""


class OpenBallot(Doing):
    """Open a ballot under the next number."""

    def __call__(self, new: New) -> Poll:
        """Open it; ComplaintsError where something of it is missing, or it may not be."""
        card = new.card
        poll = Poll(
            card=card.ballot,
            period=new.period,
            title=new.title.strip() or str(card.term),
            round=new.round,
            follows=new.follows,
            digest=digest_of(card),
            content=content_of(card),
            setup=msgspec.to_builtins(new.setup),
            ends_at=self.at + timedelta(days=new.days or card.days),
            opened_at=self.at,
            opened_by=self.actor.name,
        )
        allowed = self.refuse(OPENING, poll)
        _whole(new)
        with writing():
            last = Poll.objects.filter(card=card.ballot, period=new.period).order_by("-number")
            newest = last.first()
            poll.number = newest.number + 1 if newest is not None else 1
            poll.save()
            detail: dict[str, object] = {
                "card": poll.digest,
                "round": poll.round,
                "subjects": len(new.setup.subjects),
                "seats": new.setup.seats,
                "entitled": dict(new.setup.entitled),
                "ends_at": poll.ends_at.isoformat(),
            }
            self.note(OPENING, poll, detail, allowed)
        return poll


def _whole(new: New) -> None:
    """Refuse a ballot about nobody, in a round there is not, for groups that it does not have."""
    card, setup = new.card, new.setup
    if card.about and not setup.subjects:
        saw = say("{term}没有写明测评谁、选谁", term=card.term)
        raise complain(
            "B-SUBJECTS", saw, say("至少一人（一项）"), say("用 --subject 编号=姓名 逐个写明")
        )
    if not card.about and setup.subjects:
        raise complain(
            "B-SUBJECTS", say("{term}不针对个人或单位", term=card.term), say("不写 --subject")
        )
    rounds = [one.round for one in card.rounds]
    if rounds and new.round not in rounds:
        saw = say("没有写明是哪一步（写了“{round}”）", round=new.round)
        raise complain("B-ROUND", saw, say("{rounds} 之一", rounds=joined("、", rounds)))
    if not rounds and new.round:
        raise complain("B-ROUND", say("{term}不分步", term=card.term), say("不写 --round"))
    known = {one.group for one in card.groups}
    wrong = sorted((set(setup.entitled) | set(setup.present)) - known)
    if wrong:
        raise complain(
            "B-GROUP",
            say("没有“{group}”这一类人", group=wrong[0]),
            say("{groups} 之一", groups=groups_in(card)),
        )
    over = [name for name, many in setup.present.items() if many > setup.entitled.get(name, many)]
    if over:
        saw = say("“{group}”实到比应到多", group=over[0])
        raise complain("B-PRESENT", saw, say("实到不多于应到"))
    if new.days is not None and not 0 < new.days <= card.days:
        saw = say("写了开放 {n} 天", n=new.days)
        raise complain("B-DAYS", saw, say("1 到 {n} 天", n=card.days))
