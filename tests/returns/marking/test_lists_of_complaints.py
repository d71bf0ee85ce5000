"""The sheet that lists all complaints, and the one for explanations: each line, each link."""

import html
import re

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.marking.answers import answers_sheet
from xianxue.bureau.returns.marking.package import Tab
from xianxue.bureau.returns.marking.styles import EMPTY, Styles
from xianxue.bureau.returns.marking.summary import looks, sign, summary_sheet
from xianxue.bureau.returns.marking.workbook import _find, _free_tab
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW, said_on

STYLES = Styles(EMPTY)
LOOK = looks(STYLES)
KINDS = {number: name for name, number in LOOK.items()}  # a remark looks like a number


def issue(severity=Severity.MUST_FIX, **more):
    parts = {
        "code": "R-X", "saw": "填了“-3”", "required": "不小于 0", "do": "请改正", "citation": "《虚构办法》",
        "sheet": "学生", "cell": "B4",
    }  # fmt: skip
    return Issue(severity=severity, **(parts | more))


def cells(sheet):
    """Give address to text and style's name, of a sheet as XML."""
    found = re.findall(
        r'<c r="(\w+)" s="(\d+)"(?:/>| t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>)', sheet
    )
    return {at: (html.unescape(text), KINDS.get(int(style), style)) for at, style, text in found}


def line(sheet, number):
    """Give one line's texts, in the order of columns."""
    return [text for at, (text, _) in cells(sheet).items() if re.fullmatch(rf"[A-Z]+{number}", at)]


def links(sheet):
    found = re.findall(r'<hyperlink ref="(\w+)" location="(.*?)" display="(\w+)"/>', sheet)
    return [(at, html.unescape(place), shown) for at, place, shown in found]


def summary(issues, voice=CHECK, targets=None, hidden=()):
    targets = {"学生": "学生"} if targets is None else targets
    return summary_sheet(
        "校验结果：a.xlsx",
        issues,
        targets,
        hidden,
        LOOK,
        voice=voice,
        explaining=any(each.about for each in issues),
    ).decode()


# ── the list ────────────────────────────────────────────────────────────────


def test_each_complaint_has_a_line_with_all_its_parts():
    sheet = summary([issue(), issue(Severity.EXPLAIN), issue(Severity.NOTE, citation="")])
    assert line(sheet, 4) == [
        "序号",
        "级别",
        "工作表",
        "单元格",
        "发现的问题",
        "要求",
        "怎样改",
        "依据",
    ]
    assert line(sheet, 5) == [
        "1",
        "逻辑校验",
        "学生",
        "B4",
        "填了“-3”",
        "不小于 0",
        "请改正",
        "《虚构办法》",
    ]
    assert [line(sheet, n)[:2] for n in (6, 7)] == [["2", "经验校验"], ["3", "提示"]]
    assert line(sheet, 7)[7] == ""
    assert [cells(sheet)[f"B{n}"][1] for n in (5, 6, 7)] == ["must", "explain", "note"]
    assert [cells(sheet)[f"{a}5"][1] for a in "ADE"] == ["note", "link", "text"]


def test_above_it_stands_how_many_there_are_and_what_to_do():
    sheet = summary([issue(), issue(), issue(Severity.NOTE)])
    assert line(sheet, 1) == ["校验结果：a.xlsx"]
    assert line(sheet, 2) == ["逻辑校验 2 条（红色）必须改正　提示 1 条供参考，不必改"]
    assert line(sheet, 3) == [
        "点“单元格”一列可以跳到出错的格子；格子上的批注写着怎样改。请就在本文件里改，保存后直接交回。本表、颜色、批注和“错误原因”一列，下次校验时自动清除，不会当作数据。"
    ]
    # The sheet for explanations is spoken of only where there is one.
    sheet = summary([issue(Severity.EXPLAIN, about="pupils.G1.x")])
    assert line(sheet, 2) == ["经验校验 1 条（黄色）请改正，或者说明原因"]
    assert line(sheet, 3)[0].endswith(
        "不会当作数据。经验校验属实的，请到“经验校验说明”表写明原因。"
    )


