"""Many returns at once: what has something open is set aside, a newer revision is not passed unseen."""

from pathlib import Path

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.models import Filing, JournalLine
from xianxue.desk.returns import reviewing
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.reviewing import Wish, send_back, step_many
from xianxue.desk.returns.submission import submit_files
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import ComplaintsError, Workspace

CLERK = Actor("张三（虚构）", "school_clerk")
OFFICE = Actor("赵六（虚构）", "office_clerk")
FORM, PERIOD = "school_annual", "2025-2026"


@pytest.fixture
def county(tmp_path: Path):
    """Four schools that have all handed in, without anything open."""
    example = Example.open("four_schools")
    lay_out_example(tmp_path, example)
    workspace = Workspace.open(tmp_path)
    fill_in(workspace, example, tmp_path / "workbooks")
    ground = open_ground(workspace)
    signed = Signatures("张三（虚构）", "李四（虚构）")
    for file in sorted((tmp_path / "workbooks").glob("*.xlsx")):
        submit_files(workspace, [file], actor=CLERK, signed=signed)
    return workspace, ground


def standing(workspace):
    rows = Filing.objects.filter(form=FORM).order_by("place").select_related("current")
    return {Key(one.form, one.period, one.place): one.current.number for one in rows}


def wish():
    return Wish(OFFICE, clock.now())


def states():
    return set(Filing.objects.filter(form=FORM).values_list("state", flat=True))


def test_all_of_the_filter_are_taken_in_one_deed(county):
    workspace, ground = county
    seen = standing(workspace)
    looked = []
    found = step_many(workspace, ground, "review", wish(), seen, lambda: looked.append(1))

    assert (len(found.done), found.issues, len(looked)) == (len(seen), (), len(seen))
    assert states() == {"in_review"}
    (line,) = JournalLine.objects.filter(deed="returns.review")
    assert set(line.detail["returns"]) == {key.place for key in seen}


def test_what_was_handed_in_since_is_not_passed_unseen(county):
    workspace, ground = county
    seen = standing(workspace)
    first = next(iter(seen))
    found = step_many(workspace, ground, "review", wish(), seen | {first: seen[first] + 1})

    assert first not in found.done
    assert [issue.code for issue in found.issues] == ["F-CONFLICT"]
    assert len(found.done) == len(seen) - 1


def test_one_with_something_open_is_set_aside_and_the_others_are_approved(county, monkeypatch):
    workspace, ground = county
    seen = standing(workspace)
    step_many(workspace, ground, "review", wish(), seen)
    first = next(iter(seen))
    odd = Issue(code="X", severity=Severity.EXPLAIN, saw="不寻常")
    monkeypatch.setattr(
        reviewing, "open_issues", lambda _w, _g, key, _compare: [odd] if key == first else []
    )
    found = step_many(workspace, ground, "approve", wish(), seen)

    assert [issue.code for issue in found.issues] == ["F-OPEN"]
    assert first not in found.done
    assert len(found.done) == len(seen) - 1
    assert Filing.objects.get(form=FORM, place=first.place).state == "in_review"


def test_sending_back_without_a_word_is_refused(county):
    workspace, ground = county
    key = next(iter(standing(workspace)))
    with pytest.raises(ComplaintsError) as refused:
        send_back(workspace, ground, key, wish(), ["", "  "])

    assert [issue.code for issue in refused.value.issues] == ["F-NEEDS"]
    assert states() == {"submitted"}
