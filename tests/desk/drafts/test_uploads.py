"""Files that were sent: checked beside the pages, stopped without harm, taken up again."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.desk.actions.context import Key
from xianxue.desk.models.pages import LongWork
from xianxue.desk.returns.drafts.uploads import Sent, Uploads
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.works import running
from xianxue.desk.workspace import Workspace

WHO, OTHER = "张三（虚构）", "李四（虚构）"
KEY = Key("school_annual", "2025-2026", "2163980001")


@pytest.fixture
def uploads(four_schools, tmp_path, copy_workspace) -> Uploads:
    root = tmp_path / "county"
    copy_workspace(four_schools, root)
    workspace = Workspace.open(root)
    open_ground(workspace)
    return Uploads(workspace.store)


class Checking:
    """Checks files as fast as nothing, and remembers which."""

    def __init__(self, wait: float = 0.0) -> None:
        self.seen: list[str] = []
        self.wait = wait

    def __call__(self, data: bytes, name: str) -> SimpleNamespace:
        time.sleep(self.wait)
        self.seen.append(name)
        if data == b"broken":
            raise RuntimeError(name)
        must = {Severity.MUST_FIX: int(data == b"wrong")}
        key = None if data == b"none" else KEY
        return SimpleNamespace(key=key, count=lambda severity: must.get(severity, 0))


def ended(uploads: Uploads, key: str):
    for _ in range(200):
        found = uploads.find(key, WHO)
        if found.state != "going":
            return found
        time.sleep(0.05)
    raise AssertionError(found.state)


def test_each_file_is_judged_for_itself(uploads):
    """One that breaks the program does not keep the others from being judged."""
    check = Checking()
    files = [
        ("好.xlsx", b"good"),
        ("错.xlsx", b"wrong"),
        ("坏.xlsx", b"broken"),
        ("图.xlsx", b"none"),
    ]
    found = ended(uploads, uploads.take(WHO, files, check))

    assert found.state == "done"
    assert [(one.state, one.clean) for one in found.sent] == [
        ("read", True),
        ("read", False),
        ("refused", False),
        ("refused", False),
    ]


def test_what_somebody_sent_is_theirs_alone(uploads):
    key = uploads.take(WHO, [("a.xlsx", b"good")], Checking())
    ended(uploads, key)

    assert uploads.find(key, OTHER) is None
    assert uploads.of(OTHER) == []


def test_stopped_work_goes_on_where_it_stopped(uploads):
    check = Checking(wait=0.1)
    key = uploads.take(WHO, [(f"{n}.xlsx", b"good%d" % n) for n in range(8)], check)
    while not check.seen:
        time.sleep(0.02)
    running.ask_to_stop(key, WHO)
    stopped = ended(uploads, key)
    assert stopped.state == "stopped"
    assert 0 < stopped.done < stopped.total

    uploads.go_on(key, WHO, check)
    done = ended(uploads, key)

    assert (done.state, done.done) == ("done", 8)
    assert check.seen == [f"{n}.xlsx" for n in range(8)], "no file was checked twice"


def test_work_whose_process_died_is_told_as_such_and_taken_up_again(uploads):
    check = Checking()
    key = uploads.take(WHO, [("a.xlsx", b"good"), ("b.xlsx", b"wrong")], check)
    ended(uploads, key)
    row = LongWork.objects.get(key=key)
    row.result["files"][1] |= {"state": "waiting", "must_fix": 0}
    row.state = "going"
    row.save()
    running.tell_broken_off()
    broken = uploads.find(key, WHO)
    assert (broken.state, broken.done, broken.total) == ("failed", 1, 2)
    told = running.find(key, WHO)
    assert "程序中途停" in told.result["why"]

    uploads.go_on(key, OTHER, check)
    assert uploads.find(key, WHO).state == "failed", "another's"
    uploads.go_on(key, WHO, check)
    found = ended(uploads, key)

    assert [one.must_fix for one in found.sent] == [0, 1]
    assert check.seen == ["a.xlsx", "b.xlsx", "b.xlsx"]


def test_two_files_of_one_return_rival_each_other(uploads):
    found = ended(uploads, uploads.take(WHO, [("a.xlsx", b"one"), ("b.xlsx", b"two")], Checking()))

    assert [found.rivals(one) for one in found.sent] == [1, 1]


def test_a_copy_is_no_rival(uploads):
    found = ended(uploads, uploads.take(WHO, [("a.xlsx", b"one"), ("b.xlsx", b"one")], Checking()))

    assert [found.rivals(one) for one in found.sent] == [0, 0]


def test_files_of_one_name_are_told_apart(uploads):
    found = ended(uploads, uploads.take(WHO, [("a.xlsx", b"one"), ("a.xlsx", b"two")], Checking()))

    assert [one.name for one in found.sent] == ["a(1).xlsx", "a(2).xlsx"]


def test_what_is_too_large_is_refused_and_not_kept(uploads, monkeypatch):
    monkeypatch.setattr("xianxue.desk.returns.drafts.uploads.LARGEST_FILE", 3)
    check = Checking()
    found = ended(uploads, uploads.take(WHO, [("大.xlsx", b"1234")], check))

    assert (found.sent[0].state, found.sent[0].digest, check.seen) == ("refused", "", [])


def test_after_a_fortnight_it_is_forgotten_with_its_files(uploads):
    key = uploads.take(WHO, [("a.xlsx", b"old")], Checking())
    ended(uploads, key)
    then = clock.now() - timedelta(days=15)
    LongWork.objects.filter(key=key).update(began_at=then)
    for path in uploads.root.iterdir():
        os.utime(path, (then.timestamp(), then.timestamp()))
    ended(uploads, uploads.take(WHO, [("b.xlsx", b"new")], Checking()))

    assert uploads.find(key, WHO) is None
    assert [path.read_bytes() for path in uploads.root.iterdir()] == [b"new"]


def test_what_is_sent_again_is_kept_from_then(uploads):
    ended(uploads, uploads.take(WHO, [("a.xlsx", b"same")], Checking()))
    (path,) = uploads.root.iterdir()
    then = (clock.now() - timedelta(days=13)).timestamp()
    os.utime(path, (then, then))
    ended(uploads, uploads.take(WHO, [("b.xlsx", b"same")], Checking()))

    assert path.stat().st_mtime > then + 86_400


def test_its_page_is_told_with_it(uploads):
    key = uploads.take(WHO, [("a.xlsx", b"good")], Checking(), page=lambda key: f"/sent/{key}")
    ended(uploads, key)

    assert running.find(key, WHO).result["address"] == f"/sent/{key}"


def test_a_file_that_was_not_read_is_not_clean():
    assert not Sent(name="a.xlsx").clean


def test_what_another_is_just_writing_is_in_nobodys_way(uploads):
    """A scratch file that is listed and gone a moment later made a file be refused."""
    uploads.root.mkdir(parents=True)
    (uploads.root / ".scratch").symlink_to(uploads.root / "gone")
    key = uploads.take(WHO, [("甲.xlsx", b"right")], Checking())
    running.wait(key, 10)
    found = uploads.find(key, WHO)
    assert found is not None
    assert found.done == 1
