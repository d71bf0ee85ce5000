"""Taking up a return for review (受理审核)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.desk.actions.step import StepDeed


class Review(StepDeed):
    """From here on the school can no longer withdraw it."""

    name: ClassVar[str] = "review"
