"""Collecting returns: submitted and accepted in one deed (收取)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.bureau.kinds.lifecycle import Lifecycle, State, StepName
from xianxue.desk.actions.submission import HandingIn
from xianxue.desk.models import Filing, Revision


class AcceptReturns(HandingIn):
    """The bureau hands in what schools gave it by other ways, and accepts it at once.

    Accepting twice changes nothing. What a school has submitted itself is reviewed, not collected
    over.
    """

    steps: ClassVar[tuple[StepName, ...]] = ("collect",)
    deed: ClassVar[str] = "accept"

    def advise(self, card: Lifecycle, state: str, origins: list[State]) -> str:
        """Point to the review: it is for the bureau to go on, not to start anew."""
        del card, state, origins
        return "学校已经报送，请受理审核后通过或退回（returns review、approve、send-back）"

    def stands(self, filing: Filing, content: str) -> Revision | None:
        """Give the accepted revision where it is the newest and says the same."""
        accepted = filing.accepted
        same = filing.state == "accepted" and accepted is not None
        return accepted if same and accepted and accepted.content == content else None

    def settle(self, filing: Filing) -> None:
        """Accept what was handed in."""
        filing.accepted = filing.current
