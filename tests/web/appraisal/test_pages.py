"""Appraisals on pages: who sees what of an invented rubric (虚构), and where each point ends.

Schools are judged by pupils (1,000 of them are 20 points), by drills (3 points each, up to 20), and
junior middle schools by marks too, so that others' 40 points stand for 60. Counted by hand: with 431
pupils 清泉镇第二小学 has 8.62 of 20 points; with n drills, which hang on the day on which the example
is made and are counted where they are led to, that is (8.62 + 3n) × 60 ÷ 40 in all.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction

import pytest
from kit.pages_asked import Page, asked
from kit.workspaces import copied
from python_calamine import CalamineWorkbook

from xianxue.bureau.values.rounding import plain

pytestmark = pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
OWN, OTHER = "2163990006", "2163990007"
RUBRIC = """\
rubric: quick
term: 安全演练评价（虚构）
judges: school
where: {school_type: ['211', '311', '312']}
period: school_year
points: 60
not_applicable: renormalise
items:
  - item: facts
    term: 实绩
    items:
      - item: size
        term: 规模
        points: 20
        from:
          kind: figure
          indicator: pupils_all
          curve: {curve: line, line: [{at: 0, points: 0}, {at: 1000, points: 20}]}
      - item: drilled
        term: 演练
        points: 20
        from: {kind: count, count: drills.drills, each: 3, cap: 20}
  - item: looked
    term: 现场
    points: 20
    from: {kind: marks}
    where: {school_type: ['312']}
grading:
  grades: [{grade: good, term: 好, at_least: 30}, {grade: plain, term: 一般}]
  source: {document: xianxue-own, seen: own}
