"""A small county for deeds on returns: two townships, a central school, a county school."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner
from django.db import connection
from national import national

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.accept_returns import AcceptReturns
from xianxue.desk.actions.context import Ground, Key, Signatures
from xianxue.desk.actions.submission import HandedIn
from xianxue.desk.actions.submit import Submit
from xianxue.desk.database import open_database
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.models import Filing
from xianxue.desk.stores.cabinet import Cabinet

SHELF = national().shelf
FORM, PERIOD = "school_annual", "2025-2026"
EAST, WEST, DIRECT = "2163990001", "2163990002", "2163990003"
CENTRAL = "2163990009"
AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
CLERK, HEAD = "张三（虚构）", "李四（虚构）"

D = TypeVar("D")


def place(code: str, name: str, level: Any = "school", parent: str = "639900") -> Place:
    return Place(code=code, name=name, level=level, parent=parent, opened=date(2001, 9, 1))


REGISTER = Register.of(
    [
        place("639900", "虚构县", "county", ""),
        place("639900101", "东镇", "township"),
        place("639900102", "西镇", "township"),
        place(CENTRAL, "东镇中心校", parent="639900101"),
        place(EAST, "东村小学", parent="639900101"),
        place(WEST, "西村小学", parent="639900102"),
        place(DIRECT, "县一小"),
    ]
)


def one_cell(place: str, pupils: int, file: str, period: str) -> Return:
    rows = (Row("G1", {"enrolled": Cell(pupils, "B4", str(pupils))}),)
    return Return(
        form=FORM,
        version="1",
        period=period,
        place=place,
        tables={"students": rows},
        file=file or f"{place}_{pupils}.xlsx",
        digest=f"{pupils:064d}",
    )


@dataclass
class Desk:
    """The people of the county at their desks; each deed a minute after the one before."""

    folder: Path
    lifecycle: str = ""
    at: datetime = AT

    START = AT
    EAST, WEST, DIRECT, CENTRAL = EAST, WEST, DIRECT, CENTRAL
    FORM, PERIOD = FORM, PERIOD
    CLERK, HEAD = CLERK, HEAD

    @property
    def ground(self) -> Ground:
        return Ground(SHELF, REGISTER, self.lifecycle)

    @property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.folder / "cabinet")

    @staticmethod
    def filed(
        place: str = EAST, pupils: int = 40, *, file: str = "", period: str = PERIOD
    ) -> Return:
        """One return of one cell; the file is named by what it says."""
        return one_cell(place, pupils, file, period)

    @staticmethod
    def key(place: str = EAST) -> Key:
        return Key(FORM, PERIOD, place)

    def filing(self, place: str = EAST) -> Filing:
        return Filing.objects.get(form=FORM, period=PERIOD, place=place)

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def clerk(self, place: str = EAST, name: str = CLERK) -> Actor:
        return Actor(name, "school_clerk", place)

    def central(self, place: str = CENTRAL) -> Actor:
        return Actor("王五（虚构）", "central_school", place)

    def office(self) -> Actor:
        return Actor("赵六（虚构）", "office_clerk")

    def do(self, deed: Callable[..., D], actor: Actor, why: str = "", **more: Any) -> D:
        """Make a deed of somebody, now."""
        return deed(self.ground, actor, self.tick(), why, **more)

    def submitter(self, actor: Actor | None = None, why: str = "") -> Submit:
        signed = Signatures(actor.name if actor else CLERK, HEAD)
        who = actor or self.clerk()
        return self.do(Submit, who, why, cabinet=self.cabinet, signed=signed)

    def submit(self, pupils: int = 40, place: str = EAST, why: str = "") -> HandedIn:
        """Submit one return that has to be taken."""
        handed = self.submitter(self.clerk(place), why)([self.filed(place, pupils)])
        assert [issue.message for issue in handed.refused] == []
        return handed.done[0]

    def collector(self, actor: Actor | None = None, why: str = "") -> AcceptReturns:
        return self.do(AcceptReturns, actor or self.office(), why, cabinet=self.cabinet)


ON_SQLITE_ALONE = frozenset(
    {
        *("cards", "forms", "search", "test_advance.py", "test_digest.py", "test_forward.py"),
        *(
            "appraisal/test_reading.py",
            "appraisal/test_store.py",
            "appraisal/test_told_in_documents.py",
            "appraisal/test_import.py",
            "appraisal/test_diff.py",
            "exams/test_figures.py",
            "exams/test_papers.py",
            "test_overview.py",
            "standing/test_since.py",
            "standing/test_forward.py",
            # The example county, whose appraisals it packs, is made on files.
            "appraisal/test_package.py",
            "appraisal/test_following.py",
            "ledgers/test_counting.py",
            "plan/test_supposed_sets.py",
            "standing/test_advance.py",
            "plan/test_county_balance.py",
            "test_example_year.py",
        ),
        *("test_office_ledgers.py", "test_demo_people.py", "test_commands.py"),
        *("test_bad_input.py", "test_cards_library.py", "test_catalogue_diff.py"),
        *("test_compaction.py", "test_comparison.py", "test_english_tour.py", "test_finding.py"),
        *("test_growth.py", "test_hand_counted.py", "test_intake.py", "test_languages.py"),
        *("test_local_rules.py", "test_mapping_commands.py", "test_months.py"),
        *("test_notice_commands.py", "test_paper.py", "test_putting_back.py"),
        *("test_added_fields.py", "test_audit_against.py", "test_release_difference.py"),
        *("test_river.py", "test_standing.py", "test_target_table.py", "test_report_across.py"),
        *("test_way.py", "test_way_commands.py", "test_given_files.py", "test_marking.py"),
        *("test_release_overrides.py", "test_release_own_rules.py", "test_report_write.py"),
        *("test_report_coverage.py", "test_report_of_nothing.py"),
        # What is harmed are files; a table that was altered is in the journal's tests.
        "test_every_harm.py",
    }
)
"""What these show does not hang on the database: cards, files, words and engines."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On a server, tests of what hangs on it are enough: all the others ran on files."""
    on_a_server = os.environ.get("XIANXUE_TEST_DATABASE") == "postgresql"
    names = {collection_path.name, f"{collection_path.parent.name}/{collection_path.name}"}
    return True if on_a_server and names & ON_SQLITE_ALONE else None


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Any:
    """The private PostgreSQL server the tests run on; None on SQLite."""
    (root,) = (
        plugin
        for plugin in pytestconfig.pluginmanager.get_plugins()
        if hasattr(plugin, "SERVER") and hasattr(plugin, "pytest_unconfigure")
    )
    return root.SERVER


