"""A value changed for one county: what it moves is told before, and taking it back undoes all."""

from __future__ import annotations

import pytest

from xianxue.bureau.values.record import replace
from xianxue.desk.actions.cards.change_rule import ChangeRule
from xianxue.desk.cards.overlay import Wanted, card_of, items_of, laid
from xianxue.desk.indicators.preview import preview
from xianxue.desk.journal.verification import sentence
from xianxue.desk.models import JournalLine
from xianxue.desk.standing.overlaid import overlaid
from xianxue.desk.standing.standing import Standing
from xianxue.desk.workspace import ComplaintsError

STANDARD = "balance_resources"
STRICTER = Wanted(
    item="sports_area_per_pupil",
    value="12",
    first="2025-01-01",
    title="虚构县办学条件补充规定（虚构）",
    number="虚构教字〔2025〕3号",
    issuer="虚构县教育局",
    article="第三条",
    seen="own",
)


def primary(bureau, wanted: Wanted) -> Wanted:
    """The same change, of the value for primary schools."""
    items = {one.name: one for one in items_of(bureau.workspace.shelf, "standard", STANDARD)}
    (value,) = (one for one in items[wanted.item].values if one.for_whom == "小学")
    return replace(wanted, at=value.at)


def test_what_moves_is_what_counting_the_county_twice_says(bureau):
    wanted = primary(bureau, STRICTER)
    card = card_of(bureau.workspace, "standard", STANDARD, wanted)
    found = overlaid(Standing(bureau.root), "standard", STANDARD, card)
    with laid(card) as folder:
        whole = preview(bureau.workspace, [folder], None)
    assert whole.issues == found.issues == []
    assert whole.figures == []
    (mine,), (theirs,) = found.standards, whole.standards
    assert (mine.before, mine.after) == (theirs.before, theirs.after)
    assert list(mine.changes) == list(theirs.changes)
    # Only what is judged by that line, or jointly with it, for primary schools.
    assert mine.changes
    assert {one.after.stage.value for one in mine.changes if one.after and one.after.stage} == {
        "primary"
    }
    assert bureau.files().keys() == {"xianxue.toml"}


def test_a_line_of_an_indicator_moves_its_figures(bureau):
    wanted = Wanted(item="norm", value="20", first="2025-01-01", document="xianxue-own", seen="own")
    shelf = bureau.workspace.shelf
    (item,) = items_of(shelf, "indicator", "classes_within_norm")
    primary_line = next(one for one in item.values if one.for_whom == "小学")
    card = card_of(
        bureau.workspace, "indicator", "classes_within_norm", replace(wanted, at=primary_line.at)
    )
    found = overlaid(Standing(bureau.root), "indicator", "classes_within_norm", card)
    assert found.issues == []
    assert {one.after.indicator for one in found.figures if one.after} >= {"classes_within_norm"}


def test_a_change_is_in_force_with_its_line_and_can_be_taken_back(bureau):
    before = bureau.files()
    card = card_of(bureau.workspace, "standard", STANDARD, primary(bureau, STRICTER))
    place = bureau.do(ChangeRule, bureau.ADMIN, "市里要求")(card)
    assert place == "local/changes/own_sports_area_per_pupil.yaml"
    values = {
        one.name: one.values for one in items_of(bureau.workspace.shelf, "standard", STANDARD)
    }
    assert (values["sports_area_per_pupil"][0].value, values["sports_area_per_pupil"][0].local) == (
        "12",
        card.term,
    )
    assert "虚构教字〔2025〕3号" in values["sports_area_per_pupil"][0].citation
    said = sentence(JournalLine.objects.order_by("number").last(), bureau.ground)
    assert "改动本县规则" in said
    assert "7.5" in said
    assert "12" in said
    # A second change of the same value gets an id of its own, and lies over the first.
    more = card_of(
        bureau.workspace,
        "standard",
        STANDARD,
        primary_of_own(bureau, replace(STRICTER, value="13")),
    )
    assert more.ident == "own_sports_area_per_pupil_2"

    bureau.do(ChangeRule, bureau.ADMIN).undo(card.ident, card.term)

    assert bureau.files().keys() == before.keys()
    assert [deed for deed, _ in bureau.told()] == ["catalogue.overlay", "catalogue.undo"]
    again = {one.name: one.values for one in items_of(bureau.workspace.shelf, "standard", STANDARD)}
    assert all(not value.local for one in again.values() for value in one)


def primary_of_own(bureau, wanted: Wanted) -> Wanted:
    """The county's own value stands first."""
    assert items_of(bureau.workspace.shelf, "standard", STANDARD)
    return replace(wanted, at=0)


def refused(call, *words: object) -> str:
    with pytest.raises(ComplaintsError) as error:
        call(*words)
    return str(error.value)


def test_asking_for_less_needs_a_reason_and_the_right_person(bureau):
    laxer = primary(bureau, replace(STRICTER, value="6"))
    card = card_of(bureau.workspace, "standard", STANDARD, laxer)
    assert "放宽" in refused(bureau.do(ChangeRule, bureau.ADMIN), card)
    (issue,) = overlaid(Standing(bureau.root), "standard", STANDARD, card).issues
    assert (issue.file, issue.cell) == ("", "")
    why = card_of(bureau.workspace, "standard", STANDARD, replace(laxer, loosens="校舍在建"))
    assert refused(bureau.do(ChangeRule, bureau.CLERK), why)
    assert bureau.files().keys() == {"xianxue.toml"}
    assert bureau.do(ChangeRule, bureau.ADMIN)(why)


def test_a_change_written_by_hand_is_left_to_who_wrote_it(bureau):
    card = card_of(bureau.workspace, "standard", STANDARD, primary(bureau, STRICTER))
    bureau.do(ChangeRule, bureau.ADMIN)(card)
    assert "不在" in refused(bureau.do(ChangeRule, bureau.ADMIN).undo, "other", "别的")
    assert "不在" in refused(bureau.do(ChangeRule, bureau.ADMIN).undo, "../changes/own", "别的")
