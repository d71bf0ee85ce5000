"""From a file to a return: what is taken as data, what is passed over, and what is said."""

from __future__ import annotations

from hashlib import sha256

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.brought import Brought
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading import workbook
from xianxue.bureau.returns.reading.identification import Told
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import fingerprint
from xianxue.bureau.values.missing import Missing

CODE = "2163000002"
DATA = b"the bytes of the file"


class Opened(Book):
    """A workbook that has been opened: its cells, and what is damaged in it."""

    def __init__(self, grids, damage=None, broken=""):
        super().__init__()
        self.grids = grids
        self.damage = damage or {}
        self.broken = broken

    @property
    def tabs(self):
        return list(self.grids)

    def _read(self, tab):
        if tab == self.broken:
            raise RefusedError("R-BROKEN", "坏了", "完整", "重存", sheet=tab)
        return self.grids[tab]

    def find_damage(self, tabs, tables):
        assert set(tables) <= set(tabs)
        return self.damage


@pytest.fixture
def tabs(small, sheets):
    """A whole workbook of two sheets, with the hidden ones."""
    hidden = [
        ["_xianxue", "1"],
        ["form", "small"],
        ["version", "1"],
        ["fingerprint", fingerprint(small.form)],
        ["period", "2025-2026"],
        ["place", CODE],
        ["sheet", "about", "学校概况", "record", "school_code name", ""],
        ["sheet", "rooms", "班级", "list", "grade name pupils", ""],
    ]
    about = sheets.plan("about", "school_code name")
    return {
        "说明": [["虚构年报"], ["时期", "2024-2025"]],
        "学校概况": sheets.down(about, [CODE], ["虚构学校"]),
        "班级": sheets.across(sheets.plan("rooms"), ["一年级", "一班", 40.0]),
        "_xianxue": sheets.even(hidden),
        "_codes": [["G1", "一年级"]],
        "_beside": [["_beside", "1"], ["last", ""]],
    }


@pytest.fixture
def read(small, monkeypatch):
    """Read a workbook of these tabs."""

    def reading(tabs, file="a.xlsx", told=None, **more):
        monkeypatch.setattr(workbook, "open_book", lambda *_: Opened(tabs, **more))
        told = () if told is None else (told,)
        return read_workbook(DATA, file, small.shelf, *told)

    return reading


def meaning(returned):
    return {
        sheet: [{name: cell.value for name, cell in row.cells.items()} for row in rows]
        for sheet, rows in returned.tables.items()
    }


WHOLE = {
    "about": [{"school_code": CODE, "name": "虚构学校"}],
    "rooms": [{"grade": "G1", "name": "一班", "pupils": 40}],
}


def test_a_whole_workbook(read, tabs):
    returned, issues = read(tabs)
    assert issues == []
    assert (returned.form, returned.version, returned.period) == ("small", "1", "2025-2026")
    assert (returned.place, returned.file, returned.revision) == (CODE, "a.xlsx", 0)
    assert returned.digest == sha256(DATA).hexdigest()
    assert returned.tabs == {"about": "学校概况", "rooms": "班级"}
    assert returned.brought == Brought(last={})
    assert meaning(returned) == WHOLE
    del tabs["_beside"]
    assert read(tabs)[0].brought is None


def test_a_sheet_that_is_lacking_is_absent(read, tabs):
    del tabs["班级"]
    returned, issues = read(tabs)
    assert (meaning(returned), issues) == ({"about": WHOLE["about"]}, [])
    assert returned.tabs == {"about": "学校概况"}


def test_a_remark_becomes_an_issue_with_all_that_is_known(read, tabs):
    tabs["班级"][3][2] = "40人"
    returned, issues = read(tabs)
    assert issues == [
        Issue(
            code="R-UNIT",
            severity=Severity.EXPLAIN,
            file="a.xlsx",
            sheet="班级",
            cell="C4",
            place=CODE,
            form="small",
            field="rooms.pupils",
            saw="学生数填了“40人”，带了文字，按 40 采用",
            required="不小于 0 的整数",
            do="只填数字，不写单位",
        )
    ]
    assert meaning(returned) == WHOLE


def test_a_further_sheet_is_named_if_it_holds_anything(read, tabs):
    tabs |= {"空表": [["", ""]], "零": [[0.0]], "附表": [["", "x"]]}
    returned, issues = read(tabs)
    assert meaning(returned) == WHOLE
    assert [(issue.code, issue.sheet, issue.cell, issue.severity) for issue in issues] == [
        ("R-SHEET-EXTRA", "零", "", Severity.NOTE),
        ("R-SHEET-EXTRA", "附表", "", Severity.NOTE),
    ]
    assert issues[0].saw == "多出一张工作表，里面有内容"
    assert issues[0].do == "这张表不在模板中，没有采用"


def test_what_our_own_checks_wrote_is_passed_over(read, tabs):
    tabs["校验结果"] = [["序号", "xianxue-marks"], ["1", "x"]]
    tabs["经验校验说明"] = [["问题", "说明", "xianxue-answers"], ["x", "y", ""]]
    tabs["班级"] = [
        [*row, text] for row, text in zip(tabs["班级"], ["错误原因", "", "", "没有填"], strict=True)
    ]
    returned, issues = read(tabs)
    assert (meaning(returned), issues) == (WHOLE, [])


