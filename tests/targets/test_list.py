"""The list of targets as a workbook: written, filled, read back."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from national import national

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.target import Target
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.targets.form import lines_of, shelf_of_targets, target_form
from xianxue.bureau.targets.reading import Reader
from xianxue.bureau.values.periods import Period

SHELF = national().shelf
LIST = shelf_of_targets(SHELF)
COUNTY = Place(code="632599", name="虚构县", level="county")


def filled(period: str, *rows: dict[str, object]) -> bytes:
    when = Period.parse(period)
    book = openpyxl.load_workbook(
        BytesIO(write_workbook(target_form(when), COUNTY, when, LIST.codes))
    )
    for number, row in enumerate(rows, start=5):
        for column, value in row.items():
            book["年度目标"][f"{column}{number}"] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(data: bytes) -> tuple[list[Target], list[str]]:
    returned, issues = read_workbook(data, "目标.xlsx", LIST)
    assert returned is not None, [issue.message for issue in issues]
    reader = Reader(SHELF, Register.of([COUNTY]))
    found = reader.read(lines_of(returned))
    return found, [issue.message for issue in reader.issues]


@pytest.mark.parametrize("period", ["2025", "2025-2026"])
def test_a_filled_list_gives_its_targets(period: str):
    row = {"A": "学前三年毛入园率", "E": "98%", "G": "上级下达", "H": "虚构文件"}
    found, said = read(filled(period, row))
    assert said == []
    assert [one.key for one in found] == [f"preschool_gross_enrolment/632599/all/{period}"]
    assert found[0].amount == 98


def test_a_line_may_speak_of_another_period():
    row = {"A": "学前三年毛入园率", "D": "2026", "E": 98, "G": "本级自定", "H": "虚构文件"}
    found, said = read(filled("2025", row))
    assert said == []
    assert found[0].period == "2026"


def test_what_a_spreadsheet_made_of_a_percentage_is_asked_about():
    row = {"A": "学前三年毛入园率", "E": 0.98, "G": "本级自定", "H": "虚构文件"}
    found, said = read(filled("2025", row))
    assert found == []
    assert said[0].startswith("目标.xlsx〔年度目标〕E5：“学前三年毛入园率”的目标值是“0.98”")


def test_a_line_may_name_a_part_and_is_complained_about_where_it_stands():
    row = {"A": "学前三年毛入园率", "E": "98%", "G": "本级自定", "H": "虚构文件", "I": "数学"}
    found, said = read(filled("2025", row))
    assert found == []
    saw = "“学前三年毛入园率”没有细分“数学”；要求：这项指标不细分，细分留空。"
    assert said == [f"目标.xlsx〔年度目标〕I5：{saw}"]


def test_a_list_is_for_a_year():
    with pytest.raises(ValueError, match="目标清单按学年或公历年编制，2025年第三季度不是"):
        target_form(Period.parse("2025-Q3"))