@pytest.fixture(autouse=True)
def _no_database_is_left(server: Any) -> Iterator[None]:
    """Drop what a test has made on the server; what was made for a whole module stays."""
    before = set(server.databases) if server else set()
    yield
    if server:
        connection.close()
        for folder in set(server.databases) - before:
            server.drop(folder)


@pytest.fixture
def environment(server: Any) -> Callable[[Path], dict[str, str]]:
    """What a program of its own needs to find the source and a store's database."""

    def of(store: Path) -> dict[str, str]:
        found = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        if server:
            found[VARIABLE] = server.url(store)
        return os.environ | found

    return of


@pytest.fixture(scope="session")
def copy_workspace(server: Any) -> Callable[[Path, Path], None]:
    """Copy a workspace with all that it holds."""

    def copy(source: Path, target: Path) -> None:
        connection.close()
        shutil.copytree(source, target)
        if server:
            server.copy(source / "store", target / "store")

    return copy


@pytest.fixture(scope="session")
def four_schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four schools' county, its returns accepted: it is read, and copied to be changed."""
    from xianxue.desk.cli import cli  # noqa: PLC0415 - only where a whole county is asked for

    folder = tmp_path_factory.mktemp("four_schools") / "four"
    made = CliRunner().invoke(cli, ["demo", str(folder), "--example", "four_schools"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a fresh store."""
    open_database(tmp_path)
    return tmp_path


@pytest.fixture
def desk(store: Path) -> Desk:
    """A fresh store, the simple lifecycle."""
    return Desk(store)


@pytest.fixture
def long_desk(store: Path) -> Desk:
    """A fresh store, the lifecycle with a central school."""
    return Desk(store, "school_return_with_central_school")
