"""The print of a revision, and the signed, sealed scan that belongs to it and to no other."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import msgspec
import openpyxl
import pytest
from django.db import connection

from xianxue.desk.actions.attach_scan import ATTACHED, AttachScan, OnPaper, attached_to, standing
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.cli import main
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import JournalLine, Revision
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.printing import print_revision
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.scans import LARGEST, NoScanError, Scan, ScanFiles, look_at_scan
from xianxue.desk.workspace import ComplaintsError, Workspace

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
OTHER = PDF.replace(b"<<>> endobj", b"<</Two 2>> endobj")
SCHOOL = "2163980001"


@pytest.fixture
def scan(tmp_path):
    """Write a scan (虚构) and look at it."""

    def write(data=PDF, name="盖章.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        return look_at_scan(path)

    return write


def attach(desk, given, *, revision=1, digest="", place="", **how):
    """Attach scans, by the digest of the revision where no other is typed."""
    key = desk.key(place or desk.EAST)
    row = Revision.objects.filter(place=key.place, number=revision).first()
    typed = digest or (row.content[:8] if row else "00000000")
    how = {"actor": desk.clerk(key.place), "files": ScanFiles(desk.folder / "cabinet")} | how
    deed = desk.do(AttachScan, **how)
    return deed(key, OnPaper(revision, typed), given)


def refused(desk, given, **how):
    """Try to attach; give the complaint, and see that nothing was written."""
    before = JournalLine.objects.count()
    with pytest.raises(ComplaintsError) as found:
        attach(desk, given, **how)
    (issue,) = found.value.issues
    assert JournalLine.objects.count() == before
    return issue


def test_a_scan_is_attached_and_the_journal_has_its_digest(desk, scan):
    desk.submit()
    given = scan()
    done = attach(desk, [given])
    assert (done.unchanged, done.scans) == (False, (given[0],))
    line = JournalLine.objects.get(deed=ATTACHED)
    assert line.detail["of_revision"] == 1
    assert line.detail["content"] == Revision.objects.get().content
    assert line.detail["scans"] == [given[0].detail]
    assert f"附盖章扫描件  {desk.ground.title(desk.key())}：第 1 版；盖章.pdf" in sentence(
        line, desk.ground
    )
    assert ScanFiles(desk.folder / "cabinet").read(given[0]) == PDF
    assert attached_to(desk.key(), 1) == [given[0]]
    # Its line moves no return from its state.
    assert verify().issues == []


def test_attaching_twice_changes_nothing(desk, scan):
    desk.submit()
    attach(desk, [scan()])
    assert attach(desk, [scan()]).unchanged
    assert JournalLine.objects.filter(deed=ATTACHED).count() == 1


def test_pages_may_come_one_by_one(desk, scan):
    desk.submit()
    attach(desk, [scan()])
    attach(desk, [scan(), scan(OTHER, "第2页.pdf")])
    assert [each.file for each in attached_to(desk.key(), 1)] == ["盖章.pdf", "第2页.pdf"]


def test_a_superseded_revision_takes_none(desk, scan):
    desk.submit(40)
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(41)
    issue = refused(desk, [scan()], revision=1)
    assert issue.code == "F-SCAN"
    assert "第 1 版已经作废，现行的是第 2 版" in issue.message
    attach(desk, [scan()], revision=2)


def test_what_is_attached_stays_with_its_own_revision(desk, scan):
    desk.submit(40)
    attach(desk, [scan()])
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(41)
    assert attached_to(desk.key(), 2) == []
    assert len(attached_to(desk.key(), 1)) == 1
    # Nor does the old paper become that of the new revision.
    issue = refused(desk, [scan()], revision=2)
    assert "已经附在" in issue.message
    assert "第 1 版上" in issue.message


@pytest.mark.parametrize("revision", [0, 2, -1, 99])
def test_a_revision_that_is_not_there_takes_none(desk, scan, revision):
    desk.submit()
    assert f"没有第 {revision} 版" in refused(desk, [scan()], revision=revision).message


def test_a_return_nobody_filed_takes_none(desk, scan):
    assert "还没有报送" in refused(desk, [scan()]).message


def test_the_digest_has_to_be_that_of_the_revision(desk, scan):
    desk.submit()
    own = Revision.objects.get().content[:8]
    issue = refused(desk, [scan()], digest="0" * 8)
    assert "纸上的摘要 00000000 不是第 1 版的" in issue.message
    # It is to be read from the paper, so the complaint does not tell it.
    assert own not in issue.message


def test_whose_digest_it_is_is_said(desk, scan):
    desk.submit(40)
    desk.submit(41, place=desk.WEST)
    foreign = Revision.objects.get(place=desk.WEST).content
    assert "西村小学" in refused(desk, [scan()], digest=foreign[:8]).message


def test_another_schools_paper_is_refused(desk, scan):
    desk.submit(40)
    desk.submit(41, place=desk.WEST)
    attach(desk, [scan()])
    issue = refused(desk, [scan()], place=desk.WEST)
    assert "东村小学" in issue.message


def test_while_it_is_the_schools_turn_nothing_is_attached(desk, scan):
    desk.submit()
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    assert "“退回”" in refused(desk, [scan()]).message
    desk.submit(41)
    desk.do(Withdraw, desk.clerk(), "填错")(desk.key())
    assert "“撤回”" in refused(desk, [scan()], revision=2).message


def test_a_stranger_may_not(desk, scan):
    desk.submit()
    assert refused(desk, [scan()], actor=desk.clerk(desk.WEST)).code == "F-SCOPE"


def test_a_wrong_scan_is_replaced_for_a_reason_and_kept(desk, scan):
    desk.submit()
    first, second = scan(), scan(OTHER, "对的.pdf")
    attach(desk, [first])
    assert refused(desk, [second], instead=True).code == "F-NEEDS"
    attach(desk, [second], instead=True, why="扫错了页")
    assert attached_to(desk.key(), 1) == [second[0]]
    files = ScanFiles(desk.folder / "cabinet")
    assert files.read(first[0]) == PDF
    assert "换掉先前的扫描件" in sentence(JournalLine.objects.last(), desk.ground)
    # Once more is no news.
    assert attach(desk, [second], instead=True, why="扫错了页").unchanged


def test_nothing_is_kept_of_what_is_refused(desk, scan):
    refused(desk, [scan()])
    assert not (desk.folder / "cabinet" / "scans").exists()


@pytest.mark.parametrize("name", ["盖章.pdf", "盖章.xlsx", "盖章"])
def test_a_name_makes_no_scan(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 a workbook")
    with pytest.raises(NoScanError):
        look_at_scan(path)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    with path.open("r+b") as file:
        for at in range(0, LARGEST + 1, 4096):
            file.seek(at)
            file.write(b"%")
    with pytest.raises(NoScanError, match="MB"):
        look_at_scan(path)


def test_an_altered_or_lost_scan_is_no_scan(desk, scan):
    desk.submit()
    given = scan()
    attach(desk, [given])
    files = ScanFiles(desk.folder / "cabinet")
    files.path(given[0]).write_bytes(OTHER)
    with pytest.raises(HarmedError, match="与摘要不符"):
        files.read(given[0])
    files.path(given[0]).unlink()
    with pytest.raises(HarmedError, match="不见了"):
        files.read(given[0])


@pytest.mark.parametrize("laid", [os.mkfifo, Path.mkdir], ids=["a pipe", "a folder"])
def test_what_is_no_file_is_no_scan(desk, scan, laid):
    """A pipe would be waited for until somebody writes into it."""
    desk.submit()
    given = scan()
    attach(desk, [given])
    files = ScanFiles(desk.folder / "cabinet")
    files.path(given[0]).unlink()
    laid(files.path(given[0]))
    with pytest.raises(HarmedError, match="不是普通文件"):
        files.read(given[0])


def test_a_link_to_the_same_bytes_is_no_scan(desk, scan, tmp_path):
    """It may lead to what is altered tomorrow, and no backup takes it."""
    desk.submit()
    given = scan()
    attach(desk, [given])
    files = ScanFiles(desk.folder / "cabinet")
    files.path(given[0]).unlink()
    files.path(given[0]).symlink_to(tmp_path / "盖章.pdf")
    with pytest.raises(HarmedError, match="不是普通文件"):
        files.read(given[0])
    assert attach(desk, [given]).unchanged
    assert files.read(given[0]) == PDF
    assert not files.path(given[0]).is_symlink()
    assert (tmp_path / "盖章.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_bytes(b"x")], ids=["lost", "altered"]
)
def test_the_same_file_once_more_heals_one_that_was_lost(desk, scan, harm):
    desk.submit()
    given = scan()
    attach(desk, [given])
    files = ScanFiles(desk.folder / "cabinet")
    harm(files.path(given[0]))
    assert attach(desk, [given]).unchanged
    assert files.read(given[0]) == PDF


@pytest.mark.parametrize("said", [{"kind": "sh"}, {"digest": "../../x"}, {"kind": "/../../pdf"}])
def test_what_a_line_tells_becomes_no_path_of_its_own(said):
    told = {"file": "a.pdf", "digest": "0" * 64, "kind": "pdf", "size": 1} | said
    with pytest.raises(ValueError, match=r".*"):
        Scan.told(told)


@pytest.mark.parametrize("scans", [[{}], ["x"], 5, [{"kind": "pdf", "digest": "../x"}]])
def test_a_line_that_no_program_wrote_is_a_complaint_and_no_traceback(scans):
    with pytest.raises(HarmedError, match="读不出来"):
        standing([{"of_revision": 1, "scans": scans}])


# ── the commands ────────────────────────────────────────────────────────────


class County:
    """A copy of the four schools' county, and the commands."""

    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys

    def run(self, *words):
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        said = self.capsys.readouterr()
        return end.value.code or 0, said.out + said.err

    def ask(self, *words):
        code, said = self.run(*words, "--json")
        return code, json.loads(said)


