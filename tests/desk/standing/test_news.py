"""What others have done is told to whom it concerns, once a matter, and no longer than it holds."""

from pathlib import Path

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.actions.review import Review
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.reviewing import Wish, send_back
from xianxue.desk.returns.submission import submit_files
from xianxue.desk.standing.news import news
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

SCHOOL, OTHER = "2163980001", "3163980002"
CLERK = Actor("张三（虚构）", "school_clerk", SCHOOL)
STRANGER = Actor("钱七（虚构）", "school_clerk", OTHER)
OFFICE = Actor("赵六（虚构）", "office_clerk")


@pytest.fixture
def county(tmp_path: Path):
    example = Example.open("four_schools")
    lay_out_example(tmp_path, example)
    workspace = Workspace.open(tmp_path)
    fill_in(workspace, example, tmp_path / "workbooks")
    (file,) = (tmp_path / "workbooks").glob(f"{SCHOOL}*.xlsx")
    signed = Signatures("张三（虚构）", "李四（虚构）")
    submit_files(workspace, [file], actor=CLERK, signed=signed)
    return workspace, Standing(tmp_path)


def told(standing, actor):
    return [str(one.said) for one in news(standing, actor, clock.now())]


def test_the_office_hears_what_came_in_and_the_sender_does_not(county):
    _, standing = county

    assert [one[:4] for one in told(standing, OFFICE)] == ["报送了："]
    assert told(standing, CLERK) == []
    assert told(standing, STRANGER) == []


def test_a_school_hears_what_became_of_its_own_and_no_other_does(county):
    workspace, standing = county
    ground = open_ground(workspace)
    key = Key("school_annual", "2025-2026", SCHOOL)
    send_back(workspace, ground, key, Wish(OFFICE, clock.now()), ["请核对在校生"])

    assert [one[:4] for one in told(standing, CLERK)] == ["退回了："]
    assert told(standing, STRANGER) == []
    # What came in has been dealt with: it is no news any more.
    assert told(standing, OFFICE) == []


def test_what_is_being_dealt_with_is_no_news(county):
    workspace, standing = county
    Review(open_ground(workspace), OFFICE, clock.now())(Key("school_annual", "2025-2026", SCHOOL))

    assert told(standing, Actor("孙八（虚构）", "leader")) == []


def test_many_schools_of_one_day_are_one_line_with_the_list_behind_it(county):
    """Three are named; of four there is one line: the one that came last, and how many."""
    workspace, standing = county
    files = sorted((workspace.root / "workbooks").glob("*.xlsx"))
    schools = [file for file in files if not file.name.startswith(("639", SCHOOL))]

    def hand_in(file):
        place = file.name[:10]
        signed = Signatures("钱七（虚构）", "孙八（虚构）")
        actor = Actor("钱七（虚构）", "school_clerk", place)
        done = submit_files(workspace, [file], actor=actor, signed=signed)
        assert done.accepted, [one.message for one in done.issues]

    for file in schools[:2]:
        hand_in(file)
    assert len(told(standing, OFFICE)) == 3
    hand_in(schools[2])
    (one,) = news(standing, OFFICE, clock.now())
    assert "等 4 所的《学校年度报表》" in str(one.said)
    assert one.ids == ("school_annual", "2025-2026")
