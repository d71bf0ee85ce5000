"""What is supposed comes to what it would come to if it were reported, and nothing is touched."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from working_county import CENTRAL, LEADER, NINE, OFFICE, SMALL, County

from xianxue.bureau.plan.suppose.changes import Add, Close, Line, Merge, Move, Pupils, Put, written
from xianxue.bureau.records.figure import Standing
from xianxue.bureau.records.finding import Verdict
from xianxue.desk.actions.plan.keep_set import KeepSet
from xianxue.desk.cli import cli
from xianxue.desk.cli.plan.supposed_options import called, typed_changes
from xianxue.desk.indicators.river import River
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import JournalLine, SupposedLine
from xianxue.desk.plan.changes_given import as_kept, read_changes
from xianxue.desk.plan.changes_told import change_told
from xianxue.desk.plan.compared import compared
from xianxue.desk.plan.kept_sets import kept_set, kept_sets
from xianxue.desk.plan.naming_fields import Naming
from xianxue.desk.plan.supposing import outcome
from xianxue.desk.standing.counted import Counted
from xianxue.desk.stores.event_lines import COLUMNS
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

MORE = Add(school=CENTRAL, fields=("staff.physical_education",), row="primary", count=Fraction(2))
SHIFT = Move(
    start=CENTRAL, end=NINE, fields=("staff.over_qualified",), row="primary", count=Fraction(3)
)
ROOMS = Put(school=NINE, field="premises.multimedia_rooms", value=Fraction(40))
FLOOR = Add(school=CENTRAL, fields=("premises.teaching_area",), count=Fraction("12.5"))


@pytest.fixture(scope="module")
def looked_at(four_schools, tmp_path_factory, copy_workspace) -> County:
    """The four schools, all accepted: nobody changes a return here."""
    root = tmp_path_factory.mktemp("supposed") / "county"
    copy_workspace(four_schools, root)
    return County(root)


@pytest.fixture
def stands(looked_at) -> Counted:
    return looked_at.standing.counted(looked_at.period)


@pytest.fixture
def other(four_schools, tmp_path, copy_workspace) -> County:
    """The same county once more, to be changed in earnest."""
    copy_workspace(four_schools, tmp_path / "other")
    return County(tmp_path / "other")


def said(figures):
    """All that a figure comes to, but how it came to be."""
    return {
        key: (one.value, one.numerator, one.denominator, one.shown, one.coverage, one.why)
        for key, one in figures.items()
    }


def verdicts(assessment):
    found = (*assessment.findings, *assessment.spread)
    return [(one.place, one.stage, one.criterion, one.verdict, one.lacking) for one in found]


@pytest.mark.ci
def test_it_comes_to_what_it_would_if_schools_had_reported_so(stands, other):
    """The returns are changed by hand in another county, handed in and accepted there."""
    found = outcome(stands, [MORE, SHIFT, ROOMS, FLOOR])
    central, nine = other.filed(CENTRAL), other.filed(NINE)

    def now(filed, sheet, row, field):
        (one,) = [each for each in filed.tables[sheet] if each.code == row]
        return one.cells[field].value

    more, area = now(central, "staff", "primary", "physical_education"), "teaching_area"
    qualified = "over_qualified"
    other.collect(
        other.changed(
            {
                "staff/primary/physical_education": more + 2,
                f"staff/primary/{qualified}": now(central, "staff", "primary", qualified) - 3,
                # In hundredths of a square metre.
                f"premises//{area}": now(central, "premises", "", area) + 1250,
            }
        )
    )
    cells = {
        f"staff/primary/{qualified}": now(nine, "staff", "primary", qualified) + 3,
        "premises//multimedia_rooms": 40,
    }
    other.collect(other.changed(cells, NINE))
    real = Counted(other.fresh)
    assert said(found.year.figures) == said(real.figures)
    assert {one.standing for one in found.year.figures.values()} == {Standing.SUPPOSED}
    for one in found.standards:
        assert verdicts(one.after) == verdicts(real.assessment(one.standard))
        assert one.after.verdict is real.assessment(one.standard).verdict
    assert len(found.figures) > 5
    assert any(one.turned for one in found.standards)


@pytest.mark.ci
def test_merged_schools_come_to_what_they_would_if_the_merger_were_registered(stands, other):
    found = outcome(stands, [Merge(schools=(SMALL,), into=CENTRAL)])
    day = stands.period.reference_day + timedelta(days=1)
    line = dict.fromkeys(COLUMNS, "") | {
        "day": day.isoformat(),
        "event": "merged",
        "code": SMALL,
        "into": CENTRAL,
        "document": "虚构",
        "reason": "虚构",
        "by": "虚构",
    }
    with (other.root / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerow(line)
    workspace = Workspace.open(other.root)
    other.standing.database()
    real = River(workspace, stands.period, as_of=day)
    assert said(found.year.figures) == said(real.figures)
    assert not any(one.place == SMALL for one in found.year.figures.values())
    pupils = f"pupils/639800/primary/{stands.period.code}"
    assert found.year.figures[pupils].value == stands.figures[pupils].value


@pytest.mark.ci
def test_pupils_of_a_closed_school_go_where_they_are_sent_and_nothing_else_does(stands):
    both = [f"{what}/639800/primary/{stands.period.code}" for what in ("pupils", "teachers")]
    pupils, teachers = (stands.figures[key].value for key in both)
    of_it = stands.figures[f"teachers/{SMALL}/primary/{stands.period.code}"].value
    sent = outcome(stands, [Close(school=SMALL, pupils_to=CENTRAL)]).year.figures
    assert [sent[key].value for key in both] == [pupils, teachers - of_it]
    assert stands.figures[f"pupils/{SMALL}/primary/{stands.period.code}"].value > 0


def test_fewer_pupils_are_fewer_in_each_grade_and_so_are_those_among_them(stands):
    """By hand: half of each grade, half up; girls never more than pupils."""
    found = outcome(stands, [Pupils(school=CENTRAL, percent=Fraction(-50))])
    filed = stands.base.returns["school_annual", CENTRAL]
    grades = [row.cells["enrolled"].value for row in filed.tables["students"]]
    expected = sum((many + 1) // 2 for many in grades)
    key = f"pupils/{CENTRAL}/primary/{stands.period.code}"
    assert found.year.figures[key].value == expected
    moved = {one.key: one for one in found.figures}
    assert moved[key].before.value == sum(grades)
    halved = sum((row.cells["girls"].value + 1) // 2 for row in filed.tables["students"])
    assert moved[key.replace("pupils/", "girls/")].after.value == halved


def test_a_supposed_line_turns_the_real_verdict_and_is_said_to_be_supposed(stands):
    line = Line(
        standard="balance_resources",
        criterion="over_qualified_teachers",
        stage="primary",
        value=Fraction(99),
    )
    found = outcome(stands, [line])
    assert found.figures == ()
    (one,) = [each for each in found.standards if each.standard == "balance_resources"]
    lines = [each for each in one.after.findings if each.criterion == line.criterion]
    primary = [each for each in lines if each.stage and each.stage.value == "primary"]
    assert {each.threshold for each in primary} == {Fraction(99)}
    assert {each.verdict for each in primary} == {Verdict.NOT_MET}
    assert all(each.threshold != 99 for each in lines if each not in primary)
    assert all("设想" in each.citation.local for each in primary)
    assert (
        stands.shelf.standards["balance_resources"]
        == found.year.shelf.standards["balance_resources"]
        or stands.assessment("balance_resources") == one.before
    )


def fingerprint(root: Path) -> dict[str, str]:
    """Every file that is not the database, by its bytes."""
    kept = [one for one in sorted(root.rglob("*")) if one.is_file() and "sqlite3" not in one.name]
    return {str(one.relative_to(root)): sha256(one.read_bytes()).hexdigest() for one in kept}


@pytest.mark.ci
def test_keeping_and_working_out_a_set_touches_nothing_that_was_counted(other):
    other.publish()
    before = Counted(other.fresh)
    files, lines = fingerprint(other.root), JournalLine.objects.count()
    deed = other.do(KeepSet, OFFICE)
    code = other.period.code
    _, new = deed("补短板", code, [MORE, SHIFT], "虚构")
    assert new
    kept = kept_set(other.standing.workspace(), "补短板", code)
    outcome(before, kept.changes)
    after = Counted(other.fresh)
    assert after.figures == before.figures
    assert {one.standing for one in after.figures.values()} == {Standing.COUNTED}
    assert fingerprint(other.root) == files
    assert JournalLine.objects.count() == lines + 1
    assert verify().issues == []


def test_a_set_is_kept_version_by_version_and_its_journal_holds(other):
    code, workspace = other.period.code, other.standing.workspace()
    other.standing.database()
    deed = other.do(KeepSet, LEADER)
    first, _ = deed("甲案", code, [MORE])
    assert deed("甲案", code, [MORE])[1] is False
    second, _ = deed("甲案", code, [MORE, ROOMS], "加多媒体教室")
    deed("乙案", code, [SHIFT])
    assert [first.revision, second.revision] == [1, 2]
    assert [(one.name, one.revision) for one in kept_sets(workspace, code)] == [
        ("乙案", 1),
        ("甲案", 2),
    ]
    assert kept_set(workspace, "甲案", code).changes == (MORE, ROOMS)
    assert deed.withdraw("甲案", code)
    assert not deed.withdraw("甲案", code)
    with pytest.raises(MisusedError, match="乙案"):
        kept_set(workspace, "甲案", code)
    assert SupposedLine.objects.filter(name="甲案").count() == 3
    assert verify().issues == []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE desk_supposedline SET note = 'x'")


def test_a_school_keeps_no_set(other):
    other.standing.database()
    deed = other.do(KeepSet, other.clerk(CENTRAL))
    with pytest.raises(ComplaintsError):
        deed("私案", other.period.code, [MORE])
    assert not SupposedLine.objects.exists()


EACH = [
    MORE,
    SHIFT,
    ROOMS,
    Put(school=NINE, field="kindergarten.ownership", value="public"),
    Pupils(percent=Fraction("-2.5")),
    Pupils(school=NINE, forecast="high"),
    Merge(schools=(SMALL, NINE), into=CENTRAL),
    Close(school=SMALL, pupils_to=CENTRAL),
    Line(standard="balance_resources", criterion="multimedia_rooms", value=Fraction(3)),
]


@pytest.mark.parametrize("change", EACH, ids=range(len(EACH)))
def test_a_change_is_read_back_as_it_was_written_down(change, looked_at):
    told = json.loads(json.dumps(written(change)))
    assert as_kept(told) == change
    workspace = looked_at.standing.workspace()
    assert read_changes([told], workspace) == (change,)
    names = {one.code: one.name for one in workspace.register}
    assert not str(change_told(change, workspace.shelf, names)).endswith("。")


def test_schools_and_fields_are_known_by_their_names(looked_at):
    workspace = looked_at.standing.workspace()
    name = workspace.register[CENTRAL].name
    told = {"do": "add", "school": name, "field": "教职工.体育教师", "row": "小学", "count": 2}
    assert read_changes([told], workspace) == (MORE,)


def test_a_clerks_own_words_are_taken_and_what_they_may_mean_is_offered(looked_at):
    """The standard adds up three columns under one name; no option is called by its place in JSON."""
    workspace = looked_at.standing.workspace()
    name = workspace.register[CENTRAL].name
    typed = {"add": ((name, "体育教师/小学", "2"),), "line": (("网络多媒体教室/小学", "3"),)}
    line = Line(
        standard="balance_resources",
        criterion="multimedia_rooms",
        stage="primary",
        value=Fraction(3),
    )
    assert read_changes(typed_changes(typed), workspace, called(typed)) == (MORE, line)
    wrong = {
        "add": ((name, "体艺教师/小学", "2"), (name[:2] + "小学", "专任教师", "二")),
        "line": (("多媒体", "3"),),
    }
    with pytest.raises(ComplaintsError) as caught:
        read_changes(typed_changes(wrong), workspace, called(wrong))
    first, field, school, number, criterion = (str(one.message) for one in caught.value.issues)
    assert first.startswith("--add 第 1 个的项目")
    assert first.endswith("写明是哪一项：教职工.体育教师、教职工.音乐教师、教职工.美术教师。")
    assert f"是不是：{name}？" in school
    assert "教职工.专任教师、幼儿园.专任教师" in field
    assert number.startswith("--add 第 2 个的个数")
    assert "每百名学生拥有网络多媒体教室数" in criterion
    assert not any(one.cell for one in caught.value.issues)


@pytest.mark.parametrize("said", ["超规定学历教师/小学", "staff.overqualified/primary"])
def test_a_name_that_nothing_bears_is_answered_with_those_like_it(looked_at, said):
    workspace = looked_at.standing.workspace()
    typed = {"add": ((workspace.register[CENTRAL].name, said, "2"),)}
    with pytest.raises(ComplaintsError) as caught:
        read_changes(typed_changes(typed), workspace, called(typed))
    (issue,) = caught.value.issues
    assert "写明是哪一项：教职工.高于规定学历教师" in issue.message


def test_a_line_of_several_standards_is_offered_by_their_terms(looked_at):
    naming = Naming(looked_at.standing.workspace())
    standards = naming.workspace.shelf.standards.items()
    nouns = [str(one.term) for _, card in standards for one in (*card.criteria, *card.spread)]
    twice = next(one for one in nouns if len(naming.criteria("", one)) > 1)
    with pytest.raises(ComplaintsError) as caught:
        read_changes(
            [{"do": "line", "criterion": twice, "standard": "", "value": 1}], naming.workspace
        )
    (issue,) = caught.value.issues
    offered = issue.do.removeprefix("写明是哪一项：").split("、")
    assert all(one.endswith(twice) for one in offered)
    for one in offered:
        assert len(naming.criteria(*one.split("."))) == 1


def test_every_fault_of_a_set_is_told_at_once(looked_at):
    given = [
        {"do": "add", "school": "无此校", "field": "staff.none", "row": "primary", "count": "多"},
        {"do": "fly"},
        {"do": "pupils"},
        {"do": "move", "from": CENTRAL, "to": CENTRAL, "field": "staff.teachers", "count": 1},
        {"do": "merge", "schools": [CENTRAL], "into": CENTRAL},
    ]
    with pytest.raises(ComplaintsError) as caught:
        read_changes(given, looked_at.standing.workspace())
    places = [one.cell for one in caught.value.issues]
    assert {one.partition(".")[0] for one in places} == {f"changes[{n}]" for n in range(1, 6)}
    assert len([one for one in places if one.startswith("changes[1]")]) == 3


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (Add(school=CENTRAL, fields=("staff.senior",), row="primary", count=Fraction(-999)), "减"),
        (
            Add(school=CENTRAL, fields=("staff.senior",), row="primary", count=Fraction(1, 2)),
            "整数",
        ),
        (Add(school=CENTRAL, fields=("staff.senior",), row="", count=Fraction(1)), "“/小学”"),
        (Add(school=CENTRAL, fields=("basic.name",), count=Fraction(1)), "直接写明"),
        (Line(standard="balance_resources", criterion="none", value=Fraction(1)), "none"),
        (Merge(schools=("2163980009",), into=CENTRAL), "2163980009"),
    ],
)
def test_what_does_not_fit_the_returns_is_refused_in_words(stands, change, word):
    with pytest.raises(ComplaintsError) as caught:
        outcome(stands, [change])
    (issue,) = caught.value.issues
    assert word in issue.message
    assert issue.code == "P-SUPPOSE"


@pytest.mark.ci
def test_sets_stand_side_by_side_with_what_is(looked_at):
    looked_at.standing.database()
    code = looked_at.period.code
    root = str(looked_at.root)

    def run(*words):
        done = CliRunner().invoke(cli, ["plan", "suppose", *words, "--workspace", root])
        assert done.exit_code == 0, done.output
        return done.output

    alone = json.loads(
        run("甲", "--add", CENTRAL, "staff.physical_education/primary", "2", "--json")
    )
    assert {one["after"]["standing"] for one in alone["figures"]} == {"supposed"}
    line = ("--line", "balance_resources.multimedia_rooms/primary", "3")
    assert "没有改动任何统计数" in run("乙", *line, "--pupils", "-5%")
    told = json.loads(run("甲", "乙", "--compare", "--json"))
    assert told["sets"] == ["甲", "乙"]
    assert told["standing"] == "supposed"
    (line,) = [
        one
        for one in told["figures"]
        if (one["indicator"], one["stage"]) == ("physical_arts_teachers", "primary")
    ]
    assert line["now"]["standing"] == "counted"
    values = [line["now"], *line["sets"]]
    assert Fraction(values[1]["numerator"]) - Fraction(values[0]["numerator"]) == 2
    assert values[2]["numerator"] == values[0]["numerator"]
    stands = looked_at.standing.counted(looked_at.period)
    kept = [kept_set(looked_at.standing.workspace(), name, code) for name in ("甲", "乙")]
    assert len(compared(stands, kept).standards) == len(told["standards"])
    assert [one["name"] for one in json.loads(run("--json"))] == ["乙", "甲"]
    alone = CliRunner().invoke(cli, ["plan", "suppose", "甲", "乙", "--workspace", root])
    assert "并排" in str(alone.exception)
