"""The balance matrix and what hangs on it, for the example county's known numbers."""

from __future__ import annotations

import html
import io
import re

import pytest
from python_calamine import CalamineWorkbook

ONE = "/assessment/balance_resources/"


def rows_of(data: bytes) -> list[list[object]]:
    """The rows of an exported list, its heads first; what it was asked stands on a second sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


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


GROUP = re.compile(r'<tr class="group"><th[^>]*>(.*?) <span class="note">(\d+) 所，达标 (\d+)')


@pytest.mark.parametrize(
    ("by", "first", "last"),
    [
        ("", "小学", "初中"),
        ("area", "镇区 小学", "乡村 小学"),
        ("size", "不足100人 小学", "1000至2000人 初中"),
    ],
)
def test_the_same_schools_are_laid_out_by_what_they_are(office, by, first, last):
    text = plain(office.get(f"{ONE}?by={by}").text)
    groups = GROUP.findall(text)
    assert (groups[0][0], groups[-1][0]) == (first, last)
    # However they are laid out there are 25 of them, and 20 pass.
    assert sum(int(count) for _, count, _ in groups) == 25
    assert sum(int(passed) for *_, passed in groups) == 20
    # The spread is of all schools of a stage: of a part of them nothing is judged.
    assert text.count('<tr class="spread">') == (0 if by else 2)
    assert "5674" in text


def test_an_unknown_way_of_laying_out_is_by_stages(office):
    assert len(GROUP.findall(plain(office.get(ONE + "?by=anything").text))) == 2


def test_how_a_school_may_pass_is_said_in_sentences(office):
    """高原示范县第三小学: 462 ㎡ of grounds and 2 rooms are lacking; one of them may be left near."""
    matrix = office.get(ONE).text
    links = [one for one in office.get(ONE).links() if "/ways/" in one]
    assert len(set(links)) == 5
    (row,) = re.findall(r"<tr><th[^>]*>[^\n]*?第三小学.*?</tr>", matrix, re.DOTALL)
    page = html.unescape(plain(office.get(re.search(r'href="([^"]*/ways/[^"]*)"', row)[1]).text))
    ways = re.findall(r"<li>(.*?)</li>", page[page.index('<ol class="ways-to">') :])
    assert len(ways) == 2
    assert "添2间网络多媒体教室，达到2.3" in ways[0]
    assert "“生均体育运动场馆面积”现为7.02，已过标准的85%，可以先不动" in ways[0]
    assert "添462平方米体育运动场馆，达到7.5" in ways[1]


def test_a_school_reads_how_it_passes_and_not_how_others_do(site):
    head = site.visitor("school_head")
    assert head.get(ONE + "ways/2163990001").status == 403
    assert head.get(ONE + "ways/nothing").status == 403


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
