"""The administrator has the database, its log, the journal, and a copy before and after each vote."""

from __future__ import annotations

import itertools
import random
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from ballot_box import CADRE, ISSUER, PEOPLE, SCRUTINEER, SURVEY
from django.db import connection

from xianxue.desk.actions.ballots import slip_codes
from xianxue.desk.actions.ballots.close_ballot import CloseBallot
from xianxue.desk.actions.ballots.issue_slips import IssueSlips, Wanted
from xianxue.desk.actions.ballots.open_ballot import New, OpenBallot
from xianxue.desk.actions.ballots.opened import Setup
from xianxue.desk.actions.ballots.slip_codes import digest_of
from xianxue.desk.backup.making import make_backup
from xianxue.desk.ballots.urn import Urn
from xianxue.desk.models import JournalLine, Slip
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

K = 3
GRADES = ("excellent", "competent", "basic", "incompetent")
VOTERS = 12
_HEADER = 100
"""Bytes of an SQLite file's head: counters of its changes stand in it, which say how many."""


@pytest.fixture(autouse=True)
def _on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip(
            "what a server's administrator sees is said in docs/decisions/secret-ballots.md"
        )


def answers(at: int) -> dict[str, dict[str, str]]:
    """Twelve voters of different minds."""
    return {
        name: {"grade": GRADES[(at + shift) % 4 if shift else at % 3 + 1]}
        for shift, name in enumerate(PEOPLE)
    }


def meeting(box, monkeypatch):
    """A ballot whose slips are the same in each run of the test."""
    numbers = iter(range(1, 10_000))
    monkeypatch.setattr(
        "xianxue.desk.actions.ballots.issue_slips.drawn",
        lambda: slip_codes._LETTERS[next(numbers) % 32] * 24 + f"{next(numbers):02d}"[-2:],
    )
    card = box.card(CADRE, together=K)
    poll = box.open(card, PEOPLE, entitled={"staff": VOTERS})
    return poll, list(box.issue(poll, staff=VOTERS)["staff"])


def look(folder: Path) -> tuple[frozenset[str], Counter[str]]:
    """What a copy of the files says now: slips not yet spent, papers counted."""
    with closing(sqlite3.connect(f"file:{folder}/xianxue.sqlite3?mode=ro", uri=True)) as copy:
        unspent = frozenset(row[0] for row in copy.execute("SELECT digest FROM desk_unspentslip"))
        papers = Counter(dict(copy.execute("SELECT content, many FROM desk_keptpaper")))
    return unspent, papers


def test_whoever_compares_copies_sees_batches_and_never_one_vote(box, monkeypatch):
    """Before and after each vote: nothing, or at least so many slips with so many papers.

    Whoever joins what was spent with what was counted since finds of every slip several papers
    that it may have been, of every paper several slips, and no order among either.
    """
    poll, codes = meeting(box, monkeypatch)
    urn, seen = box.urn(poll), [look(box.folder)]
    for at, code in enumerate(codes[:-1]):
        urn.put(box.slip(code), answers(at), box.at)
        seen.append(look(box.folder))
    urn.flush()
    seen.append(look(box.folder))
    changes = [(now[0] ^ then[0], now[1] - then[1]) for then, now in itertools.pairwise(seen)]
    assert [len(slips) for slips, _ in changes] == [papers.total() for _, papers in changes]
    assert min(len(slips) for slips, _ in changes if slips) >= K
    assert sum(len(slips) for slips, _ in changes) == VOTERS - 1
    may_be = {slip: set(papers) for slips, papers in changes for slip in slips}
    assert len(may_be) == VOTERS - 1
    assert min(map(len, may_be.values())) >= K


def test_a_spent_slip_leaves_nothing_in_the_pages_of_the_file(box, monkeypatch):
    """Its row is overwritten and not only let go: of all that are spent as much is left."""
    poll, codes = meeting(box, monkeypatch)
    urn = box.urn(poll)
    for at, code in enumerate(codes[:6]):
        urn.put(box.slip(code), answers(at), box.at)
    urn.flush()
    held = b"".join(file.read_bytes() for file in box.folder.iterdir() if file.is_file())
    left = {code: held.count(box.slip(code).encode()) for code in codes}
    assert {left[code] for code in codes[:6]} == {1}, "that it was issued"
    assert min(left[code] for code in codes[6:]) > 1


