"""Registering what happened to a place: the line of the file, the line of the journal, and who may."""

from __future__ import annotations

import hashlib

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions import telling
from xianxue.desk.actions.register.record_event import RecordEvent
from xianxue.desk.models import JournalLine
from xianxue.desk.stores.event_lines import COLUMNS
from xianxue.desk.stores.events import NAME, EventsFile, read_events


def said(desk, **cells):
    """A line that closes the school in the east, with the cells named."""
    closing = {
        "day": "2026-09-01",
        "event": "closed",
        "code": desk.EAST,
        "document": "虚构教字〔2026〕1号",
        "reason": "布局调整",
        "by": "赵六（虚构）",
    }
    return dict.fromkeys(COLUMNS, "") | closing | cells


def recording(desk, actor=None):
    ground = desk.ground
    return RecordEvent(
        EventsFile(desk.folder / NAME, desk.folder),
        ground.register,
        ground.shelf.codes,
        ground.authority,
        actor or desk.office(),
        desk.tick(),
    )


def test_an_event_stands_in_the_file_and_in_the_journal(desk, told):
    assert recording(desk)(said(desk)) == []
    text = (desk.folder / NAME).read_bytes()
    (event,), issues = read_events(desk.folder / NAME, desk.ground.shelf.codes)
    assert issues == []
    assert (event.kind, event.codes, event.reason) == ("closed", (desk.EAST,), "布局调整")
    assert told() == {
        "at": desk.at,
        "actor": "赵六（虚构）",
        "deed": "places.record",
        "subject": "2026-09-01 撤销/2163990001",
        "detail": {
            "event": {
                "day": "2026-09-01",
                "event": "closed",
                "code": desk.EAST,
                "document": "虚构教字〔2026〕1号",
                "reason": "布局调整",
                "by": "赵六（虚构）",
            },
            # The file as it lies on the disk: its first bytes are the mark of UTF-8.
            "file": hashlib.sha256(text).hexdigest(),
            "role": "office_clerk",
        },
        "why": "布局调整",
    }
    assert text.startswith(b"\xef\xbb\xbf")


def test_what_makes_no_sense_is_complained_of_and_not_written(desk):
    assert recording(desk)(said(desk)) == []
    before = (desk.folder / NAME).read_bytes()
    (issue,) = recording(desk)(said(desk, day="2026-10-01"))
    assert issue.code == "W-EVENTS"
    assert issue.saw == "东村小学（2163990001）已于 2026-08-31 停办"
    assert (desk.folder / NAME).read_bytes() == before
    assert JournalLine.objects.count() == 1


def test_who_records_nothing(desk):
    (issue,) = recording(desk, desk.clerk())(said(desk))
    assert (issue.code, issue.form, issue.place) == ("F-ROLE", desk.EAST, "639900")
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县名册的登记变动；要求：由股室业务员、分管领导办理。"
    )
    assert not (desk.folder / NAME).exists()
    assert not JournalLine.objects.exists()


def test_a_leader_records_too(desk, told):
    assert recording(desk, Actor("孙八（虚构）", "leader"))(said(desk)) == []
    assert told()["actor"] == "孙八（虚构）"


def test_a_line_that_cannot_be_written_leaves_the_file_alone(desk, monkeypatch):
    def die(_):
        message = "停电"
        raise OSError(message)

    monkeypatch.setattr(telling, "write_down", die)
    with pytest.raises(OSError, match="停电"):
        recording(desk)(said(desk))
    assert not (desk.folder / NAME).exists()


def test_a_file_that_cannot_be_written_is_not_told_of(desk, monkeypatch):
    def die(*_):
        message = "停电"
        raise OSError(message)

    monkeypatch.setattr(EventsFile, "write", die)
    with pytest.raises(OSError, match="停电"):
        recording(desk)(said(desk))
    assert not JournalLine.objects.exists()
