"""Notices on the command line (虚构): the numbers of the lists, and nobody's file written over."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import UTC, date, datetime

import pytest

from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.text import Paragraph
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.report import notices
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

FIRST, SECOND = "2163980001", "3163980001"
SIGNED = ("--clerk", "张三（虚构）", "--head", "李四（虚构）")
OFFICE = ("--as", "赵六（虚构）")


class Bureau:
    """Four schools, a clock that is set by hand, and the commands."""

    def __init__(self, root, monkeypatch, capsys=None):
        self.root, self.capsys = root, capsys
        self.now = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def file(self, *places):
        """Hand in the books of some schools."""
        workspace = Workspace.open(self.root)
        when = workspace.period(None)
        for form, school, filed in Example.open("four_schools").returns(
            workspace.shelf, workspace.register
        ):
            if school.code in places:
                path = self.root / f"{school.code}.xlsx"
                path.write_bytes(write_workbook(form, school, when, workspace.shelf.codes, filed))
                assert self.run("returns", "submit", str(path), *SIGNED)[0] == 0

    def run(self, *words):
        """Run a command; give its exit code and what it printed, errors too."""
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        said = self.capsys.readouterr() if self.capsys else None
        return end.value.code, said.out + said.err if said else ""

    def ask(self, *words):
        code, out = self.run(*words, "--json")
        return code, json.loads(out)

    def text(self, name):
        return open_document((self.root / name).read_bytes()).text


def prepare(root):
    """One filed in time, one late and sent back; two have not filed; the due day is over."""
    root.mkdir()
    lay_out_example(root, Example.open("four_schools"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        bureau = Bureau(root, monkeypatch)
        days = ("--due", "2025-09-30", "--lock", "2025-10-20")
        assert bureau.run("returns", "window", "school_annual", *days, *OFFICE)[0] == 0
        bureau.file(FIRST)
        bureau.now = datetime(2025, 10, 3, 2, 0, tzinfo=UTC)
        bureau.file(SECOND)
        comment = ("--comment", "学生!C4=请核对学籍", "--comment", "请附情况说明")
        assert bureau.run("returns", "send-back", "--place", SECOND, *comment, *OFFICE)[0] == 0
    return root


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("notices") / "county")


@pytest.fixture
def bureau(request, server, tmp_path, capsys, monkeypatch):
    """A county for each test, on the eighth of October."""
    if server:
        # A copied folder would leave its database behind.
        prepare(tmp_path / "county")
    else:
        shutil.copytree(request.getfixturevalue("prepared"), tmp_path / "county")
    bureau = Bureau(tmp_path / "county", monkeypatch, capsys)
    bureau.now = datetime(2025, 10, 8, 2, 0, tzinfo=UTC)
    capsys.readouterr()
    return bureau


def number(pattern, text):
    found = re.search(pattern, text)
    assert found, pattern
    return int(found[1])


def test_a_reminder_counts_what_the_list_counts(bureau):
    bureau.file("3163980002")  # eight days late
    rows = bureau.ask("returns", "remind", "school_annual")[1]
    out = str(bureau.root / "r.docx")
    code, said = bureau.ask("returns", "notice", "reminder", "school_annual", "-o", out)
    text = bureau.text("r.docx")

    assert (code, said["issues"]) == (0, [])
    assert said["places"] == [row["place"] for row in rows if row["waiting"]]
    assert number(r"应报(\d+)所", text) == len(rows)
    assert number(r"未报(\d+)所", text) == sum(row["waiting"] for row in rows)
    late = sum(row["late"] and not row["waiting"] for row in rows)
    assert number(r"其中逾期(\d+)所", text) == late == 1
    assert "请向统计与规划股说明理由，申请延期" in text
    for row in rows:
        assert (row["name"] in text) is row["waiting"]
        if row["waiting"]:
            assert f"逾期{row['days_over']}天" in text


def test_a_circular_counts_what_the_list_counts(bureau):
    rows = bureau.ask("returns", "remind", "school_annual")[1]
    out = str(bureau.root / "c.docx")
    number_given = ("--number", "虚教通〔2025〕3号", "--copies", "县人民政府办公室")
    code, _ = bureau.run("returns", "notice", "circular", "school_annual", "-o", out, *number_given)
    text = bureau.text("c.docx")
    late = [row for row in rows if row["revision"] and row["late"]]

    assert code == 0
    assert number(r"应报(\d+)所", text) == len(rows)
    assert number(r"按时报送(\d+)所", text) == sum(
        1 for row in rows if row["revision"] and not row["late"]
    )
    assert number(r"逾期报送(\d+)所", text) == len(late)
    assert number(r"尚未报送(\d+)所", text) == sum(1 for row in rows if not row["revision"])
    assert number(r"共退回(\d+)次", text) == sum(row["times_returned"] for row in rows)
    assert all(row["name"] in text for row in rows)
    assert "虚教通〔2025〕3号" in text
    # seven days from the eighth
    assert "可于2025年10月15日前（含当日）以书面形式（加盖公章）向统计与规划股提出" in text


def test_the_right_of_reply_can_be_given_another_day(bureau):
    out = str(bureau.root / "c.docx")
    words = ("returns", "notice", "circular", "school_annual", "-o", out, "--draft")
    assert bureau.run(*words, "--until", "2025-10-17")[0] == 0
    assert "通报印发前，对所列本单位情况有异议的，可于2025年10月17日前" in bureau.text("c.docx")
    code, said = bureau.run(*words, "--until", "2025-10-08")
    assert code == 2
    assert "不晚于成文日期" in said


def test_nobody_is_told_off_before_the_due_day_is_over(bureau):
    bureau.now = datetime(2025, 9, 30, 15, 0, tzinfo=UTC)  # 23:00 in Beijing: still the due day
    out = bureau.root / "c.docx"
    code, said = bureau.run("returns", "notice", "circular", "school_annual", "-o", str(out))
    assert code == 2
    assert "报送截止日是2025年9月30日，还没有过，没有谁逾期" in said
    assert not out.exists()


def test_an_opinion_says_what_was_written_beside_the_return(bureau):
    out = str(bureau.root / "o.docx")
    code, said = bureau.ask("returns", "notice", "opinion", "--place", SECOND, "-o", out)
    text = bureau.text("o.docx")

    assert (code, said["places"]) == (0, [SECOND])
    assert "审核意见书" in text
    assert "你校2025年10月3日报送的" in text
    assert "审核人批注（2条）" in text
    assert "〔学生〕C4：请核对学籍。" in text
    # the eighth and seven days
    assert "请于2025年10月15日前（含当日）逐条核对" in text


def test_an_opinion_keeps_to_the_extension_and_to_a_named_day(bureau):
    why = ("--why", "水毁校舍")
    until = ("--place", SECOND, "--until", "2025-10-25")
    assert bureau.run("returns", "extend", *until, *OFFICE, *why)[0] == 0
    for name, more, day in (("a.docx", (), 25), ("b.docx", ("--until", "2025-10-12"), 12)):
        out = str(bureau.root / name)
        assert (
            bureau.run("returns", "notice", "opinion", "--place", SECOND, "-o", out, *more)[0] == 0
        )
        assert f"请于2025年10月{day}日前" in bureau.text(name)
        assert "锁定" not in bureau.text(name)


def test_a_comment_that_was_passed_over_is_said_again(bureau):
    bureau.file(SECOND)  # the very same numbers, handed in once more
    out = str(bureau.root / "o.docx")
    assert bureau.run("returns", "notice", "opinion", "--place", SECOND, "-o", out)[0] == 0
    text = bureau.text("o.docx")
    assert "〔学生〕C4：批注“请核对学籍”" in text
    assert "没有改" in text


def test_what_nobody_has_filed_cannot_be_reviewed(bureau):
    out = bureau.root / "o.docx"
    code, said = bureau.run("returns", "notice", "opinion", "--place", "3163980002", "-o", str(out))
    assert code == 2
    assert "还没有报送，没有可以审核的" in said
    assert not out.exists()


def test_what_was_taken_back_is_not_reviewed(bureau):
    taken = ("--place", FIRST, "--as", "张三（虚构）", "--why", "填错了")
    assert bureau.run("returns", "withdraw", *taken)[0] == 0
    out = bureau.root / "o.docx"
    code, said = bureau.run("returns", "notice", "opinion", "--place", FIRST, "-o", str(out))
    assert code == 2
    assert "没有可以审核的" in said


def test_one_reminder_each_goes_into_a_folder_or_a_zip(bureau):
    words = ("returns", "notice", "reminder", "school_annual", "--each", "-o")
    assert bureau.run(*words, str(bureau.root / "each"))[0] == 0
    assert bureau.run(*words, str(bureau.root / "each.zip"))[0] == 0
    names = sorted(path.name for path in (bureau.root / "each").iterdir())
    with zipfile.ZipFile(bureau.root / "each.zip") as archive:
        assert sorted(archive.namelist()) == names
        first = open_document(archive.read(names[0])).text
    assert len(names) == 3
    assert names[-1] == "3163980002_东河镇初级中学_催报通知.docx"
    assert "你校" in first


def test_a_reminder_to_some_names_only_them(bureau):
    words = ("returns", "notice", "reminder", "school_annual", "-o", str(bureau.root / "r.docx"))
    assert bureau.run(*words, "--place", SECOND, "--place", "3163980002")[0] == 0
    text = bureau.text("r.docx")
    assert "下列2所未报" in text
    assert "云上教学点" not in text
    one = ("returns", "notice", "reminder", "school_annual", "-o", str(bureau.root / "one.docx"))
    assert bureau.run(*one, "--place", SECOND)[0] == 0
    assert "你校报送的报表已被退回" in bureau.text("one.docx")


def test_a_place_that_owes_nothing_here_is_not_known(bureau):
    words = ("returns", "notice", "reminder", "school_annual", "-o", str(bureau.root / "r.docx"))
    code, said = bureau.run(*words, "--place", "9999999999")
    assert code == 2
    assert "《学校年度报表》不用 9999999999 报送" in said


def test_somebody_elses_file_is_left_as_it_is(bureau):
    out = bureau.root / "r.docx"
    out.write_bytes("我的手稿".encode())
    words = ("returns", "notice", "reminder", "school_annual", "-o", str(out))
    code, said = bureau.run(*words)
    assert code == 2
    assert "那里已有别的文件" in said
    assert out.read_bytes() == "我的手稿".encode()
    out.unlink()
    assert bureau.run(*words)[0] == 0
    assert bureau.run(*words)[0] == 0, "the same notice once more changes nothing"


def test_when_nobody_owes_anything_no_file_is_written(bureau):
    bureau.file(SECOND, "3163980002", "2163980002")
    out = bureau.root / "r.docx"
    code, said = bureau.run("returns", "notice", "reminder", "school_annual", "-o", str(out))
    assert code == 0
    assert "应报的都已报送，不用催报" in said
    assert not out.exists()


@pytest.mark.parametrize(
    "given",
    ["虚教发[2025]5号", "虚教发〔25〕5号", "虚教发〔2025〕第5号", "虚教发〔2025〕05号", "5号"],
)
def test_a_number_is_written_as_the_standard_has_it(bureau, given):
    words = ("returns", "notice", "reminder", "school_annual", "-o", str(bureau.root / "r.docx"))
    code, said = bureau.run(*words, "--number", given)
    assert code == 2
    assert "六角括号" in said


def test_the_day_is_the_desks_and_never_gone_by(bureau):
    words = ("returns", "notice", "reminder", "school_annual", "-o", str(bureau.root / "r.docx"))
    assert bureau.run(*words, "--on", "2025-10-07")[0] == 2
    assert bureau.run(*words, "--on", "2025-10-09")[0] == 0
    text = bureau.text("r.docx")
    assert "截至2025年10月8日" in text, "how things stand tomorrow is not known"
    assert "2025年10月9日" in text


def test_a_countys_own_card_has_its_own_days(bureau):
    (bureau.root / "rules").mkdir()
    (bureau.root / "rules" / "notice.yaml").write_text(
        "notice: circular_here\nterm: 报送情况通报（本县）\ngenre: circular\n"
        "addressees: {school: 各学校, county: 各股室}\n"
        "reply:\n  days: 10\n  how: 以书面形式\n"
        "  source: {document: xianxue-own, seen: own, note: 虚构}\n"
        "source: {document: xianxue-own, seen: own}\n",
        encoding="utf-8",
    )
    settings = bureau.root / "xianxue.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("overlays = []", 'overlays = ["rules"]'),
        encoding="utf-8",
    )
    out = str(bureau.root / "c.docx")
    words = ("returns", "notice", "circular", "school_annual", "-o", out)
    code, said = bureau.run(*words, "--card", "circular_here")
    assert code == 0, said
    assert "可于2025年10月18日前（含当日）以书面形式向" in bureau.text("c.docx")
    code, said = bureau.run(*words, "--card", "circular_there")
    assert code == 2
    assert "没有制式公文“circular_there”" in said


def test_a_form_of_another_kind_of_period_is_not_pressed_for(bureau):
    for words in (("reminder", "school_annual"), ("circular", "school_annual")):
        out = bureau.root / "r.docx"
        code, said = bureau.run("returns", "notice", *words, "-o", str(out), "--period", "2025")
        assert code == 2
        assert "按学年（如 2025-2026）填报，2025年不合" in said
        assert not out.exists()


def test_the_countys_own_form_is_asked_of_the_office(bureau):
    out = bureau.root / "each"
    words = ("returns", "notice", "reminder", "county_annual", "--each", "-o", str(out))
    assert bureau.run(*words)[0] == 0
    (made,) = out.iterdir()
    text = open_document(made.read_bytes()).text
    assert "各有关股室：" in text
    assert "责任股室尚未报送" in text
    assert "你校" not in text


def test_a_name_that_no_file_may_have_stays_in_the_folder(bureau):
    roster = bureau.root / "places.csv"
    named = roster.read_text(encoding="utf-8").replace("东河镇初级中学", "../东河/初级中学")
    roster.write_text(named, encoding="utf-8")
    out = bureau.root / "deep" / "each"
    words = ("returns", "notice", "reminder", "school_annual", "--each", "-o", str(out))
    assert bureau.run(*words)[0] == 0
    assert "3163980002_.._东河_初级中学_催报通知.docx" in {path.name for path in out.iterdir()}
    assert [path.name for path in (bureau.root / "deep").iterdir()] == ["each"]


def test_copies_are_told_on_one_line_with_one_full_stop(bureau):
    out = str(bureau.root / "c.docx")
    words = ("returns", "notice", "circular", "school_annual", "-o", out)
    assert bureau.run(*words, "--copies", "县人民政府办公室，\n县教育督导室。")[0] == 0
    assert "抄送：县人民政府办公室， 县教育督导室。" in bureau.text("c.docx")
    assert "。。" not in bureau.text("c.docx")


def test_programs_are_told_until_when(bureau):
    out = str(bureau.root / "c.docx")
    said = bureau.ask("returns", "notice", "circular", "school_annual", "-o", out)[1]
    assert (said["on"], said["until"], said["output"]) == ("2025-10-08", "2025-10-15", out)
    reminder = str(bureau.root / "r.docx")
    assert (
        bureau.ask("returns", "notice", "reminder", "school_annual", "-o", reminder)[1]["until"]
        is None
    )


def test_an_altered_return_is_not_given_an_opinion(bureau):
    """What is kept is compared with what was sealed, here as everywhere."""
    for batch in (bureau.root / "store" / "cabinet" / "batches").iterdir():
        batch.write_bytes(batch.read_bytes()[:-9] + b"tampered!")
    for book in (bureau.root / "store" / "cabinet" / "workbooks").rglob("*"):
        if book.is_file():
            book.unlink()
    out = bureau.root / "o.docx"
    code, said = bureau.run("returns", "notice", "opinion", "--place", SECOND, "-o", str(out))
    assert code == 1
    assert "Traceback" not in said
    assert not out.exists()


def test_the_printed_notice_and_the_document_say_the_same(bureau):
    out = str(bureau.root / "r.docx")
    assert bureau.run("returns", "notice", "reminder", "school_annual", "-o", out)[0] == 0
    code, printed = bureau.run("returns", "remind", "school_annual", "--notice")
    text = "".join(bureau.text("r.docx").split())
    assert code == 0
    lines = ["".join(line.split()) for line in printed.splitlines()]
    assert [line for line in lines if line and line not in text] == []


def test_a_document_that_contradicts_itself_is_told(bureau, monkeypatch):
    false = Paper(
        title="关于催报的通知",
        issuer="虚构县教育局",
        on=date(2025, 10, 8),
        blocks=(Paragraph(("全县有学校7所，其中小学4所、初中5所。",)),),
    )
    monkeypatch.setattr(notices, "reminder", lambda *_: false)
    out = str(bureau.root / "r.docx")
    code, said = bureau.run("returns", "notice", "reminder", "school_annual", "-o", out)
    assert code == 1
    assert "文稿自相矛盾" in said


def test_a_document_is_not_named_as_something_else(bureau):
    out = bureau.root / "r.txt"
    code, said = bureau.run("returns", "notice", "reminder", "school_annual", "-o", str(out))
    assert (code, "文件名请以 .docx 结尾" in said, out.exists()) == (2, True, False)
