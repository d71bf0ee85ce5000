"""What would move, said before anything is handed in, is what moves once it is accepted."""

from __future__ import annotations

from random import Random

import pytest
from working_county import with_cells

from xianxue.bureau.assessment.differences import changed_verdicts
from xianxue.bureau.indicators.differences import changed_figures
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import publish
from xianxue.desk.standing.advance import AdvancedRiver
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.forward import forward
from xianxue.desk.standing.sentences import changed_sentences, sentences
from xianxue.desk.standing.suppose import suppose
from xianxue.desk.standing.supposed import edited


def accepted(county, filed) -> tuple[Counted, Counted]:
    """The county before a return was accepted and after, both counted in full.

    Before, that is what the standing holds: it had nothing to go on from (``test_advance.py`` and
    ``test_standing.py`` hold what it holds against a county opened anew).
    """
    before = county.standing.counted(county.period)
    assert not isinstance(before.river, AdvancedRiver)
    county.collect(filed)
    return before, Counted(county.fresh)


def holds(county, filed):
    """Everything that is said to move is what has moved, and nothing else; all figures too."""
    said = county.standing.forward(filed)
    supposed = suppose(county.standing.counted(county.period), filed)
    before, after = accepted(county, filed)
    assert list(supposed.year.figures.items()) == list(after.figures.items())
    assert supposed.year.facts == after.river.joined.facts
    moved = changed_figures(before.figures, after.figures)
    assert {one.key: one for one in said.figures} == {one.key: one for one in moved}
    assert len(said.figures) == len(moved)
    turned = {}
    for name in before.shelf.standards:
        old, new = before.assessment(name), after.assessment(name)
        changes = changed_verdicts(old, new)
        if changes or old.verdict is not new.verdict:
            turned[name] = (old.verdict, new.verdict, tuple(changes))
    assert {one.standard: (one.before, one.after, one.findings) for one in said.standards} == turned
    assert {
        (one.indicator, one.place, one.stage, one.slice): (one.before, one.after, one.of)
        for one in said.ranks
    } == ranks_moved(before, after)
    printed = [
        change
        for name, card in before.shelf.reports.items()
        for change in changed_sentences(
            name, card.term, sentences(before.document(name)), sentences(after.document(name))
        )
    ]
    assert list(said.sentences) == printed
    return said


def ranks_moved(before, after):
    """By hand: each place's rank among all of its level is one more than are better."""

    def ranks(counted):
        groups = {}
        for one in counted.figures.values():
            level = counted.register[one.place].level
            card = counted.shelf.indicators[one.indicator]
            if level != "county" and card.kind != "rank" and one.period == counted.period.code:
                groups.setdefault((one.indicator, one.stage, one.slice, level), []).append(one)
        found, many = {}, {}
        for (indicator, stage, slice_of, _), figures in groups.items():
            lowest = counted.shelf.indicators[indicator].direction == "lower_is_better"
            values = {
                one.place: order_of(one.value) * (1 if lowest else -1)
                for one in figures
                if one.value is not None
            }
            for one in figures:
                mine = values.get(one.place)
                rank = None if mine is None else 1 + sum(v < mine for v in values.values())
                level = counted.register[one.place].level
                found[indicator, one.place, stage, slice_of] = rank
                many[indicator, level, stage, slice_of] = len(values)
        return found, many

    (old, many), (new, more) = ranks(before), ranks(after)
    moved = {}
    for key in {*old, *new}:
        indicator, place, stage, slice_of = key
        group = (indicator, before.register[place].level, stage, slice_of)
        if old.get(key) != new.get(key):
            moved[key] = (old.get(key), new.get(key), (many.get(group, 0), more.get(group, 0)))
    return moved


def some_change(filed, chance):
    """Other numbers in some cells: more, fewer, none, not answered, does not apply."""
    places = [
        (sheet, row.code, name)
        for sheet, rows in filed.tables.items()
        for row in rows
        for name, cell in row.cells.items()
        if isinstance(cell.value, int) and sheet not in {"basic", "classes"}
    ]
    wanted = chance.sample(places, chance.choice([1, 1, 2, 5, 40]))
    values = [
        lambda v: v + chance.randint(1, 9),
        lambda v: max(0, v - chance.randint(1, 9)),
        lambda v: v * 10,
        lambda _: 0,
        lambda _: Missing.NOT_ANSWERED,
        lambda _: Missing.NOT_APPLICABLE,
    ]
    tables = {
        sheet: tuple(
            Row(
                row.code,
                {
                    name: Cell(chance.choice(values)(cell.value))
                    if (sheet, row.code, name) in wanted
                    else cell
                    for name, cell in row.cells.items()
                },
            )
            for row in rows
        )
        for sheet, rows in filed.tables.items()
    }
    return replace(filed, tables=tables, revision=0, digest="", file="改.xlsx")


def test_one_more_teacher_is_followed_to_the_end(county):
    """By hand: the central school has 2 of physical education, 1 of music, 1 of art for 600 pupils:
    4 are 0.666… per hundred, 5 are 0.833…; the county's primary pupils stay the same."""
    filed = county.changed({"staff/primary/physical_education": 3})
    said = holds(county, filed)
    (cell,) = said.cells
    assert (cell.sheet, cell.row, cell.field) == ("staff", "primary", "physical_education")
    assert (cell.before, cell.after) == (2, 3)
    moved = {one.key: one for one in said.figures}
    own = moved[f"physical_arts_teachers/{county.CENTRAL}/primary/{county.period.code}"]
    assert (own.before.numerator, own.after.numerator) == (4, 5)
    assert own.before.denominator == own.after.denominator == 600
    assert {one.before.place for one in said.figures} <= {county.CENTRAL, "639800100", "639800"}
    assert said.ranks == () or all(one.before != one.after for one in said.ranks)


