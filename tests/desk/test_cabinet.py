"""The cabinet gives back what was put in, and shows nothing half-written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.desk.stores import cabinet as cabinet_module
from xianxue.desk.stores.cabinet import Cabinet, Kept, content_digest
from xianxue.desk.stores.cell_lines import cells_digest


def filed(place: str = "2199000001", enrolled: int | Missing = 120) -> Return:
    """One small return."""
    return Return(
        form="school_annual",
        version="2025",
        period="2025-2026",
        place=place,
        tables={
            "basic": (Row("", {"name": Cell("某小学", "D2", "某小学")}),),
            "students": (
                Row("G1", {"enrolled": Cell(enrolled, "B4", "120"), "girls": Cell(0, "C4", "0")}),
                Row("G2", {"enrolled": Cell(Missing.WITHHELD, "B5", "不公开")}),
            ),
        },
        file=f"{place}.xlsx",
        digest="d" * 64,
    )


def test_what_is_put_in_comes_out_cell_by_cell(tmp_path: Path) -> None:
    """Values, kinds of missing, addresses and the written text survive; the revision is added."""
    cabinet = Cabinet(tmp_path)
    batch = cabinet.write_batch([filed(), filed("2199000002", Missing.NOT_ANSWERED)])
    kept = [Kept("school_annual", "2199000002", 3, batch)]
    (back,) = cabinet.read_returns(kept)
    assert back.revision == 3
    assert back.tables == filed("2199000002", Missing.NOT_ANSWERED).tables


def test_a_batch_is_written_once(tmp_path: Path) -> None:
    """The same returns make the same file, and the second writing changes nothing."""
    cabinet = Cabinet(tmp_path)
    batch = cabinet.write_batch([filed()])
    path = tmp_path / "batches" / f"{batch}.parquet"
    before = path.stat().st_mtime_ns
    assert cabinet.write_batch([filed()]) == batch
    assert path.stat().st_mtime_ns == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_content_is_what_is_said_and_not_how_it_was_saved() -> None:
    """Addresses do not count; a zero and a blank do."""
    moved = Return(
        form="school_annual",
        version="2025",
        period="2025-2026",
        place="2199000001",
        tables={
            sheet: tuple(
                Row(row.code, {name: Cell(cell.value, "Z99") for name, cell in row.cells.items()})
                for row in rows
            )
            for sheet, rows in filed().tables.items()
        },
    )
    assert content_digest(moved) == content_digest(filed())
    assert content_digest(filed(enrolled=0)) != content_digest(filed(enrolled=Missing.NOT_ANSWERED))


def test_tables_appear_all_at_once_or_not_at_all(tmp_path: Path) -> None:
    """A column that does not fit its type leaves no folder behind."""
    cabinet = Cabinet(tmp_path)
    good = ({"place": ["a"], "enrolled": [1]}, {"place": "String", "enrolled": "Int64"})
    bad = ({"place": ["a"], "enrolled": ["x"]}, {"place": "String", "enrolled": "Int64"})
    with pytest.raises((TypeError, ValueError)):
        cabinet.tables.write("broken", {"students": good, "staff": bad})
    assert not cabinet.tables.has("broken")
    assert list((tmp_path / "tables").iterdir()) == []
    cabinet.tables.write("whole", {"students": good})
    assert pl.read_parquet(cabinet.tables.files("whole")["students"]).to_dicts() == [
        {"place": "a", "enrolled": 1}
    ]


def test_several_workbooks_are_kept_and_the_folder_is_settled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed after it was read is not kept; of two copies there is one file."""
    cabinet = Cabinet(tmp_path / "cabinet")
    settled: list[Path] = []
    monkeypatch.setattr(cabinet_module, "settle_folder", settled.append)
    files = []
    for number, said in enumerate([b"one", b"two", b"one", b"three"]):
        path = tmp_path / f"{number}.XLSX"
        path.write_bytes(said)
        files.append((path, hashlib.sha256(said).hexdigest()))
    files[3][0].write_bytes(b"another")
    assert cabinet.keep_workbooks(files) == [True, True, True, False]
    assert settled == [tmp_path / "cabinet" / "workbooks"]
    kept = {path.name: path.read_bytes() for path in settled[0].iterdir()}
    assert kept == {f"{digest}.xlsx": path.read_bytes() for path, digest in files[:2]}
    assert cabinet.keep_workbooks([]) == []
    assert not cabinet.keep_workbook(*files[3])
    assert len(settled) == 1


def test_the_digest_of_cells_is_over_each_line_as_python_tells_it() -> None:
    """Journals of earlier programs hold these digests: however they are worked out, they stay."""
    filed = Return(
        form="f", version="1", period="2025-2026", place="639900001", file="虚构'\".xlsx",
        digest="d" * 64,
        tables={
            "b": (Row("r", {"n": Cell(7, "C4", "7"), "t": Cell("甲\n乙", "D4", "甲\n乙")}),),
            "a": (Row("", {"m": Cell(Missing.WITHHELD, "B2", "不公开")}),),
        },
    )  # fmt: skip
    lines = [
        ("b", 0, "r", "n", 7, None, None, "C4", "7"),
        ("b", 0, "r", "t", None, "甲\n乙", None, "D4", "甲\n乙"),
        ("a", 0, "", "m", None, None, "WITHHELD", "B2", "不公开"),
    ]
    head = ("639900001", "f", "1", "2025-2026", "虚构'\".xlsx", "d" * 64)
    said = "".join(f"{(*head, *line)!r}\n" for line in lines)
    content = content_digest(filed)
    expected = hashlib.sha256((content + said).encode()).hexdigest()
    assert cells_digest(filed) == cells_digest(filed, content) == expected
    values = "a\t\tm\tWITHHELD\nb\tr\tn\t7\nb\tr\tt\t" + repr("甲\n乙") + "\n"
    told = "f\n1\n2025-2026\n639900001\n" + values
    assert content == hashlib.sha256(told.encode()).hexdigest()
