"""Approving a return (审核通过)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.desk.actions.step import StepDeed
from xianxue.desk.models import Filing


class Approve(StepDeed):
    """What was handed in last becomes what figures are counted from."""

    name: ClassVar[str] = "approve"

    def change(self, filing: Filing) -> dict[str, object]:
        """Make the current revision the accepted one."""
        replaced = filing.accepted.number if filing.accepted else None
        filing.accepted = filing.current
        return {"replaced": replaced} if replaced else {}
