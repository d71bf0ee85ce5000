"""Withdrawing a return before anybody has taken it up (撤回)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.desk.actions.step import StepDeed


class Withdraw(StepDeed):
    """The school takes it back; what was accepted earlier, if anything, stays accepted."""

    name: ClassVar[str] = "withdraw"
