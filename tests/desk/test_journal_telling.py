"""Lines of the journal in their parts: found by word, person, deed and day, counted, told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.review import Review
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.telling import Lines, Wanted, detail_of, terms_of
from xianxue.desk.models import JournalLine


@pytest.fixture
def told(desk):
    """Six lines: two schools' returns submitted, reviewed, approved."""
    for place in (desk.EAST, desk.WEST):
        desk.submit(40, place)
        desk.do(Review, desk.office())(desk.key(place))
        desk.do(Approve, desk.office(), "核对无误")(desk.key(place))
    return desk


def numbers(desk, **wanted):
    return [line.number for line in Lines(desk.ground, Wanted(**wanted))]


def test_the_newest_line_comes_first_and_a_part_is_a_part_of_the_whole(told):
    lines = Lines(told.ground, Wanted())
    assert [line.number for line in lines] == [6, 5, 4, 3, 2, 1]
    assert len(lines) == 6
    assert [line.number for line in lines[2:4]] == [4, 3]
    assert lines[0].number == 6


def test_each_question_leaves_the_lines_that_answer_it(told):
    assert numbers(told, asked=Asked(place=told.WEST)) == [6, 5, 4]
    assert numbers(told, asked=Asked(actor=told.CLERK)) == [4, 1]
    assert numbers(told, deed="returns.approve") == [6, 3]
    assert numbers(told, words=("核对无误",)) == [6, 3]
    assert numbers(told, words=("核对无误", "没有这个词")) == []
    assert numbers(told, words=("西村",), meant=((told.WEST,),)) == [6, 5, 4]
    assert numbers(told, words=("通过",), terms=(("returns.approve",),)) == [6, 3]
    assert numbers(told, words=("5",), asked=Asked(place=told.EAST)) == [3, 2, 1]
    tomorrow = date(2025, 9, 20) + timedelta(days=1)
    assert numbers(told, asked=Asked(since=tomorrow)) == []


def test_counts_add_up_to_the_lines(told):
    lines = Lines(told.ground, Wanted())
    assert lines.counts("place") == [(told.EAST, 3), (told.WEST, 3)]
    assert sum(many for _, many in lines.counts("deed")) == len(lines)


def test_a_line_is_told_in_words(told):
    (line,) = Lines(told.ground, Wanted(deed="returns.approve", asked=Asked(place=told.EAST)))
    assert (line.by, str(line.role), str(line.term)) == ("赵六（虚构）", "股室业务员", "审核通过")
    assert str(line.subject).startswith("东村小学《学校年度报表》")
    assert line.why == "核对无误"
    assert str(terms_of(told.ground)["returns.approve"]) == "审核通过"


def test_a_line_knows_whether_it_is_as_it_was_written(told):
    assert detail_of(told.ground, 3).whole
    assert detail_of(told.ground, 3).last == 6
    assert detail_of(told.ground, 7) is None
    row = JournalLine.objects.get(number=3)
    row.why = "别的理由"
    assert not row.whole()
