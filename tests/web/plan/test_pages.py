"""Pages of plans in the example county: everything supposed, and said to be."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

SUPPOSED = "假设，不是统计数"


def rows_of(data: bytes) -> list[list[object]]:
    """The rows of an exported list, its heads first; what it was asked stands on a second sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


def plain(text: str) -> str:
    return text.replace('<span class="k">', "").replace("</span>", "")


def title(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", plain(text))
    assert found
    return found[1]


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("office_clerk", 200),
        ("leader", 200),
        ("auditor", 200),
        ("school_head", 403),
        ("central_school", 403),
        ("inspector", 403),
        ("administrator", 403),
    ],
)
def test_plans_are_for_office_leader_and_auditor(site, role, status):
    visitor = site.visitor(role)
    for path in ("/plan/", "/plan/forecast/", "/plan/needs/", "/plan/written/year/"):
        assert visitor.get(path).status == status, path
    assert ('href="/plan/"' in visitor.get("/").text) is (status == 200)


@pytest.mark.parametrize("path", ["/plan/", "/plan/forecast/", "/plan/balance/"])
def test_each_page_says_that_it_is_supposed(office, path):
    assert SUPPOSED in office.get(path).text


# ── forecast ────────────────────────────────────────────────────────────────


def test_a_forecast_shows_its_band_and_that_it_beats_no_change(office):
    text = office.get("/plan/forecast/?stage=primary").text
    assert title(text) == "高原示范县（虚构）小学：2031-2032 学年推算有 9103 人，比现在少 6%"
    assert 'class="band"' in text
    assert "各个提前年数都比“不变”更准" in text


def test_a_forecast_no_better_than_no_change_says_so(office):
    text = office.get("/plan/forecast/?stage=preschool").text
    assert "这里的推算不可当真" in text
    assert 'class="state doubt"' in text


def test_townships_make_the_county_in_the_year_that_is_looked_at(office):
    data = office.get("/plan/forecast/?stage=primary&year=2027&level=township&as=xlsx").body
    heads, *rows = rows_of(data)
    assert heads[:3] == ["单位", "范围", "现在（统计）"]
    assert sum(int(row[2]) for row in rows) == 9731
    # Each is told in whole persons: they may miss the county's by half a person each.
    county = office.get("/plan/forecast/?stage=primary&year=2027&level=county&as=xlsx").body
    assert abs(sum(int(row[4]) for row in rows) - int(rows_of(county)[1][4])) <= len(rows) / 2


@pytest.mark.parametrize(
    "asked", ["place=1", "stage=university", "year=1999", "year=x&stage=primary&place=%00"]
)
def test_what_is_not_foreseen_is_not_there(office, asked):
    assert office.get(f"/plan/forecast/?{asked}").status in {404, 400}


# ── needs ───────────────────────────────────────────────────────────────────


def test_needs_add_up_from_schools_and_what_is_not_known_is_said(office):
    text = plain(office.get("/plan/needs/?stage=primary&year=2031").text)
    assert SUPPOSED in text
    found = re.fullmatch(r"小学：2031-2032 学年要 (\d+) 个班、(\d+) 名教职工", title(text))
    assert found
    heads, *rows = rows_of(office.get("/plan/needs/?stage=primary&year=2031&as=xlsx").body)
    # Pupils of two schools share no class: the county's are those of its schools.
    assert sum(int(row[heads.index("要几个班（假设）")]) for row in rows) == int(found[1])
    needed, posts, short = (heads.index(one) for one in ("现在按标准的编制", "核定编制", "缺编"))
    assert all(int(row[needed]) - int(row[posts]) == int(row[short]) for row in rows)
    # The roster has a few of the staff: nobody says that nobody else retires.
    assert re.search(r"名册里在编的只有 \d+ 人，报表有 473 人", text)
    assert "退休（至少）" in text
    assert '<span class="none">不知道' in text
    assert office.get("/plan/needs/?stage=primary&year=1999").status == 404


# ── balance ─────────────────────────────────────────────────────────────────


def test_the_one_spread_over_its_limit_needs_fifteen_lots_of_equipment(office):
    text = plain(office.get("/plan/balance/?stage=primary").text)
    assert title(text) == "小学：最少调动教学仪器设备 150000 元，差异系数就不高于 0.5"
    assert "0.5142" in text
    assert "0.4993" in text
    assert text.count('class="number moved"') == 4
    assert "房屋、场地搬不走" in text
    heads, *rows = rows_of(office.get("/plan/balance/?stage=primary&as=xlsx").body)
    assert heads == ["调出", "调入", "资源", "数量", "理由"]
    assert sorted(row[3] for row in rows) == ["10000 元", "110000 元", "30000 元"]
    assert all("→" in row[4] for row in rows)


def test_a_lower_limit_moves_more_and_a_limit_too_low_names_what_conflicts(office):
    text = plain(office.get("/plan/balance/?stage=primary&limit=0.20").text)
    assert "县级以上骨干教师 1 人" in title(text)
    lost = office.get("/plan/balance/?stage=primary&limit=0.05").text
    assert "只靠调动做不到 0.05" in lost
    assert "不再增配" in lost
    assert "差异系数最低能做到" in lost


def test_whoever_reaches_the_line_gives_away_only_what_is_left_over(office):
    falls = '<td class="number moved"><span>[^<]*</span> → <span class="then wrong">'
    path = "/plan/balance/?stage=primary&limit=0.15&keep="
    (kept, free) = (office.get(f"{path}{said}").text for said in "10")
    assert re.findall(falls, kept) == []
    assert re.findall(falls, free)


@pytest.mark.parametrize("said", ["abc", "-1", "7", "1/0", "9" * 5000, "NaN"])
def test_a_limit_that_is_none_is_complained_of_in_place(office, said):
    answer = office.get(f"/plan/balance/?limit={said}")
    assert answer.status == 200
    assert "差异系数上限写了" in answer.text
    assert "0.01 到 1 之间的数" in answer.text
    assert "下面按标准的 0.5 算" in answer.text


def test_a_slider_works_without_scripts_and_swaps_only_the_answer(office):
    text = office.get("/plan/balance/?limit=0.30").text
    assert re.search(r'<input type="range" id="s-limit" name="limit"[^>]* value="0.3"', text)
    assert '<output id="o-limit" for="s-limit">0.3</output>' in text
