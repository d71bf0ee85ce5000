"""Each check, with the sentence a clerk reads."""

import re
from datetime import date

import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.batch import check_batch
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.catalogue.languages.words import words_of


def put(**cells):
    """Give a change of the workbook: sheet's cells by address, ``pupils_B4=3``."""
    tabs = {"about": "学校概况", "pupils": "学生", "rooms": "班级"}

    def change(book):
        for where, value in cells.items():
            sheet, _, address = where.partition("_")
            book[tabs[sheet]][address] = value

    return change


@pytest.fixture(scope="module")
def complain(small, edit):
    """Change the good workbook, read it, check it: complaints as the clerk reads them."""

    def complained(change, *, place=small.nine_year):
        returned, notes = read_workbook(edit(change), "a.xlsx", small.shelf)
        assert notes == []
        return check_return(returned, small.shelf, place, small.period, register=small.register)

    return complained


def test_a_good_return_has_nothing_to_complain_of(small, good):
    returned, notes = read_workbook(good, "a.xlsx", small.shelf)
    assert notes == []
    found = check_return(
        returned, small.shelf, small.nine_year, small.period, register=small.register
    )
    assert found == []


MUST, EXPLAIN, NOTE = Severity.MUST_FIX, Severity.EXPLAIN, Severity.NOTE
CASES = [
    (put(pupils_C4="三十"), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“三十”，是中文数字；要求：不小于 0 的整数。请用阿拉伯数字填写；是不是 30？"),
    (put(pupils_C4="20头"), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“20头”，带了文字；要求：不小于 0 的整数。只填数字，不写单位。"),
    (put(pupils_C4="无"), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“无”，不是数字；要求：不小于 0 的整数。确实是零就填 0；谈不上这个数就填「不适用」；还不知道就空着。"),
    (put(pupils_C4=20.5), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“20.5”，不是整数；要求：不小于 0 的整数。请填整数。"),
    (put(pupils_C4="45%"), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“45%”，是百分数；要求：不小于 0 的整数。请按要求的单位填数字，不写百分号。"),
    (put(pupils_C4=date(2025, 1, 2)), "R-TYPE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“2025-01-02”，成了日期；要求：不小于 0 的整数。请把这一格的格式改为“常规”，再重新填数。"),
    (put(about_D9=5200.505), "R-TYPE", MUST,
     "a.xlsx〔学校概况〕D9：校舍建筑面积填了“5200.505”，小数多于 2 位；要求：不小于 0 的最多 2 位小数的数字。请四舍五入到 2 位小数。"),
    (put(about_D7="98年"), "R-TYPE", MUST,
     "a.xlsx〔学校概况〕D7：建校年份填了“98年”，不是四位年份；要求：1800 至 2025 之间的四位年份。请填四位年份；是不是 1998？"),
    (put(about_D8="去年"), "R-TYPE", MUST,
     "a.xlsx〔学校概况〕D8：启用日期填了“去年”，不是日期；要求：日期，如 2025-09-01。请按 2025-09-01 的样子填。"),
    (put(about_D6="部分"), "R-TYPE", MUST,
     "a.xlsx〔学校概况〕D6：是否寄宿制填了“部分”，看不出是“是”还是“否”；要求：“是”或“否”。请从下拉列表中选一项。"),
    (put(about_D4="一贯制学校"), "R-CODE", MUST,
     "a.xlsx〔学校概况〕D4：办学类型填了“一贯制学校”，列表里没有；要求：下列之一：小学、九年一贯制学校。请从下拉列表中选一项，例如“九年一贯制学校”。"),
    (put(about_D3=None), "R-REQUIRED", MUST,
     "a.xlsx〔学校概况〕D3：学校名称没有填；要求：必填。请填上。"),
    (put(pupils_D4=None), "R-REQUIRED", MUST,
     "a.xlsx〔学生〕D4：一年级·招生数没有填；要求：必填。请填上；确实是零就填 0。"),
    (put(about_D9=None), "R-REQUIRED", MUST,
     "a.xlsx〔学校概况〕D9：校舍建筑面积没有填；要求：必填。请填上；确实是零就填 0。"),
    (put(pupils_B4="不适用"), "R-WORD", MUST,
     "a.xlsx〔学生〕B4：一年级·在校生数填了“不适用”；要求：人数和面积每校都有数，不能填“不适用”。没有就填 0，有就填实际的数。"),
    (put(about_D9="不适用"), "R-WORD", MUST,
     "a.xlsx〔学校概况〕D9：校舍建筑面积填了“不适用”；要求：人数和面积每校都有数，不能填“不适用”。没有就填 0，有就填实际的数。"),
    (put(about_D9="不公开"), "R-WORD", EXPLAIN,
     "a.xlsx〔学校概况〕D9：校舍建筑面积填了“不公开”；要求：一般应有这个数。请核对；确实如此的请说明原因。"),
    (put(pupils_C4=-3), "R-RANGE", MUST,
     "a.xlsx〔学生〕C4：一年级·女生数填了“-3”；要求：不小于 0 的整数。请改为实际的数。"),
    (put(about_D7=2030), "R-RANGE", MUST,
     "a.xlsx〔学校概况〕D7：建校年份填了“2030”；要求：1800 至 2025 之间的四位年份。请改为实际的数。"),
    (put(about_D9=52005), "R-USUAL", EXPLAIN,
     "a.xlsx〔学校概况〕D9：校舍建筑面积填了“52005”；要求：通常不大于 50000 平方米。请核对有没有填错、单位对不对；确实如此的请说明原因。"),
    (put(about_D2="2163000001"), "R-PLACE", MUST,
     "a.xlsx〔学校概况〕D2：学校标识码填了“2163000001”，这份工作簿却是发给“2163000002”的；要求：与名册一致。请核对是否用了别校的工作簿；代码填错的请改正。"),
    (put(about_D4="小学"), "R-REGISTER", MUST,
     "a.xlsx〔学校概况〕D4：办学类型填了“小学”，名册上是“九年一贯制学校”；要求：与名册一致。请核对；如果是名册没有更新，请告知教育局更正名册。"),
    (put(about_D5="别的镇"), "R-REGISTER", EXPLAIN,
     "a.xlsx〔学校概况〕D5：所在乡镇填了“别的镇”，名册上是“虚构镇”；要求：与名册一致。请核对；如果是名册没有更新，请告知教育局更正名册。"),
    (put(about_D6="是"), "R-REGISTER", EXPLAIN,
     "a.xlsx〔学校概况〕D6：是否寄宿制填了“是”，名册上是“否”；要求：与名册一致。请核对；如果是名册没有更新，请告知教育局更正名册。"),
    (put(rooms_A13="一年级", rooms_B13="1（1）班", rooms_C13=0), "R-DUPLICATE", MUST,
     "a.xlsx〔班级〕B13：班级名称“1（1）班”与 B4 重复；要求：同一年级内不重复。请核对是否重复填报；不同的班请用不同的名称。"),
    (put(pupils_C4=42), "girls", MUST,
     "a.xlsx〔学生〕C4：一年级：女生数（C4） 42，大于在校生数（B4） 41，相差 1；要求：女生数不超过在校生数。请核对女生数。"),
    (put(rooms_C4=40), "classes", MUST,
     "a.xlsx〔班级〕C4：一年级：班级·学生数（C4） 40，不等于学生·在校生数（B4） 41，相差 1；要求：各班学生数之和等于在校生数。请逐班核对学生数。"),
    (put(pupils_D4=42), "entrants", EXPLAIN,
     "a.xlsx〔学生〕D4：小学：招生数（D4） 42，大于在校生数（B4） 41，相差 1；要求：招生数不超过起始年级在校生数。请核对招生数。"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "severity", "message"), CASES)
def test_a_sentence_for_each_fault(complain, change, code, severity, message):
    found = complain(change)
    assert [issue.message for issue in found] == [message]
    assert (found[0].code, found[0].severity) == (code, severity)
    assert (found[0].place, found[0].form) == ("2163000002", "small")


def test_a_negative_amount_keeps_its_sign_in_a_comparison(complain):
    """−41 pupils of whom 20 are girls: the sum is said as it is, not as 41."""
    messages = [issue.message for issue in complain(put(pupils_B4=-41))]
    girls = next(message for message in messages if "女生数不超过在校生数" in message)
    assert "大于在校生数（B4） -41，相差" in girls


def test_everything_in_one_pass_in_the_order_of_sheets_and_cells(complain):
    found = complain(
        put(rooms_C5="x", pupils_C4=99, pupils_B9="y", about_D9=None, about_D2="12", pupils_C10=-1)
    )
    assert [(issue.sheet, issue.cell, issue.code) for issue in found] == [
        ("学校概况", "D2", "R-PATTERN"),
        ("学校概况", "D2", "R-PLACE"),
        ("学校概况", "D9", "R-REQUIRED"),
        ("学生", "C4", "girls"),
        ("学生", "B9", "R-TYPE"),
        ("学生", "C10", "R-RANGE"),
        ("班级", "C5", "R-TYPE"),
    ]


def test_a_comparison_over_a_missing_number_is_not_judged(complain):
    for word in (None, "不公开"):
        codes = {issue.code for issue in complain(put(pupils_B4=word, pupils_C4=99))}
        assert codes <= {"R-REQUIRED", "R-WORD"}
    # Nothing is there to be counted: what is left of a comparison with it is nothing either.
    assert [i.code for i in complain(put(pupils_C4="不适用"))] == []
    # One class without a grade might belong anywhere.
    assert [i.code for i in complain(put(rooms_A4="?", pupils_B5=50))] == ["R-CODE"]


def test_a_class_left_out_is_found_by_the_sum(complain):
    (found,) = complain(put(rooms_A4=None, rooms_B4=None, rooms_C4=None))
    assert found.saw == "一年级：班级·学生数 0，不等于学生·在校生数（B4） 41，相差 41"
    assert (found.sheet, found.cell) == ("学生", "B4")


def test_sums_over_many_cells_name_the_first(small):
    rooms = tuple(
        Row(str(n), {"grade": Cell("G1"), "name": Cell(f"{n}班"), "pupils": Cell(10, f"C{n + 3}")})
        for n in range(1, 7)
    )
    returned = small.filled
    returned = replace(returned, tables=returned.tables | {"rooms": rooms})
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    (first,) = (issue for issue in found if issue.code == "classes" and "一年级" in issue.saw)
    assert first.saw == "一年级：班级·学生数（C4 等 6 格） 60，不等于学生·在校生数 41，相差 19"


def test_a_count_with_weights(small, edit):
    returned = small.filled
    pupils = tuple(
        Row(row.code, row.cells | {"enrolled": Cell(100, "B4")})
        for row in returned.tables["pupils"]
    )
    returned = replace(returned, tables=returned.tables | {"pupils": pupils})
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    (last,) = (issue for issue in found if issue.code == "any_class")
    assert last.saw == "班级·行数×70 630，小于学生·在校生数（B4 等 9 格） 900，相差 270"


def test_blank_sheets_are_one_complaint_each(small):
    data = write_workbook(small.form, small.nine_year, small.period, small.codes)
    returned, _ = read_workbook(data, "a.xlsx", small.shelf)
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    assert [(issue.sheet, issue.cell, issue.code) for issue in found] == [
        ("学校概况", "D9", "R-REQUIRED"),
        ("学生", "", "R-SHEET-BLANK"),
        ("班级", "", "R-SHEET-BLANK"),
    ]
    assert found[1].saw == "整张表都没有填"
    assert found[2].saw == "一行也没有填"


def test_what_is_absent_is_one_complaint_each(small, edit):
    def remove(book):
        book.remove(book["班级"])
        book["学生"].delete_rows(12)
        book["学生"].delete_cols(2)
        book["学校概况"].delete_rows(3)

    returned, _ = read_workbook(edit(remove), "a.xlsx", small.shelf)
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    assert [(issue.code, issue.saw) for issue in found] == [
        ("R-COLUMN", "缺少“学校名称”这一项"),
        ("R-ROW", "缺少“九年级”这一行"),
        ("R-COLUMN", "缺少“在校生数”这一列"),
        ("R-SHEET", "缺少工作表“班级”"),
    ]


def test_a_workbook_of_another_kind_of_school(small, good):
    """The nine-year school has become a primary school: its grades 7 to 9 are not asked."""
    returned, _ = read_workbook(good, "a.xlsx", small.shelf)
    place = replace(small.nine_year, history=small.primary.history)
    found = check_return(returned, small.shelf, place, small.period)
    assert [(issue.code, issue.cell) for issue in found] == [
        ("R-REGISTER", "D4"),
        ("R-NOT-ASKED", "D10"),
        ("R-NOT-ASKED", "B10"),
        ("R-NOT-ASKED", "B11"),
        ("R-NOT-ASKED", "B12"),
        ("R-STAGE", "A10"),
        ("R-STAGE", "A11"),
        ("R-STAGE", "A12"),
    ]
    assert found[1].saw == "本校不填“公用经费”，却填了“12000”"
    assert found[2].saw == "本校不填“七年级”这一行，却填了“47”"
    assert found[5].saw == "年级填了“七年级”，本校没有初中学段"
    assert found[5].required == "本校的学段：小学"


def test_a_sheet_that_is_not_asked(small):
    history = (
        Attributes(valid_from=date(2000, 1, 1), school_type="111", stages=(Stage.PRESCHOOL,)),
    )
    place = replace(small.nine_year, history=history)
    found = check_return(small.filled, small.shelf, place, small.period)
    (sheet,) = (i for i in found if i.code == "R-NOT-ASKED" and i.sheet == "学生")
    assert sheet.saw == "本校不填“学生”，却填了 20 格"


def test_without_a_place_the_return_is_checked_as_it_stands(complain):
    assert complain(put(), place=None) == []
    assert [i.code for i in complain(put(pupils_C4="x", about_D2="2163000009"), place=None)] == [
        "R-PLACE",
        "R-TYPE",
    ]


def test_an_unknown_form(small):
    (found,) = check_return(
        replace(small.filled, form="other"), small.shelf, small.nine_year, small.period
    )
    assert (found.code, found.saw) == ("R-FORM", "表式“other”不认识")


def test_a_corrected_cell_takes_away_only_what_cites_it(complain):
    spoiled = {"pupils_C4": "x", "pupils_C5": 99, "about_D9": None, "rooms_C6": 1}
    good = {"pupils_C4": 20, "pupils_C5": 20, "about_D9": 5200.5, "rooms_C6": 43}
    before = complain(put(**spoiled))
    for where in spoiled:
        after = complain(put(**(spoiled | {where: good[where]})))
        gone = [issue for issue in before if issue not in after]
        assert [issue for issue in after if issue not in before] == []
        assert {issue.cell for issue in gone} == {where.partition("_")[2]}


# ── batches ─────────────────────────────────────────────────────────────────


def test_a_batch_sets_aside_what_is_not_for_it(small):
    one = replace(small.filled, file="a.xlsx", digest="1")
    returns = [
        one,
        replace(one, file="b.xlsx", place="2163000001", digest="2"),
        replace(one, file="c.xlsx", place="2163000001", digest="3"),
        replace(one, file="d.xlsx", place="2199999999", digest="4"),
        replace(one, file="e.xlsx", place="632500", digest="5"),
        replace(one, file="f.xlsx", period="2024-2025", digest="6"),
        replace(one, file="g.xlsx", digest="1"),
        replace(one, file="h.xlsx", place="2163000003", digest="8"),
    ]
    closed = Place(
        code="2163000003", name="虚构县旧校", level="school", parent="632500100",
        opened=date(1990, 9, 1), closed=date(2024, 8, 31),
    )  # fmt: skip
    register = Register.of([*small.register, closed])
    found = check_batch(returns, register, small.shelf, small.period)
    assert [(issue.file, issue.code) for issue in found] == [
        ("b.xlsx", "R-TWICE"),
        ("c.xlsx", "R-TWICE"),
        ("d.xlsx", "R-UNKNOWN-PLACE"),
        ("e.xlsx", "R-FILED-BY"),
        ("f.xlsx", "R-PERIOD"),
        ("g.xlsx", "R-TWICE"),
        ("h.xlsx", "R-CLOSED"),
    ]
    assert [issue.message for issue in found] == [
        "b.xlsx：同一所学校同一时期还有：c.xlsx；要求：一校一期一份。请问清学校以哪一份为准，只交那一份。",
        "c.xlsx：同一所学校同一时期还有：b.xlsx；要求：一校一期一份。请问清学校以哪一份为准，只交那一份。",
        "d.xlsx：代码 2199999999 不在虚构县的名册中；要求：本县名册中的学校。请核对是否是外县学校的报表；新开办的学校请先登记入册。",
        "e.xlsx：《虚构年报》由学校填报，代码却是虚构县的；要求：学校填报。请核对是否用错了模板。",
        "f.xlsx：这是2024—2025学年的报表；要求：2025—2026学年的报表。请换用本期的模板填报。",
        "g.xlsx：同一所学校同一时期还有：a.xlsx（内容完全相同）；要求：一校一期一份。只留一份即可。",
        "h.xlsx：虚构县旧校已于 2024-08-31 停办；要求：统计时点存在的学校。请核对代码；不应报送的请退回，名册有误的请先更正。",
    ]


def test_without_a_register_or_a_period_a_batch_asks_less(small):
    other = replace(small.filled, place="2199999999", period="2024-2025", file="x.xlsx")
    assert check_batch([small.filled, other], None, small.shelf) == []
    assert Period.parse(other.period).code == "2024-2025"


def test_missing_words_are_no_numbers(small):
    returned = small.filled
    row = returned.tables["about"][0]
    cells = row.cells | {
        "opened_year": Cell(Missing.NOT_APPLICABLE),
        "funds": Cell(Missing.WITHHELD),
    }
    returned = replace(returned, tables=returned.tables | {"about": (Row("", cells),)})
    # Neither is required, so nothing has to be explained.
    assert check_return(returned, small.shelf, small.nine_year, small.period) == []


def without_values(told: str, small) -> str:
    """An English complaint without what stays as it is in the workbook: names and quoted values."""
    left = re.sub("“[^”]*”|〔[^〕]*〕", "", told)
    terms = {sheet.term for sheet in small.form.sheets}
    terms |= {field.term for sheet in small.form.sheets for field in sheet.fields}
    terms |= {entry.term for each in small.shelf.codes.values() for entry in each.entries}
    terms |= {check.term for check in small.form.checks} | {check.do for check in small.form.checks}
    for term in sorted(terms, key=len, reverse=True):
        left = left.replace(term, "")
    return left


@pytest.mark.parametrize("case", CASES)
def test_each_complaint_is_told_in_english(complain, small, case):
    for issue in complain(case[0]):
        left = without_values(issue.message.told(words_of("en")), small)
        assert re.findall("[一-鿿]+", left) == []
