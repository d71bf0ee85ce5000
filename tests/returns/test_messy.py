"""What people really send: read as the clerk meant it, or answered with one clear complaint."""

import csv
import io
import shutil
import subprocess
from datetime import date, datetime

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.contents.lenient import advice, read_anyway
from xianxue.bureau.returns.contents.strict import lookup_of
from xianxue.bureau.returns.reading.identification import Told
from xianxue.bureau.returns.reading.workbook import read_workbook

MUST, EXPLAIN, NOTE = Severity.MUST_FIX, Severity.EXPLAIN, Severity.NOTE


def field(kind, unit="one", **more):
    return Field(field="x", term="x", type=kind, unit=unit, **more)


PERSONS = field("integer", "person")
YUAN = field("measure", "yuan")
AREA = field("measure", "square_metre")


def values(returned):
    return {
        (sheet, row.code, name): cell.value
        for sheet, rows in returned.tables.items()
        for row in rows
        for name, cell in row.cells.items()
    }


def put(tab, **cells):
    def change(book):
        for address, value in cells.items():
            book[tab][address] = value

    return change


@pytest.fixture(scope="module")
def before(small, good):
    returned, issues = read_workbook(good, "x.xlsx", small.shelf)
    assert issues == []
    return values(returned)


@pytest.fixture
def read(small, edit):
    """Change the good workbook and read it: the return, and each remark's code and cell."""

    def reading(*changes, file="x.xlsx"):
        returned, issues = read_workbook(edit(*changes), file, small.shelf)
        assert returned is not None, issues
        return returned, issues

    return reading


def said(issues):
    return [(issue.code, issue.sheet, issue.cell) for issue in issues]


# ── one cell ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "text", "value", "code"),
    [
        (PERSONS, "120人", 120, "R-UNIT"),
        (PERSONS, "１２０ 名", 120, "R-UNIT"),
        (PERSONS, "1,204人", 1204, "R-UNIT"),
        (PERSONS, "共120人", 120, "R-UNIT"),
        (PERSONS, "'120", 120, ""),
        (PERSONS, "\u200b120\ufeff", 120, ""),
        (PERSONS, "1.5万人", 15000, "R-TEN-THOUSAND"),
        (YUAN, "￥1,200.50", 120050, "R-UNIT"),
        (YUAN, "1200元整", 120000, "R-UNIT"),
        (YUAN, "12.5万元", 12500000, "R-TEN-THOUSAND"),
        (YUAN, "0.3亿元", 3000000000, "R-TEN-THOUSAND"),
        (AREA, "98㎡", 9800, "R-UNIT"),
        (AREA, "98 平方米", 9800, "R-UNIT"),
        (field("measure", "hour"), "360学时", 360, "R-UNIT"),
        (field("yes_no"), "√", 1, ""),
        (field("yes_no"), "×", 0, ""),
        (field("year"), "1998年9月", 1998, ""),
        (field("date"), "2025年 9月 1日", "2025-09-01", ""),
        (field("date"), "2025.09.01", "2025-09-01", ""),
        (field("date"), "2025年9月1号", "2025-09-01", ""),
        (field("date"), "二〇二五年九月一日", "2025-09-01", ""),
        (field("date"), "２０２５－０９－０１", "2025-09-01", ""),
        (field("date"), "2025-09-01 08:30:00", "2025-09-01", ""),
        (field("date"), "2025-09-01T00:00", "2025-09-01", ""),
        (field("date"), "1-Sep-2025", "2025-09-01", ""),
        (field("date"), "Sept. 1, 2025", "2025-09-01", ""),
    ],
)  # fmt: skip
def test_what_means_one_thing_is_read(asked, text, value, code):
    """With a word on it, to be explained, where a unit was written behind it."""
    found = read_anyway(text, asked, {})
    assert found is not None
    assert found.value == value
    assert (found.doubt.code if found.doubt else "") == code
    if found.doubt:
        assert found.doubt.severity is EXPLAIN


