"""Our own reports: every number tagged, resolved and consistent; one changed digit is caught."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from xianxue.bureau.audit.sources.sourced import tagged
from xianxue.bureau.documents.document import Document
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.values.record import replace
from xianxue.desk.audit.comparison import Against, open_against, recorded
from xianxue.desk.audit.reading import audit_file, lexicon
from xianxue.desk.cli import main

REPORTS = ("年度工作总结", "优质均衡自评报告")


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words)])
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(scope="module")
def county(example_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copytree(example_county, tmp_path_factory.mktemp("audit") / "demo")


@pytest.fixture(scope="module")
def against(county: Path) -> Against:
    return open_against(county, None, "latest")


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest, county: Path) -> Path:
    return county / "out" / f"{request.param}.docx"


def test_every_tagged_number_is_resolved_and_as_the_figures_are(report, against):
    data = report.read_bytes()
    document, known = open_document(data), recorded(data)
    found = tagged(document, known, against.figures.by_tag)
    assert len(found) == len(document.controls) >= 200
    assert {one.state for one in found} == {"same"}
    assert all(one.recorded and one.current for one in found)


def test_any_digit_that_is_changed_in_any_number_is_caught(report, against):
    data = report.read_bytes()
    document, known = open_document(data), recorded(data)
    changed = 0
    for control in document.controls:
        for at in range(control.start, control.end):
            if not document.text[at].isdigit():
                continue
            for step in (1, 5):
                digit = str((int(document.text[at]) + step) % 10)
                text = document.text[:at] + digit + document.text[at + 1 :]
                other = Document("word", text, (control,))
                for current in (None, against.figures.by_tag):
                    (found,) = tagged(other, known, current)
                    assert found.state == "edited", found
                # Copied into another document, where the map is lost.
                (found,) = tagged(other, {}, against.figures.by_tag)
                assert found.state == "edited", found
                changed += 1
    assert changed > 1000


def with_digit(data: bytes) -> tuple[bytes, str, str]:
    """A report with one digit of one tagged number changed in its file: the old and new text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                was = re.search(
                    rb"<w:tag [^>]*>(?:(?!</w:sdtContent>).)*?<w:t[^>]*>(\d{4,})",
                    content,
                    re.DOTALL,
                )
                assert was is not None
                at = was.end() - 1
                digit = b"%d" % ((content[at] - 48 + 1) % 10)
                old = was[1].decode()
                content = content[:at] + digit + content[at + 1 :]
            target.writestr(name, content)
    return out.getvalue(), old, old[:-1] + digit.decode()


