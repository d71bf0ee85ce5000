"""What two states of the returns differ in: each cell once, in an order, with both revisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BLANK, NONE, filed, row

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.basis.differences import CellChange, changed_cells
from xianxue.bureau.values.record import replace


def of(place="2163000002", revision=1, **values):
    return filed({"about": [row(**values)]}, place=place, revision=revision)


def told(before, after):
    return [
        (change.sheet, change.row, change.field, change.before, change.after)
        for change in changed_cells(before, after)
    ]


def test_a_change_is_told_with_its_place_and_both_revisions():
    old = filed({"pupils": [row("G1", x=Cell(40, "B4"), girls=Cell(20, "C4"))]}, revision=1)
    new = filed({"pupils": [row("G1", x=Cell(41, "B5"), girls=Cell(20, "C5"))]}, revision=3)
    assert changed_cells([old], [new]) == [
        CellChange(
            form="f", place="2163000002", sheet="pupils", row="G1", field="x",
            before=40, after=41, cell="B5", revisions=(1, 3),
        )
    ]  # fmt: skip


def test_nothing_changed_is_nothing():
    assert changed_cells([of(x=1)], [of(x=1, revision=2)]) == []
    assert changed_cells([], []) == []
    # Where it stands and how it was written is no change.
    assert told([of(x=Cell(1, "D2", "1"))], [of(x=Cell(1, "D9", "1.0"))]) == []


@pytest.mark.parametrize(
    ("before", "after"), [(BLANK, 0), (0, BLANK), (NONE, BLANK), (1, "1"), ("甲", "乙")]
)
def test_missing_is_not_zero_and_a_text_no_number(before, after):
    assert told([of(x=before)], [of(x=after)]) == [("about", "", "x", before, after)]


def test_a_cell_that_came_or_went():
    """Where it stands now, or where it stood."""
    old, new = of(x=Cell(1, "D2"), y=Cell(5, "D3")), of(x=Cell(1, "D2"), z=Cell(6, "D4"))
    found = changed_cells([old], [new])
    assert [(each.field, each.before, each.after, each.cell) for each in found] == [
        ("y", 5, None, "D3"), ("z", None, 6, "D4"),
    ]  # fmt: skip


def test_a_row_and_a_sheet_that_came_or_went():
    old = filed({"pupils": [row("G1", x=1), row("G2", x=2)], "about": [row(x=3)]})
    new = filed({"pupils": [row("G2", x=2), row("G7", x=7)], "rooms": [row("1", x=4)]})
    assert told([old], [new]) == [
        ("pupils", "G1", "x", 1, None),
        ("about", "", "x", 3, None),
        ("pupils", "G7", "x", None, 7),
        ("rooms", "1", "x", None, 4),
    ]


def test_a_return_that_came_or_went_counts_with_all_its_cells():
    one = of(x=Cell(1, "D2"), y=2, revision=4)
    came, gone = changed_cells([], [one]), changed_cells([one], [])
    assert [(each.before, each.after, each.revisions) for each in came] == [
        (None, 1, (0, 4)), (None, 2, (0, 4)),
    ]  # fmt: skip
    assert [(each.before, each.after, each.revisions) for each in gone] == [
        (1, None, (4, 0)), (2, None, (4, 0)),
    ]  # fmt: skip
    assert (gone[0].cell, gone[0].form, gone[0].place) == ("D2", "f", "2163000002")


def test_changes_come_by_place_and_form_whatever_the_order_of_returns():
    places = ("2163000003", "2163000001", "2163000002")
    before = [of(place, x=1) for place in places]
    after = [of(place, x=2) for place in reversed(places)]
    forms = [replace(each, form="e") for each in after]
    found = changed_cells(before, [*after, *forms])
    assert [(each.place[-1], each.form) for each in found] == [
        ("1", "e"), ("1", "f"), ("2", "e"), ("2", "f"), ("3", "e"), ("3", "f"),
    ]  # fmt: skip


VALUES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2) | st.just(BLANK))


@given(VALUES, VALUES)
def test_who_applies_the_changes_has_the_later_state(before, after):
    """And whoever turns them round has the earlier one."""
    forth = changed_cells([of(**before)], [of(**after)])
    values = dict(before)
    for change in forth:
        assert values.get(change.field) == change.before
        if change.after is None:
            del values[change.field]
        else:
            values[change.field] = change.after
    assert values == after
    back = changed_cells([of(**after)], [of(**before)])
    assert {(each.field, each.after, each.before) for each in back} == {
        (each.field, each.before, each.after) for each in forth
    }
