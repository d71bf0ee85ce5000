"""The balance matrix and what hangs on it, for the example county's known numbers."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

ONE = "/assessment/balance_resources/"


def rows_of(data: bytes) -> list[list[object]]:
    """The rows of an exported list, its heads first."""
    (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


def plain(text: str) -> str:
    return text.replace('<span class="k">', "").replace("</span>", "")


def test_the_matrix_says_who_fails_and_what_the_county_has_to_add(office):
    text = plain(office.get(ONE).text)
    # Of 22 primary and 3 lower secondary schools four and one do not pass; one spread is over.
    assert "5 所不过" in text
    assert "1 项超限" in text
    # 青草乡牧场小学 has no backbone teacher: below 85 % of the line it fails by that alone.
    assert text.count('class="number fails"') == 4
    for lacking in ("缺1061㎡", "缺4151㎡", "缺110952元", "缺4间", "缺2人"):
        assert lacking in text, lacking
    for total in ("5674", "110952"):
        assert total in text


def test_the_matrix_is_exported_whole(office):
    rows = rows_of(office.get(ONE + "?as=xlsx").body)
    # Heads, 25 schools, a row of spreads for each of two stages, the total.
    assert len(rows) == 1 + 25 + 2 + 1


def test_a_day_before_the_rules_judges_nothing(office):
    assert office.get(ONE + "?on=2016-12-31").status == 200
    assert office.get(ONE + "?on=2025-13-40").status == 404
    assert office.get("/assessment/nothing/").status == 404


def test_a_school_reads_its_own_verdicts_and_no_others(site):
    head = site.visitor("school_head")
    own = site.account("school_head")["name"]
    for path in (ONE, ONE + "?view=list", ONE + "lacks?everyone=1", ONE + "evidence"):
        text = head.get(path).text
        assert "雪松乡" not in text, path
        assert "石桥镇" not in text, path
    assert own


def test_each_school_has_a_sheet_of_what_it_lacks(office):
    text = office.get(ONE + "lacks").text
    assert text.count('<section class="lacks') == 11
    alone = office.get(ONE + "lacks?place=2163990016").text
    assert alone.count('<section class="lacks') == 1
    assert "教学仪器设备" in alone


def test_the_evidence_names_each_return_with_its_digest(office):
    digests = [row[-1] for row in rows_of(office.get(ONE + "evidence?as=xlsx").body)[1:]]
    assert len(digests) >= 25
    assert all(len(digest) == 64 for digest in digests)


def test_the_pages_fit_a_phone_and_can_be_read_by_everybody(signed_in, look):
    for name, path in (
        ("standards", "/assessment/"),
        ("matrix", ONE),
        ("findings", "/assessment/balance_guarantee/"),
        ("lacks", ONE + "lacks"),
        ("evidence", ONE + "evidence"),
    ):
        look(signed_in("office_clerk", path), name)
