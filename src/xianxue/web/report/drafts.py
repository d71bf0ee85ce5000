"""Whose draft of which section: what pages ask of the desk about what was typed and not stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.report import write_section
from xianxue.desk.actions.report.section import SectionKey
from xianxue.web.kit.visit import Visit
from xianxue.web.report.opened import Opened


class Draft(Record):
    """What somebody has typed and not stored."""

    text: str
    base: int
    at: datetime
    steps: list[dict[str, Any]]
    """What buttons did to it, and can be undone."""


def key_of(opened: Opened, section: str) -> SectionKey:
    """Say which section is meant."""
    return SectionKey(opened.outline.outline, opened.period.code, section)


def draft_of(opened: Opened, section: str, visit: Visit) -> Draft | None:
    """Give the visitor's draft of a section; None where there is none."""
    row = write_section.draft_of(key_of(opened, section), visit.actor.name)
    return None if row is None else Draft(row.text, row.base, row.at, row.steps)