def test_a_damaged_cell_is_said_to_be_and_not_read(read, tabs):
    damage = {"rooms": {"C4": ("#DIV/0!", "error")}, "about": {}}
    returned, issues = read(tabs, damage=damage)
    assert issues == []
    cell = returned.tables["rooms"][0].cells["pupils"]
    assert (cell.value, cell.written, cell.fault) == (Missing.NOT_ANSWERED, "#DIV/0!", "error")
    assert returned.tables["rooms"][0].cells["name"].value == "一班"
    assert meaning(returned)["about"] == WHOLE["about"]


# ── refusals ────────────────────────────────────────────────────────────────


def test_refused_after_it_was_known_whose_it_is_says_so(read, tabs):
    """The hidden sheet of what it is compared with is read last."""
    returned, (issue,) = read(tabs, broken="_beside")
    assert returned is None
    assert issue == Issue(
        code="R-BROKEN",
        severity=Severity.MUST_FIX,
        file="a.xlsx",
        sheet="_beside",
        place=CODE,
        form="small",
        saw="坏了",
        required="完整",
        do="重存",
    )


def test_refused_before_it_was_known_whose_it_is_says_nothing_of_it(read, tabs):
    returned, (issue,) = read(tabs, broken="_xianxue")
    assert (returned, issue.code, issue.place, issue.form) == (None, "R-BROKEN", "", "")


# ── without the hidden sheet ────────────────────────────────────────────────


@pytest.fixture
def bare(tabs):
    """The workbook without its hidden sheets; the page of rules says another year."""
    return {tab: grid for tab, grid in tabs.items() if not tab.startswith("_")}


def test_a_workbook_that_may_be_another_versions_is_refused(read, bare):
    """Its record shows two of nine items, and nothing says which version it is."""
    returned, (issue,) = read(bare)
    assert returned is None
    assert (issue.code, issue.place, issue.form) == ("R-NO-SCHEMA", CODE, "small")
    assert issue.saw.endswith("无法确认版本")


def test_a_workbook_known_by_its_headers_says_so_first(read, bare, small, sheets):
    bare["学校概况"] = sheets.down(sheets.plan("about"), [CODE], ["虚构学校"])
    bare["附表"] = [["x"]]
    returned, issues = read(bare)
    assert (returned.place, returned.period) == (CODE, "2024-2025")
    assert returned.tabs == {"about": "学校概况", "rooms": "班级"}
    assert [(issue.code, issue.sheet) for issue in issues] == [
        ("R-NO-SCHEMA", ""),
        ("R-SHEET-EXTRA", "附表"),
    ]
    assert issues[0].place == CODE
    told = Told(period="2025-2026", place="2163000005")
    returned, _ = read(bare, told=told)
    assert (returned.place, returned.period) == ("2163000005", "2025-2026")


def test_a_spaced_name_of_the_page_of_rules_is_still_its_name(read, bare, sheets):
    bare["学校概况"] = sheets.down(sheets.plan("about"), [CODE], ["虚构学校"])
    bare["说 明"] = bare.pop("说明")
    returned, issues = read(bare)
    assert returned.period == "2024-2025"
    # And it is no further sheet.
    assert [issue.code for issue in issues] == ["R-NO-SCHEMA"]


# ── the text of one sheet ───────────────────────────────────────────────────

CLASSES = "年级,班级名称,学生数\r\n一年级,一班,40\r\n"


def test_the_text_of_one_sheet(small):
    data = CLASSES.encode()
    returned, (issue,) = read_workbook(data, f"{CODE}_2025-2026.csv", small.shelf)
    assert meaning(returned) == {"rooms": WHOLE["rooms"]}
    assert (returned.place, returned.period) == (CODE, "2025-2026")
    assert returned.tabs == {"rooms": "班级"}
    assert returned.digest == sha256(data).hexdigest()
    # A text has no tab: a remark on it as a whole names none.
    assert (issue.code, issue.sheet, issue.place) == ("R-NO-SCHEMA", "", CODE)


def test_remarks_on_a_text_name_the_sheet_it_is(small):
    data = (CLASSES + "二年级,二班,41人\r\n").encode()
    _, issues = read_workbook(data, f"{CODE}_2025-2026.csv", small.shelf)
    assert [(issue.code, issue.sheet, issue.cell) for issue in issues] == [
        ("R-NO-SCHEMA", "", ""),
        ("R-UNIT", "班级", "C3"),
    ]


def test_the_text_of_the_page_of_rules_is_no_fault(small):
    page = "虚构年报\r\n时期,2025-2026\r\n表式版本,1\r\n".encode()
    returned, issues = read_workbook(page, "说明.csv", small.shelf)
    assert returned is None
    assert issues == [
        Issue(
            code="R-NO-DATA",
            severity=Severity.NOTE,
            file="说明.csv",
            saw="这是模板的说明页，没有要报的数",
            do="不必交这个文件",
        )
    ]


def test_a_text_that_is_no_table_of_ours_by_what_it_calls_itself(small):
    """A text that calls itself a workbook is told to be none; one that does not, to be no table."""
    data = "人名,年龄\n某,9\n".encode()
    _, (issue,) = read_workbook(data, "x.csv", small.shelf)
    assert (issue.code, issue.saw) == ("R-NOT-OURS", "认不出这是哪一张表")
    _, (issue,) = read_workbook(data, "x.xlsx", small.shelf)
    assert issue.code == "R-NOT-XLSX"
    # A table of ours under a wrong name is read all the same; what it lacks is what is said.
    _, (issue,) = read_workbook(CLASSES.encode(), "x.xlsx", small.shelf)
    assert issue.code == "R-WHOSE"
