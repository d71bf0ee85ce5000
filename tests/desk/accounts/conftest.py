"""A small bureau with people who may sign in; everybody is invented (虚构)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from xianxue.bureau.workflow.subject import person
from xianxue.catalogue.load import load
from xianxue.desk.accounts.gate import Gate
from xianxue.desk.accounts.passwords import hashed
from xianxue.desk.accounts.signing_in import Shown, sign_in
from xianxue.desk.database import open_database
from xianxue.desk.models import Account, Appointment

SHELF = load().shelf
POLICY = next(iter(SHELF.policies.values()))
START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Half past eight in the morning, Beijing."""
PASSWORD = "清泉三月-垂柳如烟"  # noqa: S105 - of invented people


@dataclass
class Bureau:
    """People at the door of a bureau, and a clock."""

    at: datetime = START
    demo: bool = False
    made: dict[str, Account] = field(default_factory=dict)

    PASSWORD = PASSWORD
    START = START

    @property
    def gate(self) -> Gate:
        return Gate.of(POLICY, POLICY, demo=self.demo)

    def pass_time(self, **length: int) -> datetime:
        self.at += timedelta(**length)
        return self.at

    def account(self, login: str, *parts: tuple[str, str], **other: Any) -> Account:
        """Put an account there, past the deeds; its password is the one everybody has here."""
        name = other.pop("name", f"{login}（虚构）")
        row = Account.objects.create(
            login=login,
            name=name,
            person=person(name),
            # At a tenth of the cost: what it costs is held elsewhere.
            password=hashed(PASSWORD, demo=True),
            stamp="1",
            created_at=START,
            **{"must_change": False} | other,
        )
        for role, place in parts:
            Appointment.objects.create(
                account=row, role=role, place=place, from_day=date(2026, 1, 1)
            )
        return row

    def sign_in(
        self, login: str, password: str = PASSWORD, code: str = "", where: str = "10.0.0.1"
    ):
        return sign_in(self.gate, Shown(login, password, code), where, "Chromium 92", self.at)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """An empty store."""
    open_database(tmp_path / "store")
    return Bureau()
