"""Everything we write is opened and held against the written list of what is believed safe in WPS.

WPS itself is not run: see docs/decisions/safe-in-wps.md.
"""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.desk.cli import cli
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "safe-in-wps.md"
SCHOOL, OTHER = "2163980001", "3163980002"
FUNCTION = re.compile(r"\b([A-Z][A-Z0-9._]*)\(")
CODE = re.compile(r"&(?:&|\d+|.)")
FIELD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr"
OFFICIAL = (
    *("notice", "letter", "circular", "minutes"),
    *("supervision_slip", "rectification", "inspection_opinion"),
)
ANY = {"any"}
PNG = b"\x89PNG\r\n\x1a\n"


def allowed() -> dict[str, set[str]]:
    """The rows of the page's tables: a part or a thing, and all that may be in it."""
    rows: dict[str, set[str]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 2:
            names = set(re.findall(r"`([^`]+)`", cells[1]))
            key = cells[0].strip("`")
            rows[key] = rows.get(key, set()) | (names or ANY)
    return rows


LIST = allowed()


def unlisted(data: bytes) -> Iterator[str]:
    """Everything in a file that is not on the list."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = re.sub(r"\d+(?=\.)", "*", name)
            if part not in LIST:
                yield f"part {part}"
                continue
            if part.endswith(".png"):
                if not package.read(name).startswith(PNG):
                    yield f"{part} no PNG"
                continue
            for element in ET.fromstring(package.read(name)).iter():  # noqa: S314 - our own files
                local = element.tag.rpartition("}")[2]
                if LIST[part] != ANY and local not in LIST[part]:
                    yield f"{part} {local}"
                yield from _unlisted_words(part, local, element)


def _unlisted_words(part: str, local: str, element: ET.Element) -> Iterator[str]:
    """What an element says, where that is counted too."""
    text = element.text or ""
    found: list[tuple[str, str]] = []
    if local in {"f", "formula1", "formula2", "definedName"}:
        found += [("functions", one) for one in FUNCTION.findall(re.sub(r'"[^"]*"', "", text))]
    if local == "f" and element.get("t") == "array":
        yield f"{part} array formula"
    if local == "dataValidation":
        found.append(("drop-downs and rules", element.get("type", "")))
    if local in {"oddHeader", "oddFooter"}:
        found += [("codes in headers and footers", one) for one in CODE.findall(text)]
    if local == "fldSimple":
        found += [("fields", element.get(FIELD, "").split()[0])]
    if local == "hyperlink" and not element.get("location"):
        yield f"{part} a link out of the workbook"
    if local == "Relationship" and element.get("TargetMode") == "External":
        yield f"{part} a link out of the file"
    for row, one in found:
        if one not in LIST[row]:
            yield f"{part} {row} {one}"


def run(*words: str) -> None:
    """Run a command that may find something wrong, and does not fail."""
    done = CliRunner().invoke(cli, list(words))
    assert done.exit_code in {0, 1}, done.output


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One of each kind of file that we write, for an invented county (虚构)."""
    root = tmp_path_factory.mktemp("wps")
    four, out = root / "four", root / "out"
    out.mkdir()
    run("demo", str(four), "--example", "four_schools")
    place = ("--place", SCHOOL, "--workspace", str(four))
    run("returns", "template", "school_annual", *place, "-o", str(out / "模板.xlsx"))
    run("returns", "template", "school_annual", *place, "-o", str(out / "en.xlsx"), "--lang", "en")
    run(
        "returns", "template", "county_annual",
        "--workspace", str(four), "-o", str(out / "县级.xlsx"),
    )  # fmt: skip
    run("returns", "print", *place, "-o", str(out / "打印.xlsx"))
    run("places", "template", "--workspace", str(four), "-o", str(out / "名册.xlsx"))
    run("targets", "template", "--workspace", str(four), "-o", str(out / "目标.xlsx"))
    spoiled(four, root / "填错.xlsx")
    (root / "学生.csv").write_text("年级,在校生数\n一年级,四十\n", encoding="utf-8")
    marked = ("--marked", str(out), "--workspace", str(four))
    run("returns", "check", str(root / "填错.xlsx"), str(root / "学生.csv"), *marked)
    back = ("--comment", "学生!C4=请核对（虚构）", "--why", "请核对", "--as", "赵六（虚构）")
    run("returns", "send-back", "--place", OTHER, *back, *marked)
    for outline in ("annual_summary", "balance_self_assessment"):
        target = str(out / f"{outline}.docx")
        run("report", "write", outline, "--workspace", str(four), "-o", target)
    notice = ("returns", "notice", "reminder", "school_annual", "--period", "2026-2027")
    run(*notice, "--workspace", str(four), "-o", str(out / "催报通知.docx"))
    for kind in ("circular", "opinion"):
        whose = ("--place", SCHOOL) if kind == "opinion" else ("school_annual",)
        run(
            "returns", "notice", kind, *whose,
            "--workspace", str(four), "-o", str(out / f"{kind}.docx"),
        )  # fmt: skip
    examined(four, root, out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())} | official()