def test_the_files_are_the_same_whoever_said_what(box, monkeypatch, tmp_path):
    """Closed, the database is the same byte by byte whichever slip gave which answer, and when.

    So nothing in it, no row, no order, no page, no log can say who gave which.
    """
    poll, codes = meeting(box, monkeypatch)
    connection.close()
    start = (box.folder / "xianxue.sqlite3").read_bytes()
    assert not (box.folder / "xianxue.sqlite3-wal").exists()
    at, left = box.at, set()
    for seed in range(3):
        connection.close()
        (box.folder / "xianxue.sqlite3").write_bytes(start)
        connection.ensure_connection()
        box.at = at
        poll.refresh_from_db()
        urn, chance = box.urn(poll), random.Random(seed)  # noqa: S311 - no secret
        votes = list(zip(chance.sample(codes, VOTERS), map(answers, range(VOTERS)), strict=True))
        chance.shuffle(votes)
        for code, said in votes:
            urn.put(box.slip(code), said, box.at)
        urn.flush()
        box.close(poll)
        wal = box.folder / "xianxue.sqlite3-wal"
        assert not wal.exists() or wal.stat().st_size == 0
        left.add((box.folder / "xianxue.sqlite3").read_bytes()[_HEADER:])
    assert len(left) == 1


def test_after_each_vote_of_a_survey_the_log_is_empty(box):
    """What a transaction changed stands in no log, and no code in any file."""
    poll = box.open(box.card(SURVEY))
    group = poll.content["groups"][0]["group"]
    codes = box.issue(poll, **{group: 4})[group]
    urn = box.urn(poll)
    for code in codes:
        urn.put(box.slip(code), {}, box.at)
        assert (box.folder / "xianxue.sqlite3-wal").stat().st_size == 0
    held = b"".join(file.read_bytes() for file in box.folder.iterdir())
    assert [code for code in codes if code.encode() in held or code.upper().encode() in held] == []


def test_tables_have_no_place_where_an_order_could_stand(box):
    """No number of a row, no time, and rows kept by digests of what they say."""
    with connection.cursor() as cursor:
        for name in ("slip", "unspentslip", "burntslip", "tally", "keptpaper", "kepttext"):
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"desk_{name}"])
            (sql,) = cursor.fetchone()
            assert sql.endswith("WITHOUT ROWID"), name
            assert not re.search(r"datetime|autoincrement|\bdate\b", sql, re.IGNORECASE), name


def test_the_journal_says_numbers_and_no_slip(box, monkeypatch):
    """Its lines have how many; neither digests of slips nor what anybody answered."""
    poll, codes = meeting(box, monkeypatch)
    urn = box.urn(poll)
    for at, code in enumerate(codes):
        urn.put(box.slip(code), answers(at), box.at)
    box.count(box.close(poll))
    lines = list(JournalLine.objects.order_by("number"))
    assert [line.deed for line in lines] == [
        "ballots.open", "ballots.issue", "ballots.close", "ballots.count",
    ]  # fmt: skip
    told = " ".join(f"{line.detail} {line.subject}" for line in lines)
    assert [one.digest for one in Slip.objects.all() if one.digest[:12] in told] == []
    assert [grade for grade in GRADES if grade in told] == []


def test_backups_say_no_more_than_the_files(four_schools, copy_workspace, tmp_path):
    """One before anybody has voted, one after a batch of ten, one when it is closed.

    Their difference is ten slips and ten papers; no member has a code, and of a spent slip nothing
    is left in the copy of the database but that it was issued.
    """
    copy_workspace(four_schools, tmp_path / "county")
    workspace = Workspace.open(tmp_path / "county")
    ground, at = open_ground(workspace), clock.now()
    setup = Setup(subjects=PEOPLE, entitled={"staff": 25})
    new = New(card=workspace.shelf.ballots[CADRE], period="2026", setup=setup)
    poll = OpenBallot(ground, SCRUTINEER, at)(new)
    (issued,) = IssueSlips(ground, ISSUER, at)(poll, [Wanted("staff", 25)])
    urn, seen = Urn(poll), [_backed_up(workspace, tmp_path / "0.zip", tmp_path / "0")]
    for number, code in enumerate(issued.codes[:20]):
        urn.put(digest_of(code), answers(number), at)
    seen.append(_backed_up(workspace, tmp_path / "1.zip", tmp_path / "1"))
    urn.flush()
    CloseBallot(ground, SCRUTINEER, at)(poll)
    seen.append(_backed_up(workspace, tmp_path / "2.zip", tmp_path / "2"))
    connection.close()
    for then, now in itertools.pairwise(seen):
        assert len(then[0] ^ now[0]) == (now[1] - then[1]).total() == 10
    for folder in ("0", "1", "2"):
        held = b"".join(
            file.read_bytes() for file in (tmp_path / folder).rglob("*") if file.is_file()
        )
        assert [code for code in issued.codes if code.encode() in held.lower()] == []
        (file,) = (tmp_path / folder).rglob("xianxue.sqlite3")
        database = file.read_bytes()
        unspent = seen[int(folder)][0]
        left = {digest_of(code): database.count(digest_of(code).encode()) for code in issued.codes}
        assert {left[slip] for slip in left if slip not in unspent} <= {1}


def _backed_up(workspace: Workspace, target: Path, folder: Path):
    """What a backup says of slips and papers; it is laid out in a folder."""
    make_backup(workspace, target)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder)
    (database,) = folder.rglob("xianxue.sqlite3")
    return look(database.parent)
