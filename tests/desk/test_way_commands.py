"""The way of a return on the command line: one cycle, both lifecycles, every exit code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.db import OperationalError

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.models import JournalLine
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example
from xianxue.desk.stores.settings_file import NAME
from xianxue.desk.workspace import Workspace

SCHOOL, OTHER = "2163980001", "3163980002"
SIGNED = ("--clerk", "张三（虚构）", "--head", "李四（虚构）")
OFFICE = ("--as", "赵六（虚构）")


class County:
    """Four schools, a clock that is set by hand, and the commands."""

    def __init__(self, root, capsys, monkeypatch):
        self.root, self.capsys = root, capsys
        self.now = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: self.now)
        lay_out_example(root, Example.open("four_schools"))

    def book(self, place=SCHOOL, **cells):
        """A filled workbook; named cells of the first sheet say something else."""
        workspace = Workspace.open(self.root)
        for form, school, filed in Example.open("four_schools").returns(
            workspace.shelf, workspace.register
        ):
            if school.code == place:
                own = filed.tables["basic"][0].cells
                own.update({name: Cell(value) for name, value in cells.items()})
                when = workspace.period(None)
                book = write_workbook(form, school, when, workspace.shelf.codes, filed)
                path = self.root / f"{place}.xlsx"
                path.write_bytes(book)
                return str(path)
        raise KeyError(place)

    def run(self, *words):
        """Run a command; give its exit code and what it printed."""
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        return end.value.code, self.capsys.readouterr().out

    def ask(self, *words):
        code, out = self.run(*words, "--json")
        return code, json.loads(out)

    def state(self, place=SCHOOL):
        rows = self.ask("returns", "status")[1]
        return next((row["state"], row["revision"]) for row in rows if row["place"] == place)


@pytest.fixture
def county(tmp_path, capsys, monkeypatch):
    return County(tmp_path, capsys, monkeypatch)


def test_what_is_sent_back_comes_with_the_comments_on_its_cells(county):
    """The school opens its own workbook: each comment on its cell, and no value touched."""
    book = Path(county.book())
    renamed = openpyxl.load_workbook(book)
    renamed["学生"].title = "学生（我校）"
    renamed.save(book)
    county.run("returns", "submit", str(book), *SIGNED)
    comments = (
        "--comment",
        "学生!C4=请核对。",
        "--comment",
        "教职工!=逐项再看",
        "--comment",
        "再报",
    )
    asked = ("--place", SCHOOL, *comments, "--marked", str(county.root / "back"), *OFFICE)
    code, said = county.ask("returns", "send-back", *asked)
    copy = county.root / "back" / f"{SCHOOL}_退回.xlsx"
    assert (code, said["done"][0]["marked"]) == (0, str(copy))
    before, after = openpyxl.load_workbook(book), openpyxl.load_workbook(copy)
    girls = before["学生（我校）"]["C4"].value
    assert after["学生（我校）"]["C4"].comment.text == (
        f"【审核】审核意见（请核对，有误的改正）\n请核对；报的是：{girls}。"
        "有误的改正后重新报送；属实的，报送时写明理由。审核人：赵六（虚构） 2025-09-20 16:30。"
    )
    listed = [[cell.value for cell in row[2:5]] for row in after["审核意见"].iter_rows(min_row=5)]
    assert listed == [
        ["学生（我校）", "C4", "请核对"],
        ["教职工", "打开", "逐项再看"],
        [None, None, "再报"],
    ]
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                assert after[sheet.title][cell.coordinate].value == cell.value, cell.coordinate
    code, said = county.ask("returns", "submit", str(copy), *SIGNED)
    assert (code, said["submitted"][0]["revision"]) == (0, 2)
    assert said["submitted"][0]["state"] == "submitted"


def test_a_whole_cycle(county):
    """Submitted, sent back with a comment on a cell, submitted again, approved, corrected."""
    book = county.book()
    code, said = county.ask("returns", "submit", book, *SIGNED)
    assert (code, said["submitted"][0]["state"]) == (0, "submitted")
    assert county.state() == ("submitted", 0)

    assert county.run("returns", "review", "--all", *OFFICE)[0] == 0
    comments = ("--comment", "学生!C4=请核对", "--comment", "整张表再看一遍")
    code, said = county.ask("returns", "send-back", "--place", SCHOOL, *comments, *OFFICE)
    assert (code, said["done"][0]["times_returned"]) == (0, 1)
    code, out = county.run("returns", "trail", "--place", SCHOOL)
    assert code == 0
    assert "〔学生〕C4：请核对（赵六（虚构） 2025-09-20 16:30）" in out
    assert "整张表：整张表再看一遍" in out

    assert county.run("returns", "submit", county.book(), *SIGNED)[0] == 0
    assert county.run("returns", "review", "--place", SCHOOL, *OFFICE)[0] == 0
    code, out = county.run("returns", "approve", "--all", *OFFICE)
    assert (code, county.state()) == (0, ("accepted", 2))
    assert "东河镇中心小学《学校年度报表》（2025—2026学年）：通过（第 2 版）" in out

    book = county.book(training_funds=7)
    code, said = county.ask("returns", "submit", book, *SIGNED)
    assert (code, said["issues"][0]["code"]) == (1, "F-NEEDS")
    assert county.run("returns", "submit", book, *SIGNED, "--why", "培训费记错")[0] == 0
    assert county.state() == ("submitted", 2)
    assert (
        county.run("returns", "withdraw", "--place", SCHOOL, "--as", "张三", "--why", "再核")[0]
        == 0
    )
    assert county.state() == ("withdrawn", 2)

    code, said = county.ask("journal", "verify")
    assert (code, said["whole"], said["lines"]) == (0, True, 8)
    assert "journal head" in said["limits"]
    code, out = county.run("journal", "show", "--place", SCHOOL)
    assert "审核中→退回；students!C4 请核对；整张表再看一遍" in out
    assert "理由：培训费记错" in out


def test_by_way_of_the_central_school(county):
    """The settings choose the longer way; a school in no township goes the shorter."""
    settings = county.root / NAME
    text = settings.read_text("utf-8")
    settings.write_text('lifecycle = "school_return_with_central_school"\n' + text, "utf-8")
    county.run("returns", "submit", county.book(), *SIGNED)
    assert county.run("returns", "review", "--place", SCHOOL, *OFFICE)[0] == 1
    central = ("--as", "王五（虚构）", "--role", "central_school")
    code, said = county.ask("returns", "review", "--place", SCHOOL, *central)
    assert (code, said["issues"][0]["code"]) == (1, "F-SCOPE")
    assert county.run("returns", "review", "--all", *central, "--of", "639800100")[0] == 0
    assert county.state()[0] == "central_review"
    own = ("--as", "王五（虚构）", "--of", SCHOOL)
    assert county.run("returns", "pass-on", "--place", SCHOOL, *own)[0] == 0
    assert county.run("returns", "approve", "--place", SCHOOL, *OFFICE)[0] == 0
    assert county.state() == ("accepted", 1)


def test_an_unknown_lifecycle_is_told(county):
    settings = county.root / NAME
    settings.write_text('lifecycle = "other"\n' + settings.read_text("utf-8"), "utf-8")
    code, out = county.run("returns", "status")
    assert code == 1
    assert "没有报送流程 other" in out


def test_deadlines_reminders_and_exceptions(county):
    days = ("--due", "2025-09-30", "--lock", "2025-10-10")
    assert county.run("returns", "window", "school_annual", *days, *OFFICE)[0] == 0
    county.run("returns", "submit", county.book(), *SIGNED)
    county.now = datetime(2025, 10, 12, 2, 0, tzinfo=UTC)
    code, out = county.run("returns", "submit", county.book(OTHER), *SIGNED)
    assert code == 1
    assert "锁定" in out

    code, rows = county.ask("returns", "remind", "school_annual")
    assert code == 0
    assert [(row["place"], row["waiting"], row["late"], row["days_over"]) for row in rows][:3] == [
        (SCHOOL, False, False, 0),
        ("3163980001", True, True, 12),
        (OTHER, True, True, 12),
    ]
    notice = county.run("returns", "remind", "school_annual", "--notice")[1]
    assert notice.splitlines()[0] == "关于催报《学校年度报表》（2025—2026学年）的通知"
    assert "应报4所，已报1所，未报3所" in notice
    assert "东河镇初级中学（逾期12天）" in notice

    assert (
        county.run("returns", "extend", "--place", OTHER, "--until", "2025-10-15", *OFFICE)[0] == 1
    )
    why = ("--why", "水毁校舍")
    assert (
        county.run("returns", "extend", "--place", OTHER, "--until", "2025-10-15", *OFFICE, *why)[0]
        == 0
    )
    assert county.run("returns", "submit", county.book(OTHER), *SIGNED)[0] == 0

    code, said = county.ask("returns", "send-back", "--place", SCHOOL, "--comment", "x", *OFFICE)
    assert (code, [issue["severity"] for issue in said["issues"]]) == (0, ["note"])
    assert "已过锁定日" in said["issues"][0]["message"]


def test_what_is_unusual_is_explained_once(county):
    """Not explained it stays here; explained with the submission it is never asked again."""
    book = county.book(sponsor="999")
    code, said = county.ask("returns", "submit", book, *SIGNED)
    assert (code, said["submitted"]) == (1, [])
    unusual, refused = said["issues"]
    assert (unusual["code"], unusual["severity"]) == ("R-REGISTER", "explain")
    where = f"{unusual['sheet']}!{unusual['cell']}"
    assert refused["code"] == "F-EXPLAIN"
    assert f"--explain '{where}=理由'" in refused["do"]

    code, said = county.ask("returns", "submit", book, *SIGNED, "--explain", f"{where}=已转为民办")
    assert (code, said["submitted"][0]["revision"]) == (0, 1)
    assert [issue["severity"] for issue in said["issues"]] == ["note"]

    county.run("returns", "send-back", "--place", SCHOOL, "--comment", "请看第二行", *OFFICE)
    again = county.book(sponsor="999", training_funds=7)
    code, said = county.ask("returns", "submit", again, *SIGNED)
    assert (code, [issue["severity"] for issue in said["issues"]]) == (0, ["note"])
    assert "已转为民办" in said["issues"][0]["message"]

    county.run("returns", "send-back", "--place", SCHOOL, "--comment", "请看第二行", *OFFICE)
    assert county.ask("returns", "submit", county.book(sponsor="893"), *SIGNED)[0] == 1
    code, rows = county.ask("returns", "explanations", "--rule", "R-REGISTER")
    assert [(row["place"], row["text"]) for row in rows] == [(SCHOOL, "已转为民办")]


def test_an_explanation_of_nothing_is_told(county):
    code, said = county.ask(
        "returns", "submit", county.book(), *SIGNED, "--explain", "学生!C4=是的"
    )
    assert code == 0
    assert [(issue["code"], issue["severity"]) for issue in said["issues"]] == [
        ("F-EXPLAIN", "note")
    ]
    assert county.run("returns", "submit", county.book(), *SIGNED, "--explain", "是的")[0] == 2


SPONSOR = ("--rule", "R-REGISTER", "--place", SCHOOL, "--field", "basic.sponsor")


@pytest.fixture
def doubted(county):
    """Filed with another sponsor than the register has, and explained with the submission."""
    county.run(
        "returns", "submit", county.book(sponsor="999"), *SIGNED, "--explain", "R-REGISTER=x"
    )
    return county


def test_explaining_what_was_filed(doubted):
    said = ("--text", "已转为民办", "--as", "张三")
    code, kept = doubted.ask("returns", "explain", *SPONSOR, *said)
    assert (code, kept["value"], kept["first_period"]) == (0, "民办", "2025-2026")
    code, out = doubted.run("returns", "explanations")
    assert "已转为民办" in out
    assert doubted.run("returns", "explain", *SPONSOR, *said, "--value", "999")[0] == 0


def changed(**options):
    """The options of an explanation that was asked for, some of them others."""
    named = dict(zip(SPONSOR[::2], SPONSOR[1::2], strict=True))
    named |= {f"--{name}": value for name, value in options.items()}
    return [word for pair in named.items() for word in pair]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"place": "2163989999", "form": "school_annual"}, "名册里没有代码 2163989999"),
        ({"place": "639800100", "form": "school_annual"}, "东河镇不填《学校年度报表》"),
        ({"form": "county_annual"}, "东河镇中心小学不填《县级年度报表》"),
        ({"field": "basics.sponsor"}, "没有“basics.sponsor”这一格"),
        ({"field": "basic.sponsors"}, "没有“basic.sponsors”这一格"),
        ({"field": "basic"}, "没有“basic”这一格"),
        ({"field": "students.G99.girls"}, "没有“students.G99.girls”这一格"),
        ({"field": "students.G1.girls"}, "没有被问到，不用说明（规则 R-REGISTER）"),
        ({"rule": "R-USUAL"}, "没有被问到，不用说明（规则 R-USUAL）"),
        ({"rule": "R-MADE-UP"}, "没有被问到，不用说明（规则 R-MADE-UP）"),
        ({"value": "832"}, "报的是“民办”，不是“832”"),
        ({"of": "2163989999", "role": "office_clerk"}, "单位“2163989999”查无此处"),
    ],
)
def test_nothing_is_explained_that_nobody_asked(doubted, options, message):
    """A place, form, field, rule, value or office that is not there or was not asked about."""
    before = doubted.ask("returns", "explanations")[1]
    words = ("--text", "属实", "--as", "张三（虚构）")
    code, out = doubted.run("returns", "explain", *changed(**options), *words)
    assert code == 1
    assert message in out
    assert doubted.ask("returns", "explanations")[1] == before


def test_the_cell_that_was_asked_about_is_enough(doubted):
    """As the complaint names it; the rule is found."""
    saw = doubted.run("returns", "explain", *changed(rule="R-USUAL"), "--text", "x", "--as", "张三")
    cell = saw[1].partition("问到的有：")[2].partition("。")[0]
    assert cell.startswith("学校基本情况!")
    words = ("--place", SCHOOL, "--text", "已转为民办", "--as", "张三（虚构）")
    for way in (cell, cell.replace("!", "！"), "basic.sponsor"):
        code, kept = doubted.ask("returns", "explain", *words, "--field", way)
        assert (code, kept["rule"], kept["field"]) == (0, "R-REGISTER", "basic.sponsor")
    assert doubted.run("returns", "explain", *words, "--field", "学校基本情况!Z99")[0] == 1


def test_what_was_asked_is_named(doubted):
    out = doubted.run(
        "returns", "explain", *changed(rule="R-USUAL"), "--text", "x", "--as", "张三"
    )[1]
    assert "问到的有：学校基本情况!" in out


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"value": "999"}, 0, "说明已记下"),
        ({}, 1, "还没有报送，不知道说明的是哪个值"),
        ({"value": "999", "rule": "R-MADE-UP"}, 1, "也没有要说明的规则“R-MADE-UP”"),
        ({"value": "999", "field": "basic.nothing"}, 1, "没有“basic.nothing”这一格"),
    ],
)
def test_before_anything_is_filed_rule_and_field_have_to_be_there(county, options, code, message):
    words = ("--text", "属实", "--as", "张三（虚构）")
    found, out = county.run("returns", "explain", *changed(**options), *words)
    assert (found, message in out) == (code, True)


@pytest.mark.parametrize(
    ("place", "form", "message"),
    [
        ("2163989999", "school_annual", "名册里没有代码 2163989999"),
        ("639800", "school_annual", "不填《学校年度报表》；要求：这张报表由学校填报"),
        ("639800100", "school_annual", "东河镇不填《学校年度报表》"),
        (SCHOOL, "county_annual", "东河镇中心小学不填《县级年度报表》；要求：这张报表由教育局填报"),
    ],
)
@pytest.mark.parametrize(
    "deed",
    [
        ("extend", "--until", "2025-10-15", *OFFICE),
        ("withdraw", "--as", "张三（虚构）"),
        ("pass-on", "--as", "王五（虚构）", "--of", SCHOOL),
        ("review", *OFFICE),
        ("trail",),
    ],
    ids=lambda deed: deed[0],
)
def test_nothing_is_done_to_what_nobody_has_to_hand_in(county, deed, place, form, message):
    county.run("returns", "window", form, "--due", "2025-09-30", "--lock", "2025-10-10", *OFFICE)
    lines = JournalLine.objects.count()
    name, *words = deed
    why = () if name == "trail" else ("--why", "水毁校舍")
    code, out = county.run("returns", name, "--form", form, "--place", place, *words, *why)
    assert (code, message in out) == (1, True)
    assert JournalLine.objects.count() == lines


def test_nobody_acts_from_nowhere(county):
    county.run(
        "returns", "window", "school_annual", "--due", "2025-09-30", "--lock", "2025-10-10", *OFFICE
    )
    words = ("--place", SCHOOL, "--until", "2025-10-15", "--why", "x", *OFFICE)
    code, out = county.run("returns", "extend", *words, "--of", "2163989999")
    assert code == 1
    assert "经办人赵六（虚构）的单位“2163989999”查无此处" in out
    assert county.run("returns", "extend", *words, "--of", "639800")[0] == 0


def test_a_trail_tells_every_step_with_who_and_why(doubted):
    """Handed in, explained, sent back, given more time, handed in again."""
    place = ("--place", SCHOOL)
    doubted.run(
        "returns", "send-back", *place, "--comment", "请看第二行", *OFFICE, "--why", "举办者不符"
    )
    doubted.run(
        "returns", "window", "school_annual", "--due", "2025-09-30", "--lock", "2025-10-10", *OFFICE
    )
    doubted.run("returns", "extend", *place, "--until", "2025-10-15", "--why", "水毁校舍", *OFFICE)
    doubted.run("returns", "submit", doubted.book(), *SIGNED, "--why", "照批注改正")
    code, said = doubted.ask("returns", "trail", *place)
    assert code == 0
    assert [(one["term"], one["by"], one["why"]) for one in said["steps"]] == [
        ("填写情况说明", "张三（虚构）", "x"),
        ("报送", "张三（虚构）", ""),
        ("退回", "赵六（虚构）", "举办者不符"),
        ("准予延期", "赵六（虚构）", "水毁校舍"),
        ("报送", "张三（虚构）", "照批注改正"),
    ]
    out = doubted.run("returns", "trail", *place)[1]
    assert "2025-09-20 16:30  退回  赵六（虚构）（股室业务员）  第 1 版；已报送→退回" in out
    assert "理由：水毁校舍" in out
    assert "填写情况说明  张三（虚构）（学校填报员）  学校基本情况·举办者“民办”。理由：x" in out, (
        out
    )
    assert "R-REGISTER" not in out


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("师生!C4=x", "里的表“师生”没有"),
        ("学生!Z99=x", "Z99 不是填数的格"),
        ("学生!A1=x", "A1 不是填数的格"),
    ],
)
def test_a_comment_on_what_is_not_there_sends_nothing_back(county, comment, said):
    county.run("returns", "submit", county.book(), *SIGNED)
    code, found = county.ask(
        "returns", "send-back", "--place", SCHOOL, "--comment", comment, *OFFICE
    )
    assert (code, found["done"], found["issues"][0]["code"]) == (1, [], "F-COMMENT")
    assert said in found["issues"][0]["message"]
    assert county.state()[0] == "submitted"


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("学生!c4=请核对", ("学生", "C4", "girls", "G1")),
        ("学生！$C$4＝请核对", ("学生", "C4", "girls", "G1")),
        ("students!C4=请核对", ("学生", "C4", "girls", "G1")),
        ("学生!=请核对", ("学生", "", "", "")),
        ("请核对：女生=在校生?", ("", "", "", "")),
    ],
)
def test_a_comment_is_read_as_people_write_it(county, comment, kept):
    county.run("returns", "submit", county.book(), *SIGNED)
    county.run("returns", "send-back", "--place", SCHOOL, "--comment", comment, *OFFICE)
    trail = county.ask("returns", "trail", "--place", SCHOOL)[1]
    ((said,),) = (each["comments"] for each in trail["revisions"])
    assert (said["tab"], said["cell"], said["field"], said["row"]) == kept


@pytest.mark.parametrize(
    "words",
    [
        ("returns", "review", *OFFICE),
        ("returns", "review", "--all", "--place", SCHOOL, *OFFICE),
        ("returns", "approve", "--place", "9999999999", *OFFICE),
        ("returns", "send-back", "--comment", "x", *OFFICE),
        ("returns", "window", "other", "--due", "2025-09-30", "--lock", "2025-10-10", *OFFICE),
        ("returns", "window", "school_annual", "--due", "9月30日", "--lock", "x", *OFFICE),
        ("returns", "extend", "--place", SCHOOL, "--form", "x", "--until", "2025-09-30", *OFFICE),
        ("journal", "verify", "--against", "x"),
    ],
)
def test_what_cannot_be_meant_is_a_misuse(county, words):
    assert county.run(*words)[0] == 2


def test_a_store_that_is_busy_or_full_is_told_plainly(county, monkeypatch, capsys):
    """No traceback: what happened, that nothing changed, what to do."""
    county.run("returns", "submit", county.book(), *SIGNED)

    def locked(_):
        message = "database is locked"
        raise OperationalError(message)

    monkeypatch.setattr(JournalLine, "seal", locked)
    with pytest.raises(SystemExit) as end:
        main(["returns", "review", "--all", *OFFICE, "--workspace", str(county.root)])
    assert end.value.code == 2
    assert "database is locked" in capsys.readouterr().err
    monkeypatch.undo()
    assert county.state()[0] == "submitted"


def test_nothing_to_do_is_said(county):
    code, out = county.run("returns", "approve", "--all", *OFFICE)
    assert (code, out) == (0, "没有轮到这一步的报表。\n")


def test_the_workbook_that_was_handed_in_is_kept(county):
    """Byte for byte, by its digest: what was signed can be shown."""
    book = county.book()
    county.run("returns", "submit", book, *SIGNED)
    (revision,) = county.ask("returns", "trail", "--place", SCHOOL)[1]["revisions"]
    kept = county.root / "store" / "cabinet" / "workbooks" / f"{revision['digest']}.xlsx"
    with open(book, "rb") as handed:
        assert kept.read_bytes() == handed.read()


def test_only_what_is_accepted_is_counted(county):
    """A return that is on its way is in no figure; accepted it is, and sent back it is not."""

    def counted():
        workspace = Workspace.open(county.root)
        return [kept.place for kept in Holdings(workspace, workspace.period(None)).kept]

    county.run("returns", "submit", county.book(), *SIGNED)
    assert counted() == []
    county.run("returns", "review", "--all", *OFFICE)
    county.run("returns", "approve", "--all", *OFFICE)
    assert counted() == [SCHOOL]
    why = ("--comment", "有误", "--why", "有误")
    county.run("returns", "send-back", "--place", SCHOOL, *why, *OFFICE)
    assert counted() == []


def test_each_step_says_who_acts_next(county):
    """With a central school between, the command that is named would work as it stands."""
    settings = county.root / NAME
    text = settings.read_text(encoding="utf-8")
    lifecycle = 'lifecycle = "school_return_with_central_school"\n'
    settings.write_text(lifecycle + text, encoding="utf-8")
    code, out = county.run("returns", "submit", county.book(), *SIGNED)
    command = f"xianxue returns review --place {SCHOOL} --as 经办人 --role central_school"
    assert code == 0
    assert out.splitlines()[-1] == f"下一步：由中心校审核员受理审核：{command} --of 639800100"
    asked = ("--place", SCHOOL, "--role", "central_school", "--of", "639800100", *OFFICE)
    code, out = county.run("returns", "review", *asked)
    assert (code, "转报" in out.splitlines()[-1]) == (0, True)
    code, out = county.run("returns", "pass-on", *asked)
    assert (code, "returns approve" in out.splitlines()[-1]) == (0, True)
    code, out = county.run("returns", "approve", "--place", SCHOOL, *OFFICE)
    assert (code, out.splitlines()[-1].endswith("xianxue returns release")) == (0, True)


def test_a_refused_deed_is_called_so_and_says_who_was_quicker(county):
    """It is no mistake in the workbook; whoever comes second is told by whom and since when."""
    county.run("returns", "submit", county.book(), *SIGNED)
    book = county.book(training_funds=7)
    code, out = county.run("returns", "submit", book, "--clerk", "乙", "--head", "丙")
    assert code == 1
    assert out.startswith(f"【不能办理】{SCHOOL}.xlsx：")
    assert "（第 1 版，由张三（虚构）于 2025-09-20 16:30 办理）" in out
    assert "不能办理 1 条\n未报送：" in out
    assert "没有发现问题" not in out


def test_a_submission_without_a_signature_says_what_to_do(county):
    code, said = county.ask("returns", "submit", county.book(), "--clerk", "甲", "--head", "")
    (issue,) = said["issues"]
    assert (code, issue["code"], issue["file"]) == (1, "F-NEEDS", f"{SCHOOL}.xlsx")
    assert "--head" in issue["do"]


def test_what_stood_on_a_day_gone_by_is_not_made_up(county):
    """The list tells of now; a day in the past would be given today's states."""
    words = ["returns", "remind", "--on", "2025-09-19", "--workspace", str(county.root)]
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "已经过去" in county.capsys.readouterr().err
    words[3] = "2025-09-20"
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0


