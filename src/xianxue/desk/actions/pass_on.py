"""Passing a return on from the central school to the bureau (转报)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.desk.actions.step import StepDeed


class PassOn(StepDeed):
    """The central school has nothing left to ask; the bureau reviews."""

    name: ClassVar[str] = "pass_on"