@pytest.fixture
def county(four_schools, copy_workspace, tmp_path, capsys):
    copy_workspace(four_schools, tmp_path / "four")
    return County(tmp_path / "four", capsys)


def paper(tmp_path, data=PDF, name="盖章.pdf"):
    (tmp_path / name).write_bytes(data)
    return str(tmp_path / name)


def test_a_revision_is_printed_signed_scanned_attached_and_backed_up(county, tmp_path):
    out = tmp_path / "印.xlsx"
    code, made = county.ask("returns", "print", "--place", SCHOOL, "-o", str(out))
    assert (code, made["revision"]) == (0, 1)
    footer = openpyxl.load_workbook(out).worksheets[0].oddFooter.left.text
    groups = footer.partition("内容摘要：")[2]
    assert groups.replace(" ", "") == made["content"]
    assert "修订号：第 1 版" in footer

    # As it is typed from paper: with its gap, in capitals.
    typed = groups[:13].upper()
    told = ("--place", SCHOOL, "--revision", "1", "--digest", typed, "--as", "张三（虚构）")
    code, said = county.run("returns", "attach-scan", paper(tmp_path), *told)
    assert (code, "已附上" in said) == (0, True)

    trail = county.ask("returns", "trail", "--place", SCHOOL)[1]
    assert [each["file"] for each in trail["revisions"][0]["scans"]] == ["盖章.pdf"]
    assert "盖章扫描件：盖章.pdf" in county.run("returns", "trail", "--place", SCHOOL)[1]
    lines = county.ask("returns", "scans")[1]
    assert [line["place"] for line in lines if line["scans"]] == [SCHOOL]
    code, said = county.run("returns", "scans")
    assert "附了盖章扫描件的 1 份" in said

    copies = tmp_path / "copies"
    assert county.run("returns", "scans", "--place", SCHOOL, "-o", str(copies))[0] == 0
    assert (copies / f"{SCHOOL}_第1版_扫描件1.pdf").read_bytes() == PDF

    assert county.run("journal", "verify")[0] == 0
    assert county.run("backup", "-o", str(tmp_path / "four.zip"))[0] == 0
    if connection.vendor != "sqlite":
        return  # a server's database is restored into an empty one of its own: see test_backup
    with pytest.raises(SystemExit) as end:
        main(["restore", str(tmp_path / "four.zip"), str(tmp_path / "again")])
    assert not end.value.code
    county.capsys.readouterr()
    again = County(tmp_path / "again", county.capsys)
    assert again.run("journal", "verify")[0] == 0
    assert len(again.ask("returns", "trail", "--place", SCHOOL)[1]["revisions"][0]["scans"]) == 1


