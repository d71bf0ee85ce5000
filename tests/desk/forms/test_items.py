"""What is asked, of whom, and what for: against counts by hand and against the cards."""

from __future__ import annotations

import pytest
from national import national

from xianxue.bureau.returns.basis.duplicates import cells_asked
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.forms.designing import Box, Design, Leaf, card_of
from xianxue.desk.forms.items import Item, burden_of, items_of
from xianxue.desk.forms.uses import Used
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

SHELF = national().shelf


@pytest.fixture(scope="module")
def used() -> Used:
    return Used(SHELF)


def test_a_field_is_used_by_what_names_it_and_by_all_that_rests_on_that(used):
    books = used.of("premises.books")
    assert "books_per_pupil" in books.indicators
    assert "spread_books_per_pupil" in books.further
    # The deaths of a year stand in two checks and in nothing else.
    deaths = used.of("students.deaths")
    assert len(deaths.checks) == 2
    assert not deaths


def test_a_condition_and_a_row_are_uses_too(used):
    # 音乐教室 are counted among special rooms by their kind; the lines of classes are counted.
    assert "music_rooms_per_12_classes" in used.of("special_rooms.kind").indicators
    assert "classes_total" in used.of("classes").indicators
    assert used.of("monitoring.level").standards == ("balance_quality",)


def test_whatever_a_judged_indicator_is_made_of_is_used_by_its_standard(used):
    for standard in SHELF.standards.values():
        for criterion in (*standard.criteria, *standard.spread):
            for name in used.of_indicator(criterion.indicator):
                assert standard.standard in used.of(name).standards


def test_nothing_names_a_field_that_is_not_there(used):
    assert not used.of("students.nothing")
    assert used.of_indicator("nothing") == frozenset()


def test_the_cells_of_all_items_are_the_cells_all_places_fill_in(demo_items):
    workspace, items = demo_items
    period = workspace.period(None)
    day, codes = period.reference_day, workspace.shelf.codes
    for form in workspace.shelf.forms.values():
        places = workspace.register.schools(day)
        if form.filed_by == "county":
            places = [workspace.register.county]
        asked = sum(cells_asked(form, place, day, codes) for place in places)
        assert sum(one.cells for one in items if one.form.form == form.form) == asked


def test_only_kindergartens_are_asked_what_kindergartens_have(demo_items):
    _, items = demo_items
    by_name = {one.reference: one for one in items}
    # Counted in places.csv: 41 kindergartens and three schools with a class for small children.
    assert by_name["kindergarten.books"].places == 44
    assert by_name["premises.books"].places == 25
    assert by_name["basic.name"].places == 66
    assert not any(one.twice for one in items)


@pytest.fixture(scope="module")
def demo_items(tmp_path_factory) -> tuple[Workspace, list[Item]]:
    """The example county's items; its register is all that is needed of it."""
    folder = tmp_path_factory.mktemp("items")
    lay_out_example(folder, Example.open("demo_county"))
    workspace = Workspace.open(folder)
    return workspace, items_of(workspace, workspace.period(None))


@pytest.mark.parametrize(("mark", "spared", "twice"), [(True, 22, 0), (False, 0, 22)])
def test_what_schools_are_spared_is_counted_by_hand(tmp_path, mark, spared, twice):
    """Counted in places.csv: 22 schools have a primary stage."""
    lay_out_example(tmp_path, Example.open("demo_county"))
    boxes = [Box(term="在校学生数", ident="pupils"), Box(term="近视学生数", ident="short")]
    text = card_of(Design(ident="eyes", term="表（虚构）",
                          leaves=[Leaf(stages=["primary"], boxes=boxes)]))  # fmt: skip
    if mark:
        text = text.replace('"pupils",', '"pupils", prefilled_from: students.enrolled,')
    (tmp_path / "local" / "eyes.yaml").write_text(text, encoding="utf-8")
    workspace = Workspace.open(tmp_path)
    items = items_of(workspace, workspace.period(None))

    before = burden_of([one for one in items if one.form.form != "eyes"])
    found = burden_of(items)

    assert (found.spared, found.twice) == (spared, twice)
    assert found.cells - before.cells == 22 + twice