def test_the_bureau_speaks_in_its_own_words():
    sheet = summary([issue()], REVIEW)
    assert line(sheet, 2) == ["审核意见 1 条（红色）请核对，有误的改正"]
    assert "“教育局审核意见”一列" in line(sheet, 3)[0]
    assert line(sheet, 4) == [
        "序号",
        "类别",
        "工作表",
        "单元格",
        "审核意见",
        "报的是",
        "怎样办",
        "审核人",
    ]


def test_a_line_links_to_its_cell_on_the_tab_it_is_found_under():
    sheet = summary(
        [issue(), issue(cell=""), issue(sheet="没有的"), issue(sheet="", cell="")],
        targets={"学生": "我的 学生"},
    )
    assert links(sheet) == [("D5", "'我的 学生'!B4", "B4"), ("D6", "'我的 学生'!A1", "A1")]
    assert [line(sheet, n)[3] for n in (5, 6, 7, 8)] == ["B4", "打开", "B4", ""]
    assert [cells(sheet)[f"D{n}"][1] for n in (5, 6, 7)] == ["link", "link", "note"]


def test_hidden_lines_stand_beside_whatever_is_shown():
    hidden = [sign("a.xlsx"), ("open", "2", ""), *(("FF", "cell", str(n)) for n in range(6))]
    sheet = summary([issue()], hidden=hidden)
    beside = {n: [cells(sheet)[f"{a}{n}"][0] for a in "JKL"] for n in range(1, 9)}
    assert beside[1] == ["xianxue-marks", "1", "a.xlsx"]
    assert beside[2] == ["open", "2", ""]
    assert beside[8] == ["FF", "cell", "5"]
    assert '<col min="10" max="12" width="9" hidden="1" customWidth="1"/>' in sheet
    assert '<dimension ref="A1:L8"/>' in sheet
    assert '<dimension ref="A1:L5"/>' in summary([issue()])


def test_the_list_is_open_and_its_headers_stay_in_sight():
    sheet = summary([issue()])
    assert 'tabSelected="1"' in sheet
    assert '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<mergeCells count="3"><mergeCell ref="A1:H1"/><mergeCell ref="A2:H2"/>' in sheet


def test_its_styles_are_there_once():
    again = Styles(STYLES.result())
    assert looks(again) == LOOK
    assert again.result() == STYLES.result()
    assert len(set(LOOK.values())) == len(LOOK) - 1


# ── explanations ────────────────────────────────────────────────────────────

ASKED = issue(Severity.EXPLAIN, about="pupils.G1.x", value="40")


def answers(issues, said=(), targets=None, file="a.xlsx"):
    targets = {"学生": "学生"} if targets is None else targets
    found = answers_sheet(file, issues, targets, said, LOOK)
    return None if found is None else found.decode()


def test_each_question_has_a_line_to_write_on():
    sheet = answers([ASKED, issue(), issue(Severity.EXPLAIN, about="", value="1")])
    assert line(sheet, 1) == ["经验校验说明：a.xlsx", "xianxue-answers"]
    assert line(answers([ASKED], file=""), 1)[0] == "经验校验说明"
    assert line(sheet, 2) == [
        "下面的数不同寻常，不一定错。填错了的，请改原来的格子，这里不用写；确实如此的，请在黄色的格子里写明原因，保存后把本文件直接交回。写过的说明会记住，数不变就不用再写；数变了，请重新说明。"
    ]
    assert line(sheet, 3) == [
        "序号",
        "工作表",
        "单元格",
        "发现的问题",
        "请核对",
        "说明",
        "改数前写的",
    ]
    assert line(sheet, 4) == [
        "1",
        "学生",
        "B4",
        "填了“-3”",
        "请改正",
        "",
        "",
        "R-X",
        "pupils.G1.x",
        "40",
        "5",
    ]
    # What has to be fixed and what is about nothing cannot be explained.
    assert line(sheet, 5) == []
    assert cells(sheet)["F4"][1] == "write"
    assert links(sheet) == [("C4", "'学生'!B4", "B4")]
    assert 'tabSelected="1"' not in sheet