def examined(four: Path, root: Path, out: Path) -> None:
    """The analysis of an examination and a school's sheet, with pictures."""
    table = root / "成绩.csv"
    rows = [f"{OTHER},{at},{60 + at},{50 + at},{40 + at}" for at in range(30)]
    table.write_text("学校,考号,语文,数学,英语\n" + "\n".join(rows) + "\n", encoding="utf-8")
    where = ("--workspace", str(four))
    named = ("--exam", "zhongkao", "--name", "模拟", "--day", "2026-05-20")
    run("exams", "load", str(table), *named, *where)
    for school in ((), ("--school", OTHER)):
        target = out / ("成绩单.docx" if school else "成绩分析.docx")
        run("exams", "report", "模拟", *school, "-o", str(target), *where)


def official() -> dict[str, bytes]:
    """An invented document in each official layout, as the tests of the layouts have them."""
    path = Path(__file__).parents[1] / "report" / "official_papers.py"
    spec = importlib.util.spec_from_file_location("official_papers", path)
    assert spec
    assert spec.loader
    papers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(papers)
    return {
        f"{name}（版式）.docx": render_paper(
            paper, setting_of(papers.SHELF, papers.SHELF.genres[name], "gbt9704")
        )
        for name, paper in papers.PAPERS.items()
        if name in OFFICIAL
    }


def spoiled(four: Path, target: Path) -> None:
    """A workbook with faults of both grades."""
    workspace = Workspace.open(four)
    returns = Example.open("four_schools").returns(workspace.shelf, workspace.register)
    form, place, filed = next(each for each in returns if each[1].code == SCHOOL)
    cells = filed.tables["students"][0].cells
    cells.update(girls=Cell(99_999), boarders=Cell(-3))
    when = workspace.period(None)
    target.write_bytes(write_workbook(form, place, when, workspace.shelf.codes, filed))


def test_one_of_each_kind_is_there(written):
    names = set(written)
    assert {"模板.xlsx", "en.xlsx", "县级.xlsx", "打印.xlsx", "名册.xlsx", "目标.xlsx"} <= names
    assert {"填错_校验.xlsx", "学生_校验.xlsx"} <= names
    assert any(name.endswith("_退回.xlsx") for name in names)
    assert {"annual_summary.docx", "balance_self_assessment.docx"} <= names
    assert {"催报通知.docx", "circular.docx", "opinion.docx"} <= names
    for name in ("成绩分析.docx", "成绩单.docx"):
        with zipfile.ZipFile(io.BytesIO(written[name])) as package:
            assert "word/media/picture1.png" in package.namelist()
    assert sum("（版式）" in name for name in names) == len(OFFICIAL)
    # The report's working sheet is a document of its own.
    assert sum(name.endswith(".docx") for name in names) > 2
    with zipfile.ZipFile(io.BytesIO(written["填错_校验.xlsx"])) as package:
        assert any(name.startswith("xl/comments") for name in package.namelist())


def test_what_we_write_uses_nothing_that_is_not_on_the_list(written):
    found = {name: sorted(set(unlisted(data))) for name, data in written.items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("part", "old", "new", "found"),
    [
        ("xl/worksheets/sheet2.xml", b"</worksheet>", b"<extLst/></worksheet>", "extLst"),
        (
            "xl/worksheets/sheet2.xml",
            b"</worksheet>",
            b"<conditionalFormatting/></worksheet>",
            "conditionalFormatting",
        ),
        ("xl/worksheets/sheet4.xml", b"SUM(", b"XLOOKUP(", "XLOOKUP"),
        ("xl/worksheets/sheet2.xml", b"&amp;P", b"&amp;G", "&G"),
        ("xl/workbook.xml", b"</workbook>", b"<externalReferences/></workbook>", "external"),
        ("xl/vbaProject.bin", b"", b"", "part xl/vbaProject.bin"),
        ("xl/media/image1.png", b"", b"", "part xl/media/image*.png"),
    ],
)
def test_a_feature_that_is_not_on_the_list_is_found(written, part, old, new, found):
    """The test itself can fail: each of these is put into a template."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written["模板.xlsx"])) as package,
        zipfile.ZipFile(target, "w") as changed,
    ):
        for name in package.namelist():
            data = package.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new, 1)
            changed.writestr(name, data)
        if part not in package.namelist():
            changed.writestr(part, b"x")
    assert any(found in said for said in unlisted(target.getvalue()))


def test_nothing_on_the_list_is_there_twice():
    parts = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(parts) == len(set(parts))
