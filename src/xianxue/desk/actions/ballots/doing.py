"""What every deed on a ballot stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.bureau.workflow.subject import Actor, Done, Subject, people
from xianxue.desk.actions.ballots.opened import digest_of
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.models.ballot import PaperCount, Poll, SlipBatch
from xianxue.desk.workspace import ComplaintsError

BALLOTS: Final = "ballots"
OPENING: Final = f"{BALLOTS}.open"
ISSUING: Final = f"{BALLOTS}.issue"
BURNING: Final = f"{BALLOTS}.burn"
ENTERING: Final = f"{BALLOTS}.enter"
CLOSING: Final = f"{BALLOTS}.close"
COUNTING: Final = f"{BALLOTS}.count"
VIEW: Final = f"{BALLOTS}.view"


class Doing(Record):
    """Who does something to a ballot, when and why."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""
    override: str | None = None
    """Why somebody does it alone although two people should (例外办理)."""

    def refuse(
        self, deed: str, poll: Poll, done: Sequence[Done] = (), override: str | None = None
    ) -> Allowed:
        """Ask the policy; ComplaintsError where it refuses."""
        code = self.ground.register.county.code
        subject = Subject(BALLOTS, poll.card, code, poll.period, poll.title)
        return granted(
            self.ground.authority.may(self.actor, deed, subject, done=done, override=override)
        )

    def unchanged(self, poll: Poll) -> None:
        """Refuse where the card was changed since it was opened, unless somebody says why."""
        card = self.ground.shelf.ballots.get(poll.card)
        if (card is not None and digest_of(card) == poll.digest) or self.why.strip():
            return
        raise complain(
            "B-CARD",
            say("“{card}”的卡片在投票期间改过", card=poll.card),
            say("投票期间卡片不改；投票、计票一律按开票时的卡片"),
            say("请把卡片改回去再办；确要这样办的，写明理由（--why）"),
        )

    def note(self, deed: str, poll: Poll, detail: dict[str, object], allowed: Allowed) -> None:
        """Write the journal's line, in which there are numbers only; within the transaction."""
        tell_of(self, deed, poll.key, detail | set_aside(allowed), self.why)


def done_before(poll: Poll) -> list[Done]:
    """Say who had which part in a ballot so far: roles that are kept apart ask for it."""
    issued = SlipBatch.objects.filter(poll=poll).values_list("by", flat=True)
    entered = PaperCount.objects.filter(poll=poll).values_list("by", flat=True)
    parts = (
        (OPENING, (poll.opened_by,)),
        (ISSUING, tuple(issued)),
        (ENTERING, tuple(entered)),
        (CLOSING, (poll.closed_by,)),
    )
    return [Done(deed, named) for deed, names in parts if (named := people(*names))]


def groups_in(card: Ballot) -> Sentence:
    """Name the groups of a card, each with its id: either may be written."""
    return joined("、", (say("{term}（{id}）", term=one.term, id=one.group) for one in card.groups))


def complain(
    code: str, saw: Sentence, required: Sentence, do: Sentence | str = ""
) -> ComplaintsError:
    """Say why something was not done to a ballot."""
    return ComplaintsError(
        [Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)]
    )


def in_state(poll: Poll, *states: str) -> None:
    """Refuse a deed on a ballot that is not, or no longer, in one of these states."""
    if poll.state in states:
        return
    terms = {"open": say("正在投票"), "closed": say("已经封票"), "counted": say("已经计票")}
    saw = say("{title}{state}", title=poll.title, state=terms[poll.state])
    wanted = {"open": say("还在投票的才能办"), "closed": say("封票以后、计票以前才能办"),
              "counted": say("计票以后才能看")}  # fmt: skip
    raise complain("B-STATE", saw, wanted[states[0]])
