"""A drafted form beside what is held: by its words, by its card, and what that saves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.values.record import replace
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.forms.designing import Box, Design, Leaf, Pair, card_of
from xianxue.desk.forms.drafted import Checked, check_draft, estimate, hours
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import ComplaintsError, Workspace

SHELF = national().shelf
HEADS = "序号,学校名称,在校学生数,近视学生数\n1,虚构小学,120,40\n2,虚构中学,300,150\n"
CARD = """form: eyesight
term: 近视防控表（虚构）
version: '1'
filed_by: school
period: school_year
source: {document: xianxue-own, seen: own}
sheets:
  - sheet: eyesight
    term: 近视防控
    layout: record
    fields:
      - {field: name, term: 学校名称, type: text}
      - {field: short_sighted, term: 近视学生数, type: integer, unit: person}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    folder = tmp_path_factory.mktemp("drafted")
    lay_out_example(folder, Example.open("demo_county"))
    return Workspace.open(folder)


def checked(workspace: Workspace, name: str, text: str) -> Checked:
    return check_draft(workspace, workspace.period(None), name, text.encode())


def test_a_workbook_is_looked_at_by_its_headers_alone(workspace):
    found = checked(workspace, "近视防控.csv", HEADS)
    said = {one.term: (one.state, one.held.reference if one.held else "") for one in found.columns}
    # A column of numbers 1, 2, 3 is nothing that is asked.
    assert list(said) == ["学校名称", "在校学生数", "近视学生数"]
    assert said["学校名称"] == ("held", "basic.name")
    assert said["在校学生数"][1] == "students.enrolled"
    assert said["近视学生数"] == ("new", "")
    assert found.cells == 66 * 3
    assert found.saved == 66 * found.count("held")
    assert not found.card


def test_a_header_in_another_unit_is_left_to_a_person(workspace):
    areas = "学校名称,校舍建筑面积（亩）\n虚构小学,12\n虚构中学,30\n"
    (_, area) = checked(workspace, "面积.csv", areas).columns
    assert area.state != "held"


def test_a_card_is_counted_cell_by_cell_and_marked(workspace):
    found = checked(workspace, "card.yaml", CARD)
    assert [one.state for one in found.columns] == ["held", "new"]
    assert (found.places, found.cells, found.saved) == (66, 132, 66)
    assert "prefilled_from: basic.name" in found.marked
    assert found.marked.replace(", prefilled_from: basic.name", "") == CARD


def test_a_card_with_faults_says_where(workspace):
    with pytest.raises(ComplaintsError) as told:
        checked(workspace, "card.yaml", CARD.replace("unit: person", "unit: heads"))
    assert told.value.issues
    with pytest.raises(ComplaintsError):
        checked(workspace, "card.yaml", "")


def test_what_a_cell_costs_is_on_a_card_or_is_not_said():
    on = date(2025, 10, 1)
    seconds = estimate(SHELF, on)
    assert seconds is not None
    assert seconds.note
    assert hours(60, seconds) == Fraction(seconds.value) / 60
    assert estimate(SHELF, date(1999, 1, 1)) is None
    assert estimate(replace(SHELF, efforts={}), on) is None


def test_what_a_check_of_the_form_speaks_of_is_still_typed(tmp_path):
    lay_out_example(tmp_path, Example.open("demo_county"))
    workspace = Workspace.open(tmp_path)
    boxes = [Box(term="在校学生数", ident="pupils"), Box(term="近视学生数", ident="short")]
    alone = Design(ident="eyes", term="表（虚构）", leaves=[Leaf(stages=["primary"], boxes=boxes)])
    checked = Design(
        ident="eyes",
        term="表（虚构）",
        leaves=alone.leaves,
        pairs=[Pair("0.1", "at_most", "0.0")],
    )
    period = workspace.period(None)

    free = check_draft(workspace, period, "a.yaml", card_of(alone).encode())
    kept = check_draft(workspace, period, "a.yaml", card_of(checked).encode())

    assert free.columns[0].state == kept.columns[0].state == "held"
    assert "prefilled_from" in free.marked
    # Filled in from elsewhere it could not be compared: it is asked, and nobody is spared it.
    assert kept.marked == ""
    assert (free.saved > 0, kept.saved) == (True, 0)
    assert kept.columns[0].how == "这张表的校验要用到它，仍然要填"
