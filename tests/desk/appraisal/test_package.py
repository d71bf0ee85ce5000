"""``xianxue appraise package``: everything for an inspection in one zip or folder (虚构)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from xianxue.bureau.documents.opening import open_document
from xianxue.desk.cli import cli

PLAN = "2 政府保障程度/2.1-01 县域学校布局规划及政府批复.pdf"


@pytest.fixture(scope="module")
def zipped(run: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The package of the example county and what the command said of it."""
    path = tmp_path_factory.mktemp("package") / "迎检.zip"
    return path, run("package", "balance", "-o", str(path), "--json")


@pytest.fixture(scope="module")
def members(zipped: tuple[Path, Any]) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(zipped[0]) as archive:
        yield archive


def text_of(data: bytes) -> str:
    return open_document(data).text


def documents(said: Any) -> dict[str, Any]:
    return {
        paper["number"]: paper
        for box in said["places"][0]["boxes"]
        for item in box["items"]
        for paper in item["documents"]
    }


def test_every_file_is_what_the_index_says(members: zipfile.ZipFile) -> None:
    said = json.loads(members.read("索引.json"))
    files = {one["file"]: one for paper in documents(said).values() for one in paper["files"]}
    assert len(files) == 6
    for name, one in files.items():
        data = members.read(name)
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one["sha256"], one["size"])
    scans = [name for name in members.namelist() if name.endswith(".pdf")]
    assert sorted(scans) == sorted(files)


def test_one_file_serves_two_items_and_two_documents_are_missing(zipped: tuple[Path, Any]) -> None:
    """The plan has the standards as its annex; staffing and burden were never handed in."""
    _, said = zipped
    found = documents(said)
    assert found["2.2-01"]["files"][0]["file"] == found["2.1-01"]["files"][0]["file"] == PLAN
    assert found["2.2-01"]["files"][0]["kept_under"] == "2.1-01"
    assert [(one["item"], one["number"]) for one in said["places"][0]["missing"]] == [
        ("g10", "2.10-01"),
        ("q8", "3.8-01"),
    ]
    assert (said["rubric"], said["period"]) == ("balance", "2025-2026")


def test_directory_and_covers_can_be_read(members: zipfile.ZipFile) -> None:
    said = text_of(members.read("目录.docx"))
    for words in ("迎检材料目录", "见 2.1-01", "还缺的佐证", "课业负担监测报告", "虚评〔2026〕1号"):
        assert words in said
    cover = text_of(members.read("3 教育质量/封面.docx"))
    assert "第 2 盒" in cover
    assert "索引号 3.8" in cover
    assert "还缺：课业负担监测报告" in cover
    rows = list(csv.DictReader(io.StringIO(members.read("索引.csv").decode("utf-8-sig"))))
    states = {row["索引号"]: row["状态"] for row in rows if row["索引号"]}
    assert (states["2.1-01"], states["2.2-01"], states["2.10-01"]) == ("有", "见 2.1-01", "缺")


def test_the_same_evidence_makes_the_same_bytes_as_zip_and_as_folder(
    zipped: tuple[Path, Any], members: zipfile.ZipFile, run: Any, tmp_path: Path
) -> None:
    first, _ = zipped
    run("package", "balance", "-o", str(tmp_path / "b.zip"))
    assert (tmp_path / "b.zip").read_bytes() == first.read_bytes()
    folder = tmp_path / "迎检"
    run("package", "balance", "-o", str(folder))
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert written == {name: members.read(name) for name in members.namelist()}
    refused = run("package", "balance", "-o", str(folder), code=2)
    assert "已经有文件" in refused


def test_altered_or_lost_evidence_is_told_at_once_and_nothing_is_written(
    zipped: tuple[Path, Any], county: Path, run: Any, tmp_path: Path
) -> None:
    _, said = zipped
    kept = county / "store" / "cabinet" / "appraisal"
    altered, lost = (
        kept / f"{documents(said)[number]['files'][0]['sha256']}.pdf"
        for number in ("2.1-01", "3.5-01")
    )
    before = altered.read_bytes(), lost.read_bytes()
    try:
        altered.write_bytes(before[0] + b"\n")
        lost.unlink()
        refused = run("package", "balance", "-o", str(tmp_path / "a.zip"), code=1)
        run("package", "balance", "-o", str(tmp_path / "a"), code=1)
    finally:
        altered.write_bytes(before[0])
        lost.write_bytes(before[1])
    assert "2.1-01" in refused
    assert "被改动" in refused
    assert "3.5-01" in refused
    assert "不见了" in refused
    assert list(tmp_path.iterdir()) == []


def test_a_school_packs_its_own_and_no_other_and_each_time_is_written_down(
    county: Path, run: Any, tmp_path: Path
) -> None:
    """Of several places each has a folder of its own; here one school alone."""
    mine, other = (one["place"] for one in run("score", "safe_campus", "--json")["places"][:2])
    whose = ("--as", "填报员（虚构）", "--role", "school_clerk", "--of", mine)
    said = run(
        "package", "safe_campus", "-o", str(tmp_path / "m"), "--place", mine, *whose, "--json"
    )
    assert [one["place"] for one in said["places"]] == [mine]
    for place in (("--place", other), ()):
        run("package", "safe_campus", "-o", str(tmp_path / "o"), *place, *whose, code=1)
    assert not (tmp_path / "o").exists()
    words = ["journal", "show", "--workspace", str(county), "--json"]
    lines = json.loads(CliRunner().invoke(cli, words).stdout)
    told = [one for one in lines if one["deed"] == "appraisal.package"]
    assert told[-1]["actor"] == "填报员（虚构）"
    assert told[-1]["detail"]["index"] == said["digest"]


def test_of_several_places_each_has_its_folder(run: Any, tmp_path: Path) -> None:
    said = run("package", "teacher_tiers", "-o", str(tmp_path / "t.zip"), "--json")
    assert len(said["places"]) > 1
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        names = archive.namelist()
    assert "总目录.docx" in names
    assert {f"{one['folder']}/目录.docx" for one in said["places"]} <= set(names)
