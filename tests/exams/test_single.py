"""Who is near a line, and pupils' T, by hand."""

from datetime import date

import pytest
from invented_marks import CARD, HEIGHTS, drawn, frame
from national import national

from xianxue.bureau.exams.analysis import analyse
from xianxue.bureau.exams.columns import Why
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.heights import Height, lines_of
from xianxue.bureau.exams.single import near_line, with_t
from xianxue.desk.stores.engines import POLARS, duckdb_engine

SCHEMES = national().shelf.schemes
REST = {"chemistry": Why.NOT_CHOSEN, "art": Why.NOT_CHOSEN}
P = {**REST, "track": "p", "history": Why.OTHER_TRACK}
H = {**REST, "track": "h", "physics": Why.OTHER_TRACK}


def worked(table, engine=POLARS):
    on = date(2026, 1, 1)
    return analyse(engine, CARD, SCHEMES, table.lazy(), on=on, heights=HEIGHTS, derive=False)


def test_five_points_on_either_side_are_near_and_the_line_itself_is_reached():
    totals = [24499, 24500, 24999, 25000, 25500, 25501]
    rows = [{**P, "chinese": total - 10000, "physics": 10000} for total in totals]
    # The other track's line is ten points lower.
    rows.append({**H, "chinese": 14000, "history": 10000})
    rows.append({**P, "chinese": Why.ABSENT, "physics": 10000})
    heights = [Height(line="first", track="p", total=25000), HEIGHTS[1]]
    found = rows_of(near_line(POLARS, CARD, worked(frame(rows)).pupils, heights))
    assert [(one["row"], one["off"]) for one in found] == [
        (4, 0),
        (7, 0),
        (3, -1),
        (2, -500),
        (5, 500),
    ]


def test_t_of_the_own_track_and_of_all():
    rows = [{**P, "chinese": mark, "physics": 0} for mark in (6000, 8000)]
    rows += [{**H, "chinese": 14000, "history": 0}]
    lines = worked(frame(rows)).pupils
    lines = with_t(POLARS, CARD, lines, "total", by_track=True)
    lines = with_t(POLARS, CARD, lines, "m.chinese", by_track=False)
    found = rows_of(lines.sort("row"))
    # Alone in a track nobody has a T; of 60, 80 and 140 the deviation is √(10400 ÷ 9) = 33.993.
    assert [one["t.total"] for one in found] == [4000, 6000, None]
    assert [one["t.m.chinese"] for one in found] == [4019, 4608, 6373]


@pytest.mark.parametrize("school", ["a", "b"])
def test_the_classes_of_a_school_add_up_to_it_and_are_those_of_all(school):
    analysis = worked(drawn(3, 200))
    classes = analysis.by_class(school)
    (mine,) = [one for one in analysis.by_school() if one.keys["school"] == school]
    for name, whole in mine.counts.items():
        if not name.endswith((":min", ":max")):
            assert sum(one[name] for one in classes) == whole
    everywhere = analysis.by("school", "class")
    assert classes == [one for one in everywhere if one.keys["school"] == school]


def test_duckdb_finds_the_same_pupils_and_the_same_t():
    table, engine = drawn(5, 300), duckdb_engine()
    found = []
    for who in (POLARS, engine):
        analysis = worked(table, who)
        lines = with_t(who, CARD, analysis.pupils, "total", by_track=True)
        heights = lines_of(analysis.heights)["first"]
        near = rows_of(near_line(who, CARD, analysis.pupils, heights))
        found.append((near, rows_of(lines.select("row", "t.total").sort("row"))))
    assert found[0] == found[1]
    assert found[0][0]
