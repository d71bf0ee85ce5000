"""Submitting returns, signed by clerk and head (报送)."""

from __future__ import annotations

from typing import ClassVar, Final

from xianxue.bureau.kinds.lifecycle import StepName
from xianxue.desk.actions.submission import HandingIn
from xianxue.desk.models import Filing, Revision

_ASKS_AGAIN: Final = frozenset({"returned", "withdrawn"})
"""States in which even the same values are a new submission."""


class Submit(HandingIn):
    """A school hands in; what was accepted earlier stays accepted until the bureau approves.

    Submitting what stands there already changes nothing, so it may be repeated after a failure.
    """

    steps: ClassVar[tuple[StepName, ...]] = ("submit", "correct")
    deed: ClassVar[str] = "submit"

    def stands(self, filing: Filing, content: str) -> Revision | None:
        """Give the current revision where it says the same and is on its way."""
        same = filing.state not in _ASKS_AGAIN and filing.current.content == content
        return filing.current if same else None

    def settle(self, filing: Filing) -> None:
        """Nothing is accepted by submitting."""
