"""The register on disk: read in full, complained of in full."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xianxue.bureau.places.stages import Stage
from xianxue.catalogue.load import load
from xianxue.desk.stores.roster import COLUMNS, read_roster

CODES = load().shelf.codes
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
        "2163000004,坏日期,school,639900,2001/9/1,,2001-09-01,211,831,121,0,",
        "2163000005,没上级,school,639999,,,2001-09-01,211,831,121,0,",
    )
    register, issues = read_roster(roster(tmp_path, *lines), CODES)
    assert [issue.cell for issue in issues] == ["第 4 行", "第 5 行", "第 6 行", ""]
    assert "2163000001" in register
    assert "坏类型" not in [place.name for place in register]
