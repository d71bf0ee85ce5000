"""The register on disk: read in full, complained of in full."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from national import national

from xianxue.bureau.places.stages import Stage
from xianxue.desk.stores.roster import COLUMNS, read_roster

CODES = national().shelf.codes
HEAD = ",".join(COLUMNS)
COUNTY = "639900,虚构县,county,,,,,,,,,"


def roster(folder: Path, *lines: str) -> Path:
    """Write a register with a county and some more lines."""
    path = folder / "places.csv"
    path.write_text("\n".join([HEAD, COUNTY, *lines]) + "\n", encoding="utf-8")
    return path


def test_stages_come_from_the_type_and_the_attached_classes(tmp_path: Path) -> None:
    """A nine-year school with kindergarten classes has three stages, in order."""
    line = "2163000001,某学校,school,639900,2001-09-01,,2001-09-01,312,831,121,1,119"
    register, issues = read_roster(roster(tmp_path, line), CODES)
    assert issues == []
    school = register["2163000001"]
    assert school.stages(date(2025, 9, 1)) == (
        Stage.PRESCHOOL,
        Stage.PRIMARY,
        Stage.LOWER_SECONDARY,
    )
    assert school.stages(date(2001, 8, 31)) == ()


def test_a_later_line_changes_the_school_from_its_day_on(tmp_path: Path) -> None:
    """A primary school that became a nine-year school is each on its own days."""
    lines = (
        "2163000001,某小学,school,639900,2001-09-01,,2001-09-01,211,831,121,0,",
        "2163000001,某学校,school,639900,2001-09-01,,2020-09-01,312,831,121,0,",
    )
    register, issues = read_roster(roster(tmp_path, *lines), CODES)
    assert issues == []
    school = register["2163000001"]
    assert school.stages(date(2020, 8, 31)) == (Stage.PRIMARY,)
    assert school.stages(date(2020, 9, 1)) == (Stage.PRIMARY, Stage.LOWER_SECONDARY)


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    """Four bad lines give four complaints in one pass, and the good line is kept."""
    lines = (
        "2163000001,好小学,school,639900,2001-09-01,,2001-09-01,211,831,121,0,",
        "216300,短代码,school,639900,,,2001-09-01,211,831,121,0,",
        "2163000003,坏类型,school,639900,,,2001-09-01,299,831,121,0,",
        "2163000004,坏日期,school,639900,1/9/2001,,2001-09-01,211,831,121,0,",
        "2163000005,没上级,school,639999,,,2001-09-01,211,831,121,0,",
    )
    register, issues = read_roster(roster(tmp_path, *lines), CODES)
    assert [issue.cell for issue in issues] == ["第 4 行", "第 5 行", "第 6 行", ""]
    assert "2163000001" in register
    assert "坏类型" not in [place.name for place in register]


def test_what_excel_or_wps_makes_of_the_file_is_the_same_register(tmp_path: Path) -> None:
    """GBK, slashes in days, names for codes, Chinese headers, blank lines: nothing has changed."""
    plain = "2163000001,虚构小学,school,639900,2001-09-01,,2001-09-01,211,831,121,1,119"
    before, _ = read_roster(roster(tmp_path, plain), CODES)
    heads = "学校标识码,学校名称,层级,上级代码,建校日期,停办日期,起始日期,办学类型,举办者,城乡分类,寄宿制,附设班"
    lines = (
        heads,
        "639900,虚构县,县,,,,,,,,,",
        "2163000001,虚构小学,学校,639900,2001/9/1,,2001年9月1日,小学,公办,镇中心区,是,附设幼儿班",
        ",,,,,,,,,,,",
        "",
    )
    path = tmp_path / "places.csv"
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    after, issues = read_roster(path, CODES)
    assert issues == []
    assert list(after) == list(before)


def test_a_short_line_is_complained_of(tmp_path: Path) -> None:
    """A line whose last commas are missing is read; what it lacks is said, not raised."""
    register, issues = read_roster(roster(tmp_path, "2163000001,虚构小学,school,639900"), CODES)
    assert [issue.saw for issue in issues] == ["学校缺 valid_from 或 school_type"]
    assert "2163000001" not in register


def test_a_month_alone_is_no_day_of_the_register(tmp_path: Path) -> None:
    """`places import` says what it takes for granted; the file itself is read as it stands."""
    line = "2163000001,虚构小学,school,639900,2001年9月,,2001-09-01,211,831,121,0,"
    _, issues = read_roster(roster(tmp_path, line), CODES)
    assert [issue.saw for issue in issues] == ["opened 填了“2001年9月”"]


def test_a_register_that_is_lost_or_a_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    _, issues = read_roster(path, CODES)
    assert [issue.saw for issue in issues] == ["工作目录里没有学校名册"]
    path.write_bytes(b"PK\x03\x04\x00\x00")
    _, issues = read_roster(path, CODES)
    assert [issue.saw for issue in issues] == ["不是文本，读不出来"]


def test_a_quotation_mark_too_many_is_a_complaint(tmp_path: Path) -> None:
    """Everything behind it is one cell, in a large register more than a cell can hold."""
    line = '2163000001,"某学校,school,639900,2001-09-01,,2001-09-01,211,831,121,0,'
    _, issues = read_roster(roster(tmp_path, line, "某" * 140_000), CODES)
    assert ["文件读不出来" in issue.saw for issue in issues] == [True]