# ── a clock set back ────────────────────────────────────────────────────────


def test_nothing_is_written_before_what_was_written_already(county):
    """The machine's clock stands a day before the last line: in words, and nothing has changed."""
    county.run("returns", "submit", county.book(), *SIGNED)
    lines, state = JournalLine.objects.count(), county.state()
    county.now -= timedelta(days=1)
    for words in (
        ("returns", "review", "--place", SCHOOL, *OFFICE),
        ("returns", "submit", county.book(OTHER), *SIGNED),
        ("returns", "window", "school_annual", "--due", "2025-09-30", "--lock", "2025-10-10", *OFFICE),
        ("places", "record", "renamed", "--code", SCHOOL, "--name", "新名小学", "--day", "2025-09-01",
         "--reason", "更名"),
    ):  # fmt: skip
        code, out = county.run(*words)
        assert code == 1
        assert "这台机器的时间是2025-09-19 16:30，比日志最后一行（2025-09-20 16:30）还早" in out
        assert "请先把这台机器的时间校准再办" in out
        assert "xianxue journal clock" in out
    assert (JournalLine.objects.count(), county.state()) == (lines, state)
    assert not (county.root / "events.csv").exists()
    said = county.ask("returns", "review", "--place", SCHOOL, *OFFICE)[1]
    assert [issue["code"] for issue in said] == ["J-CLOCK"]


