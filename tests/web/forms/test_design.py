"""A form is designed on the pages: kept, checked, approved by another, filled in, taken back."""

from __future__ import annotations

import io
import re
import sqlite3

import pytest
from python_calamine import CalamineWorkbook

FIRST = {
    "name": "近视防控表（虚构）",
    "ident": "eyesight",
    "filed_by": "school",
    "period": "school_year",
    "sheet": "0",
    "layout": "record",
    "lines": "3",
    "term0": "在校学生数",
    "ident0": "pupils",
    "term1": "近视学生数",
    "ident1": "short",
    "least1": "0",
    "high1": "900",
    "help1": "按体检结果",
    "checks": "1",
    "left0": "0.1",
    "relation0": "at_most",
    "right0": "0.0",
    "severity0": "explain",
}


class Designer:
    """Somebody who designs a form without a script."""

    def __init__(self, site, role: str = "office_clerk") -> None:
        self.visitor = site.visitor(role)
        self.at = ""

    def begin(self) -> Designer:
        answer = self.visitor.send("/forms/design/", "/forms/design/begin")
        assert answer.status == 303, answer.text
        self.at = answer.headers["Location"]
        return self

    def take(self, at: str) -> Designer:
        self.at = at
        return self

    def page(self, name: str = ""):
        return self.visitor.get(f"{self.at}{name}")

    def version(self) -> str:
        return re.search(r'name="version" value="(\d+)"', self.page().text)[1]

    def keep(self, do: str = "", version: str = "", **said: str):
        words = FIRST | said | {"do": do, "version": version or self.version()}
        return self.visitor.send(self.at, f"{self.at}keep", **words)

    def ask(self, **said: str):
        found = self.page("look").text
        version = re.search(r'name="version" value="(\d+)"', found)[1]
        return self.visitor.send(f"{self.at}look", f"{self.at}ask", version=version, **said)

    def decide(self, at: str, do: str, why: str = ""):
        return self.visitor.send(f"{at}look", f"{at}approve", do=do, why=why)


@pytest.fixture
def office(own_site) -> Designer:
    return Designer(own_site).begin()


def test_a_draft_survives_the_session_and_goes_on_elsewhere(own_site, office):
    assert office.keep().status == 303
    other = Designer(own_site).take(office.at)
    other.visitor = own_site.visitor("office_clerk", fresh=True)
    text = other.page().text
    assert 'value="近视学生数"' in text
    assert 'name="high1" value="900"' in text
    assert "近视防控表（虚构）" in other.visitor.get("/forms/design/").text
    # More lines, a sheet more, and back: what stood on the first sheet stands there still.
    assert 'name="term7"' in other.visitor.get(other.keep(do="more").headers["Location"]).text
    grid = other.keep(do="sheet", lines="3")
    assert grid.headers["Location"].endswith("?sheet=1")
    there = {"sheet": "1", "layout": "grid", "rows": "grades", "sheet_term": "分年级",
             "lines": "1", "term0": "近视人数", "ident0": "n"}  # fmt: skip
    back = other.keep(do="go:0", **there)
    assert back.headers["Location"].endswith("?sheet=0")
    assert "2 张表、3 栏" in other.visitor.get(back.headers["Location"]).text


def test_a_stale_page_is_told_whose_change_it_would_write_over(own_site, office):
    version = office.version()
    assert office.keep(term2="矫正率").status == 303
    late = office.keep(version=version, term2="戴镜学生数")
    assert late.status == 422
    assert "没有存" in late.text
    # What was typed is still on the page, and storing it again is meant.
    assert 'value="戴镜学生数"' in late.text
    assert 'value="矫正率"' in office.page().text
    again = re.search(r'name="version" value="(\d+)"', late.text)[1]
    assert office.keep(version=again, term2="戴镜学生数").status == 303
    assert 'value="戴镜学生数"' in office.page().text


