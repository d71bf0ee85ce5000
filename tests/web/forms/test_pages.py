"""表单: what is asked of whom and what for, as the people of a bureau look at it."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

from python_calamine import CalamineWorkbook


def test_the_directory_says_what_is_asked_and_is_exported_as_it_is_filtered(site):
    office = site.visitor("office_clerk")
    text = office.get("/forms/").text
    assert "2 张报表共问 106 项数据" in text
    found = office.get(f"/forms/?q={quote('在校生')}&filler=school")
    assert "/forms/items/students/enrolled/" in found.text
    data = office.get(f"/forms/?q={quote('在校生')}&filler=school&as=xlsx").body
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert f">{len(rows) - 1}/106 行<" in found.text
    line = next(row for row in rows if row[0] == "在校生数")
    # Where, kind, unit, who, how many places and cells, whose, how often, since when.
    assert line[1:9] == [
        "《学校年度报表》学生",
        "整数",
        "人",
        "学校",
        25,
        144,
        "统计与规划股",
        "每学年",
    ]
    assert line[9:11] == ["2024-2025", "2026-2027"]


def test_an_item_leads_to_everything_it_is_used_for(site):
    page = site.visitor("office_clerk").get("/forms/items/premises/books/")
    assert "/indicators/books_per_pupil/" in page.links()
    assert "只问" not in page.text
    idle = site.visitor("office_clerk").get("/forms/items/students/deaths/").text
    assert "没有指标、标准或报告用到" in idle
    assert site.visitor("office_clerk").get("/forms/items/students/nothing/").status == 404


def test_schools_have_no_business_with_the_catalogue(site):
    assert site.visitor("school_clerk").get("/forms/").status == 403
    assert site.visitor("auditor").get("/forms/").status == 200


def test_a_drafted_workbook_is_held_beside_what_there_is(site):
    office = site.visitor("office_clerk")
    heads = "学校名称,在校学生数,近视学生数\n虚构小学,120,40\n虚构中学,300,150\n"
    answer = office.send(
        "/forms/check/", "/forms/check/done", files={"file": ("近视.csv", heads.encode())}
    )
    assert answer.status == 200
    assert "“近视”共 3 栏" in answer.text
    assert "/forms/items/basic/name/" in answer.links()
    # What a cell takes is an estimate, and the page says whose and since when.
    assert "每格按 60 秒估计" in answer.text
    nothing = office.send("/forms/check/", "/forms/check/done")
    assert nothing.status == 422
    assert "没有放入文件" in nothing.text


def test_a_card_with_faults_is_told_and_stays_in_the_box(site):
    office = site.visitor("office_clerk")
    answer = office.send("/forms/check/", "/forms/check/done", card="form: nothing\nterm: 虚构表\n")
    assert answer.status == 422
    assert "form: nothing" in answer.text
    assert site.visitor("auditor").get("/forms/check/").status == 403


def test_the_directory_says_what_filling_in_costs_and_how_that_is_counted(site):
    text = site.visitor("office_clerk").get("/forms/").text
    (cells,) = re.findall(r"各校合计填 (\d+) 格", text)
    (hours,) = re.findall(r"约用 ([\d.]+) 小时", text)
    # A cell is taken to need a minute; the card that says so is named on the page.
    assert float(hours) == round(int(cells) / 60, 1)
    assert "每格 60 秒" in text
    assert "别的报表已有、还在问" not in text
