"""What is written is read back."""

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing


def test_a_template_knows_what_the_register_knows(small):
    data = write_workbook(small.form, small.nine_year, small.period, small.codes)
    returned, issues = read_workbook(data, "a.xlsx", small.shelf)
    assert issues == []
    assert (returned.form, returned.version, returned.period) == ("small", "1", "2025-2026")
    assert returned.place == "2163000002"
    about = returned.tables["about"][0].cells
    assert about["school_code"] == Cell("2163000002", "D2", "2163000002")
    assert about["school_type"] == Cell("312", "D4", "九年一贯制学校")
    assert about["boarding"] == Cell(0, "D6", "否")
    assert about["area"] == Cell(Missing.NOT_ANSWERED, "D9")
    assert returned.tables["pupils"][0].code == "G1"
    assert returned.tables["rooms"] == ()


def test_a_filled_return_comes_back_with_its_cells(small):
    tables = {
        "about": (Row("", {"area": Cell(123456), "opened_day": Cell("2001-09-01")}),),
        "pupils": (Row("G1", {"enrolled": Cell(45), "girls": Cell(Missing.WITHHELD)}),),
        "rooms": (Row("1", {"grade": Cell("G1"), "name": Cell("一（1）班"), "pupils": Cell(45)}),),
    }
    given = Return(form="small", version="1", period="2025-2026", place="2163000001", tables=tables)
    data = write_workbook(small.form, small.primary, small.period, small.codes, given)
    returned, issues = read_workbook(data, "a.xlsx", small.shelf)
    assert issues == []
    assert returned.tables["about"][0].cells["area"] == Cell(123456, "D9", "1234.56")
    assert returned.tables["about"][0].cells["opened_day"] == Cell("2001-09-01", "D8", "2001-09-01")
    first = returned.tables["pupils"][0].cells
    assert first["enrolled"] == Cell(45, "B4", "45")
    assert first["girls"] == Cell(Missing.WITHHELD, "C4", "不公开")
    assert returned.tables["rooms"][0].cells["name"] == Cell("一（1）班", "B4", "一（1）班")
    assert "funds" not in returned.tables["about"][0].cells


def test_the_same_inputs_give_the_same_bytes(small):
    one, two = (
        write_workbook(small.form, small.primary, small.period, small.codes) for _ in range(2)
    )
    assert one == two
