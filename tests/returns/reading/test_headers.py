"""Which header means which field: surest first, and in doubt none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.reading.headers import (
    Matched,
    Words,
    match_heads,
    near_term,
    words_of,
    words_of_plan,
)
from xianxue.bureau.returns.sheets.by_identity import Same


def field(name: str, term: str, *synonyms: str) -> Field:
    return Field(field=name, term=term, type="integer", unit="person", synonyms=[*synonyms])


ENROLLED = field("enrolled", "在校生数", "学生总数", "在读人数")
GIRLS = field("girls", "其中：女生数", "女学生")
WORDS = words_of([ENROLLED, GIRLS])


def test_a_term_is_surest_its_core_next_a_synonym_last():
    assert WORDS.field_of("在校生数") == ("enrolled", "", 0)
    assert WORDS.field_of(" 在校 生数 ") == ("enrolled", "", 0)
    assert WORDS.field_of("*在校生数（人）") == ("enrolled", "人", 1)
    assert WORDS.field_of("学生总数") == ("enrolled", "", 2)
    assert WORDS.field_of("在读人数（万人）：") == ("enrolled", "万人", 2)
    assert WORDS.field_of("女生数") == ("girls", "", 1)
    assert WORDS.field_of("教师数") == ("", "", 0)
    assert WORDS.field_of("") == ("", "", 0)


def test_a_core_that_two_fields_share_means_neither_and_each_term_still_its_own():
    words = words_of([field("a", "面积（亩）"), field("b", "面积（间）")])
    assert words.field_of("面积（亩）") == ("a", "", 0)
    assert words.field_of("面积（间）") == ("b", "", 0)
    assert words.field_of("面积") == ("", "", 0)


def test_a_synonym_that_two_fields_share_means_neither():
    words = words_of([field("a", "甲", "共有"), field("b", "乙", "共有", "独有")])
    assert words.field_of("共有") == ("", "", 0)
    assert words.field_of("独有") == ("b", "", 2)


def test_a_term_of_one_field_wins_over_a_synonym_of_another():
    words = words_of([field("a", "学生数"), field("b", "在校生数", "学生数")])
    assert words.field_of("学生数") == ("a", "", 0)
    # With an ornament on it the core of the term still comes before the other's synonym.
    assert words.field_of("学生数：") == ("a", "", 1)


def test_the_words_of_a_sheet_are_worked_out_once(sheets):
    plan = sheets.plan("pupils")
    found = words_of_plan(Same(plan))
    assert found is words_of_plan(Same(plan))
    assert found.exact == {"在校生数": "enrolled", "女生数": "girls", "招生数": "entrants"}


# ── a row of headers ────────────────────────────────────────────────────────


def test_a_row_of_headers_gives_places_and_units():
    found = match_heads(["年级", "女学生（百人）", "", "在校生数"], WORDS)
    assert found == Matched({"girls": 1, "enrolled": 3}, {"girls": "百人"}, {})


def test_of_two_headers_for_one_field_the_surer_is_taken_and_the_other_is_another_thing():
    found = match_heads(["学生总数", "在校生数"], WORDS)
    assert found == Matched({"enrolled": 1})


def test_of_two_equally_sure_headers_the_left_one_is_taken_and_the_other_stands_again():
    found = match_heads(["在校生数", "年级", "在校生数", "在校生数（人）"], WORDS)
    # The third is less sure: only the second is the same header again.
    assert found == Matched({"enrolled": 0}, {}, {2: "enrolled"})
    found = match_heads(["学生总数", "在读人数（万人）"], WORDS)
    assert found == Matched({"enrolled": 0}, {}, {1: "enrolled"})


@given(st.permutations(["在校生数", "女生数", "年级", "", "备注", "学生总数"]))
def test_fields_are_found_wherever_their_headers_stand(texts):
    found = match_heads(texts, WORDS)
    assert found.fields == {"enrolled": texts.index("在校生数"), "girls": texts.index("女生数")}
    assert found.again == {}


def test_nothing_is_found_where_nothing_is_written():
    assert match_heads(["", "", ""], Words({"": "x"}, {"": "x"}, {"": "x"})) == Matched()


# ── a header like a missing one ─────────────────────────────────────────────


def test_one_near_term_is_asked_about_and_of_two_none():
    missing = [field("a", "女生数（人）"), field("b", "住宿生数"), field("c", "寄宿教师数")]
    assert near_term("女学生数", missing) == "女生数（人）"
    assert near_term("校园面积", missing) == ""
    # 寄宿生数 shares three of four characters with 住宿生数, and three of 4 + 5 with 寄宿教师数.
    assert near_term("寄宿生数", [missing[1]]) == "住宿生数"
    assert near_term("寄宿生数", missing) == ""
    assert near_term("女学生数", []) == ""


def test_how_near_is_near():
    """Twice the characters in common over all characters: 0.6 is asked about, 0.57 is not."""
    # 3 of 5 and 5: 2 × 3 / 10 = 0.6.
    assert near_term("甲乙丙丁戊", [field("a", "甲乙丙己庚")]) == "甲乙丙己庚"
    # 2 of 3 and 4: 2 × 2 / 7 = 0.57.
    assert near_term("甲乙丙", [field("a", "甲乙己庚")]) == ""


def test_ornaments_do_not_make_a_header_less_near():
    assert near_term("★2、女学生数（单位：人）：", [field("a", "女生数")]) == "女生数"
