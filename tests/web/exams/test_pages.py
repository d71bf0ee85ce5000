"""Examinations in the page: an invented one (虚构) loaded, lined, released, and seen by a school."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from docx import Document
from kit.server import Server
from kit.workspaces import copied
from python_calamine import CalamineWorkbook

SUBJECTS = ("语文", "数学", "外语", "物理", "化学", "道德与法治", "历史", "体育")
FULL = (150, 150, 150, 80, 70, 50, 50, 50)
BIG, SMALL = "3463990001", "3163990002"
SCHOOLS = {BIG: ("高原示范县第一中学", 60), SMALL: ("清泉镇初级中学", 6)}
ONE = f"/exams/zhongkao/2025-2026/{quote('一模（虚构）')}/"
TWO = f"/exams/zhongkao/2025-2026/{quote('二模（虚构）')}/"


THREE = f"/exams/zhongkao/2025-2026/{quote('分班考（虚构）')}/"


def table(seed: int, spoil: str = "", small: int = 6) -> bytes:
    """A score table of two schools, one of them too small to be shown."""
    chance = random.Random(seed)  # noqa: S311 - invented marks need no cryptographic chance
    lines, number = [",".join(["学校", "班级", "学籍号", "姓名", *SUBJECTS])], 0
    for name, size in SCHOOLS.values():
        many = size if size > 6 else small
        for at in range(many):
            number += 1
            ability = min(0.98, max(0.1, random.Random(number).gauss(0.6, 0.15)))  # noqa: S311
            marks = [
                str(round(full * min(1, max(0, chance.gauss(ability, 0.05))))) for full in FULL
            ]
            if number == 3 and spoil:
                marks[1] = spoil
            lines.append(
                ",".join(
                    [name, f"九（{at % 2 + 1}）/班", f"G{number:06d}", f"考生{number}", *marks]
                )
            )
    return "\n".join(lines).encode("utf-8-sig")


def said(name: str, day: str) -> dict[str, str]:
    return {"exam": "zhongkao", "name": name, "period": "2025-2026", "day": day}


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    scratch = tmp_path_factory.mktemp("exams")
    server = Server(copied(county, scratch), scratch)
    office = server.visitor("office_clerk")
    for seed, name, day in ((1, "一模（虚构）", "2026-03-10"), (2, "二模（虚构）", "2026-05-12")):
        done = office.send(
            "/exams/load",
            "/exams/load/take",
            {"files": [("成绩.csv", table(seed))]},
            **said(name, day),
        )
        assert done.status == 303, done.text
    yield server
    server.stop()


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


def test_a_row_with_a_fault_stands_beside_its_complaint_and_nothing_is_loaded(office):
    sent = {"files": [("坏.csv", table(3, spoil="九十"))]}
    answer = office.send("/exams/load", "/exams/load/take", sent, **said("三模", "2026-06-01"))
    assert answer.status == 422
    assert "一行也没有载入：1 处要改" in answer.text
    assert '<td class="wrong">九十</td>' in answer.text
    assert "考生3" in answer.text
    assert "三模" not in office.get("/exams/").text
    marked = office.send(
        "/exams/load", "/exams/load/take", sent, **said("三模", "2026-06-01"), marked="1"
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(marked.body))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert any("九十" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": ""}, "没有写考试的日子"),
        ({"name": " "}, "没有写名称"),
        ({"period": "明年"}, "没有写学年"),
        ({"exam": "none"}, "没有考试种类"),
    ],
)
def test_what_an_examination_is_has_to_be_said(office, changed, words):
    sent = {"files": [("成绩.csv", table(4))]}
    form = said("四模", "2026-06-02") | changed
    answer = office.send("/exams/load", "/exams/load/take", sent, **form)
    assert answer.status == 422
    assert words in answer.text


def test_without_a_file_nothing_is_loaded(office):
    answer = office.send("/exams/load", "/exams/load/take", **said("五模", "2026-06-02"))
    assert answer.status == 422
    assert "1 到 60 个成绩表" in answer.text


def test_lines_are_tried_without_being_kept_and_kept_with_a_document(office):
    tried = office.get(f"{ONE}lines?h-key_senior-=450&h-senior-=300")
    assert "移动后" in tried.text
    assert "还没有划线" in office.get(f"{ONE}lines").text
    wrong = office.get(f"{ONE}lines?h-key_senior-={quote('五百')}")
    assert "五百" in wrong.text
    bare = office.send(f"{ONE}lines", f"{ONE}lines/set", **{"h-key_senior-": "450"})
    assert bare.status == 422
    assert "没有写定线的文件" in bare.text
    kept = office.send(
        f"{ONE}lines", f"{ONE}lines/set", document="虚构〔2026〕1号", **{"h-key_senior-": "450"}
    )
    assert kept.status == 303
    assert "虚构〔2026〕1号" in office.get(ONE).text


def test_what_is_too_small_is_shown_to_nobody(office):
    whole = office.get(ONE).text
    assert "3 所学校" not in whole
    assert "2 所学校" in whole
    small = office.get(f"{ONE}school/{SMALL}/").text
    assert "为保护个人，不显示" in small
    # With one of two schools hidden the other would give it away by the county's sums.
    assert "平均 " not in small


def test_two_are_laid_side_by_side_and_say_how_many_were_found_again(office):
    text = office.get(f"{TWO}beside?with={quote('zhongkao/2025-2026/一模（虚构）')}").text
    assert "两次都有总分的 66 人" in text
    assert office.get(f"{TWO}beside?with=nothing").status == 404


def test_a_class_and_its_school_are_shown_to_those_of_the_school(site, office):
    sent = {"files": [("成绩.csv", table(9, small=30))]}
    form = said("分班考（虚构）", "2026-06-10")
    done = office.send("/exams/load", "/exams/load/take", sent, **form)
    assert done.status == 303, done.text
    school = office.get(f"{THREE}school/{SMALL}/").text
    # A slash in the name of a class parts no address.
    (first, second) = dict.fromkeys(re.findall(r'href="([^"]+/class/[^"]+)"', school))
    for address in (first, second):
        page = office.get(address)
        assert page.status == 200
        assert "考生 15 人" in page.text
        assert "全校" in page.text
        assert "考生1<" not in page.text
    assert office.get(f"{first}sheet").body[:2] == b"PK"
    assert office.get(f"{THREE}school/{SMALL}/class/{quote('没有的班')}/").status == 404
    central = site.visitor("central_school")
    # Not released, and another's: a class is where its school is.
    assert central.get(first).status == 404
    assert central.get(first.replace(SMALL, BIG)).status == 403
    assert central.get(f"{THREE}group/{quote('无')}/").status == 403
    assert office.get(f"{THREE}group/{quote('无')}/").status == 404


def test_documents_open(office):
    report = office.get(f"{ONE}report")
    assert "成绩分析" in "".join(one.text for one in Document(io.BytesIO(report.body)).paragraphs)
    packed = office.get(f"{ONE}sheets")
    assert packed.body[:2] == b"PK"
    assert office.get(f"{ONE}picture/0").headers["Content-Type"] == "image/png"
    assert office.get(f"{ONE}picture/99").status == 404


def test_a_school_sees_nothing_until_it_is_released_and_then_only_its_own(site, office):
    head = site.visitor("school_head")
    assert "一模" not in head.get("/exams/").text
    assert head.get(ONE).status == 403
    assert head.get(f"{ONE}school/{BIG}/").status == 403
    # Who loaded and set the lines does not release alone.
    alone = office.send(ONE, f"{ONE}release")
    assert alone.status == 422
    done = site.visitor("leader").send(ONE, f"{ONE}release", why="核对过（虚构）")
    assert done.status == 303, done.text
    assert "成绩发布第 1 号" in office.get(ONE).text
    assert head.get(f"{ONE}school/{BIG}/").status == 403
    # 清泉镇's central school sees the lower secondary school of its township, and no other.
    central = site.visitor("central_school")
    assert quote("一模（虚构）") in central.get("/exams/").text
    assert central.get(f"{ONE}school/{SMALL}/").status == 200
    assert central.get(f"{ONE}school/{BIG}/").status == 403
    # What was only loaded is not there for it.
    assert central.get(f"{TWO}school/{SMALL}/").status == 404


def test_no_pupil_is_named_on_any_page(office):
    pages = (
        "",
        "lines",
        f"school/{BIG}/",
        f"beside?with={quote('zhongkao/2025-2026/一模（虚构）')}",
    )
    for page in pages:
        text = office.get(TWO + page).text
        assert "考生1<" not in text
        assert "G000001" not in text


def test_the_analysis_is_told_in_the_readers_language(office):
    """On paper it is Chinese; names of schools and of the examination stay as they are."""
    page = office.get(ONE, **{"Accept-Language": "en"}).text
    told = re.sub(r"<[^>]+>", " ", page)
    left = set(re.findall(r"[\u4e00-\u9fff]{2,}", told))
    assert {"参考情况", "总分", "平均分", "上线人数"}.isdisjoint(left), sorted(left)
