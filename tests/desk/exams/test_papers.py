"""What an examination's documents and screens say, and what they keep to themselves."""

import io
import json
import zipfile
from datetime import date

import pytest
from PIL import Image

from xianxue.bureau.report.text import Picture, TextTable, plain
from xianxue.desk.exams.papers.county import bars_of, county_text
from xianxue.desk.exams.papers.drawing import Bar, Strip, boxes, distribution, radar
from xianxue.desk.exams.papers.sheet import sheet_text
from xianxue.desk.exams.papers.subject import subject_of
from xianxue.desk.exams.scopes import Scope
from xianxue.desk.exams.sittings import sitting_named
from xianxue.desk.workspace import Workspace

JUNIOR, NINE = "3163980002", "3163980001"
DAY = date(2026, 7, 1)


@pytest.fixture
def subject(county, big):
    workspace = Workspace.open(county)
    return subject_of(workspace, sitting_named(workspace, big), DAY)


def rows_of(text, caption):
    (table,) = [one for one in text.blocks if isinstance(one, TextTable) if one.caption == caption]
    return [[plain(cell) for cell in row] for row in table.rows]


def test_the_countys_numbers_are_those_of_a_count_by_hand(subject):
    text = county_text(subject)
    # Totals run from 100 to 226 in steps of two: 34 of 64 are at least 160.
    assert rows_of(text, "各线上线人数和上线率") == [["合格线", "160", "34", "64", "53.13"]]
    chinese = rows_of(text, "全县各科成绩")[0]
    assert chinese[:4] == ["语文（150 分）", "64", "0", "91.50"]
    assert "有总分的 64 人，平均 163.00 分" in text.outline()


def test_a_school_of_four_is_shown_nowhere(subject):
    text = county_text(subject)
    small, large = rows_of(text, "各校总分情况")
    assert small[1:3] == ["西山乡九年一贯制学校", "为保护个人，不显示"]
    # Of two schools the sum would give the other back: neither is shown.
    assert large[2] == "为保护个人，不显示"
    said = sheet_text(subject, Scope(school=NINE, schools=(NINE,))).outline()
    assert "为保护个人，不显示" in said
    assert "平均" not in said


def test_a_school_of_ten_classes_has_them_beside_each_other_as_people_count(run, county, tmp_path):
    """Down and then across, and in smaller type where there are many rows: the sheet has one page."""
    heads = ["语文", "数学", "外语", "物理", "化学", "道德与法治", "历史", "体育"]
    rows = [",".join(["学校,班级,考号,姓名", *heads])]
    for at in range(120):
        marks = ["50"] * 6 + [f"{at % 20}"] * 2
        rows.append(",".join([JUNIOR, f"九({at // 12 + 1})班", f"{at:03}", "甲（虚构）", *marks]))
    table = tmp_path / "十班.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    code, text = run("load", table, "--exam", "zhongkao", "--name", "十班", "--day", "2026-06-20")
    assert code == 0, text
    run("lines", "十班", "--set", "合格线=310", "--document", "虚构文件")
    workspace = Workspace.open(county)
    subject = subject_of(workspace, sitting_named(workspace, "十班"), DAY)
    scope = Scope(school=JUNIOR, schools=(JUNIOR,))
    text = sheet_text(subject, scope)
    found = rows_of(text, "各班总分")
    assert [row[::3] for row in found] == [
        ["九（1）班", "九（5）班", "九（9）班"],
        ["九（2）班", "九（6）班", "九（10）班"],
        ["九（3）班", "九（7）班", ""],
        ["九（4）班", "九（8）班", ""],
    ]
    tables = [one for one in text.blocks if isinstance(one, TextTable)]
    assert {one.size for one in tables} == {1}
    # The page has room for the picture that the paper has none for.
    assert not text.pictures()
    assert len(sheet_text(subject, scope, on_paper=False).pictures()) == 1
    assert "没有班级" not in run("show", "十班", "--school", JUNIOR, "--class", "九 (10) 班")[1]


def test_programs_are_told_nothing_of_small_groups_either(run, big):
    code, text = run("show", big, "--json")
    assert code == 0, text
    said = json.loads(text)
    assert said["results"]["pupils"] == 64
    assert [one.get("hidden") for one in said["groups"]] == [True, True]
    code, text = run("show", big, "--school", NINE, "--json")
    assert json.loads(text)["results"] is None


def test_a_document_opens_and_has_its_pictures(run, big, tmp_path):
    out = tmp_path / "分析.docx"
    code, text = run("report", big, "-o", out, "--all-schools", tmp_path / "sheets")
    assert code == 0, text
    with zipfile.ZipFile(out) as document:
        pictures = [name for name in document.namelist() if name.startswith("word/media/")]
        drawn = document.read("word/document.xml").decode()
        related = document.read("word/_rels/document.xml.rels").decode()
        image = Image.open(io.BytesIO(document.read(pictures[0])))
    assert len(pictures) == drawn.count("<w:drawing") == related.count("media/") == 1
    assert image.format == "PNG"
    assert {path.name for path in (tmp_path / "sheets").iterdir()} == {
        f"{JUNIOR}_东河镇初级中学.docx",
        f"{NINE}_西山乡九年一贯制学校.docx",
    }


def test_no_document_names_a_pupil(run, big, tmp_path):
    run("report", big, "-o", tmp_path / "a.docx", "--all-schools", tmp_path / "s")
    for path in [tmp_path / "a.docx", *(tmp_path / "s").iterdir()]:
        with zipfile.ZipFile(path) as document:
            assert "考生1（虚构）" not in document.read("word/document.xml").decode()


def test_a_county_of_three_is_told_of_nobodys_marks(run, tmp_path):
    table = tmp_path / "三人.csv"
    rows = [f"{JUNIOR},{at},考生{at}（虚构）,{80 + at}" for at in range(3)]
    table.write_text("\n".join(["学校,考号,姓名,语文", *rows]), encoding="utf-8")
    run("load", table, "--exam", "zhongkao", "--name", "三人", "--day", "2026-06-20")
    run("lines", "三人", "--set", "合格线=81", "--document", "虚构文件")
    code, text = run("show", "三人")
    assert code == 0, text
    assert "平均 " not in text
    assert "81" not in text
    assert "没有划线" not in text


def test_bars_never_show_fewer_than_are_shown_and_lose_nobody():
    counts = {mark * 100: 1 + mark % 3 for mark in range(100, 200, 3)}
    for smallest in (1, 5, 10, 30):
        bars = bars_of(counts, 10, smallest)
        assert sum(bar.many for bar in bars) == sum(counts.values())
        assert all(bar.many >= smallest for bar in bars)
    assert bars_of({10000: 3}, 10, 10) == []
    assert bars_of({}, 10, 10) == []


def test_pictures_of_everybody_on_one_score_and_of_the_widest():
    drawn = [
        distribution([Bar(100, 110, 40)], [], "图", "说明"),
        distribution([Bar(0, 10, 1), Bar(10, 1000, 10**6)], [5, 990], "图", "说明"),
        boxes([Strip(100, 100, 100, 100, 100)], 100, "图", "说明"),
        boxes([Strip(-1, -0.5, 0, 0.5, 1)] * 40, None, "图", "说明", box=False),
        radar([0.0, 1.0, 0.5], [0.5] * 3, "图", "说明"),
    ]
    for picture in drawn:
        assert isinstance(picture, Picture)
        assert Image.open(io.BytesIO(picture.png)).size == picture.shape
    # The same numbers give the same bytes.
    assert distribution([Bar(100, 110, 40)], [], "图", "说明").png == drawn[0].png
