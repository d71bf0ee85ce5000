"""Long work: it goes on without whoever began it, says how far it is, and can be stopped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores import clock
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.tasks import long_work
from xianxue.desk.tasks.long_work import Going

PATIENCE = 20


@pytest.fixture(autouse=True)
def _store(store: Path) -> None:
    """Each test has a store of its own."""


def run(work: Any, total: int = 1, **more: Any) -> long_work.Standing:
    key = long_work.start("counting", "甲", total, work, **more)
    long_work.wait(key, PATIENCE)
    found = long_work.look(key, "甲")
    assert found is not None
    return found


def test_what_comes_out_is_kept_for_whoever_began_it() -> None:
    def work(going: Going) -> dict[str, Any]:
        for _ in range(3):
            going.moved()
        return {"n": 3}

    found = run(work, 3, title=say("核对 {n} 份", n=3))

    assert (found.state, found.done, found.total, found.result) == ("done", 3, 3, {"n": 3})
    assert found.title == "核对 3 份"
    assert long_work.look(found.key, "乙") is None
    assert [one.key for one in long_work.list_of("甲", "counting")] == [found.key]
    assert long_work.list_of("乙") == []


def test_the_title_is_told_in_the_readers_language() -> None:
    found = run(lambda _: {}, title=say("核对 {n} 份", n=3))

    assert found.title.told({"核对 {n} 份": "audit {n}"}) == "audit 3"  # type: ignore[union-attr]  # a sentence


def test_who_asks_to_stop_stops_it_and_what_is_done_stays() -> None:
    began, asked = Event(), Event()

    def work(going: Going) -> dict[str, Any]:
        going.moved()
        began.set()
        asked.wait(PATIENCE)
        while True:
            going.moved(0)

    key = long_work.start("counting", "甲", 100, work)
    began.wait(PATIENCE)
    long_work.ask_to_stop(key, "乙")
    going = long_work.look(key, "甲")
    assert going is not None
    assert going.going
    long_work.ask_to_stop(key, "甲")
    asked.set()
    long_work.wait(key, PATIENCE)
    found = long_work.look(key, "甲")

    assert found is not None
    assert (found.state, found.done) == ("stopped", 1)


def test_a_complaint_is_the_reason_of_its_failure() -> None:
    def work(_: Going) -> dict[str, Any]:
        raise ComplaintsError([Issue(code="X", severity=Severity.MUST_FIX, saw="缺一页")])

    found = run(work)

    assert found.state == "failed"
    assert found.why.startswith("缺一页")


def test_a_fault_of_ours_is_told_without_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    def work(_: Going) -> dict[str, Any]:
        raise ZeroDivisionError

    found = run(work)

    assert found.state == "failed"
    assert "程序没有做完" in found.why
    assert "ZeroDivisionError" in caplog.text


def test_work_of_a_process_that_died_has_failed() -> None:
    from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs the store first

    long_ago = clock.now() - timedelta(minutes=2)
    for key, moved in (("old", long_ago), ("new", clock.now())):
        LongWork.objects.create(
            key=key, who="甲", kind="counting", total=5, done=2, began_at=long_ago, moved_at=moved
        )

    old, new = long_work.look("old", "甲"), long_work.look("new", "甲")

    assert old is not None
    assert new is not None
    assert (old.state, old.done) == ("failed", 2)
    assert "程序关掉了" in old.why
    # Another process may be at it: nothing is said of it yet.
    assert new.going


def test_the_same_key_is_begun_once() -> None:
    hold, runs = Event(), list[int]()

    def work(_: Going) -> dict[str, Any]:
        runs.append(1)
        hold.wait(PATIENCE)
        return {}

    first = long_work.start("counting", "甲", 1, work, key="same")
    second = long_work.start("counting", "甲", 1, work, key="same")
    hold.set()
    long_work.wait(first, PATIENCE)

    assert first == second
    assert runs == [1]
