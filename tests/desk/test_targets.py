"""Targets set, listed, held against figures, withdrawn: at the terminal, as a person does it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction

from xianxue.bureau.records.target import Attainment, Lamp, Origin, Target
from xianxue.bureau.report.read_tags import plain_text, tags
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions import telling
from xianxue.desk.cli import cli, main
from xianxue.desk.database import open_database
from xianxue.desk.models import JournalLine, TargetLine
from xianxue.desk.models.journal import Deed
from xianxue.desk.stores import clock
from xianxue.desk.targets import standing
from xianxue.desk.targets.listing import deed_of, in_force
from xianxue.desk.targets.standing import standings
from xianxue.desk.workspace import ComplaintsError, Workspace

ON = date(2026, 3, 1)


@pytest.fixture
def county(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> Path:
    """A county of one's own."""
    copy_workspace(four_schools, tmp_path / "four")
    return tmp_path / "four"


def run(county: Path, *args: str) -> tuple[int, str]:
    """Run a command as a person does; give its exit code and what it printed."""
    line = ["targets", *args, "--workspace", str(county)]
    result = CliRunner().invoke(cli, line, standalone_mode=False)
    return (2 if result.exception else result.return_value or 0), result.output


def listed(county: Path, *args: str) -> list[dict[str, object]]:
    code, text = run(county, "list", "--json", "--on", "2026-03-01", *args)
    assert code == 0, text
    return json.loads(text)


def test_the_contract_of_the_list(county: Path):
    run(county, "set", "pupils", "1", "--stage", "primary", "--document", "虚构文件")
    (said,) = listed(county)
    wanted = {"indicator", "place", "period", "target", "value", "completion", "lamp", "source"}
    assert wanted <= set(said)
    assert (said["indicator"], said["target"], said["source"]) == ("pupils", "1", "虚构文件")
    assert said["lamp"] == "green"
    assert Fraction(str(said["completion"])) == Fraction(str(said["value"])) * 100


def test_nothing_is_reached_where_nothing_was_counted(county: Path):
    run(county, "set", "pupils", "1", "--stage", "primary", "--document", "虚", "--period", "2031")
    (said,) = listed(county)
    assert (said["value"], said["completion"], said["lamp"]) == (None, None, "grey")


def test_a_document_may_have_a_long_name(county: Path):
    document = "虚构文件" * 100
    assert run(county, "set", "pupils", "1", "--stage", "primary", "--document", document)[0] == 0
    assert [one["source"] for one in listed(county)] == [document]


def test_today_is_the_day_in_beijing(county: Path, monkeypatch: pytest.MonkeyPatch):
    run(county, "set", "pupils", "1", "--stage", "primary", "--document", "虚构文件")
    days: list[date] = []

    def held(_opened: Workspace, _period: str, on: date, _published: str) -> list[Attainment]:
        days.append(on)
        return []

    monkeypatch.setattr(standing, "standings", held)
    # Half past eleven in the evening, in Beijing half past seven of the next morning.
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert run(county, "list")[0] == 0
    assert days == [date(2026, 1, 1)]


def test_what_a_calendar_year_is_held_against(county: Path):
    """The school year that begins in it; the list says the period as it was set."""
    run(county, "set", "pupils", "1", "--stage", "primary", "--document", "虚", "--period", "2025")
    (said,) = listed(county)
    assert said["period"] == "2025"
    assert said["forecast"]["rests_on"] == ["2025-2026"]


def test_setting_again_changes_only_what_is_new(county: Path):
    args = ("set", "pupils", "100", "--stage", "primary", "--document", "虚构文件")
    assert run(county, *args) == (0, "设定了 1 项目标。\n")
    assert run(county, *args) == (0, "与现有的目标相同，没有改动。\n")
    assert run(county, "set", "pupils", "120", *args[3:])[1] == "设定了 1 项目标。\n"
    (said,) = listed(county)
    assert (said["target"], said["revision"]) == ("120", 2)


