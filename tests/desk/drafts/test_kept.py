"""Drafts on the server: nothing typed is overwritten unseen, each step can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts import kept
from xianxue.desk.returns.drafts.kept import Change, Start
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.clock import now
from xianxue.desk.workspace import Workspace

KEY = Key("school_annual", "2025-2026", "2163980001")
WHO, OTHER = "张三（虚构）", "李四（虚构）"
A, B, C = "students.G1.enrolled", "students.G2.enrolled", "students.G3.enrolled"
AT = now()


@pytest.fixture(autouse=True)
def _opened(four_schools, tmp_path, copy_workspace):
    root = tmp_path / "county"
    copy_workspace(four_schools, root)
    open_ground(Workspace.open(root))


@pytest.fixture
def draft():
    return kept.begin(WHO, KEY, lambda: Start({A: "10", B: "20"}, 1), AT)


def change(text: str, agreed: str) -> Change:
    return Change(text, agreed)


def test_a_draft_is_begun_once(draft):
    again = kept.begin(WHO, KEY, lambda: Start({A: "99"}, 2), AT)

    assert (again.cells, again.base) == (draft.cells, 1)


def test_a_draft_is_its_owners_alone(draft):
    assert kept.draft_of(WHO, KEY).cells == draft.cells
    assert kept.draft_of(OTHER, KEY) is None


def test_two_tabs_that_change_different_cells_lose_nothing(draft):
    kept.save(WHO, KEY, {A: change("11", "10")}, AT)
    found = kept.save(WHO, KEY, {B: change("21", "20")}, AT)

    assert found.cells == {A: "11", B: "21"}
    assert found.conflicts == ()


def test_an_old_tab_that_saves_last_overwrites_nothing(draft):
    kept.save(WHO, KEY, {A: change("11", "10")}, AT)
    found = kept.save(WHO, KEY, {A: change("12", "10"), C: change("5", "")}, AT)

    (conflict,) = found.conflicts
    assert (conflict.name, conflict.mine, conflict.theirs, conflict.agreed) == (A, "12", "11", "10")
    assert found.cells == {A: "11", B: "20", C: "5"}, "what nobody disputes is saved"


@pytest.mark.parametrize(("mine", "text"), [(True, "12"), (False, "11")])
def test_both_are_kept_until_one_is_chosen(draft, mine, text):
    kept.save(WHO, KEY, {A: change("11", "10")}, AT)
    kept.save(WHO, KEY, {A: change("12", "10")}, AT)
    assert len(kept.draft_of(WHO, KEY).conflicts) == 1, "also after the page is gone"

    found = kept.choose(WHO, KEY, A, mine=mine, at=AT)

    assert (found.cells[A], found.conflicts) == (text, ())


def test_two_tabs_that_say_the_same_agree(draft):
    kept.save(WHO, KEY, {A: change("11", "10")}, AT)
    found = kept.save(WHO, KEY, {A: change("11", "10")}, AT)

    assert found.conflicts == ()
    assert len(found.steps) == 1, "saying it twice is no second step"


def test_a_paste_of_500_cells_is_one_step(draft):
    block = {f"classes.{line}.name": change(f"{line}", "") for line in range(1, 501)}
    kept.save(WHO, KEY, block, AT, deed="paste")
    found = kept.undo(WHO, KEY, AT)

    assert (found.cells, found.steps) == (draft.cells, ())


def test_an_import_is_taken_back_by_one_deed(draft):
    kept.save(WHO, KEY, {A: change("11", "10")}, AT)
    brought = kept.bring_in(WHO, KEY, Start({C: "7"}, 2, "某校.xlsx"), AT)
    assert (brought.cells, brought.file) == ({C: "7"}, "某校.xlsx")

    found = kept.undo(WHO, KEY, AT)

    assert (found.cells, found.base, found.file) == ({A: "11", B: "20"}, 1, "")
    assert found.steps == ("typed",), "what was done before it can still be taken back"


def test_emptying_a_cell_is_undone_too(draft):
    assert A not in kept.save(WHO, KEY, {A: change("", "10")}, AT).cells
    assert kept.undo(WHO, KEY, AT).cells == draft.cells


def test_a_discarded_draft_comes_back_within_a_day(draft):
    kept.discard(WHO, KEY, AT)
    assert kept.draft_of(WHO, KEY) is None
    assert kept.thrown_away(WHO, KEY, AT + timedelta(hours=23)).cells == draft.cells

    assert kept.restore(WHO, KEY, AT + timedelta(hours=23)).cells == draft.cells


def test_where_there_is_no_draft_nothing_is_thrown_away(draft):
    """Two pages of one draft: it was handed in by one, and the other throws it away."""
    kept.settle(KEY)
    kept.discard(WHO, KEY, AT)
    assert kept.undo(WHO, KEY, AT).cells == {}
    assert kept.draft_of(WHO, KEY) is None


def test_after_a_day_it_is_gone(draft):
    kept.discard(WHO, KEY, AT)
    later = AT + timedelta(hours=25)

    assert kept.thrown_away(WHO, KEY, later) is None
    assert kept.restore(WHO, KEY, later) is None


def test_a_new_draft_after_a_discarded_one_begins_anew(draft):
    kept.discard(WHO, KEY, AT)

    assert kept.begin(WHO, KEY, lambda: Start({A: "1"}, 2), AT).cells == {A: "1"}


def test_a_return_that_was_handed_in_leaves_no_draft(draft):
    kept.begin(OTHER, KEY, lambda: Start({}, 1), AT)
    kept.settle(KEY)

    assert kept.drafts_about([KEY]) == {}


def test_drafts_are_found_by_return(draft):
    kept.begin(OTHER, KEY, lambda: Start({}, 1), AT + timedelta(minutes=1))

    assert [one.who for one in kept.drafts_about([KEY])[KEY]] == [OTHER, WHO]