def test_verifying_finds_a_scan_that_is_altered_or_gone(county, tmp_path):
    content = county.ask("returns", "print", "--place", SCHOOL, "-o", str(tmp_path / "a.xlsx"))[1]
    told = ("--place", SCHOOL, "--revision", "1", "--digest", content["content"], "--as", "张三")
    assert county.run("returns", "attach-scan", paper(tmp_path), *told)[0] == 0
    (kept,) = (county.root / "store" / "cabinet" / "scans").iterdir()
    kept.write_bytes(OTHER)
    code, said = county.run("journal", "verify")
    assert (code, "扫描件在附上之后被改动" in said) == (1, True)
    kept.unlink()
    code, said = county.run("journal", "verify")
    assert (code, "文件不见了" in said) == (1, True)
    assert county.run("returns", "scans", "--place", SCHOOL, "-o", str(tmp_path / "c"))[0] == 1


@pytest.mark.parametrize("typed", ["d321523", "xyzxyzxy", "", "摘要", "0" * 65])
def test_what_is_no_digest_is_refused_at_once(county, tmp_path, typed):
    told = ("--place", SCHOOL, "--revision", "1", "--digest", typed, "--as", "张三")
    code, said = county.run("returns", "attach-scan", paper(tmp_path), *told)
    assert (code, "不是内容摘要" in said) == (2, True)


