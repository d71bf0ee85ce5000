"""Keeping what was decided of a table's columns: the card, the line, and who may."""

from __future__ import annotations

import hashlib

import pytest

from xianxue.bureau.kinds.mapping import MappedColumn, Mapping
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions import keep_mapping
from xianxue.desk.actions.keep_mapping import KeepMapping
from xianxue.desk.models import JournalLine
from xianxue.desk.stores.mappings import MappingsFolder, text_of

CARD = Mapping(
    mapping="town_summary",
    term="乡镇汇总表",
    form="school_annual",
    fingerprint="f" * 64,
    columns=[
        MappedColumn(column="学校", field="place"),
        MappedColumn(column="学生数", field="students.enrolled"),
        MappedColumn(column="学生数", nth=2, field="students.girls"),
        MappedColumn(column="占地", field="premises.area", unit="亩"),
    ],
    skipped=["序号", "备注"],
)


def keeping(desk, actor=None):
    folder = MappingsFolder(desk.folder / "mappings")
    return KeepMapping(folder, desk.ground, actor or desk.office(), desk.tick())


def test_a_card_is_kept_and_told(desk, told):
    kept = keeping(desk)(CARD)
    assert kept == desk.folder / "mappings" / "town_summary.yaml"
    assert kept.read_text(encoding="utf-8") == text_of(CARD)
    assert told() == {
        "at": desk.at,
        "actor": "赵六（虚构）",
        "deed": "returns.map",
        "subject": "town_summary",
        "detail": {
            "table": "乡镇汇总表",
            "columns": {
                "学校#1": "place",
                "学生数#1": "students.enrolled",
                "学生数#2": "students.girls",
                "占地#1": "premises.area（亩）",
            },
            "skipped": ["序号", "备注"],
            "file": hashlib.sha256(text_of(CARD).encode()).hexdigest(),
        },
        "why": "",
    }


def test_who_keeps_none(desk, refused):
    issue = refused(keeping(desk, desk.clerk()), CARD)
    assert (issue.code, issue.form, issue.place) == ("F-ROLE", "school_annual", "639900")
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县“乡镇汇总表”的保存列对应；"
        "要求：由股室业务员、分管领导办理。"
    )
    assert not (desk.folder / "mappings").exists()
    assert refused(keeping(desk, Actor("", "leader")), CARD).message == (
        "没有写明谁来保存列对应；要求：写明经办人姓名。"
    )


def test_a_line_that_cannot_be_written_keeps_no_card(desk, monkeypatch):
    def die(_):
        message = "停电"
        raise OSError(message)

    monkeypatch.setattr(keep_mapping, "write_down", die)
    with pytest.raises(OSError, match="停电"):
        keeping(desk)(CARD)
    assert not (desk.folder / "mappings").exists()


def test_a_card_that_cannot_be_written_is_not_told_of(desk):
    """Where the folder should be lies a file: no line tells of a card that is not there."""
    (desk.folder / "mappings").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="mappings"):
        keeping(desk)(CARD)
    assert not JournalLine.objects.exists()
