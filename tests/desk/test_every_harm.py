"""Whatever is altered, lost or exchanged in a store is found; nothing harmed is ever a number.

One prepared workspace (虚构) is copied for each harm. `journal verify` has to find every harm.
Reading and publishing either refuse in words or give what they gave before: what they do not read
cannot mislead them. On SQLite alone, for a harm is done to files.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from django.db import connection

from xianxue.desk.cli import main
from xianxue.desk.database import FILE

SCHOOL, OTHER = "2163980001", "2163980002"
THOROUGH = bool(os.environ.get("XIANXUE_CI"))
Outcome = tuple[int, str]


def sql(*words: str) -> str:
    """Put a statement together out of names of our own tables."""
    return " ".join(words)


def run(*words: str) -> Outcome:
    """Run a command; a traceback fails the test by itself."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as end:
        main(list(words))
    return int(str(end.value.code or 0)), said.getvalue()


@dataclass
class Store:
    """The store of one copy, to be harmed."""

    root: Path

    @property
    def cabinet(self) -> Path:
        return self.root / "store" / "cabinet"

    @property
    def database(self) -> Path:
        return self.root / "store" / FILE

    def loose(self) -> Path:
        """Last year's batch, which no release has laid together with others."""
        return self.with_suffix("batches", ".parquet")[0]

    def compacted(self) -> Path:
        """The largest: the school form of this year."""
        found = (self.cabinet / "compacted").rglob("*.parquet")
        return max(found, key=lambda path: path.stat().st_size)

    def workbook(self) -> Path:
        return self.with_suffix("workbooks", ".xlsx")[0]

    def scan(self) -> Path:
        return self.with_suffix("scans", ".pdf")[0]

    def with_suffix(self, part: str, suffix: str) -> list[Path]:
        return sorted((self.cabinet / part).glob(f"*{suffix}"))

    def tables(self) -> Path:
        """The folder of this year's tables in use: the last that was written with pupils in it."""
        found = [
            path.parent
            for path in (self.cabinet / "tables").glob("*/students.parquet")
            if pl.read_parquet(path)["enrolled"].sum()
        ]
        return max(found, key=lambda path: (path / "seal.json").stat().st_mtime_ns)

    def release(self, number: int = 1) -> Path:
        (digest,) = self.ask("SELECT digest FROM desk_release WHERE number = ?", number)
        return self.root / "store" / "releases" / digest

    def ask(self, statement: str, *values: object) -> Any:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(statement, values).fetchone()

    def sql(self, *statements: str) -> None:
        """Change the database as its owner: the guards are taken down and put up again."""
        with closing(sqlite3.connect(self.database)) as database:
            guards = database.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in guards:
                database.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                database.execute(statement)
            for _, text in guards:
                # That of a table which was dropped cannot stand.
                with suppress(sqlite3.OperationalError):
                    database.execute(text)
            database.commit()


