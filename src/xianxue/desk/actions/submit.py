"""Submitting returns, signed by clerk and head (报送)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.bureau.kinds.lifecycle import Lifecycle, Step
from xianxue.desk.actions.submission import HandingIn
from xianxue.desk.models import Filing, Revision


class Submit(HandingIn):
    """A school hands in; what was accepted earlier stays accepted until the bureau approves.

    Submitting what stands there already changes nothing, so it may be repeated after a failure.
    """

    steps: ClassVar[tuple[str, ...]] = ("submit", "correct", "submit_for", "correct_for")
    deed: ClassVar[str] = "submit"

    @classmethod
    def next_of(cls, card: Lifecycle, role: str, state: str) -> Step | None:
        """Give the step by which a role may hand in from a state; None where there is none."""
        found = (card.step(name, state) for name in cls.steps)
        return next((one for one in found if one is not None and role in one.roles), None)

    def stands(self, filing: Filing, content: str) -> Revision | None:
        """Give the current revision where it says the same and is on its way."""
        # While it is the school's turn even the same values are a new submission, signed anew.
        waiting = self.ground.card(filing.place).marked("waiting")
        same = filing.state not in waiting and filing.current.content == content
        return filing.current if same else None

    def settle(self, filing: Filing) -> None:
        """Nothing is accepted by submitting."""
