"""Examples of a rule on the pages: the workbook is got, filled in, put back and judged."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from xianxue.desk.returns.exporting import Sheet, workbook_of

AT = "/admin/catalogue/indicator/classes_within_norm/"
EXAMPLES, JUDGE = f"{AT}examples", f"{AT}examples/judge"
ROWS = {
    "学校": [["甲", "小学"]],
    "班级": [["甲", "G1", 45], ["甲", "G2", 46]],
    "应得": [["甲", "小学", "50.00"], ["甲", "小学", "100"]],
}


def test_a_workbook_is_judged_line_by_line(site, signed_in, look, tmp_path):
    office = site.visitor("office_clerk")
    assert EXAMPLES in office.get(AT).links()
    empty = office.get(f"{EXAMPLES}/book").body
    book = CalamineWorkbook.from_filelike(io.BytesIO(empty))
    pages = {tab: book.get_sheet_by_name(tab).to_python() for tab in book.sheet_names}
    data = workbook_of(*(Sheet(tab, page[0], ROWS.get(tab, [])) for tab, page in pages.items()))

    found = office.send(EXAMPLES, JUDGE, files={"file": ("例子.xlsx", data)})
    assert found.status == 200
    assert "2 行里有 1 行和规则不一样" in found.text
    assert "1÷2" in found.text
    for body in (empty, b"", b"PK"):
        wrong = office.send(EXAMPLES, JUDGE, files={"file": ("例子.xlsx", body)})
        assert wrong.status == 422
        assert "没有判成" in wrong.text

    path = tmp_path / "例子.xlsx"
    path.write_bytes(data)
    page = signed_in("office_clerk", EXAMPLES)
    look(page, "examples")
    page.set_input_files("[name=file]", path)
    page.click("text=逐行判")
    page.wait_for_selector("text=不一样")
    look(page, "examples-judged")


def test_a_card_without_examples_says_so(site):
    office = site.visitor("office_clerk")
    answer = office.get("/admin/catalogue/indicator/institutions_total/examples")
    assert answer.status == 404
    assert "不能用例子验证" in answer.text
    assert site.visitor("school_clerk").get(EXAMPLES).status == 403