def test_waiting_for_ones_turn_is_no_clock_set_back(county):
    """Two machines differ by minutes, and a deed takes its time before it waits."""
    county.run("returns", "submit", county.book(), *SIGNED)
    county.now -= timedelta(minutes=5)
    assert county.run("returns", "review", "--place", SCHOOL, *OFFICE)[0] == 0
    county.now -= timedelta(minutes=5, seconds=1)
    assert county.run("returns", "approve", "--place", SCHOOL, "--as", "孙八（虚构）")[0] == 1


def test_a_clock_that_ran_ahead_is_answered_for(county):
    """One wrong clock does not close the journal for years; who admits it says why."""
    now = county.now
    county.now = datetime(2062, 1, 1, tzinfo=UTC)
    county.run("returns", "submit", county.book(), *SIGNED)
    county.now = now
    assert county.run("returns", "review", "--place", SCHOOL, *OFFICE)[0] == 1
    assert county.run("journal", "clock", "--as", "赵六（虚构）")[0] == 1, "a reason is asked for"
    who = ("--as", "赵六（虚构）", "--why", "学校微机室时间错了")
    assert county.run("journal", "clock", *who, "--role", "school_clerk")[0] == 1
    code, out = county.run("journal", "clock", *who)
    assert (code, "已登记：日志第 1 行的时间（2062-01-01 08:00）走快了" in out) == (0, True)
    assert county.run("returns", "review", "--place", SCHOOL, *OFFICE)[0] == 0
    assert county.run("journal", "clock", *who)[1] == "时间没有倒退，不用登记。\n"
    out = county.run("journal", "show")[1]
    assert "登记校时" in out
    assert "理由：学校微机室时间错了" in out
    assert county.run("journal", "verify")[0] == 0
