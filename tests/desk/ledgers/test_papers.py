"""Slips of one matter and the page of one school, as their readers see them."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from click.testing import CliRunner
from django.apps import apps
from docx.oxml.ns import qn
from openpyxl import load_workbook

from xianxue.desk.cli import cli
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.ledgers import papers, slips
from xianxue.desk.ledgers.due import due_on

SCHOOL, OTHER = "2163980001", "3163980001"
NAME = "东河镇中心小学"


def run(folder, *words, code=0):
    given = [*map(str, words), "--workspace", str(folder)]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert (done.exit_code or done.return_value or 0) == code, (words, done.output, done.exception)
    return done


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers") / "four"
    shutil.copytree(four_schools, folder)
    for place, what, day in ((SCHOOL, "三楼应急灯不亮", "2025-09-26"), (OTHER, "通风柜不转", "2025-09-08")):  # fmt: skip
        said = {"what": what, "found_on": day, "found_by": "self", "domain": "fire", "grade": "general"}  # fmt: skip
        given = [word for pair in said.items() for word in ("--set", "=".join(pair))]
        run(folder, "ledgers", "record", "hazards", "--place", place, "--on", day, "--as", "甲", *given)  # fmt: skip
    return folder


def text_of(path):
    every = docx.Document(path if isinstance(path, BytesIO) else str(path)).element.iter(qn("w:t"))
    return "".join(one.text or "" for one in every)


@pytest.mark.parametrize(
    ("kind", "follows"),
    [
        ("reminder", "仍没有办好的，发督办单，列入通报。"),
        # What is written here follows no more.
        ("supervision", "仍没有办好的，列入通报。"),
        ("circular", "仍没有办好的，发督办单。"),
    ],
)
def test_a_slip_says_whose_what_by_when_why_and_what_follows(county, tmp_path, kind, follows):
    """Three working days from Friday 26 September 2025: 28 September is worked, so 29 and 30."""
    file = tmp_path / "slip.docx"
    words = ("ledgers", "slip", "hazards", "2025-0001", kind, "-o", file, "--as", "甲")
    run(county, *words, "--on", "2025-10-02")
    said = text_of(file)
    for part in ("三楼应急灯不亮", "2025-0001", "镇中心小学", "2025年9月30日", "逾期2天",
                 "3 个工作日", follows):  # fmt: skip
        assert part in said, part
    refused = run(county, *words, code=1)
    assert "已经存在" in str(refused.exception)


def test_a_writ_says_what_was_ordered_and_gives_the_time_that_it_gave(county, tmp_path):
    said = {"what": "井盖松动", "found_on": "2025-09-08", "found_by": "self", "domain": "building",
            "grade": "general"}  # fmt: skip
    words = [word for pair in said.items() for word in ("--set", "=".join(pair))]
    run(county, "ledgers", "record", "hazards", "--place", "3163980002", "--on", "2025-09-08", "--as", "甲", *words)  # fmt: skip
    given = {
        "measures": "更换井盖",
        "responsible": "总务处",
        "due_on": "2025-10-15",
        "plan": "值守",
    }
    words = [word for pair in given.items() for word in ("--set", "=".join(pair))]
    run(county, "ledgers", "step", "hazards", "2025-0003", "order", "--on", "2025-09-10", "--as", "甲", *words)  # fmt: skip
    file = tmp_path / "writ.docx"
    run(county, "ledgers", "slip", "hazards", "2025-0003", "rectification", "-o", file, "--as", "甲",
        "--on", "2025-10-20")  # fmt: skip
    said = text_of(file)
    # Printed after its time, it still has the day on which it was handed over.
    assert "2025年9月10日" in said
    assert "10月20日" not in said
    for part in ("限期整改通知书", "井盖松动", "更换井盖", "2025年10月15日前（含当日）整改完毕",
                 "发现日期：2025年9月8日", "送达回执"):  # fmt: skip
        assert part in said, part


def test_before_its_day_a_slip_says_how_many_are_left(county, tmp_path):
    file = tmp_path / "slip.docx"
    run(county, "ledgers", "slip", "hazards", "2025-0001", "reminder", "-o", file, "--as", "甲",
        "--on", "2025-09-28")  # fmt: skip
    assert "还有2天" in text_of(file)


def test_a_slip_of_another_school_is_not_written_for_one_that_may_not_see_it(county, tmp_path):
    file = tmp_path / "slip.docx"
    words = ("ledgers", "slip", "hazards", "2025-0001", "reminder", "-o", file, "--as", "丙")
    refused = run(county, *words, "--role", "school_clerk", "--of", OTHER, code=1)
    assert "没有2025-0001号" in str(refused.exception)
    assert not file.exists()


def test_what_a_school_owes_each_period_is_urged_whatever_slip_was_chosen(county):
    """Of the drill of September nothing is registered: on 8 October it is eight days late."""
    room, day = room_of(county), date(2025, 10, 8)
    owed = [
        one
        for one in due_on(room, day, ["drills"])
        if one.place == SCHOOL and one.due == date(2025, 9, 30)
    ]
    (written,) = slips.of_due(room, owed, "supervision", day)
    assert (written.kind, written.name) == ("urge", f"{NAME}_应急演练台账_台账催报通知.docx")
    said = text_of(BytesIO(slips.document(room, written, "gbt9704")))
    for part in (f"{NAME}：", "2025年9月", "还没有做够次数，现已逾期8天", "要做 1 次，已做 0 次",
                 "请立即补做并登记到应急演练台账", "催报"):  # fmt: skip
        assert part in said, (part, said)
    (early,) = slips.of_due(room, owed, "reminder", date(2025, 9, 20))
    said = text_of(BytesIO(slips.document(room, early, "gbt9704")))
    assert "请于2025年9月30日前（含当日）补做" in said
    assert "逾期" not in said


def test_of_a_month_before_any_ledger_was_kept_nobody_owes_anything(county):
    """Of what had ended before the first entry of all nobody says a word."""
    room, day = room_of(county), date(2025, 10, 8)
    first = apps.get_model("desk", "LedgerEntry").objects.order_by("recorded").first().recorded
    ended = {one.due for one in due_on(room, day) if not one.entry and one.due < day}
    assert date(2025, 9, 30) in ended
    assert min(ended) >= first
    before = due_on(room, first - timedelta(days=1))
    assert not [one for one in before if not one.entry and one.due < first - timedelta(days=1)]


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
def test_the_page_of_a_school_has_its_own_matters_and_counts_alone(county, tmp_path):
    for name in ("page.docx", "page.xlsx"):
        run(county, "ledgers", "place", OTHER, "-o", tmp_path / name, "--as", "甲",
            "--on", "2025-09-12")  # fmt: skip
    said = text_of(tmp_path / "page.docx")
    assert "通风柜不转" in said
    assert "三楼应急灯不亮" not in said
    matters, counts = load_workbook(BytesIO((tmp_path / "page.xlsx").read_bytes())).worksheets
    (line,) = matters.iter_rows(min_row=2, values_only=True)
    assert line == ("安全隐患台账", "2025-0002", "通风柜不转", "待交办", "2025年9月11日", "红")
    assert list(counts.iter_rows(min_row=2, values_only=True)) == [("安全隐患台账", 1, 1, 1, 0)]


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
def test_a_page_stays_one_however_much_there_is_and_says_what_is_not_on_it(county):
    """25 ledgers, each with 3 entries, 2 open and of every other one 1 overdue; 4 without."""
    line = (
        "安全隐患台账",
        "2025-0001",
        "一处说得很长很长的隐患" * 4,
        "待交办",
        "2025年9月11日",
        "红",
    )
    counts = [(f"第{n}台账", "3", "2", str(n % 2), "1") for n in range(25)]
    done = [(f"办完第{n}台账", "5", "0", "0", "5") for n in range(4)]
    sheet = papers.PlaceSheet(NAME, [line] * 40, counts + done)
    data = papers.place_document(room_of(county), sheet, date(2025, 9, 12), "gbt9704")
    (table,) = docx.Document(BytesIO(data)).tables
    named = len(table.rows) - 1
    # Nine lines of small letters below the table leave room for seven rows of three.
    assert named == 7
    said = text_of(BytesIO(data))
    for part in (f"事项40件，期限最近的{named}件列在下面，另有{40 - named}件见 .xlsx 表。",
                 "第1 3条（未办结2、逾期1）".replace(" ", ""), "另有5本台账未办结10条",
                 "没有未办结的台账4本，共20条。", "一处说得很长很长的隐患一处说得很长…"):  # fmt: skip
        assert part in said, (part, said)


def test_a_page_of_nobody_is_not_written(county, tmp_path):
    refused = run(
        county, "ledgers", "place", "123", "-o", tmp_path / "x.docx", "--as", "甲", code=1
    )
    assert "名册里没有" in str(refused.exception)
    refused = run(county, "ledgers", "place", OTHER, "-o", tmp_path / "x.pdf", "--as", "甲", code=1)
    assert "以 .docx 或 .xlsx 结尾" in str(refused.exception)


HARM = {"number": "2025-1", "known_on": "2025-09-08", "kind": "suspected", "involved": "2",
        "outline": "课间推搡（虚构）"}  # fmt: skip


def read_lines(folder):
    told = json.loads(run(folder, "journal", "show", "--json").output)
    return [(line["actor"], line["subject"]) for line in told if line["deed"] == "ledgers.view"]


def test_reading_a_restricted_ledger_is_a_line_of_the_journal_whatever_reads_it(
    county, tmp_path, copy_workspace
):
    """Harm to pupils is restricted; hazards are not."""
    folder = tmp_path / "own"
    copy_workspace(county, folder)
    said = [word for pair in HARM.items() for word in ("--set", "=".join(pair))]
    run(folder, "ledgers", "record", "harm_reports", "--place", SCHOOL, "--on", "2025-09-08",
        "--as", "甲", *said)  # fmt: skip
    run(folder, "ledgers", "show", "hazards", "2025-0001")
    assert read_lines(folder) == []
    entry = f"harm_reports/2025-0001/{SCHOOL}"
    run(folder, "ledgers", "show", "harm_reports", "2025-0001")
    assert read_lines(folder) == [("本机操作员", entry)]
    paper = ("slip", "harm_reports", "2025-0001", "reminder", "-o", tmp_path / "slip.docx")
    run(folder, "ledgers", *paper, "--as", "甲", "--on", "2025-09-10")
    assert read_lines(folder)[1:] == [("甲", entry)]
    run(folder, "ledgers", "place", SCHOOL, "-o", tmp_path / "page.xlsx", "--as", "甲")
    assert read_lines(folder)[2:] == [("甲", "harm_reports")]
    run(folder, "ledgers", "due", "--on", "2025-10-10", "--all", code=1)
    assert read_lines(folder)[3:] == [("本机操作员", "harm_reports")]