def test_what_is_wrong_is_told_at_its_field(office):
    office.keep(ident="近视", term0="", term1="近视学生数", ident1="短", term2="年级", type2="code")
    look = office.page("look").text
    for said in ("填的是“近视”", "第 2 栏“近视学生数”", "编号填的是“短”", "没有选代码表"):
        assert said in look
    assert office.visitor.get(f"{office.at}workbook").status == 422
    # What only the strict door finds is told at the field as well.
    office.keep(term2="戴镜", ident2="short", type2="integer")
    assert "第 3 栏“戴镜”" in office.page("look").text
    office.keep(term2="", least0="多")
    assert "第 1 栏“在校学生数”" in office.page("look").text
    office.keep(ident="students", least0="")
    assert "已经用过" in office.page("look").text


def test_the_page_shows_the_workbook_and_what_is_held(office):
    office.keep()
    page = office.page("look")
    assert "可以做成表：2 栏" in page.text
    assert "每格按 60 秒估计" in page.text
    assert "/forms/items/students/enrolled/" in page.links()
    # The picture has the words of the workbook that can be downloaded.
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.page("workbook").body))
    words = {str(cell) for name in book.sheet_names[:2]
             for row in book.get_sheet_by_name(name).to_python() for cell in row}  # fmt: skip
    assert "近视学生数" in words
    assert "按体检结果" in page.text
    assert b'field: "short"' in office.page("card").body


def test_another_approves_and_the_form_is_there_until_it_is_taken_back(own_site, office):
    office.keep()
    leader = Designer(own_site, "leader")
    assert leader.visitor.get(f"{office.at}look").status == 404
    assert office.ask(why="市里要（虚构）").status == 303
    assert "1 张新报表等您审批" in leader.visitor.get("/forms/design/").text
    assert "审批《近视防控表（虚构）》" in leader.visitor.get("/").text
    # It cannot be worked on meanwhile, and nobody approves their own.
    assert office.page().headers["Location"] == f"{office.at}look"
    own = office.visitor.post(f"{office.at}approve", {"do": "approve"}, of=f"{office.at}look")
    assert own.status == 403

    assert "没有写理由" in leader.decide(office.at, "back").text
    assert leader.decide(office.at, "back", "编号改短").status == 303
    assert "编号改短" in office.page().text
    assert "修改《近视防控表（虚构）》" in office.visitor.get("/").text
    office.keep(ident="eyes")
    assert office.ask().status == 303
    assert leader.decide(office.at, "approve", "同意").status == 303

    assert (own_site.workspace / "local/forms/eyes.yaml").is_file()
    clerk = own_site.visitor("school_clerk")
    assert "近视防控表（虚构）" in clerk.get("/returns/").text
    items = own_site.visitor("office_clerk").get("/forms/items/eyes/short/")
    assert items.status == 200
    assert "启用报表" in own_site.visitor("auditor").get("/journal/").text

    undone = leader.visitor.send(f"{office.at}look", f"{office.at}undo", why="先不收（虚构）")
    assert undone.status == 303
    assert not (own_site.workspace / "local/forms/eyes.yaml").exists()
    assert "近视防控表（虚构）" not in clerk.get("/returns/").text
    assert "先不收" in office.page("look").text


def test_an_approval_sent_twice_is_done_once(own_site, office):
    office.keep()
    office.ask()
    leader = Designer(own_site, "leader")
    assert leader.decide(office.at, "approve").status == 303
    # Another form of the page, a second later: it is told, and nothing is done again.
    page = leader.visitor.get(f"{office.at}look")
    assert f'action="{office.at}approve"' not in page.text
    store = own_site.workspace / "store" / "xianxue.sqlite3"
    with sqlite3.connect(store) as database:
        (many,) = database.execute(
            "SELECT count(*) FROM desk_journalline WHERE deed = 'forms.approve'"
        ).fetchone()
    assert many == 1


def come(site, form: str, period: str) -> None:
    """Let a return of a form have come for a period, as the store keeps it."""
    with sqlite3.connect(site.workspace / "store" / "xianxue.sqlite3") as database:
        database.execute("CREATE TEMP TABLE one AS SELECT * FROM desk_revision LIMIT 1")
        database.execute(
            "UPDATE one SET id = (SELECT max(id) + 1 FROM desk_revision), form = ?, period = ?",
            (form, period),
        )
        database.execute("INSERT INTO desk_revision SELECT * FROM one")


