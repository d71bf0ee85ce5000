"""Headers of lists of schools, as people and ministry exports write them."""

from __future__ import annotations

import pytest

from xianxue.bureau.returns.roster.columns import column_named, find_columns


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("学校标识码", "code"),
        ("学校（机构）标识码", "code"),
        ("学校(机构)名称", "name"),
        ("*学校名称", "name"),
        ("办 学 类 型", "school_type"),
        ("学校（机构）办学类型代码", "school_type"),
        ("举办者类型名称", "sponsor"),
        ("办学性质", "sponsor"),
        ("驻地城乡类型", "urban_rural"),
        ("学校（机构）所在地城乡分类码", "urban_rural"),
        ("建校年月", "opened"),
        ("是否寄宿制学校", "boarding"),
        ("所属乡镇（街道）", "township"),
        ("学校驻地行政区划代码", "area"),
        ("valid_from", "valid_from"),
        ("校长", ""),
        ("学校电话", ""),
        ("在校生数", ""),
        ("学校占地面积（平方米）", ""),
    ],
)
def test_a_header_means_one_column_or_none(header: str, column: str) -> None:
    assert column_named(header) == column


def test_headers_are_found_below_titles_and_label_lines() -> None:
    """Titles and «label: value» lines stand above; the line that names most columns is the one."""
    found = find_columns(
        [
            ["虚构县学校名单", "", "", ""],
            ["单位名称", "虚构县教育局", "填报日期", "2025-10-08"],
            ["序号", "学校名称", "学校标识码", "办学类型"],
            [1.0, "东河小学", "2163990001", "小学"],
        ]
    )
    assert found is not None
    assert found.row == 2
    assert dict(found.of) == {"name": (1,), "code": (2,), "school_type": (3,)}
    assert dict(found.unknown) == {0: "序号"}


def test_a_table_of_something_else_is_no_list() -> None:
    assert find_columns([["年级", "在校生数"], ["一年级", 40.0]]) is None
    assert find_columns([["学校名称"], ["东河小学"]]) is None
