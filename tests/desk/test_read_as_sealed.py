"""What is kept is read as it was sealed or not at all (虚构)."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from xianxue.bureau.values.record import replace
from xianxue.desk.stores.cabinet import Cabinet, Kept, content_digest
from xianxue.desk.stores.cell_lines import cells_digest
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, as_bytes, sha256
from xianxue.desk.stores.table_files import SEAL

EAST, WEST = "2163990001", "2163990002"


@pytest.fixture
def shelf(desk):
    """Two returns in one batch, as the database would refer to them."""
    returns = [desk.filed(EAST, 40), desk.filed(WEST, 50)]
    cabinet = desk.cabinet
    batch = cabinet.write_batch(returns)
    kept = [
        Kept(one.form, one.place, 1, batch, one.period, content_digest(one), one.digest)
        for one in returns
    ]
    return cabinet, kept


def harmed(cabinet: Cabinet, kept: list[Kept]) -> list[str]:
    with pytest.raises(HarmedError) as caught:
        cabinet.read_returns(kept)
    assert {issue.code for issue in caught.value.issues} == {"K-FILE"}
    return [f"{issue.place} {issue.saw}" for issue in caught.value.issues]


def altered(path: Path, *columns: pl.Expr) -> None:
    pl.read_parquet(path).with_columns(*columns).write_parquet(path)


def test_an_altered_number_names_the_return_and_no_other(shelf):
    cabinet, kept = shelf
    more = pl.when(pl.col("place") == WEST).then(51).otherwise(pl.col("number"))
    altered(cabinet.loose(kept[0].batch), more.alias("number"))
    assert harmed(cabinet, kept) == [f"{WEST} {WEST} 第 1 版报表与收下时的摘要不符"]


def test_a_return_taken_out_of_its_batch_is_named(shelf):
    cabinet, kept = shelf
    path = cabinet.loose(kept[0].batch)
    pl.read_parquet(path).filter(pl.col("place") != EAST).write_parquet(path)
    assert harmed(cabinet, kept) == [f"{EAST} {EAST} 第 1 版报表不在文件里了"]


def test_a_return_said_to_come_of_another_workbook_is_named(shelf):
    cabinet, kept = shelf
    altered(cabinet.loose(kept[0].batch), pl.lit("0" * 64).alias("digest"))
    assert [said.split("报表")[1] for said in harmed(cabinet, kept)] == ["出自另一份工作簿"] * 2


@pytest.mark.parametrize("left", [b"", b"PAR1", None], ids=["empty", "cut", "half"])
def test_a_broken_file_is_said_once(shelf, left):
    cabinet, kept = shelf
    path = cabinet.loose(kept[0].batch)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if left is None else left)
    (said,) = harmed(cabinet, kept)
    assert "文件读不出来" in said


def test_lines_no_program_of_ours_wrote_cannot_be_read(shelf):
    cabinet, kept = shelf
    altered(cabinet.loose(kept[0].batch), pl.lit("nonsense").alias("missing"))
    (said,) = harmed(cabinet, kept)
    assert "文件读不出来" in said


def test_a_lost_batch_is_said(shelf):
    cabinet, kept = shelf
    cabinet.loose(kept[0].batch).unlink()
    assert harmed(cabinet, kept) == [" 文件不见了"]


def test_all_cells_have_a_digest_of_their_own(desk):
    """The content says nothing of where and how a value was written; this one does."""
    first = desk.filed(EAST, 40)
    second = replace(first, file="other.xlsx")
    assert content_digest(first) == content_digest(second)
    assert cells_digest(first) != cells_digest(second)
    assert cells_digest(first) == cells_digest(desk.filed(EAST, 40))


def test_a_workbook_is_what_was_handed_in_or_nothing(tmp_path):
    cabinet = Cabinet(tmp_path / "cabinet")
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"one")
    digest = sha256(b"one")
    assert not cabinet.keeps_workbooks
    cabinet.keep_workbook(source, digest)
    assert cabinet.read_workbook(digest) == b"one"
    cabinet.workbook(digest).write_bytes(b"two")
    with pytest.raises(HarmedError, match="文件在交来之后被改动"):
        cabinet.read_workbook(digest)
    cabinet.workbook(digest).unlink()
    with pytest.raises(HarmedError, match="文件不见了"):
        cabinet.read_workbook(digest)


@pytest.fixture
def tables(tmp_path):
    files = Cabinet(tmp_path / "cabinet").tables
    one = ({"place": ["a"], "n": [1]}, {"place": "String", "n": "Int64"})
    two = ({"place": ["a"], "n": [2]}, {"place": "String", "n": "Int64"})
    files.write("d", {"students": one, "staff": two})
    return files


def exchange(folder: Path) -> None:
    first, second = folder / "students.parquet", folder / "staff.parquet"
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)


TABLE_HARMS = {
    "altered": lambda folder: altered(folder / "students.parquet", pl.lit(9).alias("n")),
    "cut": lambda folder: (folder / "students.parquet").write_bytes(b"PAR1"),
    "lost": lambda folder: (folder / "students.parquet").unlink(),
    "exchanged": exchange,
    "added": lambda folder: (folder / "more.parquet").write_bytes(
        (folder / "staff.parquet").read_bytes()
    ),
    "no seal": lambda folder: (folder / SEAL).write_text("[]", encoding="utf-8"),
    "broken seal": lambda folder: (folder / SEAL).write_bytes(b"\xff{"),
}


@pytest.mark.parametrize("harm", TABLE_HARMS)
def test_a_harmed_table_is_not_counted_from(tables, harm):
    TABLE_HARMS[harm](tables.root / "d")
    with pytest.raises(HarmedError):
        tables.files("d")


def test_tables_of_an_earlier_program_are_derived_anew(tables):
    (tables.root / "d" / SEAL).unlink()
    assert not tables.has("d")
    tables.write("d", {"students": ({"n": [3]}, {"n": "Int64"})})
    assert list(tables.files("d")) == ["students"]


@pytest.fixture
def published(tmp_path):
    folder = ReleaseFolder(tmp_path / "releases")
    figures, targets = b"[]", b"[]"
    manifest = Manifest(
        period="2025-2026",
        revisions=[],
        coverage={},
        register="r",
        catalogue="c",
        figures=sha256(figures),
        targets=sha256(targets),
    )
    return folder, folder.write(manifest, figures, targets), manifest


@pytest.mark.parametrize("name", ["manifest.json", "figures.json", "targets.json"])
@pytest.mark.parametrize("how", ["altered", "emptied", "lost", "a folder"])
def test_a_harmed_release_is_not_read(published, name, how):
    folder, digest, manifest = published
    path = folder.root / digest / name
    if how == "altered":
        said = json.dumps(json.loads(path.read_bytes()), indent=3)
        path.write_text(said + " ", encoding="utf-8")
    elif how == "emptied":
        path.write_bytes(b"")
    else:
        path.unlink()
        if how == "a folder":
            path.mkdir()
    with pytest.raises(HarmedError) as caught:
        folder.published(digest, "2025-2026/1")
    assert caught.value.issues[0].file == f"releases/{digest}/{name}"
    with pytest.raises(HarmedError):
        folder.write(manifest, b"[]", b"[]")


def test_a_whole_release_is_read_and_not_written_twice(published):
    folder, digest, manifest = published
    assert folder.published(digest, "2025-2026/1").manifest == manifest
    assert folder.write(manifest, b"[]", b"[]") == digest == sha256(as_bytes(manifest))


def test_a_byte_that_is_no_letter_is_a_fault_of_a_release(published):
    folder, digest, _ = published
    path = folder.root / digest / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"2025-2026", b"2025\xff2026"))
    assert "manifest.json 读不出来" in folder.faults(digest)