@pytest.mark.skipif(os.name != "posix", reason="pipes are made so")
def test_a_pipe_a_device_and_a_workbook_are_no_scans(county, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    told = ("--place", SCHOOL, "--revision", "1", "--digest", "0" * 8, "--as", "张三")
    books = sorted(Path(county.root / "workbooks").glob("*.xlsx"))
    for path in (tmp_path / "pipe", Path("/dev/zero"), books[0]):
        assert county.run("returns", "attach-scan", str(path), *told)[0] == 2


def test_a_print_is_never_written_over_another_file(county, tmp_path):
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"mine")
    code, said = county.run("returns", "print", "--place", SCHOOL, "-o", str(out))
    assert (code, out.read_bytes()) == (2, b"mine")
    assert "没有写" in said


@pytest.mark.parametrize("name", ["打印.pdf", "打印", "打印.docx"])
def test_a_print_is_called_what_it_is(county, tmp_path, name):
    out = tmp_path / name
    code, said = county.run("returns", "print", "--place", SCHOOL, "-o", str(out))
    assert (code, out.exists()) == (2, False)
    assert ".xlsx" in said


def test_a_form_that_has_lost_a_field_prints_nothing_incomplete(county, monkeypatch):
    """A card edited under the same version would leave a value out without a word."""
    workspace = Workspace.open(county.root)
    form = workspace.shelf.forms["school_annual"]
    fewer = [
        msgspec.structs.replace(sheet, fields=sheet.fields[:-1])
        if sheet.sheet == "premises"
        else sheet
        for sheet in form.sheets
    ]
    ground = open_ground(workspace)
    changed = msgspec.structs.replace(form, sheets=fewer)
    # Put back at the end: the shelf is that of every workspace with these cards.
    monkeypatch.setitem(workspace.shelf.forms, "school_annual", changed)
    with pytest.raises(ComplaintsError, match="表式与现行的不同"):
        print_revision(workspace, ground, Key("school_annual", "2025-2026", SCHOOL))


