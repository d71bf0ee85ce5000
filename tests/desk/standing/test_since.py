"""A return that comes again after its approval was withdrawn is held against what it was."""

from __future__ import annotations

from xianxue.desk.standing.forward import forward
from xianxue.desk.standing.since import forward_since

MORE = {"staff/primary/physical_education": 3}


def withdrawn(county):
    """The approval of the central school's return is withdrawn: it counts no more."""
    filed = county.filed()
    county.send_back()
    assert (filed.form, filed.place) not in county.standing.counted(county.period).base.returns
    return filed


def figures(found):
    return {one.key: (one.before, one.after) for one in found.figures}


def test_the_same_numbers_again_move_nothing(county):
    filed = withdrawn(county)

    since = forward_since(county.standing, filed)
    assert since.revision == 1
    assert since.forward.nothing
    assert since.forward.cells == ()
    # Against what counts now everything would be new.
    now = forward(county.standing.counted(county.period), filed)
    assert len(now.figures) > 50


def test_what_moves_is_what_would_have_moved_before_the_withdrawal(county):
    changed = county.changed(MORE)
    before = county.standing.forward(changed)
    assert before.figures
    withdrawn(county)

    since = forward_since(county.standing, changed).forward
    assert figures(since) == figures(before)
    assert since.standards == before.standards
    assert since.ranks == before.ranks
    assert since.sentences == before.sentences
    assert [(one.sheet, one.row, one.field) for one in since.cells] == [
        (one.sheet, one.row, one.field) for one in before.cells
    ]


def test_what_counts_now_is_what_it_is_held_against(county):
    since = forward_since(county.standing, county.filed())

    assert since.revision == 0
    assert since.forward.nothing
