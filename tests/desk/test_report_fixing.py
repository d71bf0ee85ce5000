"""What the auditor's verdicts offer: the right number in its place, and back again to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.showing.marked import Marked
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.report.editing import Names, typed
from xianxue.desk.audit.comparison import Against
from xianxue.desk.report.fixing import OPEN, Offer, Speaker, noted, offers, replaced, undone
from xianxue.desk.report.live import Flat, put_together, verdicts
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import standing

STAFF = "教师队伍"


@pytest.fixture(scope="module")
def counted(four_schools: Path) -> Counted:
    there = standing(four_schools)
    return there.counted(there.period())


@pytest.fixture(scope="module")
def outline(counted: Counted) -> Outline:
    return counted.shelf.outlines["annual_summary"]


@pytest.fixture(scope="module")
def speaker(counted: Counted, outline: Outline) -> Speaker:
    county = counted.register.county.code
    own = {one.key: one for one in counted.by_place[county]}
    context = counted.river.year.context(outline, counted.river.last_day, counted.attained)
    return Speaker(context, Names(outline, counted.shelf, own), own)


@pytest.fixture(scope="module")
def looked(counted, outline, speaker):
    """Hold a typed section against the county's figures: its print, its verdicts, the offers."""
    words = Lexicon.of(counted.shelf.wordlists.values())
    figures = Against.of(counted.river).figures

    def look(text: str) -> tuple[Flat, Marked, list[Offer]]:
        read = typed(speaker.context, speaker.names, text)
        put = put_together(counted.river, outline, {STAFF: read.text}, counted.attained)
        flat = put.flat(STAFF)
        told = verdicts(flat, words, figures)
        return flat, told, list(offers(text, flat, told.cards, speaker).values())

    return look


def now(speaker: Speaker, key: str) -> str:
    return speaker.figures[key].shown


def pupils(speaker: Speaker) -> str:
    return next(key for key in speaker.figures if key.startswith("pupils/") and "/primary/" in key)


@pytest.mark.parametrize(
    "text",
    [
        "小学在校生{wrong}人，办学稳定。",
        "先说别的。\n\n小学在校生 {wrong} 人。",
        "教职工{{全县教职工总数}}，小学在校生{wrong}人。",
    ],
)
def test_a_typed_number_that_differs_is_made_live_in_its_own_place(looked, speaker, text):
    key = pupils(speaker)
    text = text.format(wrong="987654")
    _, told, offered = looked(text)
    (one,) = [each for each in offered if each.token]
    assert told.cards[one.card].look == "differs"
    assert one.shown.startswith(now(speaker, key))

    fixed = replaced(text, one.at, one.old, one.token)
    assert fixed is not None
    flat, told, offered = looked(fixed)
    assert "987654" not in flat.text
    assert f"在校生{now(speaker, key)}人" in flat.text.replace(" ", "")
    assert "人人" not in flat.text
    assert not [each for each in told.cards if each.look == "differs"]
    assert undone(fixed, {"at": one.at, "old": one.old, "new": one.token}) == text


def test_a_live_number_is_offered_nothing(looked):
    _, told, offered = looked("教职工{全县教职工总数}。")

    assert told.cards
    assert offered == []


def test_what_no_figure_says_may_only_be_left_open(looked):
    text = "组织培训12345场。"
    _, _, offered = looked(text)

    assert [(one.token, one.old) for one in offered] == [("", "12345场")]
    left = replaced(text, offered[0].at, offered[0].old, OPEN)
    assert left == "组织培训［待补］。"
    assert undone(left, {"at": offered[0].at, "old": "12345场", "new": OPEN}) == text


def test_of_two_alike_numbers_each_is_found_where_it_stands(looked):
    text = "上学期培训55场。\n下学期培训55场。"
    _, _, offered = looked(text)

    assert sorted(one.at for one in offered) == [text.index("55"), text.rindex("55")]


def test_a_text_that_has_changed_meanwhile_is_left_alone():
    assert replaced("学校65所。", 2, "66所", OPEN) is None
    assert replaced("学校65所。", 2, "", OPEN) is None
    assert undone("学校多得很。", {"at": 2, "old": "66所", "new": OPEN}) is None
    # Twice in the text: nobody knows which is meant.
    twice = f"甲{OPEN}乙{OPEN}"
    assert undone(twice, {"at": 0, "old": "66所", "new": OPEN}) is None


@given(st.text("甲乙12｛\n", max_size=9), st.text("甲乙", max_size=5), st.text("丙3", max_size=4))
def test_undoing_gives_back_every_letter_whatever_is_typed_before_and_behind(before, behind, more):
    text = f"{before}66所{behind}"
    fixed = replaced(text, len(before), "66所", "{学校数＝65所}")
    assert fixed is not None
    step = {"at": len(before), "old": "66所", "new": "{学校数＝65所}"}

    assert undone(fixed, step) == text
    assert undone(more + fixed + more, step) == more + text + more
    # And when the live number is another one by now.
    assert undone(fixed.replace("65", "64"), step) == text


def test_the_oldest_steps_are_forgotten():
    steps: list = []
    for at in range(25):
        steps = noted(steps, at, "a", "b")

    assert [one["at"] for one in steps] == list(range(5, 25))
