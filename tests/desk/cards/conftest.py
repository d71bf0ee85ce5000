"""The four schools' county with people who change its cards, each deed a minute after the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.forms.drafts import Drafts
from xianxue.desk.models import JournalLine
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import Workspace

D = TypeVar("D")


@dataclass
class Bureau:
    """One county; it is opened anew for each deed, as another process would."""

    root: Path
    at: datetime = datetime(2027, 1, 4, 8, 30, tzinfo=UTC)

    CLERK = Actor("赵六（虚构）", "office_clerk")
    LEADER = Actor("孙八（虚构）", "leader")
    ADMIN = Actor("管九（虚构）", "administrator")

    @property
    def workspace(self) -> Workspace:
        return Workspace.open(self.root)

    @property
    def ground(self) -> Ground:
        return open_ground(self.workspace)

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def drafts(self, actor: Actor | None = None) -> Drafts:
        return Drafts(self.ground, actor or self.CLERK)

    def do(self, deed: Callable[..., D], actor: Actor, why: str = "", **more: Any) -> D:
        return deed(self.workspace, self.ground, actor, self.tick(), why, **more)

    def files(self) -> dict[str, bytes]:
        """Everything people and deeds alter in place."""
        found = [self.root / "xianxue.toml", *self.root.glob("local/**/*.yaml")]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    @staticmethod
    def told() -> list[tuple[str, str]]:
        lines = JournalLine.objects.filter(kind__in=("forms", "catalogue")).order_by("number")
        return [(line.deed, line.subject) for line in lines if line.deed != "returns.set_window"]


@pytest.fixture
def bureau(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> Bureau:
    """A copy of the four schools."""
    copy_workspace(four_schools, tmp_path / "four")
    found = Bureau(tmp_path / "four")
    assert found.ground
    return found