def test_the_next_version_of_a_form_begins_later_and_shows_what_it_changes(own_site, office):
    office.keep()
    office.ask()
    leader = Designer(own_site, "leader")
    assert leader.decide(office.at, "approve").status == 303
    begun = office.visitor.send(f"{office.at}look", f"{office.at}next")
    following = Designer(own_site).take(begun.headers["Location"])
    assert 'value="近视学生数"' in following.page().text
    # Asked for again, it is the same draft.
    again = office.visitor.send(f"{office.at}look", f"{office.at}next")
    assert again.headers["Location"] == following.at
    assert "从哪一期起" in following.page("look").text

    # Its name and its id stay; one field is worded otherwise, one ends, one is new.
    changed = {"term0": "在籍学生数", "term1": "", "left0": "", "term2": "戴镜学生数",
               "ident2": "glasses", "name": "别的表", "ident": "other"}  # fmt: skip
    following.keep(start="2027-2028", **changed)
    look = following.page("look").text
    words = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "|", look))
    assert "从2027—2028学年起，要改4处" in words
    for said in ("在籍学生数：名称", "|近视学生数|", "|戴镜学生数|", "新加", "到此为止", "校验"):
        assert said in words
    assert "编号不变" in following.page().text
    book = CalamineWorkbook.from_filelike(io.BytesIO(following.page("workbook").body))
    said = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "戴镜学生数" in said
    assert "近视学生数" not in said

    # A field that means another thing takes another id.
    following.keep(start="2027-2028", **changed, type0="text")
    assert "类型与前一版不同" in following.page("look").text
    following.keep(start="2027-2028", **changed, type0="integer")

    assert following.ask().status == 303
    come(own_site, "eyesight", "2027-2028")
    refused = leader.decide(following.at, "approve")
    assert refused.status == 422
    assert "2027—2028学年已经有报表报来" in refused.text
    assert leader.decide(following.at, "back", "改从下一学年起").status == 303
    assert 'value="2027-2028"' not in following.page().text.partition("从哪一期起")[2][:600]
    following.keep(start="2028-2029", **changed)
    assert following.ask().status == 303
    assert leader.decide(following.at, "approve").status == 303
    assert (own_site.workspace / "local/forms/eyesight_2.yaml").is_file()
    assert "从2028—2029学年起，改了" in re.sub(r"<[^>]+>|\s", "", following.page("look").text)
    # Any form of the county has one: of one that was not designed here, all of its card goes on.
    assert "/forms/design/next/school_annual" in office.visitor.get("/forms/design/").text
    begun = office.visitor.send("/forms/design/", "/forms/design/next/school_annual")
    whole = following.visitor.get(f"{begun.headers['Location']}?sheet=2").text
    assert 'value="girls"' in whole
    assert "都照现行的一版带过来" in whole
    # What came before is read as it was; the first version is not taken from under the second.
    clerk = own_site.visitor("school_clerk")
    assert "近视防控表（虚构）" in clerk.get("/returns/").text
    taken = leader.visitor.send(f"{office.at}look", f"{office.at}undo", why="试（虚构）")
    assert taken.status == 422
    undone = leader.visitor.send(f"{following.at}look", f"{following.at}undo", why="先不改（虚构）")
    assert undone.status == 303
    assert not (own_site.workspace / "local/forms/eyesight_2.yaml").exists()


def test_the_script_stores_as_one_types(own_site, signed_in, look):
    office = Designer(own_site).begin()
    page = signed_in("office_clerk", office.at, site=own_site)
    page.fill("[name=name]", "近视防控表（虚构）")
    page.fill("[name=ident]", "eyesight")
    page.fill("[name=term0]", "近视学生数")
    with page.expect_response(lambda one: one.url.endswith("/keep")):
        page.keyboard.press("Tab")
    page.wait_for_function("document.querySelector('#kept [name=version]').value !== '1'")
    page.reload()
    assert page.input_value("[name=term0]") == "近视学生数"
    look(page, "design")
    page.click("button[value=look]")
    page.wait_for_selector(".sheet")
    look(page, "look")
    page.goto("/forms/design/")
    look(page, "drafts")
