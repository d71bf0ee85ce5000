"""A small bureau with people who may sign in; everybody is invented (虚构)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from national import national

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.workflow.subject import Actor, person
from xianxue.desk.accounts.gate import Gate
from xianxue.desk.accounts.hashing import Argon2
from xianxue.desk.accounts.listed import Listed
from xianxue.desk.accounts.passwords import hashed
from xianxue.desk.accounts.signing_in import Shown, sign_in
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.actions.context import Ground
from xianxue.desk.database import open_database
from xianxue.desk.models import Account, Appointment

SHELF = national().shelf
POLICY = next(iter(SHELF.policies.values()))
START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Half past eight in the morning, Beijing."""
PASSWORD = "清泉三月-垂柳如烟"  # noqa: S105 - of invented people


EAST, WEST = "2163990001", "2163990002"


def place(code: str, name: str, level: Any = "school", parent: str = "639900") -> Place:
    return Place(code=code, name=name, level=level, parent=parent, opened=date(2001, 9, 1))


REGISTER = Register.of(
    [
        place("639900", "虚构县", "county", ""),
        place("639900101", "东镇", "township"),
        place(EAST, "东村小学", parent="639900101"),
        place(WEST, "西村小学", parent="639900101"),
    ]
)


@dataclass
class Bureau:
    """People at the door of a bureau, and a clock."""

    at: datetime = START
    demo: bool = False
    made: dict[str, Account] = field(default_factory=dict)

    PASSWORD = PASSWORD
    START = START
    EAST, WEST = EAST, WEST
    ADMIN = Actor("管理员甲（虚构）", "administrator", where="10.0.0.9")

    @property
    def ground(self) -> Ground:
        return Ground(SHELF, REGISTER, demo=self.demo)

    @property
    def gate(self) -> Gate:
        return Gate.of(POLICY, POLICY, demo=self.demo)

    def pass_time(self, **length: int) -> datetime:
        self.at += timedelta(**length)
        return self.at

    def tick(self) -> datetime:
        return self.pass_time(minutes=1)

    def do(self, deed: Any, actor: Actor | None = None, why: str = "") -> Any:
        """Make a deed of somebody, a minute after the one before; the administrator's by default."""
        return deed(self.ground, actor or self.ADMIN, self.tick(), why)

    @staticmethod
    def line(login: str, role: str, place: str = "", **other: Any) -> Listed:
        said = {"name": f"{login}（虚构）"} | other
        return Listed(login=login, role=role, place=place, **said)

    def create(self, *lines: Listed) -> dict[str, str]:
        """Make accounts by the deed; gives the passwords told once."""
        return {made.login: made.password for made in self.do(CreateAccounts)(lines)}

    def open_up(self) -> None:
        """Make the administrator and the people of two schools."""
        self.create(
            self.line("admin", "administrator", name=self.ADMIN.name),
            self.line("li", "school_clerk", EAST),
            self.line("wang", "school_head", EAST),
            self.line("zhao", "office_clerk"),
            self.line("zhou", "leader"),
        )

    @staticmethod
    def as_person(login: str) -> Actor:
        """Give somebody as they look after their own account."""
        row = Account.objects.get(login=login)
        return Actor(row.name, row.appointments.first().role, where="10.0.0.1")

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


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at a fiftieth of the cost; what is asked of a real password is held in its own test."""
    monkeypatch.setattr(Argon2, "memory_cost", 1024)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """An empty store."""
    open_database(tmp_path / "store")
    return Bureau()
