"""A list of days becomes a calendar's card, or every complaint about it."""

from __future__ import annotations

from datetime import date

import pytest
from national import national

from xianxue.catalogue.load import load
from xianxue.desk.ledgers.calendar_list import Listed, read_days

HEAD = ("日期", "类型", "名称")


def test_the_national_card_of_a_year_comes_back_from_its_own_days():
    card = national().shelf.calendars["cn_2026"]
    rows = [
        (date.fromordinal(day), "放假", str(one.term))
        for one in card.holidays
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    ]
    rows += [(day, "上班", "") for day in card.worked]
    found = read_days([HEAD, *rows], "a.xlsx", "表")
    assert isinstance(found, Listed)
    assert found.ident == "cn_2026"
    assert list(found.stretches()) == [
        (str(one.term), one.first, one.last)
        for one in sorted(card.holidays, key=lambda one: one.first)
    ]
    assert sorted(found.worked) == sorted(card.worked)


def test_days_apart_or_of_another_name_are_another_holiday():
    days = [(f"2027-10-0{at}", "休", "国庆节") for at in (1, 2, 4)] + [
        ("2027/10/3", "休", "中秋节")
    ]
    found = read_days([HEAD, *days], "a.csv", "")
    assert isinstance(found, Listed)
    assert [(name, first.day, last.day) for name, first, last in found.stretches()] == [
        ("国庆节", 1, 2), ("中秋节", 3, 3), ("国庆节", 4, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("哪天", "放假", ""), "A3"),
        (("2027-01-01", "放假", ""), "A3"),
        (("2027-01-04", "也许", ""), "B3"),
        (("2027-01-04", "上班", ""), "B3"),
        (("2028-01-01", "放假", ""), "A3"),
    ],
)
def test_what_cannot_stand_is_told_in_its_cell(row, cell):
    first = ("2027-01-01", "放假", "元旦")
    more = ("2027-01-02", "放假", "元旦")
    found = read_days([HEAD, first, row, more], "a.xlsx", "表")
    assert not isinstance(found, Listed)
    assert [(issue.cell, issue.sheet) for issue in found] == [(cell, "表")]


def test_the_card_is_one_that_the_catalogue_takes(tmp_path):
    rows = [("2027-10-01", "放假", '国庆"节"'), ("2027-10-09", "上班", "")]
    found = read_days([HEAD, *rows], "a.xlsx", "表")
    assert isinstance(found, Listed)
    path = tmp_path / "card.yaml"
    path.write_text(found.text("虚构〔2026〕1号"), encoding="utf-8")
    loaded = load(path)
    assert loaded.issues == []
    card = loaded.shelf.calendars["cn_2027"]
    assert [(str(one.term), one.first, one.last) for one in card.holidays] == [
        ('国庆"节"', date(2027, 10, 1), date(2027, 10, 1))
    ]
    assert (card.worked, card.source.note) == ([date(2027, 10, 9)], "虚构〔2026〕1号")


@pytest.mark.parametrize("grid", [[], [("日子", "类型")], [HEAD]])
def test_a_list_without_a_head_or_a_day_is_none(grid):
    assert not isinstance(read_days(grid, "a.xlsx", ""), Listed)
