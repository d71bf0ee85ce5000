"""Long work goes on beside the pages, shows how far it is, stops where asked, and is never lost."""

import errno
import json
import time
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.database import open_database
from xianxue.desk.models import LongWork
from xianxue.desk.stores import clock
from xianxue.desk.works import running
from xianxue.desk.works.packing import packed, unpacked
from xianxue.desk.workspace import ComplaintsError

pytestmark = pytest.mark.usefixtures("opened")


@pytest.fixture
def opened(tmp_path):
    open_database(tmp_path / "store")


def ended(key, who="甲"):
    for _ in range(200):
        told = running.find(key, who)
        if told.state != running.GOING:
            return told
        time.sleep(0.02)
    message = "it never ended"
    raise AssertionError(message)


def begun(work, total=3):

    return running.begin("甲", "test", say("校验 {n} 份", n=total), total, work)


def test_what_is_done_is_counted_and_handed_on():
    def work(going):
        for _ in range(3):
            going.step()
        return {"address": "/there"}

    key = begun(work)
    told = ended(key)

    assert (told.state, told.done, told.result) == ("done", 3, {"address": "/there"})
    assert told.title.told({"校验 {n} 份": "check {n}"}) == "check 3"


def test_it_is_its_owners_alone():
    key = begun(lambda _: {})

    assert running.find(key, "乙") is None
    ended(key)


def test_a_complaint_is_told_and_what_was_done_is_said():
    def work(going):
        going.step()
        raise ComplaintsError(
            [Issue(code="X", severity=Severity.MUST_FIX, saw=say("磁盘满了"), do=say("请清理"))]
        )

    key = begun(work)
    told = ended(key)

    assert (told.state, told.done) == ("failed", 1)
    assert told.result["why"] == "磁盘满了。请清理。"


@pytest.mark.filterwarnings("ignore")
def test_a_fault_of_ours_is_told_in_words(caplog):
    key = begun(lambda _: 1 / 0)
    told = ended(key)

    assert told.state == "failed"
    assert "ZeroDivision" not in told.result["why"]
    assert "ZeroDivisionError" in caplog.text


def test_it_stops_where_it_is_asked_to(monkeypatch):

    monkeypatch.setattr(running, "_EVERY", timedelta(0))
    started, asked = Event(), Event()

    def work(going):
        going.step()
        started.set()
        asked.wait(5)
        going.step()
        going.step()
        return {}

    key = begun(work)
    started.wait(5)
    running.ask_to_stop(key, "甲")
    asked.set()
    told = ended(key)

    assert (told.state, told.done) == ("stopped", 2)


def test_one_whose_process_has_died_is_told_as_such():

    then = clock.now() - timedelta(minutes=5)
    LongWork.objects.create(
        key="k",
        who="甲",
        kind="t",
        title=packed(say("导入")),
        total=9,
        done=4,
        began_at=then,
        moved_at=then,
    )
    told = running.find("k", "甲")

    assert told.state == "failed"
    assert "4" in told.result["why"]


def test_a_process_that_begins_tells_at_once_what_the_last_one_left():
    now = clock.now()
    LongWork.objects.create(
        key="k",
        who="甲",
        kind="t",
        title=packed(say("导入")),
        total=9,
        done=4,
        result={"seen": [1, 2]},
        began_at=now,
        moved_at=now,
    )
    assert running.find("k", "甲").state == "going", "another process may be at it"
    running.tell_broken_off()
    told = running.find("k", "甲")

    assert (told.state, told.done, told.broken_off) == ("failed", 4, True)
    assert told.result["seen"] == [1, 2], "what had come of it is kept"


def test_what_goes_on_here_is_not_told_as_broken_off():
    go = Event()

    def work(_):
        go.wait(5)
        return {}

    key = begun(work)
    running.tell_broken_off()
    assert running.find(key, "甲").state == "going"
    go.set()
    assert ended(key).state == "done"


def test_one_that_stopped_goes_on_from_what_it_kept_and_one_that_is_done_does_not():
    seen, started, asked = [], Event(), Event()

    def work(going):
        at = len(seen)
        seen.append(at)
        going.keep({"seen": list(seen)}, len(seen))
        started.set()
        asked.wait(5)
        going.keep({"seen": list(seen)}, len(seen))
        return {"seen": list(seen)}

    key = begun(work)
    started.wait(5)
    running.ask_to_stop(key, "甲")
    asked.set()
    told = ended(key)
    assert (told.state, told.result["seen"]) == ("stopped", [0])

    running.go_on(key, "乙", work)
    assert running.find(key, "甲").state == "stopped", "another's"
    running.go_on(key, "甲", work)
    assert ended(key).result == {"seen": [0, 1]}
    running.go_on(key, "甲", work)
    assert seen == [0, 1]


def test_what_is_quick_waits_for_nothing_long():
    go = Event()

    def long(_):
        go.wait(10)
        return {}

    longs = [begun(long) for _ in range(running.AT_ONCE + 1)]
    quick = running.begin("甲", "test", say("查一份"), 1, lambda _: {}, quick=True)
    assert ended(quick).state == "done"
    assert [running.find(key, "甲").state for key in longs] == ["going"] * len(longs)
    assert len(running.going_beside(longs[0])) == running.AT_ONCE
    go.set()
    for key in longs:
        ended(key)


@pytest.mark.parametrize(
    "text",
    [say("{a}", a=1), joined("、", [say("甲"), "乙"]), "平", say("{x}{y}", x=say("x"), y="1")],
)
def test_a_sentence_comes_back_as_it_was(text):

    back = unpacked(json.loads(json.dumps(packed(text))))

    assert back == text
    assert type(back) is type(text)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "报表.zip"),
        OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_is_told_as_one_and_not_by_its_number(error):
    def work(_going):
        raise error

    told = ended(begun(work))

    assert told.state == running.FAILED
    assert "磁盘满了" in str(told.result["why"])
