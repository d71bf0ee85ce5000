"""Who rests on whom among the cards, and which of their values hold on a day."""

from __future__ import annotations

from datetime import date

import pytest
from national import national

from xianxue.desk.cards.library import Held, Library, library_of
from xianxue.desk.cards.values import dated_values
from xianxue.desk.workspace import Workspace


def held(kind, name, **data):
    said = {kind: name, "term": name, **data}
    return Held(
        kind=kind, name=name, term=name, file="x.yaml", first=1, text="", own=False, data=said,
        seen=(),
    )  # fmt: skip


@pytest.fixture
def river():
    """A form, an indicator counted from it, a standard on that, an outline on the standard."""
    cards = [
        held("form", "yearly", sheets=[{"sheet": "students", "fields": [{"field": "boys"}]}]),
        held("indicator", "share", numerator={"sum": ["students.boys"]}, note="yearly"),
        held("standard", "least", criteria=[{"indicator": "share"}]),
        held("outline", "summary", sections=[{"standard": "least"}]),
        held("indicator", "alone", unit="share"),
    ]
    return Library({card.key: card for card in cards})


def test_a_form_is_used_by_what_is_counted_from_its_sheets(river):
    assert river.used_by["form", "yearly"] == {("indicator", "share")}
    assert river.uses["standard", "least"] == {("indicator", "share")}


def test_what_rests_on_a_form_by_way_of_others_is_found_nearest_first(river):
    assert river.far_users(("form", "yearly")) == [("standard", "least"), ("outline", "summary")]


def test_what_people_read_names_nothing(river):
    """The unit and the note of a card are words, even where they are another's id."""
    assert river.uses["indicator", "alone"] == frozenset()
    assert ("form", "yearly") in river.uses["indicator", "share"]
    assert river.used_by.get(("indicator", "alone")) is None


def test_of_dated_values_those_of_the_day_hold():
    first, last = dated_values(
        {
            "criteria": [
                {
                    "term": "班额",
                    "values": [
                        {"from": date(2012, 1, 1), "to": date(2016, 12, 31), "value": 50},
                        {"from": date(2017, 1, 1), "value": 45, "stage": "primary",
                         "when": {"school_type": ["211", "0"], "basic.planned_year": {"at_most": 2010},
                                  "unknown": "x"},
                         "source": "d", "seen": "unverified"},
                    ],
                }
            ]
        },
        national().shelf,
    )  # fmt: skip
    assert (first.where, first.value, last.value) == ("班额", "50", "45")
    assert [one.in_force(date(2016, 12, 31)) for one in (first, last)] == [True, False]
    assert [one.in_force(date(2017, 1, 1)) for one in (first, last)] == [False, True]
    assert last.when == "小学，办学类型 小学、0，规划设计年份 ≤ 2010，unknown x"
    assert last.seen.doubtful


def test_every_card_of_a_workspace_is_cut_out_of_its_file_whole(four_schools):
    library = library_of(Workspace.open(four_schools))
    form = library.cards["form", "school_annual"]
    assert form.text.startswith("form: school_annual")
    assert not form.own
    for card in library.cards.values():
        head = card.text.splitlines()[0].lstrip("- ")
        assert head.startswith(f"{card.kind}: "), card.key
        assert card.name in head