def test_a_harmed_revision_is_not_printed(county, tmp_path):
    shutil.rmtree(county.root / "store" / "cabinet" / "batches")
    out = tmp_path / "a.xlsx"
    code, _ = county.run("returns", "print", "--place", SCHOOL, "-o", str(out))
    assert (code, out.exists()) == (1, False)


def test_a_superseded_revision_says_so_on_every_page(county, tmp_path):
    (book,) = (county.root / "workbooks").glob(f"{SCHOOL}*.xlsx")
    changed = openpyxl.load_workbook(book)
    sheet = changed["校舍与设备"]
    cell = next(row for row in sheet.iter_rows() if row[0].value == "图书")[3]
    cell.value = float(cell.value) + 1
    changed.save(tmp_path / "更正.xlsx")
    signed = ("--clerk", "张三（虚构）", "--head", "李四（虚构）", "--why", "图书数更正")
    code, said = county.run("returns", "submit", str(tmp_path / "更正.xlsx"), *signed)
    assert code == 0, said
    out = tmp_path / "旧版.xlsx"
    code, said = county.run(
        "returns", "print", "--place", SCHOOL, "--revision", "1", "-o", str(out)
    )
    assert (code, "作废" in said) == (0, True)
    for page in openpyxl.load_workbook(out).worksheets:
        assert "第 1 版（已有第 2 版，本版作废）" in page.oddFooter.left.text


def test_a_revision_that_is_not_there_is_not_printed(county, tmp_path):
    out = str(tmp_path / "a.xlsx")
    code, said = county.run("returns", "print", "--place", SCHOOL, "--revision", "7", "-o", out)
    assert (code, "没有第 7 版" in said) == (1, True)


def test_what_is_personal_in_the_foot_is_not_printed(county, tmp_path):
    (book,) = (county.root / "workbooks").glob(f"{SCHOOL}*.xlsx")
    changed = openpyxl.load_workbook(book)
    page = changed["说明"]
    cells = {cell.value: cell for cell in page["A"] if cell.value}
    cells["填表人"].offset(0, 1).value = "某会计（虚构）"
    cells["报出日期"].offset(0, 1).value = "2025-09-20"
    sheet = changed["校舍与设备"]
    cell = next(row for row in sheet.iter_rows() if row[0].value == "图书")[3]
    cell.value = float(cell.value) + 1
    changed.save(tmp_path / "更正.xlsx")
    signed = ("--clerk", "张三（虚构）", "--head", "李四（虚构）", "--why", "图书数更正")
    assert county.run("returns", "submit", str(tmp_path / "更正.xlsx"), *signed)[0] == 0
    out = tmp_path / "a.xlsx"
    assert county.run("returns", "print", "--place", SCHOOL, "-o", str(out))[0] == 0
    footer = openpyxl.load_workbook(out).worksheets[0].oddFooter.left.text
    assert "报出日期：2025年9月20日" in footer
    assert "填表人：＿" in footer
    assert "某会计" not in footer
    # Nor anywhere else: that something was written is shown, and not what.
    revision = county.ask("returns", "trail", "--place", SCHOOL)[1]["revisions"][1]
    assert revision["foot"] == {"filler": "", "reported_on": "2025-09-20"}
    said = county.run("returns", "trail", "--place", SCHOOL)[1]
    assert "表脚：填表人（个人信息，不显示）、报出日期2025-09-20" in said
    assert "某会计" not in said + county.run("journal", "show")[1]
    assert county.run("journal", "verify")[0] == 0