def test_the_return_that_stands_moves_nothing(county):
    assert forward(county.standing.counted(county.period), county.changed({})).nothing


def test_what_is_written_otherwise_and_says_the_same_moves_nothing(county):
    filed = county.filed()
    tables = {
        sheet: tuple(
            Row(row.code, {name: replace(cell, written=f" {cell.written}", address="Z99")
                           for name, cell in row.cells.items()})
            for row in rows
        )
        for sheet, rows in filed.tables.items()
    }  # fmt: skip
    assert forward(county.standing.counted(county.period), replace(filed, tables=tables)).nothing


def test_cells_may_be_named_instead_of_a_workbook(county):
    """Edited in the grid, a cell moves the same as in an uploaded workbook."""
    counted = county.standing.counted(county.period)
    uploaded = county.changed({"staff/primary/physical_education": 3})
    typed = edited(county.filed(), {("staff", "primary", "physical_education"): 3})
    assert forward(counted, typed).figures == forward(counted, uploaded).figures


def test_a_return_that_was_missing_comes(county):
    """What hid the county's numbers is there again; verdicts that could not be made are made."""
    again = county.changed({})
    county.send_back()
    said = holds(county, again)
    key = f"classes_within_norm/639800/primary/{county.period.code}"
    moved = {one.key: one for one in said.figures}
    assert moved[key].before.value is None
    assert moved[key].after.value is not None


def test_a_hidden_number_hides_what_stands_above_it(county):
    said = holds(county, county.changed({"students/G1/enrolled": Missing.NOT_ANSWERED}))
    assert any(one.after.value is None and one.after.place == "639800" for one in said.figures)


def test_a_small_school_that_grows_comes_to_count(county):
    """The hamlet's pupils decide whether it counts in the standard at all: 100 is the line."""
    cells = {f"students/G{grade}/enrolled": 60 for grade in range(1, 5)}
    filed = county.filed(county.SMALL)
    there = {f"students/{row.code}/enrolled" for row in filed.tables["students"]}
    said = holds(
        county, county.changed({k: v for k, v in cells.items() if k in there}, county.SMALL)
    )
    assert said.figures


def test_the_countys_own_return_moves_the_countys_figures(county):
    filed = county.filed("639800", county.COUNTY_FORM)
    sheet, row, name = next(
        (sheet, row.code, name)
        for sheet, rows in filed.tables.items()
        for row in rows
        for name, cell in row.cells.items()
        if sheet == "population" and isinstance(cell.value, int)
    )
    cells = {f"{sheet}/{row}/{name}": 123_456}
    said = holds(county, county.changed(cells, "639800", county.COUNTY_FORM))
    assert {(one.after or one.before).place for one in said.figures} == {"639800"}


def test_a_target_is_held_against_what_would_be(county):
    """The share of classes within the norm has a target: its sentence and its figure move."""
    county.set_target("85%")
    lines = county.filed().tables["classes"]
    cells = {f"classes/{row.code}/pupils": 60 for row in lines[:3]}
    assert holds(county, county.changed(cells)).figures


@pytest.mark.parametrize("seed", [0, 5, 7])
def test_whatever_is_changed_what_is_said_is_what_happens(county, seed):
    chance = Random(seed)  # noqa: S311 - a seed, so that a failure comes again
    place = chance.choice([county.CENTRAL, county.NINE, county.MIDDLE, county.SMALL, "639800"])
    form = county.COUNTY_FORM if place == "639800" else county.FORM
    holds(county, some_change(county.filed(place, form), chance))


@pytest.mark.parametrize("seed", range(2))
def test_a_correction_of_last_year_moves_this_years_growth(county, seed):
    """What grows on last year's numbers moves, with its sentences; this year's returns stay."""
    last = Period.parse("2024-2025")
    stands = Counted(River(county.standing.workspace(), last)).base.returns
    filed = stands[county.FORM, county.CENTRAL]
    chance = Random(seed)  # noqa: S311 - a seed, so that a failure comes again
    corrected = some_change(filed, chance) if seed else replace(
        with_cells(filed, {"students/G1/enrolled": 150}), file="更正.xlsx")  # fmt: skip
    said = county.standing.forward(corrected)
    before, after = accepted(county, corrected)
    moved = changed_figures(before.figures, after.figures)
    later = {one.period: one for one in said.later}
    mine = later[county.period.code].figures if county.period.code in later else ()
    assert {one.key: one for one in mine} == {one.key: one for one in moved}
    if not seed:
        assert mine
        printed = [
            change
            for name, card in before.shelf.reports.items()
            for change in changed_sentences(
                name, card.term, sentences(before.document(name)), sentences(after.document(name))
            )
        ]
        assert list(later[county.period.code].sentences) == printed


def test_a_correction_of_a_year_that_was_published_moves_nothing_later(county):
    """Growth is counted on what was published of last year, until that is published again."""
    last = Period.parse("2024-2025")
    publish(county.standing.workspace(), last, actor=county.LEADER, why="上学年")
    stands = Counted(River(county.standing.workspace(), last)).base.returns
    corrected = with_cells(stands[county.FORM, county.CENTRAL], {"students/G1/enrolled": 150})
    before = dict(county.fresh.figures)
    said = county.standing.forward(corrected)
    assert said.figures
    assert said.later == ()
    county.collect(corrected)
    assert changed_figures(before, dict(county.fresh.figures)) == []
