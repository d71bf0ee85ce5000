"""Schools put together by 城乡 and by size: each stands where its code or its pupils say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest
from national import national

from xianxue.bureau.places.place import Attributes, Place
from xianxue.desk.assessment.groups import grouping

DAY = date(2025, 9, 1)


@pytest.fixture(scope="module")
def shelf():
    return national().shelf


def school(code: str) -> Place:
    kept = Attributes(valid_from=date(2000, 1, 1), school_type="211", urban_rural=code)
    return Place(code="S", name="甲校（虚构）", level="school", history=(kept,))


@pytest.mark.parametrize(
    ("code", "term"),
    [
        *(("111", "城区"), ("112", "城区"), ("121", "镇区"), ("123", "镇区"), ("210", "乡村")),
        *(("220", "乡村"), ("", "没有登记城乡分类"), ("999", "没有登记城乡分类")),
    ],
)
def test_a_school_stands_with_those_of_its_kind_of_area(shelf, code, term):
    group_of = grouping("area", shelf, {"S": school(code)}, DAY, {}, "2025-2026")

    assert group_of("S").term == term


@pytest.mark.parametrize(
    ("pupils", "term"),
    [
        *((0, "不足100人"), (99, "不足100人"), (100, "100至499人"), (499, "100至499人")),
        *((500, "500至999人"), (1000, "1000至2000人"), (2000, "1000至2000人")),
        *((2001, "2000人以上"), (None, "在校生数未定")),
    ],
)
def test_a_school_stands_with_those_of_its_size(shelf, pupils, term):
    value = None if pupils is None else Fraction(pupils)
    figures = {"pupils_compulsory/S/all/2025-2026": SimpleNamespace(value=value)}
    group_of = grouping("size", shelf, {"S": school("220")}, DAY, figures, "2025-2026")

    assert group_of("S").term == term


def test_groups_stand_in_the_order_of_their_list_and_what_is_not_known_last(shelf):
    register = {code: school(code) for code in ("220", "", "121", "111")}
    group_of = grouping("area", shelf, register, DAY, {}, "2025-2026")

    found = sorted((group_of(code) for code in register), key=lambda one: one.order)
    assert [one.term for one in found] == ["城区", "镇区", "乡村", "没有登记城乡分类"]


def test_by_stages_there_are_no_groups(shelf):
    assert grouping("", shelf, {}, DAY, {}, "2025-2026") is None
