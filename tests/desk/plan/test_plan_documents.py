"""Plans say what is and what is to be, and never take one for the other; their tasks are entered."""

from __future__ import annotations

import json
from fractions import Fraction
from io import BytesIO

import docx
import pytest
from click.testing import CliRunner
from working_county import CENTRAL, OFFICE, County

from xianxue.bureau.plan.suppose.changes import Add
from xianxue.bureau.records.planned import Goal, Planned
from xianxue.bureau.report.read_tags import claims, tags
from xianxue.desk.actions.plan.keep_set import KeepSet
from xianxue.desk.cli import cli
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import LedgerEntry
from xianxue.desk.plan.kept_sets import kept_set
from xianxue.desk.plan.plan_writing import plan_outline, planned_for, tasks_of
from xianxue.desk.plan.tasks_entered import enter_tasks
from xianxue.desk.report.writing import write
from xianxue.desk.workspace import ComplaintsError, MisusedError

MORE = Add(school=CENTRAL, fields=("staff.physical_education",), row="primary", count=Fraction(2))

pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory, copy_workspace) -> County:
    """The four schools with a supposed set."""
    root = tmp_path_factory.mktemp("plans") / "county"
    copy_workspace(four_schools, root)
    made = County(root)
    made.standing.database()
    made.do(KeepSet, OFFICE)("补体育教师", made.period.code, [MORE])
    return made


@pytest.fixture
def counted(county):
    county.standing.database()
    return county.standing.counted(county.period)


@pytest.fixture(scope="module")
def written(county):
    """The five years' plan with its goals, the tasks' money said for one of them."""
    counted = county.standing.counted(county.period)
    card = plan_outline(county.standing.workspace(), "five_year")
    kept = kept_set(county.standing.workspace(), "补体育教师", county.period.code)
    planned = planned_for(counted, card, kept, {})
    key = tasks_of(counted.river, card, planned)[0].key
    planned = planned_for(counted, card, kept, {key: "120"})
    return planned, write(counted.river, card.outline, notes="none", planned=planned)


def rows(table):
    """Cells as they read, content controls and all."""
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    return [
        ["".join(part.text or "" for part in cell._tc.iter(tag)) for cell in row.cells]
        for row in table.rows
    ]


def test_goals_have_what_was_counted_tagged_and_what_is_supposed_marked(written, counted):
    planned, document = written
    assert planned.goals
    goals, work = docx.Document(BytesIO(document.document)).tables
    head, *lines = rows(goals)
    assert head[2] == "目标（设想）"
    assert len(lines) == len(planned.goals)
    said = {one.tag: one.text for one in tags(document.document)}
    for line, goal in zip(lines, planned.goals, strict=True):
        assert line[1].startswith(counted.figures[goal.base.key].shown)
        assert line[2].startswith(goal.wanted.shown)
        assert line[2].endswith("（设想）")
        assert line[3]
        assert line[4] == "2030"
    # Every tag of the document says what was counted; none says what is supposed.
    figures = {key: one for key, one in counted.figures.items() if key in said}
    assert figures
    assert all(said[key].startswith(one.shown) for key, one in figures.items())
    assert all(one.value for one in claims(document.document).values())
    assert [line[4] for line in rows(work)[1:]].count("120（设想）") == 1
    assert {line[4] for line in rows(work)[2:]} <= {"待核定"}


def test_what_is_supposed_is_never_written_as_what_is(counted):
    """Goals whose sides are swapped are refused, and no document is made."""
    some = next(one for one in counted.figures.values() if one.value is not None)
    with pytest.raises(ComplaintsError) as caught:
        write(counted.river, "year_plan", planned=Planned(name="甲", goals=(Goal(some, some),)))
    assert {one.code for one in caught.value.issues} == {"W-SUPPOSED"}


def test_a_review_sets_what_is_beside_what_was_promised_and_calls_missing_missing(county, tmp_path):
    out = tmp_path / "中期.docx"
    words = ["plan", "write", "review", "--workspace", str(county.root), "-o", str(out)]
    looks = [*words, "--period", "2027-2028", "--since", county.period.code]
    done = CliRunner().invoke(cli, [*looks, "--suppose", "补体育教师", "--json"])
    told = json.loads(done.stdout)
    assert told["outline"] == "review"
    assert told["goals"] > 0
    (table, *_) = docx.Document(BytesIO(out.read_bytes())).tables
    head, *lines = rows(table)
    assert head == ["指标", "基期", "目标（设想）", "现在", "进展"]
    assert len(lines) == told["goals"]
    assert all(line[2].endswith("（设想）") for line in lines)
    assert {(line[3], line[4]) for line in lines} == {("缺数", "缺数，说不上进展")}
    # What it began from is tagged by the period in which it was counted.
    assert any(one.tag.endswith(county.period.code) for one in tags(out.read_bytes()))
    out.unlink()
    assert isinstance(CliRunner().invoke(cli, looks).exception, MisusedError)


def test_tasks_become_entries_once(county, counted):
    workspace = county.standing.workspace()
    card = plan_outline(workspace, "year")
    tasks = tasks_of(counted.river, card, Planned())
    assert tasks
    assert len({one.key for one in tasks}) == len(tasks)
    assert all(one.who and one.office and one.due.year == 2026 for one in tasks)
    first = enter_tasks(workspace, card, counted.river, tasks, "办公室（虚构）")
    again = enter_tasks(workspace, card, counted.river, tasks, "办公室（虚构）")
    assert len(first.new) == len(tasks)
    assert first.there == []
    assert again.new == []
    assert again.there == first.new
    entries = LedgerEntry.objects.filter(ledger="tasks", year__gte=2025)
    mine = [one for one in entries if one.fields.get("basis") == card.term]
    assert {one.fields["task"] for one in mine} == {one.said for one in tasks}
    assert verify().issues == []


def test_the_command_writes_a_plan_and_says_what_is_open(county, tmp_path):
    out = tmp_path / "计划.docx"
    words = ["plan", "write", "year", "--workspace", str(county.root), "-o", str(out), "--json"]
    done = CliRunner().invoke(cli, [*words, "--suppose", "补体育教师"])
    told = json.loads(done.stdout)
    assert told["outline"] == "year_plan"
    assert told["goals"] > 0
    assert told["unwritten"] == ["preface", "demands"]
    assert out.is_file()
    again = CliRunner().invoke(cli, words)
    assert isinstance(again.exception, MisusedError)


@pytest.mark.parametrize("kind", ["five_year", "year"])
def test_whoever_says_of_whom_a_total_consists_says_all_of_it(county, kind):
    """«其中» promises the whole: a total of teachers with a stage left out does not add up."""
    card = plan_outline(county.standing.workspace(), kind)
    (text,) = [str(one.text) for one in card.blocks if "{teachers_all}" in str(one.text)]
    stages = ("primary", "lower_secondary", "upper_secondary")
    for whole in ("pupils", "teachers"):
        assert all(f"{{{whole}/{stage}}}" in text for stage in stages)
