"""Collecting returns: submitted and accepted in one deed (收取)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.context import RETURNS
from xianxue.desk.actions.submission import HandingIn
from xianxue.desk.models import Filing, Revision


class AcceptReturns(HandingIn):
    """The bureau hands in what schools gave it by other ways, and accepts it at once.

    Accepting twice changes nothing. What a school has submitted itself is reviewed, not collected
    over. One deed in place of three people's is an override in itself (代收): it carries its
    reason, the policy's own where the actor gave none.
    """

    steps: ClassVar[tuple[str, ...]] = ("collect",)
    deed: ClassVar[str] = "accept"

    advice: ClassVar[str] = say(
        "学校已经报送，请受理审核后通过或退回（returns review、approve、send-back）"
    )
    """It is for the bureau to go on, not to start anew."""

    def stands(self, filing: Filing, content: str) -> Revision | None:
        """Give the accepted revision where it is the newest and says the same."""
        accepted = filing.accepted
        counts = filing.state in self.ground.card(filing.place).marked("counts")
        return accepted if counts and accepted and accepted.content == content else None

    def settle(self, filing: Filing) -> None:
        """Accept what was handed in."""
        filing.accepted = filing.current

    def overridden(self, allowed: Allowed) -> dict[str, object]:
        """Say that this took the place of the way, with the reason."""
        stand_in = self.ground.policy.stand_in(f"{RETURNS}.{self.steps[0]}")
        if stand_in is None:
            return super().overridden(allowed)
        return {"override": {"rules": [stand_in.deed], "reason": self.why or stand_in.reason}}