def test_a_withdrawn_target_is_gone_from_the_list_and_stays_in_the_record(county: Path):
    run(county, "set", "pupils", "100", "--stage", "primary", "--document", "虚构文件")
    code, text = run(county, "withdraw", "pupils", "--stage", "primary", "--why", "重复下达")
    assert (code, text) == (0, "已撤销。\n")
    assert listed(county) == []
    assert TargetLine.objects.count() == 2
    again = run(county, "withdraw", "pupils", "--stage", "primary", "--why", "重复下达")
    assert again[0] != 0


def test_every_setting_is_a_line_of_the_journal(county: Path, capsys: pytest.CaptureFixture[str]):
    run(
        county,
        "set",
        "pupils",
        "100",
        "--stage",
        "primary",
        "--document",
        "甲",
        "--as",
        "王五（虚构）",
    )
    run(county, "set", "pupils", "90", "--stage", "primary", "--document", "乙", "--why", "调整")
    first, second = JournalLine.objects.filter(deed="targets.set").order_by("number")
    assert (first.actor, first.detail["amount"], first.detail["source"]) == (
        "王五（虚构）",
        "100",
        "甲",
    )
    assert second.detail["before"] == {"amount": "100", "source": "甲"}
    assert second.why == "调整"
    assert main_code(["journal", "verify", "--workspace", str(county)]) == 0
    assert main_code(["journal", "show", "--workspace", str(county)]) == 0
    said = capsys.readouterr().out
    assert "设定目标  四校示范县（虚构）小学在校生数（2025—2026学年）：100人，依据甲" in said
    assert "：100人→90人，依据乙。理由：调整" in said


