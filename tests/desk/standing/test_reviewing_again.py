"""What a reviewer finds again: mended ones apart from new ones, and only what changed since."""

from __future__ import annotations

import pytest
from working_county import with_cells

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.models import Filing, JournalLine
from xianxue.desk.returns.drafts.handed_in import handed_in
from xianxue.desk.returns.examining import changed_since, looked_at
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.standing.owed import owed_one
from xianxue.desk.workspace import ComplaintsError

OTHER = Actor("周九（虚构）", "office_clerk")
CELL = "staff/primary/physical_education"


def stored(county, place=None):
    """What is kept of a place's newest revision, read from the cabinet as it lies there."""
    filing = Filing.objects.select_related("current").get(
        form=county.FORM, period=county.period.code, place=place or county.CENTRAL
    )
    (found,) = county.cabinet.read_returns([kept_revision(filing.current)])
    cells = {
        (sheet, row.code, name): cell.value
        for sheet, rows in found.tables.items()
        for row in rows
        for name, cell in row.cells.items()
    }
    return filing.current.content, filing.current.digest, cells


@pytest.mark.parametrize("taken_up", [False, True])
def test_sending_back_changes_no_cell_of_anybody(county, taken_up):
    county.submit(county.changed({CELL: 3}))
    before = {place: stored(county, place) for place in (county.CENTRAL, county.NINE, county.SMALL)}
    if taken_up:
        county.review()
    county.send_back()

    assert {place: stored(county, place) for place in before} == before


@pytest.mark.parametrize("why", ["有误", ""])
def test_nothing_is_sent_back_without_a_comment(county, why):
    county.submit(county.changed({CELL: 3}))
    lines = JournalLine.objects.count()

    with pytest.raises(ComplaintsError, match="至少一条批注"):
        county.do(SendBack, county.OFFICE, why, remarks=[])(county.key())
    assert JournalLine.objects.count() == lines


def test_new_ones_mended_ones_and_those_sent_back_are_told_apart(county):
    def look():
        return owed_one(county.standing, county.key()).look

    first = county.filed()
    assert look() == ""
    county.submit(again(first, 3))
    # Its first revision was collected and approved: this one corrects it.
    assert look() == "again"
    county.send_back()
    assert look() == ""
    county.submit(again(first, 4))
    assert look() == "again"


def test_a_reviewer_is_shown_what_changed_since_he_looked_himself(county):
    """He sends back revision 2; 3 is withdrawn by the school; 4 comes: he has not seen 3."""
    key, first = county.key(), county.filed()
    county.submit(again(first, 3))
    county.send_back()
    county.submit(again(first, 4))
    county.do(Withdraw, county.clerk(county.CENTRAL), "还要改")(key)
    county.submit(again(first, 5))

    assert looked_at(key, county.OFFICE.name, 4) == 2
    # Who has not dealt with it is shown what changed since somebody did.
    assert looked_at(key, OTHER.name, 4) == 2
    workspace = county.standing.workspace()
    (changed,) = changed_since(workspace, key, 2, handed_in(workspace, key))
    assert (changed.before, changed.now) == ("3", "5")


def test_who_looked_later_is_shown_less(county):
    key, first = county.key(), county.filed()
    county.submit(again(first, 3))
    county.send_back()
    county.submit(again(first, 4))
    county.do(Review, OTHER)(key)
    county.do(
        SendBack, OTHER, "再改", remarks=[Remark("再核对", "students", "G1", "enrolled", "B4")]
    )(key)
    county.submit(again(first, 5))

    assert looked_at(key, OTHER.name, 4) == 3
    assert looked_at(key, county.OFFICE.name, 4) == 2


def again(first, number):
    """The school's first return with another number in one cell."""
    return with_cells(first, {CELL: number})