@pytest.mark.parametrize(
    ("asked", "text", "problem", "do"),
    [
        (PERSONS, "无", "不是数字", "确实是零就填 0；还不知道就空着"),
        (PERSONS, "/", "不是数字", "确实是零就填 0；还不知道就空着"),
        (YUAN, "－", "不是数字", "确实是零就填 0；谈不上这个数就填「不适用」；还不知道就空着"),
        (YUAN, "—", "不是数字", "确实是零就填 0；谈不上这个数就填「不适用」；还不知道就空着"),
        (PERSONS, "一百二十", "是中文数字", "请用阿拉伯数字填写；是不是 120？"),
        (PERSONS, "壹佰贰拾人", "是中文数字", "请用阿拉伯数字填写；是不是 120？"),
        (PERSONS, "85%", "是百分数", "请按要求的单位填数字，不写百分号"),
        (PERSONS, "12+30", "是没有算出结果的算式", "请填算好的数；是不是 42？"),
        (PERSONS, "1O5", "里面有像数字的字母", "请改为数字；是不是 105？"),
        (PERSONS, "约120人", "不是准确的数", "请填准确的数，不写“约”“左右”一类的字"),
        (PERSONS, "男20女25", "一格里写了不止一个数", "一格只填一个数；其余的写到各自的格子里"),
        (PERSONS, "98㎡", "单位写的是“m2”", "这一格要填的是人，请核对；只填数字，不写单位"),
        (PERSONS, "2.163E+09", "是科学计数法，后面的数字可能已经丢了", "请把格式改为“数值”，对照原数重新填写"),
        (PERSONS, "#REF!", "是公式算出的错误", "请改正公式，或直接填上数字"),
        (PERSONS, "#####", "只有井号，没有存下数字", "请把列拉宽，看到数字以后再导出"),
        (PERSONS, "同上", "没有写出来", "请不要写“同上”，把数字写上"),
        (AREA, "3.5亩", "单位是“亩”", "请换算成平方米再填；约合 2333.34"),
        (AREA, "98.005平方米", "小数多于 2 位", "请四舍五入到 2 位小数，不写单位"),
        (PERSONS, "12.5人", "不是整数", "请填整数，不写单位"),
        (field("year"), "九八年", "不是四位年份", "请填四位年份；是不是 1998？"),
        (field("year"), "一九九八年", "不是四位年份", "请填四位年份；是不是 1998？"),
        (field("date"), "25.9.1", "不是日期", "请按 2025-09-01 的样子填；是不是 2025-09-01？"),
        (field("date"), "1/9/2025", "不是日期", "请按 2025-09-01 的样子填；是不是 2025-09-01？"),
        (field("date"), "2025年9月", "不是日期", "请按 2025-09-01 的样子填；是不是 2025-09-01？"),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_asked_about(asked, text, problem, do):
    assert read_anyway(text, asked, {}) is None
    assert advice(text, asked) == (problem, do)


@pytest.mark.parametrize("text", ["211-小学", "小学（211）", "小学，", "211、小学"])
def test_a_code_with_signs_between(small, text):
    lookup = lookup_of(small.codes["school_types"])
    assert read_anyway(text, field("code", codes="school_types"), lookup).value == "211"


@pytest.mark.parametrize(("text", "code"), [("1年级", "G1"), ("7年级", "G7"), ("七 年级", "G7")])
def test_a_grade_in_either_kind_of_numeral(small, text, code):
    lookup = lookup_of(small.codes["grades"])
    assert read_anyway(text, field("code", codes="grades"), lookup).value == code


def test_what_lower_secondary_grades_are_called_is_only_suggested(small, read):
    """In places with four years of lower secondary 初一 is another grade."""
    returned, issues = read(put("班级", A10="初一"))
    assert issues == []
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    (issue,) = [issue for issue in found if issue.code == "R-CODE"]
    assert issue.cell == "A10"
    assert issue.do == "请从下拉列表中选一项，例如“七年级”"


def test_a_unit_behind_a_number_is_to_be_explained(read):
    returned, issues = read(put("学生", C4="20人"))
    (issue,) = issues
    assert issue.message == (
        "x.xlsx〔学生〕C4：一年级·女生数填了“20人”，带了文字，按 20 采用；"
        "要求：不小于 0 的整数。只填数字，不写单位。"
    )
    assert (issue.severity, issue.field) == (EXPLAIN, "pupils.girls")
    cell = returned.tables["pupils"][0].cells["girls"]
    assert (cell.value, cell.address, cell.written) == (20, "C4", "20人")


def test_ten_thousands_behind_a_number_are_said_aloud(read):
    returned, (issue,) = read(put("学校概况", D10="1.2万元"))
    assert issue.code == "R-TEN-THOUSAND"
    assert issue.saw == "公用经费填了“1.2万元”，写了数量单位，按 12000 元采用"
    assert issue.severity is EXPLAIN
    assert returned.tables["about"][0].cells["funds"].value == 1200000


def test_ten_thousands_in_a_header_are_never_multiplied_in_silence(read):
    returned, (issue,) = read(put("学校概况", A10="公用经费（万元）", D10=1.2))
    assert (issue.code, issue.severity, issue.cell) == ("R-TEN-THOUSAND", EXPLAIN, "D10")
    assert issue.field == "about.funds"
    assert issue.saw == "公用经费的表头（A10）写的单位是“万元”，要求的是元；D10 填了“1.2”，按元采用"
    assert issue.do == "请核对：如果填的确实是万元，请改为 12000，并把表头改回"
    assert returned.tables["about"][0].cells["funds"].value == 120


# ── where things stand ──────────────────────────────────────────────────────


def insert_everywhere(book):
    for tab in ("学校概况", "学生", "班级"):
        book[tab].insert_rows(1, 3)
        book[tab]["A2"] = f"某校{tab}表"
        book[tab].merge_cells("A2:D2")
        book[tab].insert_cols(1)


def test_title_rows_and_empty_columns_are_passed_over_and_named(before, read):
    returned, issues = read(insert_everywhere)
    assert values(returned) == before
    assert said(issues) == [("R-NOTE", tab, "A2") for tab in ("学校概况", "学生", "班级")] or said(
        issues
    ) == [("R-NOTE", tab, "B2") for tab in ("学校概况", "学生", "班级")]


@pytest.mark.parametrize(
    "head",
    ["*在校生数", "在校\n生数", "在 校 生 数", "在校生数（人）", "在校生数（单位：人）", "1、在校生数：", "（1）在校生数", "★在校生数\n必填", "在校生数\n填整数"],
)  # fmt: skip
def test_a_header_with_ornaments_is_the_header(before, read, head):
    returned, issues = read(put("学生", B1=head))
    assert issues == []
    assert values(returned) == before


@pytest.mark.parametrize("label", ["1年级", "一 年 级", "一年级：", "一年级（小学）", "G1"])
def test_a_label_with_ornaments_is_the_label(before, read, label):
    returned, issues = read(put("学生", A4=label))
    assert issues == []
    assert values(returned) == before


def test_a_column_that_stands_twice(read, before):
    def twice(book):
        for row in range(1, 13):
            book["学生"].cell(row, 6).value = book["学生"].cell(row, 2).value

    returned, (issue,) = read(twice)
    assert values(returned) == before
    assert (issue.code, issue.severity, issue.cell) == ("R-HEADER-TWICE", NOTE, "F1")
    _, (issue,) = read(twice, put("学生", F6=1))
    assert issue.severity is MUST
    assert issue.saw == "“在校生数”这一列出现了两次（另见 B1），内容不同，后一列（F4:F12）没有采用"
    assert issue.do == "请核对以哪一列为准，删去另一列"


def test_of_a_column_that_stands_twice_the_filled_one_is_read(read, before):
    def move(book):
        sheet = book["学生"]
        for row in range(1, 13):
            sheet.cell(row, 6).value = sheet.cell(row, 2).value
            if row > 3:
                sheet.cell(row, 2).value = None

    returned, issues = read(move)
    assert issues == []
    assert values(returned) == before
    assert returned.tables["pupils"][0].cells["enrolled"].address == "F4"


def test_an_item_that_stands_twice(read):
    _, (issue,) = read(put("学校概况", A12="学校名称", D12="别的学校"))
    assert (issue.code, issue.severity, issue.cell) == ("R-ROW-TWICE", MUST, "D12")


def test_a_header_that_is_like_a_missing_one_is_asked_about(read):
    returned, (issue,) = read(put("学生", C1="女学生人数"))
    assert "girls" not in returned.tables["pupils"][0].cells
    assert issue.saw == "多出一列“女学生人数”，填了 9 格（C4:C12）"
    assert issue.do == "这一列没有采用；是不是“女生数”？是就把表头改回“女生数”"


def test_help_and_examples_may_stand_anywhere_or_be_gone(read, before):
    def shuffle(book):
        sheet = book["班级"]
        sheet.insert_rows(2)
        book["学生"].delete_rows(2, 2)
        sheet.insert_rows(8, 1)
        for column, cell in enumerate(list(sheet[3]), 1):
            sheet.cell(8, column).value, cell.value = cell.value, None

    returned, issues = read(shuffle)
    assert issues == []
    assert values(returned) == before


def test_an_example_that_was_written_over_is_data(read):
    """The second of three cells still holds the template's example: that is complained of."""
    returned, issues = read(put("班级", A3="一年级", C3=40))
    assert len(returned.tables["rooms"]) == 10
    assert returned.tables["rooms"][0].cells["pupils"].value == 40
    assert returned.tables["rooms"][0].cells["name"].written == "例：一（1）班"
    assert issues == []


def test_an_answer_in_the_column_of_examples_is_named(read):
    returned, issues = read(put("学校概况", C9="5200.5", D9=None))
    assert returned.tables["about"][0].cells["area"].written == ""
    (issue,) = issues
    assert (issue.code, issue.cell) == ("R-CELL-EXTRA", "C9")
    assert issue.saw == "“校舍建筑面积”的“示例”一栏里写了“5200.5”"
    assert issue.do == "没有采用；要报的数请填到“填写”一栏"


def test_sums_notes_and_signatures_below_a_list(read, before):
    def below(book):
        sheet = book["班级"]
        sheet["A13"], sheet["C13"] = "合计", 414
        sheet["A15"] = "注：以上按9月1日统计"
        sheet["A16"], sheet["C16"] = "填表人：", "审核人："
        sheet["B3000"] = "   "

    returned, issues = read(below)
    assert values(returned) == before
    assert said(issues) == [
        ("R-ROW-EXTRA", "班级", "C13"),
        ("R-NOTE", "班级", "A15"),
        ("R-NOTE", "班级", "A16"),
    ]
    assert issues[0].do == "合计由系统计算，这一行没有采用，不必改"


def test_a_header_repeated_on_every_printed_page(read, before):
    def repeat(book):
        sheet = book["班级"]
        sheet.insert_rows(8)
        for column in range(1, 4):
            sheet.cell(8, column).value = sheet.cell(1, column).value

    returned, issues = read(repeat)
    assert issues == []
    assert values(returned) == before


def test_thousands_of_empty_rows_cost_nothing(read, before):
    def add(book):
        for row in range(20, 8000):
            book["班级"].cell(row, 2).value = " "
            book["学生"].cell(row, 1).value = ""

    returned, issues = read(add)
    assert issues == []
    assert values(returned) == before


def test_a_record_written_as_a_line(read, before):
    def turn(book):
        sheet = book["学校概况"]
        pairs = [(row[0].value, row[3].value) for row in sheet.iter_rows(min_row=2)]
        sheet.delete_rows(1, 20)
        for column, (item, value) in enumerate(pairs, 1):
            sheet.cell(2, column).value, sheet.cell(3, column).value = item, value

    returned, issues = read(turn)
    assert issues == []
    assert values(returned) == before


def test_a_sheet_without_headers_is_said_to_have_none(read):
    _, issues = read(lambda book: book["学生"].delete_rows(1, 3))
    (issue,) = issues
    assert (issue.code, issue.severity, issue.sheet) == ("R-HEAD", MUST, "学生")


def test_renamed_tabs_are_told_by_their_headers(read, before):
    def rename(book):
        for number, tab in enumerate(("学校概况", "学生", "班级")):
            book[tab].title = f"Sheet{number}"

    returned, issues = read(rename)
    assert issues == []
    assert values(returned) == before


# ── without the hidden sheet ────────────────────────────────────────────────


def lose_schema(book):
    book.remove(book["_xianxue"])


def lose_rules(book):
    book.remove(book["说明"])


NAME = "2163000002_虚构县九年制学校_虚构年报_2025-2026.xlsx"


@pytest.mark.parametrize(
    ("changes", "file"), [((lose_schema,), "x.xlsx"), ((lose_schema, lose_rules), NAME)]
)
def test_what_is_beyond_doubt_needs_no_hidden_sheet(read, before, changes, file):
    returned, (issue,) = read(*changes, file=file)
    assert (returned.form, returned.version, returned.period) == ("small", "1", "2025-2026")
    assert returned.place == "2163000002"
    assert values(returned) == before
    assert (issue.code, issue.severity) == ("R-NO-SCHEMA", NOTE)
    assert issue.saw == (
        "没有隐藏的模板信息，按表头认作《虚构年报》，2025—2026学年，代码 2163000002"
    )


@pytest.mark.parametrize(
    ("changes", "file", "says"),
    [
        ((lose_rules,), "x.xlsx", "无法确认时期"),
        ((lose_rules, put("学校概况", D2=None)), "x.xlsx", "无法确认学校代码、时期"),
        ((), "2163000002_2024-2025.xlsx", "“说明”里是 2025-2026，文件名里是 2024-2025"),
        ((lose_rules, lambda book: book["学生"].delete_cols(2)), NAME, "无法确认版本"),
    ],
)
def test_what_is_not_beyond_doubt_is_refused(small, edit, changes, file, says):
    returned, (issue,) = read_workbook(edit(lose_schema, *changes), file, small.shelf)
    assert returned is None
    assert (issue.code, issue.severity, issue.form) == ("R-NO-SCHEMA", MUST, "small")
    assert says in issue.saw


def test_the_page_of_rules_tells_another_version(small, edit):
    change = put("说明", B5="0.9")
    returned, (issue,) = read_workbook(edit(lose_schema, change), "x.xlsx", small.shelf)
    assert returned is None
    assert issue.code == "R-VERSION"


# ── old workbooks and texts ─────────────────────────────────────────────────


@pytest.fixture(scope="module")
def converted(soffice_once, tmp_path_factory):
    """Let LibreOffice save a workbook as an old one."""

    def convert(data):
        folder = tmp_path_factory.mktemp("xls")
        (folder / "x.xlsx").write_bytes(data)
        subprocess.run(
            [soffice_once, "--headless", f"-env:UserInstallation={folder.as_uri()}/profile",
             "--convert-to", "xls", "--outdir", str(folder), str(folder / "x.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / "x.xls").read_bytes()

    return convert


@pytest.fixture(scope="module")
def soffice_once():
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("no soffice on this machine: old workbooks cannot be made")
    return found


def test_an_old_workbook_reads_the_same(small, good, before, converted):
    returned, issues = read_workbook(converted(good), "x.xls", small.shelf)
    assert issues == []
    assert values(returned) == before
    assert returned.tables["pupils"][0].cells["enrolled"].written == "41"


def test_an_old_workbook_hides_its_faults_no_better(small, edit, converted):
    def spoil(book):
        book["学生"]["B4"] = "=1/0"
        book["学生"].merge_cells("B7:B8")

    old = converted(edit(spoil))
    returned, _ = read_workbook(old, "x.xls", small.shelf)
    found = check_return(returned, small.shelf, small.nine_year, small.period)
    said = {issue.cell: (issue.code, issue.sheet, issue.saw) for issue in found}
    assert said["B4"] == ("R-FORMULA", "学生", "一年级·在校生数的公式算出了错误 #DIV/0!")
    assert [said[cell][0] for cell in ("B7", "B8")] == ["R-MERGED", "R-MERGED"]


@pytest.mark.parametrize("seed", range(60))
def test_spoiled_old_workbooks_never_crash(small, old_good, seed):
    import random  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 - a seeded spoiler, no secret
    data = bytearray(old_good)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 4))
    returned, issues = read_workbook(bytes(data), "x.xls", small.shelf)
    assert returned is not None or len(issues) == 1


@pytest.fixture(scope="module")
def old_good(good, converted):
    return converted(good)


def text_of(data, tab, **how):
    sheet = openpyxl.load_workbook(io.BytesIO(data))[tab]
    target = io.StringIO()
    writer = csv.writer(target, **how)
    for row in sheet.iter_rows(values_only=True):
        texts = ["" if value is None else value for value in row]
        writer.writerow([f"{v:%Y/%m/%d}" if isinstance(v, datetime | date) else v for v in texts])
    return target.getvalue()


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


TEXTS = [(encoding, delimiter) for encoding in ENCODINGS for delimiter in (",", ";", "\t")]


@pytest.mark.parametrize("how", TEXTS)
@pytest.mark.parametrize("tab", ["学校概况", "学生", "班级"])
def test_the_text_of_a_sheet(small, good, before, how, tab):
    encoding, delimiter = how
    data = text_of(good, tab, delimiter=delimiter).encode(encoding)
    file = "2163000002_虚构年报_2025-2026.csv"
    returned, issues = read_workbook(data, file, small.shelf)
    assert [issue.code for issue in issues] == ["R-NO-SCHEMA"]
    assert issues[0].saw == (
        f"没有隐藏的模板信息，按表头认作《虚构年报》的“{tab}”，2025—2026学年，代码 2163000002"
    )
    sheet = {"学校概况": "about", "学生": "pupils", "班级": "rooms"}[tab]
    assert values(returned) == {key: value for key, value in before.items() if key[0] == sheet}
    assert (returned.place, returned.period) == ("2163000002", "2025-2026")


def test_a_text_that_does_not_say_whose_it_is(small, good):
    data = text_of(good, "学生").encode()
    returned, (issue,) = read_workbook(data, "学生.csv", small.shelf)
    assert returned is None
    assert issue.code == "R-WHOSE"
    assert issue.saw == "看得出是《虚构年报》的“学生”，但不知道是哪所学校、哪个时期的"
    told = Told(place="2163000002", period="2025-2026")
    returned, _ = read_workbook(data, "学生.csv", small.shelf, told)
    assert returned.place == "2163000002"


def test_a_text_with_a_column_of_school_codes(small, good):
    lines = text_of(good, "班级").splitlines()
    head, rest = (
        f"学校代码,{lines[0]}",
        [line for line in lines if line[:3] in {"一年级", "二年级"}],
    )
    one = "\r\n".join([head, *(f"2163000002,{line}" for line in rest)])
    returned, issues = read_workbook(one.encode(), "班级2025-2026.csv", small.shelf)
    assert returned.place == "2163000002"
    assert len(returned.tables["rooms"]) == 2
    assert returned.tables["rooms"][0].cells["grade"].address == "B2"
    assert [issue.code for issue in issues] == ["R-NO-SCHEMA"]
    two = one + "\r\n2163000001,三年级,三（1）班,4"
    returned, (issue,) = read_workbook(two.encode(), "班级2025-2026.csv", small.shelf)
    assert returned is None
    assert (issue.code, issue.saw) == ("R-MANY-PLACES", "“学校代码”一列里有 2 所学校")


def test_a_text_that_is_no_table_of_ours(small):
    data = "学校,人数\n某校,3\n".encode()
    assert read_workbook(data, "x.csv", small.shelf)[1][0].code == "R-NOT-OURS"
    assert read_workbook(data, "x.xlsx", small.shelf)[1][0].code == "R-NOT-XLSX"
    assert read_workbook(b"\xff\xfe\x00\x01", "x.csv", small.shelf)[0] is None


def test_the_page_of_rules_as_text_is_no_return(small, good):
    returned, (issue,) = read_workbook(text_of(good, "说明").encode(), "说明.csv", small.shelf)
    assert returned is None
    assert (issue.code, issue.severity) == ("R-NO-DATA", NOTE)