def test_where_nothing_is_to_be_explained_there_is_no_sheet():
    assert answers([issue(), issue(Severity.NOTE, about="a"), issue(Severity.EXPLAIN)]) is None
    assert answers([]) is None


def test_what_was_explained_stays_and_nothing_is_left_to_do():
    note = issue(Severity.NOTE, about="pupils.G1.x", value="40")
    sheet = answers([note], [Said("R-X", "pupils.G1.x", "40.0", "新建校舍")])
    assert line(sheet, 4)[4:7] == ["", "新建校舍", ""]
    # Of another value it is shown beside, to be written anew.
    sheet = answers([ASKED], [Said("R-X", "pupils.G1.x", "39", "新建校舍")])
    assert line(sheet, 4)[4:7] == ["请改正", "", "新建校舍（原来是 39）"]
    for other in (
        Said("R-Y", "pupils.G1.x", "39", "别的"),
        Said("R-X", "pupils.G2.x", "39", "别的"),
    ):
        assert line(answers([ASKED], [other]), 4)[4:7] == ["请改正", "", ""]


def test_a_question_on_a_tab_that_is_not_there_has_no_link():
    whole = issue(Severity.EXPLAIN, about="pupils.x", value="90", cell="")
    sheet = answers([whole, ASKED], targets={})
    assert links(sheet) == []
    assert [line(sheet, n)[2] for n in (4, 5)] == ["", "B4"]
    assert line(answers([whole]), 4)[2] == "打开"


def test_what_is_written_on_it_is_read_again():
    """Each line by its hidden columns, wherever it stands by then."""
    issues = [ASKED, issue(Severity.EXPLAIN, about="about.x", value="7", code="R-Y")]
    sheet = answers(issues)
    rows = []
    for number in (1, 2, 3, 4, 5):
        found = {
            at: text
            for at, (text, _) in cells(sheet).items()
            if re.fullmatch(rf"[A-Z]+{number}", at)
        }
        rows.append([found.get(f"{a}{number}", "") for a in "ABCDEFGHIJKLM"])
    rows[3][5], rows[4][5] = " 属实 ", "新建"
    wanted = (Said("R-X", "pupils.G1.x", "40", "属实"), Said("R-Y", "about.x", "7", "新建"))
    assert said_on(rows) == wanted
    assert said_on([*rows[:3], rows[4], [""] * 13, rows[3]]) == wanted[::-1]
    rows[3][5] = ""
    assert said_on(rows) == wanted[1:]


# ── which tab is meant ──────────────────────────────────────────────────────


def tabs(*names):
    return [Tab(name, name, name, hidden=False) for name in names]


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["甲", "学生"], "学生", "学生"), (["学 生", "甲"], "学生", "学 生"),
        # As it is written comes first.
        (["学 生", "学生"], "学生", "学生"), (["甲", "乙"], "学生", None),
        # Where there is only one, that is the one meant.
        (["Sheet1"], "学生", "Sheet1"), ([], "学生", None),
    ],
)  # fmt: skip
def test_a_sheet_is_found_by_its_name(names, wanted, found):
    tab = _find(wanted, tabs(*names))
    assert (tab.name if tab else None) == found


def test_a_tab_that_is_taken_gets_a_number():
    assert _free_tab(tabs("甲"), "校验结果") == "校验结果"
    assert _free_tab(tabs("校验结果"), "校验结果") == "校验结果（2）"
    assert _free_tab(tabs("校验结果", "校验结果（2）"), "校验结果") == "校验结果（3）"
    assert _free_tab(tabs("ABC"), "abc") == "abc（2）"
