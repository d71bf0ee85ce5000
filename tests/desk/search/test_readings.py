"""Names as people type them: characters with several readings, half-typed syllables, initials."""

from __future__ import annotations

import pytest

from xianxue.desk.search.matching import BEGINS_READ, READ, Names, score
from xianxue.desk.search.readings import fit, folded, reading_of


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("重庆路小学", "chongqinglu"),  # by the dictionary of phrases
        ("重庆路小学", "cqlxx"),
        ("长乐中学", "changle"),
        ("乐清中学", "yueqing"),
        ("音乐学校", "yinyue"),
        ("快乐幼儿园", "kuaile"),
        ("解放路幼儿园", "jiefang"),
        ("朝阳小学", "cyxx"),  # both readings are in use
        ("朝阳小学", "zyxx"),
        ("单县第一中学", "sxdyzx"),  # a county's own reading, which no dictionary of words has
        ("六安路小学", "lalxx"),
        ("行知学校", "xzxx"),
        ("吕梁路小学", "lvliang"),  # ü as on the keyboard, and as most people write it
        ("吕梁路小学", "luliang"),
    ],
)
def test_a_name_is_read_in_every_usual_way(name, typed):
    assert score(typed, Names.of(name)) in {READ, BEGINS_READ}


@pytest.mark.parametrize("typed", ["cqlx", "chqlxx", "chongqlxx", "cqingluxxue"])
def test_each_character_may_be_begun_only(typed):
    assert fit(typed, reading_of("重庆路小学")) is not None


@pytest.mark.parametrize("typed", ["qc", "cxlx", "chongx", "cqlxxx", "xx9"])
def test_letters_that_do_not_read_it_do_not(typed):
    assert fit(typed, reading_of("重庆路小学")) is None


def test_a_long_name_of_likes_is_no_trap():
    """Every character reads in several ways: what does not fit is refused at once all the same."""
    assert (
        fit("cccccccccccccccccccx", reading_of("重长重长重长重长重长重长重长重长重长重长")) is None
    )


def test_widths_blanks_and_numerals_make_no_difference():
    assert folded("第１ 小学") == folded("第一小学") == folded(" 第1小學 ".replace("學", "学"))