def flip(path: Path) -> None:
    """Alter one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def edit(path: Path, **columns: pl.Expr) -> None:
    pl.read_parquet(path).with_columns(**columns).write_parquet(path)


def more(path: Path) -> None:
    """One more pupil in every number of one column: readable, and wrong."""
    number = pl.when(pl.col("field") == "enrolled").then(pl.col("number") + 1)
    edit(path, number=number.otherwise(pl.col("number")))


def table_and_seal(store: Store) -> None:
    """Alter a table and seal it anew, as somebody would who knows how it is sealed."""
    path = store.tables() / "students.parquet"
    edit(path, enrolled=pl.col("enrolled") + 1)
    seal = json.loads((path.parent / "seal.json").read_bytes())
    seal[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (path.parent / "seal.json").write_text(json.dumps(seal), encoding="utf-8")


def exchange(first: Path, second: Path) -> None:
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)


def other_release(store: Store) -> None:
    shutil.rmtree(store.release(1))
    shutil.copytree(store.release(2), store.release(1))


def pages(store: Store) -> None:
    """Overwrite pages in the middle of the database."""
    with store.database.open("r+b") as file:
        file.seek(store.database.stat().st_size // 2)
        file.write(b"\x5a" * 12_288)


def fresh(store: Store) -> None:
    """Put a database of the same program there in which nothing was ever done."""
    lines = [
        sql("DELETE FROM", name)
        for (name,) in _tables(store.database)
        if name.startswith("desk_") and name != "desk_journalhead"
    ]
    store.sql(*lines, "UPDATE desk_journalhead SET lines = 0, digest = ''")


def _tables(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()


def flip_text(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8-sig")


def reword(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8-sig")


def drop_guard(store: Store) -> None:
    with closing(sqlite3.connect(store.database)) as database:
        database.execute("DROP TRIGGER desk_revision_no_update")
        database.commit()


ACCEPTED = "(SELECT accepted_id FROM desk_filing WHERE accepted_id IS NOT NULL LIMIT 1)"
FIRST = "(SELECT id FROM desk_revision WHERE place = '2163980001' AND number = 1 LIMIT 1)"

HARMS: dict[str, Callable[[Store], object]] = {
    "a batch: a byte": lambda store: flip(store.loose()),
    "a batch: cut": lambda store: cut(store.loose()),
    "a batch: emptied": lambda store: empty(store.loose()),
    "a batch: lost": lambda store: store.loose().unlink(),
    "a batch: a folder": lambda store: folder(store.loose()),
    "a batch: a number": lambda store: more(store.loose()),
    "a batch: a place": lambda store: edit(store.loose(), place=pl.lit(OTHER)),
    "a batch: a workbook's digest": lambda store: edit(store.loose(), digest=pl.lit("0" * 64)),
    "a batch: where it stood": lambda store: edit(store.loose(), address=pl.lit("Z9")),
    "a batch: how it was written": lambda store: edit(store.loose(), written=pl.lit("9")),
    "a batch: a column less": lambda store: (
        pl.read_parquet(store.loose()).drop("missing").write_parquet(store.loose())
    ),
    "a batch: lines less": lambda store: (
        pl.read_parquet(store.loose()).head(20).write_parquet(store.loose())
    ),
    "all batches": lambda store: shutil.rmtree(store.cabinet / "batches"),
    "compacted: a byte": lambda store: flip(store.compacted()),
    "compacted: cut": lambda store: cut(store.compacted()),
    "compacted: lost": lambda store: store.compacted().unlink(),
    "compacted: a number": lambda store: more(store.compacted()),
    "compacted: all of it": lambda store: shutil.rmtree(store.cabinet / "compacted"),
    "compacted: a return less": lambda store: (
        pl.read_parquet(store.compacted())
        .filter(pl.col("place") != OTHER)
        .write_parquet(store.compacted())
    ),
    "a workbook: a byte": lambda store: flip(store.workbook()),
    "a workbook: cut": lambda store: cut(store.workbook()),
    "a workbook: lost": lambda store: store.workbook().unlink(),
    "workbooks: exchanged": lambda store: exchange(*store.with_suffix("workbooks", ".xlsx")[:2]),
    "all workbooks": lambda store: shutil.rmtree(store.cabinet / "workbooks"),
    "a scan: a byte": lambda store: flip(store.scan()),
    "a scan: cut": lambda store: cut(store.scan()),
    "a scan: lost": lambda store: store.scan().unlink(),
    "a scan: a folder in its place": lambda store: folder(store.scan()),
    "scans: exchanged": lambda store: exchange(*store.with_suffix("scans", ".pdf")[:2]),
    "all scans": lambda store: shutil.rmtree(store.cabinet / "scans"),
    "a table: a byte": lambda store: flip(store.tables() / "students.parquet"),
    "a table: a number": lambda store: edit(
        store.tables() / "students.parquet", enrolled=pl.col("enrolled") + 1
    ),
    "a table: lost": lambda store: (store.tables() / "students.parquet").unlink(),
    "a table: exchanged": lambda store: exchange(
        store.tables() / "students.parquet", store.tables() / "places.parquet"
    ),
    "a table: its seal": lambda store: flip(store.tables() / "seal.json"),
    "a table: sealed anew": table_and_seal,
    "a release: figures": lambda store: flip(store.release(2) / "figures.json"),
    "a release: figures lost": lambda store: (store.release(2) / "figures.json").unlink(),
    "a release: manifest": lambda store: flip(store.release(2) / "manifest.json"),
    "a release: manifest lost": lambda store: (store.release(1) / "manifest.json").unlink(),
    "a release: the folder": lambda store: shutil.rmtree(store.release(1)),
    "a release: exchanged": other_release,
    "all releases": lambda store: shutil.rmtree(store.root / "store" / "releases"),
    "the events: altered": lambda store: flip_text(store.root / "events.csv"),
    "the events: lost": lambda store: (store.root / "events.csv").unlink(),
    "the events: another day": lambda store: reword(
        store.root / "events.csv", "2026-08-31", "2026-08-30"
    ),
    "the register: altered": lambda store: reword(
        store.root / "places.csv", "东河镇中心小学", "东河镇中心小校"
    ),
    "the register: lost": lambda store: (store.root / "places.csv").unlink(),
    "the database: lost": lambda store: store.database.unlink(),
    "the database: emptied": lambda store: empty(store.database),
    "the database: nonsense": lambda store: store.database.write_bytes(b"nonsense " * 4096),
    "the database: cut": lambda store: cut(store.database),
    "the database: pages": pages,
    "the database: a fresh one": fresh,
    "a table of it: dropped": lambda store: store.sql("DROP TABLE desk_comment"),
    "the journal: emptied": lambda store: store.sql("DELETE FROM desk_journalline"),
    "the journal: its head": lambda store: store.sql("DELETE FROM desk_journalhead"),
    "the journal: its end": lambda store: store.sql(
        "DELETE FROM desk_journalline WHERE number = (SELECT max(number) FROM desk_journalline)"
    ),
    "the journal: a reason": lambda store: store.sql(
        "UPDATE desk_journalline SET why = 'x' WHERE number = 2"
    ),
    "a revision: content": lambda store: store.sql(
        sql("UPDATE desk_revision SET content = 'x' WHERE id =", ACCEPTED)
    ),
    "a revision: batch": lambda store: store.sql(
        sql("UPDATE desk_revision SET batch = 'x' WHERE id =", ACCEPTED)
    ),
    "a revision: removed": lambda store: store.sql(
        sql("DELETE FROM desk_revision WHERE id =", FIRST)
    ),
    "a filing: an older revision": lambda store: store.sql(
        sql("UPDATE desk_filing SET accepted_id =", FIRST, "WHERE place = '2163980001'")
    ),
    "a filing: accepted no more": lambda store: store.sql(
        "UPDATE desk_filing SET accepted_id = NULL WHERE place = '2163980002'"
    ),
    "a filing: removed": lambda store: store.sql("DELETE FROM desk_filing"),
    "a release row: removed": lambda store: store.sql("DELETE FROM desk_release WHERE number = 2"),
    "a release row: another digest": lambda store: store.sql(
        "UPDATE desk_release SET digest = (SELECT digest FROM desk_release WHERE number = 1)"
        " WHERE number = 2"
    ),
    "a guard: gone": drop_guard,
}


FEW = (
    *("a batch: a number", "a batch: cut", "a batch: lost", "compacted: a number"),
    *("a table: a number", "a table: lost", "a release: figures", "all releases"),
    *("the database: lost", "the database: nonsense", "a filing: an older revision"),
    *("a revision: content", "a release row: another digest"),
)
"""One of each kind; all of them are read and published from where XIANXUE_CI is set."""

VERIFY_ALONE = (
    # The register's own files may be mended by hand; the journal says what was registered.
    *("the events: altered", "the events: lost", "the events: another day"),
    "the register: altered",
    # Tables are derived; only deriving them again tells of a seal that was made to fit.
    "a table: sealed anew",
)
"""Harms that reading cannot know of."""

COMMANDS = {
    "figures": ("indicators", "show", "pupils_all", "--release", "none", "--json"),
    "released": ("indicators", "show", "pupils_all", "--json"),
    "release": ("returns", "release", "--json"),
}


Before = tuple[Path, dict[str, Outcome]]


@pytest.fixture(scope="module")
def whole(
    four_schools: Path,
    copy_workspace: Callable[[Path, Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Before:
    """Four schools, a correction between two releases, an event; and what the commands say."""
    root = tmp_path_factory.mktemp("every") / "county"
    copy_workspace(four_schools, root)
    at = ("--workspace", str(root))
    record = ("places", "record", "renamed", "--code", SCHOOL, "--day", "2026-08-31")
    record += ("--name", "新名学校（虚构）", "--document", "虚构〔2026〕1号", "--reason", "虚构")
    assert run(*record, *at)[0] == 0
    assert run("places", "amend", "--reason", "开始记名册（虚构）", *at)[0] == 0
    assert run("returns", "release", *at)[0] == 0
    path = next((root / "workbooks").glob(f"*{SCHOOL}*"))
    book = openpyxl.load_workbook(path)
    book["教职工"]["D8"].value = int(book["教职工"]["D8"].value) + 2
    book.save(path)
    assert run("returns", "accept", str(path), "--why", "补报（虚构）", *at)[0] == 0
    attach_scans(root)
    assert run(*COMMANDS["figures"], *at)[0] == 0
    assert run(*COMMANDS["release"], *at)[0] == 0
    before = {name: run(*words, *at) for name, words in COMMANDS.items()}
    assert {code for code, _ in before.values()} == {0}
    assert run("journal", "verify", *at)[0] == 0
    connection.close()
    return root, before


def attach_scans(root: Path) -> None:
    """Attach two pages of signed paper (虚构) to the newest revision."""
    at = ("--workspace", str(root))
    made = run("returns", "print", "--place", SCHOOL, "-o", str(root / "印.xlsx"), "--json", *at)
    printed = json.loads(made[1])
    pages = [root / f"第{number}页.pdf" for number in (1, 2)]
    for page in pages:
        page.write_bytes(f"%PDF-1.4\n% {page.stem}\nstartxref\n9\n%%EOF\n".encode())
    paper = ("--revision", str(printed["revision"]), "--digest", printed["content"])
    told = ("--place", SCHOOL, *paper, "--as", "张三（虚构）")
    assert run("returns", "attach-scan", *map(str, pages), *told, *at)[0] == 0


@pytest.fixture
def copied(whole: Before, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Store:
    """A copy of its own to be harmed."""
    root = tmp_path / "county"
    copy_workspace(whole[0], root)
    return Store(root)


@pytest.mark.parametrize("harm", HARMS)
def test_verifying_finds_every_harm(copied: Store, harm: str) -> None:
    HARMS[harm](copied)
    code, said = run("journal", "verify", "--workspace", str(copied.root))
    assert code in {1, 2}
    assert "完好" not in said or "从头到第" in said
    assert "正忙" not in said


READ = [
    (command, harm)
    for command in COMMANDS
    for harm in HARMS
    if harm in FEW or (THOROUGH and command == "figures" and harm not in VERIFY_ALONE)
]
"""Every harm is met by one command, one harm of each kind by all of them."""


@pytest.mark.parametrize(("command", "harm"), READ)
def test_nothing_harmed_is_a_number(whole: Before, copied: Store, command: str, harm: str) -> None:
    """It is refused in words, or it is what was said before the harm."""
    HARMS[harm](copied)
    code, said = run(*COMMANDS[command], "--workspace", str(copied.root))
    if code == 0:
        assert said == whole[1][command][1]
    else:
        assert code in {1, 2}
        assert said.strip()
        assert "正忙" not in said


REBUILT = (
    *("compacted: a byte", "compacted: cut", "compacted: lost", "compacted: a number"),
    *("compacted: a return less", "a table: a number", "a table: lost", "a table: exchanged"),
)


@pytest.mark.parametrize("harm", REBUILT)
def test_what_follows_from_what_is_kept_is_made_anew(
    whole: Before, copied: Store, harm: str
) -> None:
    """Afterwards the store is whole, says what it said, and the journal has one line more."""
    HARMS[harm](copied)
    at = ("--workspace", str(copied.root))
    lines = copied.ask("SELECT lines FROM desk_journalhead")[0]
    code, said = run("journal", "rebuild", "--why", "虚构", *at)
    assert (code, "已重建" in said) == (0, True), said
    assert run("journal", "verify", *at)[0] == 0
    for name in ("figures", "released"):
        assert run(*COMMANDS[name], *at) == whole[1][name]
    assert copied.ask("SELECT lines FROM desk_journalhead")[0] == lines + 1
    assert "重建留存件" in run("journal", "show", "--kind", "journal", *at)[1]
    assert "没有要重建的" in run("journal", "rebuild", *at)[1]
    assert (copied.cabinet / "aside").is_dir()


def test_what_has_no_workbook_any_more_is_not_made_anew(copied: Store) -> None:
    shutil.rmtree(copied.cabinet / "workbooks")
    cut(copied.loose())
    code, said = run("journal", "rebuild", "--workspace", str(copied.root))
    assert code == 1
    assert "没有能重建它的工作簿" in said
    assert not (copied.cabinet / "aside").exists()


def test_there_are_enough_of_them() -> None:
    assert len(HARMS) >= 40
    assert set(FEW) <= set(HARMS)