def test_a_changed_report_fails_with_the_value_it_had(report, tmp_path, capsys):
    assert run("audit", report, "--json") == 0, "our own report is consistent as it is"
    capsys.readouterr()
    data, old, new = with_digit(report.read_bytes())
    path = tmp_path / "改动.docx"
    path.write_bytes(data)
    assert run("audit", path, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    (edited,) = (one for one in told["findings"] if "写成后被改动" in one["message"])
    assert edited["verdict"] == "inconsistent"
    assert edited["stated"]["text"].startswith(new)
    assert edited["computed"]["low"] == old


def test_the_command_compares_and_says_what_has_no_source(report, county, capsys):
    assert run("audit", report, "--against", county, "--json") == 0
    told = json.loads(capsys.readouterr().out)["against"]
    assert (told["period"], told["release"]) == ("2025-2026", None)
    states = {one["state"] for one in told["numbers"]}
    assert states <= {"same", "unknown"}
    assert run("audit", report, "--against", county) == 0
    assert "与系统一致" in capsys.readouterr().out


def test_a_figure_that_has_changed_since_is_shown_with_both_values(report, against):
    data = report.read_bytes()
    document, known = open_document(data), recorded(data)
    tag = document.controls[0].tag
    was = against.figures.by_tag[tag]
    now = {**against.figures.by_tag, tag: replace(was, exact="77", printed=("77所", "77"))}
    found = [one for one in tagged(document, known, now) if one.state != "same"]
    assert {one.state for one in found} == {"stale"}
    assert all("77所" in one.message and one.text in one.message for one in found)


def test_a_stale_document_fails_and_its_copy_says_so(
    four_schools, report, against, tmp_path, capsys
):
    """The same report, held against the figures of another county's folder."""
    run("audit", report, "--against", four_schools, "--json", "--docx", tmp_path / "批注.docx")
    told = json.loads(capsys.readouterr().out)["against"]["numbers"]
    by_tag = [one for one in told if one["how"] == "tag"]
    assert {one["state"] for one in by_tag} <= {"unknown", "stale"}


def test_words_without_tags_are_held_against_the_figures(county, tmp_path, capsys):
    path = tmp_path / "讲话.txt"
    path.write_text(
        "2025年，全县现有小学在校生9731人，初中在校生4517人，学前三年毛入园率达97.25%。\n"
        "2024年，小学在校生9800人。投入资金300万元。\n",
        encoding="utf-8",
    )
    run("audit", path, "--against", county, "--json")
    told = json.loads(capsys.readouterr().out)["against"]["numbers"]
    states = {one["text"]: one["state"] for one in told}
    assert states["9731人"] == "same"
    assert states["4517人"] == "differs"
    assert states["97.25%"] == "same"
    assert states["9800人"] == "unknown"
    differing = next(one for one in told if one["text"] == "4517人")
    assert differing["key"] == "pupils/639900/lower_secondary/2025-2026"
    assert differing["now"] == "4571人"


def test_a_folder_that_is_no_workspace_is_misuse(report, tmp_path):
    assert run("audit", report, "--against", tmp_path) == 2


def test_a_page_shows_what_the_workspace_says(county, tmp_path):
    audited = audit_file(county / "out" / "年度工作总结.docx", lexicon(county))
    assert audited.document.kind == "word"
    out = tmp_path / "page.html"
    run("audit", county / "out" / "年度工作总结.docx", "--against", county, "--html", out)
    assert "与系统一致" in out.read_text(encoding="utf-8")


def test_a_report_is_stale_once_a_school_has_corrected_its_return(example_county, tmp_path, capsys):
    """The river runs backwards: one more child in one kindergarten, and the report shows it."""
    folder = copytree(example_county, tmp_path / "demo")
    (book,) = (folder / "workbooks").glob("1163990001_*.xlsx")
    workbook = openpyxl.load_workbook(book)
    workbook["幼儿园"]["D4"].value += 1
    workbook["班级"]["C4"].value += 1
    workbook.save(book)
    run("returns", "accept", book, "--workspace", folder, "--why", "更正（虚构）")
    capsys.readouterr()
    report = folder / "out" / "年度工作总结.docx"
    assert run("audit", report) == 0, "in itself the report is as it was"
    capsys.readouterr()
    commented = tmp_path / "批注.docx"
    assert run("audit", report, "--against", folder, "--json", "--docx", commented) == 1
    told = json.loads(capsys.readouterr().out)["against"]["numbers"]
    stale = {(one["key"], one["text"]): one for one in told if one["state"] == "stale"}
    children = stale["kindergarten_children/639900/all/2025-2026", "4482人"]
    assert children["now"] == "4483人"
    assert "写成时为4482人，现为4483人" in children["message"]
    rate = stale["preschool_gross_enrolment/639900/all/2025-2026", "97.25%"]
    assert rate["now"] == "97.27%", "and what rests on it"
    with zipfile.ZipFile(commented) as archive:
        assert "【已变动】" in archive.read("word/comments.xml").decode()


def test_a_correction_that_waits_for_its_release_is_named(example_county, tmp_path, capsys):
    """What was published is compared with; what was approved since is said, not silently left."""
    folder = copytree(example_county, tmp_path / "demo")
    assert run("returns", "release", "--workspace", folder) == 0
    report = folder / "out" / "年度工作总结.docx"
    capsys.readouterr()
    assert run("audit", report, "--against", folder) == 0
    assert "还没有发布" not in capsys.readouterr().out
    (book,) = (folder / "workbooks").glob("1163990001_*.xlsx")
    workbook = openpyxl.load_workbook(book)
    workbook["幼儿园"]["D4"].value += 1
    workbook["班级"]["C4"].value += 1
    workbook.save(book)
    run("returns", "accept", book, "--workspace", folder, "--why", "更正（虚构）")
    capsys.readouterr()
    assert run("audit", report, "--against", folder) == 0, "as published"
    out = "".join(capsys.readouterr().out.split())
    assert "审核通过、还没有发布的报表1份：" in out
    assert "第2版。对照用的是已发布的数，不含这些更正" in out
    run("audit", report, "--against", folder, "--json")
    (waiting,) = json.loads(capsys.readouterr().out)["against"]["waiting"]
    assert waiting.endswith("《学校年度报表》（2025—2026学年）第 2 版")
    run("audit", report, "--against", folder, "--json", "--release", "none")
    assert "waiting" not in json.loads(capsys.readouterr().out)["against"]
    assert run("returns", "release", "--workspace", folder) == 0
    capsys.readouterr()
    run("audit", report, "--against", folder, "--json")
    assert "waiting" not in json.loads(capsys.readouterr().out)["against"]
