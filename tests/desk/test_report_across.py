"""What sections of a report say otherwise of one quantity; and that nothing else is called so."""

from __future__ import annotations

import pytest
from national import national

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.desk.report.across import Across, across
from xianxue.desk.report.live import Flat

TABLE = "表1 学校数\n学校类别\t学校（所）\n小学\t22\n初中\t8\n合计\t30"


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return Lexicon.of(national().shelf.wordlists.values())


def between(words: Lexicon, *texts: str) -> tuple[Across, ...]:
    return across({f"节{at}": Flat(text, (), ()) for at, text in enumerate(texts, 1)}, words)


def test_what_a_table_of_another_section_tells_otherwise_is_proved(words):
    (one,) = between(words, TABLE, "全县小学24所。")

    assert one.certain
    assert one.sections == ("节2", "节1")
    assert [each.numbers for each in one.said] == [("24所",), ("22所",)]
    assert between(words, TABLE, "全县小学22所。") == ()


def test_within_one_section_it_is_that_sections_own_matter(words):
    assert between(words, f"{TABLE}\n全县小学24所。", "别的话。") == ()


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        ("全县支教教师37人。", "全县支教教师共有42人。", ["37人", "42人"]),
        ("我县寄宿生3.2万人。", "全县现有寄宿生35000人。", ["3.2万人", "35000人"]),
        ("全县营养餐覆盖率95%。", "工作扎实，全县营养餐覆盖率达到97.5%。", ["95%", "97.5%"]),
    ],
)
def test_the_same_words_with_other_numbers_are_shown_as_a_doubt(words, one, other, numbers):
    (found,) = between(words, one, other)

    assert not found.certain
    assert [each.numbers for each in found.said] == [(number,) for number in numbers]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全县支教教师37人。", "全县支教教师37名。"),
        # One was rounded: 3.2万 may be 31 950.
        ("全县寄宿生3.2万人。", "全县寄宿生31950人。"),
        # Another year, a change, a plan, a part: nobody contradicts anybody.
        ("全县支教教师37人。", "2024年，全县支教教师42人。"),
        ("全县支教教师37人。", "比上年，全县支教教师多42人。"),
        ("全县支教教师37人。", "明年力争全县支教教师42人。"),
        ("全县支教教师37人。", "其中支教教师12人。"),
        ("全县支教教师37人。", "全县小学支教教师12人。"),
        ("小学专任教师549人。", "初中专任教师330人。"),
        # Another unit is another thing.
        ("全县支教教师37人。", "全县支教教师42人次。"),
    ],
)
def test_what_may_be_another_thing_is_not_told(words, one, other):
    assert between(words, one, other) == ()
