"""What assessment finds lacking is opened once, closed only by recomputing, and opened again."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding, Shortfall, Verdict
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.follow_findings import FollowFindings
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.indicators.lacking import amount
from xianxue.desk.ledgers.entries import every_entry
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.workspace import Workspace

SCHOOL = "2163980001"
CLERK = Actor("业务员（虚构）", "office_clerk")
LEDGER = "assessment_findings"


def lacking(quantity: int) -> Finding:
    """Two art teachers, one, or none are lacking."""
    met = quantity == 0
    return Finding(
        standard="balance_resources",
        criterion="arts_teachers",
        term="体育艺术教师",
        place=SCHOOL,
        stage=Stage.PRIMARY,
        figure=None,
        shown="0.95" if met else "0.70",
        threshold=Fraction(9, 10),
        rule="at_least",
        verdict=Verdict.MET if met else Verdict.NOT_MET,
        lacking=None if met else Shortfall(quantity, "person", "体育艺术教师"),
    )


def judged(*findings: Finding, standard: str = "balance_resources") -> Assessment:
    return Assessment(
        standard=standard,
        term="优质均衡资源配置",
        period="2025-2026",
        on="2025-09-01",
        verdict=Verdict.NOT_MET,
        findings=findings,
        spread=(),
    )


@pytest.fixture
def follow(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    workspace = Workspace.open(folder)
    ground = open_ground(workspace)
    ledger = workspace.shelf.ledgers[LEDGER]

    def on(day: date, *findings: Finding, standard: str = "balance_resources"):
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        return FollowFindings(ground, ledger, CLERK, at, amount)(
            judged(*findings, standard=standard)
        )

    on.step = lambda number, step, day, carried: StepEntry(  # type: ignore[attr-defined]
        ground, ledger, CLERK, datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    )(number, step, day, carried)
    return on


def test_two_standards_share_a_ledger_and_each_closes_its_own_alone(follow):
    own = lacking(2)
    other = replace(own, standard="preschool_universal", criterion="rooms", term="活动室")
    assert len(follow(day(3, 2), own).opened) == 1
    # The other standard's lack is an entry of its own, with its owner and its day.
    found = follow(day(3, 3), other, standard="preschool_universal")
    assert len(found.opened) == 1
    first, second = every_entry(LEDGER)
    assert (first.fields["criterion"], second.fields["criterion"]) == ("体育艺术教师", "活动室")
    assert second.fields["owner"]
    assert second.fields["due_on"] == (day(3, 3) + timedelta(days=180)).isoformat()
    # Met by one standard: the other's entry stays open, until that is recomputed as met, too.
    met = replace(other, verdict=Verdict.MET, lacking=None, shown="1")
    assert follow(day(4, 2), met, standard="preschool_universal").closed == [second.number]
    assert [one.state for one in every_entry(LEDGER)] == ["lacking", "met"]
    assert follow(day(4, 3), lacking(0)).closed == [first.number]


def test_every_standard_of_the_catalogue_has_a_ledger_for_what_it_finds_lacking():
    shelf = national().shelf
    taken = [
        one for card in shelf.ledgers.values() if card.findings for one in card.findings.standards
    ]
    assert sorted(taken) == sorted(shelf.standards)


YEAR = date.today().year + 1  # noqa: DTZ011 - after whatever the example's journal tells of


def day(month: int, number: int) -> date:
    return date(YEAR, month, number)


def test_an_entry_is_opened_once_closed_when_met_and_opened_again_when_lacking(follow):
    first = follow(day(1, 5), lacking(2))
    (number,) = first.opened
    (entry,) = every_entry(LEDGER)
    assert entry.place == SCHOOL
    assert entry.fields["quantity"] == 2
    assert entry.fields["stage"] == "primary"
    assert "还缺2名体育艺术教师" in str(entry.fields["problem"])
    # 180 days from 5 January: 26 + 28 + 31 + 30 + 31 + 30 = 176 to 30 June, and four more.
    leap = YEAR % 4 == 0
    assert entry.fields["due_on"] == day(7, 3 if leap else 4).isoformat()

    same = follow(day(1, 6), lacking(2))
    assert (same.opened, same.unchanged, len(every_entry(LEDGER))) == ([], [number], 1)

    less = follow(day(2, 2), lacking(1))
    assert less.again == [number]
    assert every_entry(LEDGER)[0].fields["quantity"] == 1

    met = follow(day(3, 2), lacking(0))
    assert met.closed == [number]
    assert every_entry(LEDGER)[0].state == "met"
    assert follow(day(3, 3), lacking(0)).unchanged == [number]

    worse = follow(day(4, 1), lacking(3))
    assert (worse.reopened, worse.opened) == ([number], [])
    (entry,) = every_entry(LEDGER)
    assert entry.state == "lacking"
    assert [one.step for one in entry.history] == ["record", "again", "meet", "reopen"]


def test_what_was_never_lacking_and_what_cannot_be_judged_open_nothing(follow):
    unknown = replace(lacking(1), verdict=Verdict.UNDETERMINED)
    found = follow(day(1, 5), unknown, replace(lacking(0), criterion="rooms"))
    assert (found.opened, every_entry(LEDGER)) == ([], [])


def test_nobody_closes_it_by_saying_that_it_is_mended(follow):
    (number,) = follow(day(1, 5), lacking(2)).opened
    said = Carried(given={"recomputed": "够了"}, why="已补齐")
    with pytest.raises(ComplaintsError) as refused:
        follow.step(number, "meet", day(1, 6), said)
    assert refused.value.issues[0].code == "L-RECOMPUTED"
    assert every_entry(LEDGER)[0].state == "lacking"