source: {document: xianxue-own, seen: own}
"""
QUICK = "/appraisal/quick/2025-2026/"
CAMPUS = f"/appraisal/safe_campus/2026/{OWN}/"
LOOKS = f"/appraisal/three_looks/2025-2026/{OWN}/"
PERSON = "/appraisal/eligible/senior_teacher/"
ASKED = {
    "list": ("office_clerk", "/appraisal/"),
    "own list": ("school_clerk", "/appraisal/"),
    "district list": ("inspector", "/appraisal/"),
    "no list": ("administrator", "/appraisal/"),
    "ranking": ("leader", QUICK),
    "workbook": ("leader", f"{QUICK}?as=xlsx"),
    "own ranking": ("school_clerk", QUICK),
    "own workbook": ("school_clerk", f"{QUICK}?as=xlsx"),
    "not judged": ("school_clerk", "/appraisal/balance/2025-2026/"),
    "preview": ("leader", f"{QUICK}preview/"),
    "own preview": ("school_clerk", f"{QUICK}preview/"),
    "assessor's preview": ("inspector", f"{QUICK}preview/"),
    "choose": ("leader", f"{QUICK}preview/versions/"),
    "versions": ("leader", f"{QUICK}preview/versions/?other=three_looks"),
    "versions workbook": ("leader", f"{QUICK}preview/versions/?other=three_looks&as=xlsx"),
    "no version": ("leader", f"{QUICK}preview/versions/?other=../quick.yaml"),
    "own versions": ("school_clerk", f"{QUICK}preview/versions/?other=three_looks"),
    "package": ("school_clerk", f"/appraisal/own/safe_campus/2026/{OWN}/package", {"deed": "p"}),
    "other package": ("school_clerk", f"/appraisal/own/safe_campus/2026/{OTHER}/package", {}),
    "whole package": ("school_clerk", "/appraisal/safe_campus/2026/run/package", {}),
    "place": ("office_clerk", f"{QUICK}{OWN}/"),
    "own place": ("school_clerk", f"{QUICK}{OWN}/"),
    "other place": ("school_clerk", f"{QUICK}{OTHER}/"),
    "drilled": ("school_clerk", f"{QUICK}{OWN}/drilled/"),
    "size": ("school_clerk", f"{QUICK}{OWN}/size/"),
    "other size": ("school_clerk", f"{QUICK}{OTHER}/size/"),
    "campus": ("office_clerk", CAMPUS),
    "own campus": ("school_clerk", CAMPUS),
    "drills": ("school_clerk", f"{CAMPUS}drills/"),
    "marks": ("school_clerk", f"{CAMPUS}teaching/"),
    "unseen": ("school_clerk", LOOKS),
    "unseen marks": ("school_clerk", f"{LOOKS}campus/"),
    "nothing": ("leader", "/appraisal/nothing/2026/"),
    "no period": ("leader", "/appraisal/quick/soon/"),
    "no place": ("leader", f"{QUICK}nobody/"),
    "no item": ("leader", f"{QUICK}{OWN}/nothing/"),
    "ask": ("school_head", "/appraisal/eligible/"),
    "typed": ("school_head", "/appraisal/eligible/?for=senior_teacher&number=2026-0013"),
    "stranger": ("school_head", "/appraisal/eligible/?for=senior_teacher&number=2025-0001"),
    "own person": ("school_head", f"{PERSON}2026-0014/"),
    "withdrawn": ("school_head", f"{PERSON}2026-0018/"),
    "strange person": ("school_head", f"{PERSON}2025-0001/"),
    "covered": ("office_clerk", f"{PERSON}2025-0001/"),
    "uncover": (
        "office_clerk",
        "/ledgers/teachers/2025-0001/unmask/do",
        {"why": "核对申报（虚构）"},
    ),
    "person": ("office_clerk", f"{PERSON}2025-0001/?on=2026-11-30"),
    "earlier": ("office_clerk", f"{PERSON}2025-0001/?on=2021-10-31"),
}


@pytest.fixture(scope="module")
def pages(county, tmp_path_factory) -> dict[str, Page]:
    """Every page that is asked for here, asked at once."""
    scratch = tmp_path_factory.mktemp("appraisal")
    root = copied(county, scratch)
    (root / "local" / "quick.yaml").write_text(RUBRIC, encoding="utf-8")
    return dict(zip(ASKED, asked(root, scratch, *ASKED.values()), strict=True))


def said(page: Page) -> str:
    """What the page's own part shows, in one line."""
    main = page.text[page.text.index("<main") : page.text.index("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def rows(page: Page) -> list[list[str]]:
    found = CalamineWorkbook.from_filelike(io.BytesIO(page.data)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in found]


def drills_led_to(page: Page) -> int:
    return page.text.count('href="/ledgers/drills/')


def total(pages: dict[str, Page]) -> str:
    """What the school has in all: its pupils' points and its drills, of 60 instead of 40."""
    drilled = min(20, 3 * drills_led_to(pages["drilled"]))
    return plain((Fraction("8.62") + drilled) * 60 / 40)


def test_the_list_has_what_judges_one(pages):
    assert {pages[one].status for one in ("list", "own list", "district list")} == {200}
    assert pages["no list"].status == 403
    assert "义务教育优质均衡发展督导评估" in said(pages["list"])
    assert "义务教育优质均衡发展督导评估" not in said(pages["own list"])
    assert "9 项评价评到本单位" in said(pages["own list"])
    assert "评到所管的学校" in said(pages["district list"])
    assert f'href="{QUICK}{OWN}/"' in pages["own list"].text, "one place is led to at once"


def test_the_ranking_is_whole_for_the_county_and_ones_own_for_a_school(pages):
    table = rows(pages["workbook"])
    assert table[0] == ["比较组", "名次", "对象", "总分", "等次", "还缺"]
    by_name = {row[2]: row for row in table[1:]}
    assert len(table) == 25
    grade = "好" if Fraction(total(pages)) >= 30 else "一般"
    assert by_name["清泉镇第二小学"][3:5] == [total(pages), grade]
    assert "高原示范县第二小学" in said(pages["ranking"])
    own = rows(pages["own workbook"])
    assert own == [["比较组", "对象", "总分", "还缺"], ["", "清泉镇第二小学", "公示后才有", ""]]
    assert "第一小学" not in said(pages["own ranking"])
    assert "不评本单位" in said(pages["not judged"])


def test_before_publication_a_school_sees_points_of_facts_and_nothing_of_marks(pages):
    rank = {row[2]: row for row in rows(pages["workbook"])}["清泉镇第二小学"][1]
    assert f"得 {total(pages)} 分，第 {int(float(rank))} 名" in said(pages["place"])
    own = said(pages["own place"])
    assert total(pages) not in own
    assert not re.search(r"第 \d+ 名", own)
    assert "8.62" in own
    assert pages["other place"].status == pages["other size"].status == 403
    unseen = said(pages["unseen marks"])
    assert "公示后才有" in unseen
    assert "怎样得来" not in unseen
    assert "人评分" not in said(pages["unseen"])


def test_after_publication_a_school_sees_marks_and_not_whose_they_are(pages):
    marked = said(pages["marks"])
    assert "2 人评分平均，得 10 分" in marked
    assert "评分（限有权查看的人打开）" in marked
    assert "评委" not in marked
    points = plain(Fraction(drills_led_to(pages["drills"]), 10) * 15)
    for name in ("campus", "own campus"):
        assert f"2.1 应急疏散演练 {points} 15" in said(pages[name])
        assert "第 1 号公示的结果" in said(pages[name])
    assert "按现在的数看" in said(pages["campus"])
    assert "按现在的数看" not in said(pages["own campus"])


def test_a_point_ends_in_a_figure_that_opens_and_in_entries_that_open(pages):
    assert "“规模”：8.62 / 20 分" in said(pages["size"])
    assert 'hx-get="/indicators/panel/pupils_all/2163990006/' in pages["size"].text
    held = drills_led_to(pages["drills"])
    assert held >= 1
    assert f"{held}÷10×15，得 {plain(Fraction(held, 10) * 15)} 分" in said(pages["drills"])


def test_the_preview_says_who_changes_place(pages):
    assert pages["own preview"].status == pages["assessor's preview"].status == 403
    preview = said(pages["preview"])
    assert re.search(r"换 9 种规则，\d 种会让名次变", preview)
    assert "“规模”的权重减 10%" in preview
    moved = re.search(r"：第 (\d+) 名 → 第 (\d+) 名", preview)
    assert moved
    assert moved[1] != moved[2]


def test_another_card_is_chosen_and_everybody_is_judged_by_both(pages):
    assert "选一张卡片来对照" in said(pages["choose"])
    assert 'value="three_looks"' in pages["choose"].text
    assert 'value="safe_campus"' not in pages["choose"].text, "it is for another kind of period"
    told = said(pages["versions"])
    assert "安全演练评价（虚构） →" in told
    assert "卡片改了什么" in told
    table = rows(pages["versions workbook"])
    assert table[0] == ["对象", "原来", "以后", "变动", "变在哪里"]
    assert any(row[0] == "清泉镇第二小学" for row in table)
    assert (pages["no version"].status, pages["own versions"].status) == (404, 403)


def test_a_school_takes_out_its_own_package_and_no_other(pages):
    with zipfile.ZipFile(io.BytesIO(pages["package"].data)) as packed:
        assert {"目录.docx", "索引.csv", "索引.json"} <= set(packed.namelist())
    assert (pages["other package"].status, pages["whole package"].status) == (403, 403)


def test_what_is_not_there_is_said_in_words(pages):
    for name in ("nothing", "no period", "no place", "no item", "withdrawn", "strange person"):
        assert pages[name].status == 404, name
        assert "没有找到" in said(pages[name])


def test_one_person_is_shown_to_the_own_school_and_to_who_says_what_for(pages):
    assert pages["ask"].status == 200
    assert (pages["typed"].status, pages["typed"].to) == (303, f"{PERSON}2026-0013/")
    assert pages["stranger"].status == 422
    assert "乙" in said(pages["own person"])
    assert "为什么不能申报高级教师" in said(pages["own person"])
    assert "还遮着" in said(pages["covered"])
    assert "考核" not in said(pages["covered"]).partition("对照条件要用")[0]
    assert pages["uncover"].status == 303
    assert "各条都符合" in said(pages["person"])
    # 一级 since 2016-11-01, and five years of it are asked for.
    assert "最早2021-11-01各条都符合" in said(pages["earlier"])
    assert 'href="/ledgers/teachers/2026-0001/"' in pages["person"].text
