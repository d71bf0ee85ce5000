"""数的来历: every number comes to itself again from its rows, and ends in cells and people."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from kit.workspaces import copied

from xianxue.bureau.records.trace import CellRef
from xianxue.desk.indicators.descent import Reach, descend
from xianxue.desk.indicators.pieces import PERSONAL, pieces_of
from xianxue.desk.indicators.shares import recombined
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import Standing

EVERY = 41
"""Of the figures of schools and townships every so many is asked: all of one take minutes."""


def kind_of(figure) -> tuple:
    """What the way down of a county's figure hangs on: its card, whether it is of a part of the
    county, and whether anything is missing or does not apply. Stages alike in all of it go the same
    way, so one of them is asked."""
    held = figure.coverage
    return (
        figure.indicator,
        figure.slice is None,
        figure.stage is None,
        figure.value is None,
        held.full,
        bool(held.not_applicable),
    )


@pytest.fixture(scope="module")
def standing(county, tmp_path_factory) -> Standing:
    return Standing(copied(county, tmp_path_factory.mktemp("descent")))


@pytest.fixture(scope="module")
def counted(standing) -> Counted:
    return standing.counted(standing.period())


@pytest.fixture(scope="module")
def everybody(counted) -> Reach:
    every = frozenset(place.code for place in counted.register)
    return Reach(every, every)


@pytest.fixture(scope="module")
def asked(counted) -> Iterator[list]:
    county = counted.register.county.code
    others = [one for one in counted.figures.values() if one.place != county]
    own = {kind_of(one): one for one in counted.figures.values() if one.place == county}
    # Ranks, and what is told of schools alone: one of each card that the county has no figure of.
    alone = {one.indicator: one for one in others} | {one.indicator: None for one in own.values()}
    every = [*own.values(), *filter(None, alone.values()), *others[::EVERY]]
    assert {one.indicator for one in every} == {one.indicator for one in counted.figures.values()}
    return every


def test_the_rows_of_a_number_of_every_card_come_to_it_by_its_own_formula(
    standing, counted, everybody, asked
):
    wrong: list[str] = []
    for figure in asked:
        down = descend(counted.river, counted.figures, figure, standing.ground(), everybody)
        if down.card.derived:
            # Made of other figures: each of them has its own way down.
            if figure.value is not None and not down.parts:
                wrong.append(figure.key)
        elif recombined(figure, down.card, down.shares) != figure.value:
            wrong.append(figure.key)
    assert wrong == []


def test_a_derived_number_leads_to_numbers_that_are_there(standing, counted, everybody, asked):
    derived = [one for one in asked if counted.shelf.indicators[one.indicator].derived]
    assert derived
    for figure in derived:
        down = descend(counted.river, counted.figures, figure, standing.ground(), everybody)
        for part in down.parts:
            period = standing.period(part.key.split("/")[3])
            assert part.key in standing.counted(period).figures, (figure.key, part.key)


def test_the_worst_school_stands_first_with_the_cells_that_somebody_typed(
    standing, counted, everybody
):
    figure = counted.figures["equipment_per_pupil/639900/primary/2025-2026"]
    down = descend(counted.river, counted.figures, figure, standing.ground(), everybody)
    first = down.shares.rows[0]
    # 693,048 yuan for 402 pupils, as the example county's workbook has it.
    assert (first.name, first.shown) == ("雪松乡中心小学", "1724.00")
    assert down.chosen is first
    meant = {
        (piece.tab, letter, line.number, spot.text)
        for piece in down.pieces
        for line in piece.lines
        for (letter, _), spot in zip(piece.columns, line.spots, strict=True)
        if spot is not None and spot.meant
    }
    assert ("校舍与设备", "D", 6, "693048") in meant
    assert {text for tab, *_, text in meant if tab == "学生"} == {"68", "69", "64"}
    (party,) = down.parties
    assert [step.deed for step in party.steps] == [
        "returns.submit",
        "returns.review",
        "returns.approve",
    ]
    assert [line.value for line in down.lines] == ["2000"]


def test_the_best_decimal_beside_a_line_never_contradicts_the_verdict(counted):
    # 2.297 of 2.3: two decimals would seem to meet it.
    (finding,) = counted.findings["multimedia_rooms/2163990001/primary/2025-2026"]
    assert (finding.shown, finding.verdict.value) == ("2.297", "not_met")


def test_what_is_out_of_reach_is_named_and_not_shown(standing, counted):
    own = "639900101"
    figure = counted.figures[f"pupils_all_rank/{own}/all/2025-2026"]
    reach = Reach(frozenset({own}), frozenset())
    down = descend(counted.river, counted.figures, figure, standing.ground(), reach)
    shown = {part.place: (part.open, part.shown, part.key) for part in down.parts}
    assert shown.pop(own)[0]
    assert shown
    assert set(shown.values()) == {(False, "", "")}


def test_without_the_right_to_see_returns_neither_cells_nor_people_are_told(standing, counted):
    school = "2163990016"
    figure = counted.figures[f"equipment_per_pupil/{school}/primary/2025-2026"]
    reach = Reach(frozenset({school}), frozenset())
    down = descend(counted.river, counted.figures, figure, standing.ground(), reach)
    assert down.pieces == ()
    assert [(party.open, party.file, party.steps) for party in down.parties] == [(False, "", ())]


def test_what_is_personal_is_masked_in_the_piece(counted):
    shelf = counted.shelf
    form = shelf.forms["school_annual"]
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(field, personal=field.field == "equipment_value")
                for field in sheet.fields
            ],
        )
        for sheet in form.sheets
    ]
    masked = msgspec.structs.replace(form, sheets=sheets)
    cell = CellRef(
        place="2163990016",
        form="school_annual",
        revision=1,
        file="",
        sheet="校舍与设备",
        cell="D6",
        field="premises.equipment_value",
        term="",
        value="",
    )
    (piece,) = pieces_of([cell], counted.river.holdings, {"school_annual": masked}, shelf.codes)
    texts = [spot.text for line in piece.lines for spot in line.spots if spot is not None]
    assert PERSONAL in texts
    assert "693048" not in texts