def main_code(args: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(args)
    return int(left.value.code or 0)


def test_a_list_is_written_filled_and_read(county: Path, tmp_path: Path):
    book_file = tmp_path / "目标.xlsx"
    assert run(county, "template", "--period", "2025-2026", "-o", str(book_file))[0] == 0
    book = openpyxl.load_workbook(book_file)
    for column, value in {
        "A": "pupils",
        "C": "小学",
        "E": 100,
        "G": "上级下达",
        "H": "虚构",
    }.items():
        book["年度目标"][f"{column}5"] = value
    book.save(book_file)
    assert run(county, "import", str(book_file)) == (0, "设定了 1 项目标。\n")
    line = TargetLine.objects.get()
    assert line.cell == "目标.xlsx〔年度目标〕E5"
    assert len(line.digest) == 64


def test_a_list_with_a_fault_is_not_read_at_all(county: Path, tmp_path: Path):
    book_file = tmp_path / "目标.xlsx"
    run(county, "template", "--period", "2025-2026", "-o", str(book_file))
    book = openpyxl.load_workbook(book_file)
    sheet = book["年度目标"]
    for row, amount in ((5, 100), (6, "很多")):
        stage = "小学" if row == 5 else "初中"
        for column, value in {
            "A": "pupils",
            "C": stage,
            "E": amount,
            "G": "上级下达",
            "H": "虚",
        }.items():
            sheet[f"{column}{row}"] = value
    book.save(book_file)
    code, text = run(county, "import", str(book_file))
    assert code == 1
    assert "目标.xlsx〔年度目标〕E6：“在校生数”的目标值写了“很多”" in text
    assert text.endswith("没有读入。\n")
    assert listed(county) == []


def test_the_policy_says_who_may(county: Path):
    """A school's clerk sets no target; nothing is written, and the reason says who may."""
    opened = Workspace.open(county)
    deed = deed_of(opened, "甲（虚构）")
    clerk = replace(deed, actor=Actor("乙（虚构）", "school_clerk", "639800"))
    with pytest.raises(ComplaintsError, match="学校填报员乙（虚构）不能办理") as refused:
        clerk([target(1, opened.register.county.code)])
    assert "由股室业务员、分管领导办理" in str(refused.value)
    assert TargetLine.objects.count() == 0


def test_a_template_never_overwrites(county: Path, tmp_path: Path):
    book_file = tmp_path / "目标.xlsx"
    book_file.write_bytes(b"mine")
    assert main_code(["targets", "template", "-o", str(book_file), "--workspace", str(county)]) == 2
    assert book_file.read_bytes() == b"mine"


def test_the_database_refuses_to_change_a_target(county: Path):
    run(county, "set", "pupils", "100", "--stage", "primary", "--document", "虚构文件")
    lines = TargetLine.objects.all()
    for change in (lambda: lines.update(amount="1"), lines.delete):
        with pytest.raises(DatabaseError, match="目标只能追加"):
            _alone(change)
    assert [line.amount for line in lines.all()] == ["100"]


def _alone(change: Callable[[], object]) -> None:
    with transaction.atomic():
        change()


def target(amount: int, place: str = "639900", period: str = "2025-2026") -> Target:
    return Target(
        indicator="institutions_total",
        place=place,
        stage=None,
        period=period,
        amount=Fraction(amount),
        goal="at_least",
        origin=Origin.OWN,
        source="虚构文件",
    )


def test_all_of_a_list_or_nothing(county: Path, monkeypatch: pytest.MonkeyPatch):
    """What fails at the last line takes those before it back."""
    opened = Workspace.open(county)
    open_database(opened.store)
    written: list[Deed] = []

    def fail_at_second(deed: Deed) -> None:
        written.append(deed)
        if len(written) == 2:
            message = "disk full"
            raise OSError(message)

    monkeypatch.setattr(telling, "write_down", fail_at_second)
    with pytest.raises(OSError, match="disk full"):
        deed_of(opened, "甲（虚构）")([target(1), target(2, period="2026-2027")])
    assert TargetLine.objects.count() == 0


def test_earlier_years_are_carried_on_only_where_they_were_counted(county: Path):
    opened = Workspace.open(county)
    place = opened.register.county.code
    open_database(opened.store)
    deed_of(opened, "甲（虚构）")([target(1, place, "2026-2027")])
    (found,) = standings(opened, "", ON)
    assert (found.value, found.forecast.method, found.lamp) == (None, "trend", Lamp.GREEN)
    assert [one.period for one in found.forecast.rests_on] == ["2024-2025", "2025-2026"]


def test_targets_of_one_period_alone(county: Path):
    opened = Workspace.open(county)
    open_database(opened.store)
    deed_of(opened, "甲（虚构）")([target(1), target(1, period="2026-2027")])
    assert [line.period for line in in_force(opened, "2026-2027")] == ["2026-2027"]
    assert len(in_force(opened)) == 2


def test_a_file_that_is_no_list_is_complained_about(county: Path, tmp_path: Path):
    book = openpyxl.Workbook()
    data = BytesIO()
    book.save(data)
    file = tmp_path / "x.xlsx"
    file.write_bytes(data.getvalue())
    code, text = run(county, "import", str(file))
    assert code == 1
    assert "x.xlsx" in text


def test_the_annual_report_says_what_has_become_of_them(county: Path, tmp_path: Path):
    """The section is there only where there are targets, and every number in it is tagged."""
    document = tmp_path / "总结.docx"
    write = ["report", "write", "annual_summary", "-o", str(document), "--workspace", str(county)]
    assert main_code(write) == 0
    assert "年度目标完成情况" not in "".join(plain_text(document.read_bytes()))
    run(county, "set", "pupils", "1000", "--stage", "primary", "--document", "虚构文件")
    assert main_code(write) == 0
    data = document.read_bytes()
    said = {one.tag: one.text for one in tags(data)}
    assert said["targets/639800/all/2025-2026#set"] == "1"
    assert said["target.pupils/639800/primary/2025-2026#limit"] == "1000人"
    audit = ["audit", str(document), "--against", str(county), "--json"]
    assert main_code(audit) == 0
