"""Every way by which a return comes in: one set of checks, one line in the journal.

The ways are enumerated from the source: who adds one has to add it here, and to say the same.
"""

from __future__ import annotations

import ast
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from kit.forms import multipart

import xianxue

SOURCE = Path(xianxue.__file__).parent
ONE = "/returns/school_annual/2025-2026/"
SIGNED = {"clerk": "填报员（虚构）", "head": "校长（虚构）", "why": "更正（虚构）"}

BY_FILES = {
    "desk/cli/demo.py": {"accept_files"},
    "desk/cli/returns/group.py": {"accept_files"},
    "desk/cli/returns/submit.py": {"submit_files"},
    "desk/returns/drafts/handing.py": {"accept_files", "submit_files"},
    "web/api/deeds.py": {"submit_files"},
    "web/api/drafts.py": {"hand_in"},
    "web/returns/collecting.py": {"take_in"},
    "web/returns/signing.py": {"hand_in"},
}
"""Who hands in files: all of it goes through ``desk/returns/submission.py``, which checks."""
BY_DEED = {
    "desk/returns/earlier_years.py",
    "desk/returns/next_round.py",
    "desk/returns/submission.py",
    "desk/returns/whole_way.py",
}
"""Who makes the deed itself; beside the one above these lay out example counties and last year."""


def calls(names: set[str]) -> dict[str, list[ast.Call]]:
    """The calls of some names, by file."""
    found: dict[str, list[ast.Call]] = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in names:
                found.setdefault(path.relative_to(SOURCE).as_posix(), []).append(node)
    return found


def test_every_way_in_is_known_and_says_which_period_is_collected():
    found = calls({"submit_files", "accept_files", "hand_in", "take_in"})

    assert {path: {one.func.id for one in each} for path, each in found.items()} == BY_FILES
    # Example counties are laid out whole; everybody else says which period is being collected.
    del found["desk/cli/demo.py"]
    for path, each in found.items():
        for one in each:
            assert {"usual", "actor"} <= {word.arg for word in one.keywords}, path
    assert set(calls({"Submit", "AcceptReturns"})) == BY_DEED


# ── the ways that people take ───────────────────────────────────────────────


@pytest.fixture
def place(own_site) -> str:
    return own_site.account("school_clerk")["place"]


def workbook(workspace: Path, place: str, **cells: object) -> tuple[str, bytes]:
    (path,) = (workspace / "workbooks").glob(f"{place}_*.xlsx")
    book, kept = openpyxl.load_workbook(path), io.BytesIO()
    for name, value in cells.items():
        tab, _, address = name.partition("__")
        book[tab][address] = value
    book.save(kept)
    return path.name, kept.getvalue()


def uploaded(visitor, file: tuple[str, bytes]) -> str:
    done = visitor.send("/returns/upload/", "/returns/upload/take", files={"files": file})
    for _ in range(200):
        if "正在校验" not in visitor.get(f"{done.goes_to}?stay=1").text:
            break
    return urlsplit(done.goes_to).path


def by_page(site, place: str, file: tuple[str, bytes], token: str) -> str:
    """One file, signed on its own page."""
    visitor = site.visitor("school_clerk")
    sent = uploaded(visitor, file).rstrip("/").rpartition("/")[2]
    of = f"{ONE}{place}/sign/?sent={sent}&number=1"
    return visitor.post(
        f"{ONE}{place}/sign/submit", {**SIGNED, "sent": sent, "number": "1"}, of=of
    ).text


def by_many(site, place: str, file: tuple[str, bytes], token: str) -> str:
    """Files ticked in a list and signed together."""
    visitor = site.visitor("school_clerk")
    page = uploaded(visitor, file)
    return visitor.post(f"{page}submit", {**SIGNED, "file": "1"}, of="/returns/upload/").text


def by_api(site, place: str, file: tuple[str, bytes], token: str) -> str:
    """A program of somebody with a token."""
    kind, body = multipart({name: [value] for name, value in SIGNED.items()}, {"files": file})
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    answer = site.visitor().ask("POST", "/api/v1/returns/submit", body, headers)
    return json.dumps(json.loads(answer.text), ensure_ascii=False)


WAYS: list[Callable[..., str]] = [by_page, by_many, by_api]


def lines(workspace: Path, place: str) -> list[tuple[str, str, str, dict[str, object]]]:
    """The journal's lines of a school's return: actor, deed, reason, what is told."""
    with closing(sqlite3.connect(workspace / "store" / "xianxue.sqlite3")) as database:
        rows = database.execute(
            "SELECT actor, deed, why, detail FROM desk_journalline"
            " WHERE place = ? AND kind = 'returns' ORDER BY number",
            (place,),
        ).fetchall()
    return [(actor, deed, why, json.loads(detail)) for actor, deed, why, detail in rows]


def test_every_way_leaves_the_same_line_and_refuses_the_same(
    own_site, place, workspace, token_for, tmp_path
):
    token = token_for(workspace, "school_clerk", tmp_path)
    office = own_site.visitor("office_clerk")
    good, bad = workbook(workspace, place), workbook(workspace, place, 学生__B5="很多")
    told = []
    for number, way in enumerate(WAYS, 1):
        back = {"step": "send_back", "remark": "再核对", "why": "有误", "seen": str(number)}
        done = office.post(f"{ONE}{place}/step", back, of=f"{ONE}{place}/review")
        assert done.status == 303, done.text
        before = len(lines(workspace, place))
        refused = way(own_site, place, bad, token)
        assert len(lines(workspace, place)) == before, way.__name__
        # Among many files one that has to be mended cannot be ticked: it is told on its page.
        assert way is by_many or "很多" in refused, way.__name__
        way(own_site, place, good, token)
        (line,) = lines(workspace, place)[before:]
        told.append(line)

    first = told[0]
    for actor, deed, why, detail in told:
        assert (actor, deed, why) == first[:3]
        assert detail.keys() == first[3].keys()
        same = {"revision", "batch", "file", "digest", "signatures"}
        assert {k: v for k, v in detail.items() if k not in same} == {
            k: v for k, v in first[3].items() if k not in same
        }
    assert [detail["revision"] for *_, detail in told] == [2, 3, 4]
