"""A compacted cabinet gives back every return as it was filed, wherever the process dies."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.desk.database import open_database
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.models import Revision
from xianxue.desk.releases.publication import compact_period, verify
from xianxue.desk.stores import cabinet as cabinet_module
from xianxue.desk.stores import compaction
from xianxue.desk.stores.cabinet import Cabinet, Kept, content_digest
from xianxue.desk.stores.compaction import UnlikeError, compact
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.workspace import Workspace

PERIOD = "2025-2026"
MUSEUM = Path(__file__).with_name("museum")


def filed(place: str, form: str = "f", period: str = PERIOD, value: int | Missing = 1) -> Return:
    rows = (
        Row("G2", {"b": Cell(value, "B5", str(value)), "a": Cell(0, "C4", "0")}),
        Row("G1", {"a": Cell("甲", "D2", "甲")}),
    )
    return Return(
        form=form,
        version="1",
        period=period,
        place=place,
        tables={"students": rows, "basic": (Row("", {"n": Cell(7, "A1", "7")}),)},
        file=f"{place}.xlsx",
        digest=f"{place}-{value}".ljust(64, "d"),
    )


class Shelf:
    """A cabinet, and what a database would refer to in it."""

    def __init__(self, root: Path) -> None:
        self.cabinet = Cabinet(root)
        self.kept: list[Kept] = []

    def file(self, *returns: Return, revision: int = 1) -> str:
        batch = self.cabinet.write_batch(returns)
        self.kept += [Kept(each.form, each.place, revision, batch, each.period) for each in returns]
        return batch

    def compact(self, period: str = PERIOD) -> int:
        return compact(self.cabinet, [item for item in self.kept if item.period == period])

    def read(self) -> list[Return]:
        return self.cabinet.read_returns(self.kept)

    def files(self) -> list[str]:
        root = self.cabinet.root
        found = (path for path in root.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(root).parent) for path in found)


@pytest.fixture
def shelf(tmp_path):
    """Three schools that filed one by one, one of them twice, and a batch of two forms."""
    shelf = Shelf(tmp_path)
    for place in ("a", "b", "c"):
        shelf.file(filed(place))
    shelf.file(filed("b", value=Missing.WITHHELD), revision=2)
    shelf.file(filed("d"), filed("e", form="g"))
    return shelf


def test_one_file_of_a_form_and_period_takes_the_place_of_all(shelf):
    before = shelf.read()
    assert shelf.files() == ["batches"] * 5
    assert shelf.compact() == 5
    assert shelf.files() == [f"compacted/f/{PERIOD}", f"compacted/g/{PERIOD}"]
    assert shelf.read() == before


def test_each_return_alone_has_the_content_that_was_sealed(shelf):
    sealed = {(item.place, item.revision): item for item in shelf.kept}
    contents = {
        key: content_digest(shelf.cabinet.read_returns([item])[0]) for key, item in sealed.items()
    }
    shelf.compact()
    for key, item in sealed.items():
        (alone,) = shelf.cabinet.read_returns([item])
        assert content_digest(alone) == contents[key]
        assert (alone.place, alone.revision) == key


def test_another_period_is_left_alone(shelf):
    shelf.file(filed("a", period="2026-2027"))
    before = shelf.read()
    shelf.compact()
    assert shelf.files().count("batches") == 1
    assert shelf.read() == before


def test_a_batch_of_two_periods_stays_until_both_are_compacted(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.file(filed("a"), filed("a", period="2026-2027"))
    before = shelf.read()
    assert shelf.compact() == 0
    assert shelf.files() == ["batches", f"compacted/f/{PERIOD}"]
    assert shelf.read() == before
    assert shelf.compact("2026-2027") == 1
    assert shelf.files() == [f"compacted/f/{PERIOD}", "compacted/f/2026-2027"]
    assert shelf.read() == before


def test_compacting_again_adds_what_came_since(shelf):
    shelf.compact()
    shelf.file(filed("a", value=9), revision=2)
    before = shelf.read()
    assert shelf.compact() == 1
    assert shelf.files() == [f"compacted/f/{PERIOD}", f"compacted/g/{PERIOD}"]
    assert shelf.read() == before
    assert shelf.compact() == 0


def test_handing_in_the_same_again_after_compacting_changes_nothing(shelf):
    shelf.compact()
    before = shelf.read()
    shelf.cabinet.write_batch([filed("a")])
    assert shelf.read() == before
    assert shelf.compact() == 1
    assert shelf.read() == before


def test_what_nobody_refers_to_is_not_taken_away(shelf):
    """Somebody else is handing it in at this moment."""
    batch = shelf.cabinet.write_batch([filed("z")])
    shelf.compact()
    assert shelf.cabinet.loose(batch).is_file()


def test_a_lost_compacted_file_is_loud(shelf):
    shelf.compact()
    for path in shelf.cabinet.compacted("f"):
        path.unlink()
    with pytest.raises(HarmedError, match="文件不见了"):
        shelf.read()


def test_a_file_that_reads_back_otherwise_replaces_nothing(shelf, monkeypatch):
    before = shelf.read()
    lay = compaction._lay

    def spoil(*args):
        target = lay(*args)
        pl.read_parquet(target).with_columns(number=pl.lit(5, pl.Int64)).write_parquet(target)
        return target

    with monkeypatch.context() as patch:
        patch.setattr(compaction, "_lay", spoil)
        with pytest.raises(UnlikeError):
            shelf.compact()
    assert shelf.read() == before
    assert shelf.files() == ["batches"] * 5
    assert shelf.compact() == 5
    assert shelf.read() == before


OPERATIONS = [
    (os, "open"),
    (os, "fsync"),
    (Path, "replace"),
    (Path, "mkdir"),
    (Path, "unlink"),
    (cabinet_module, "settle_folder"),
    (compaction, "settle_folder"),
]


@pytest.mark.parametrize(("owner", "name"), OPERATIONS)
@pytest.mark.parametrize("survives", range(6))
def test_whichever_file_operation_is_the_last_everything_can_be_read(
    shelf, monkeypatch, owner, name, survives
):
    """The n-th call and all after it fail; what was kept is there, and the next try finishes."""
    before, left = shelf.read(), [survives]
    true = getattr(owner, name)

    def failing(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.EIO, "停电")
        return true(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        with contextlib.suppress(OSError):
            shelf.compact()
    assert shelf.read() == before
    shelf.compact()
    assert shelf.read() == before
    assert {name for name in shelf.files() if ".making" not in name} == {
        f"compacted/f/{PERIOD}",
        f"compacted/g/{PERIOD}",
    }


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("abcd"), st.sampled_from("fg"), st.integers(0, 3)),
            min_size=1,
            max_size=3,
            unique_by=lambda part: part[:2],
        ),
        min_size=1,
        max_size=5,
    ),
    st.sets(st.integers(0, 4)),
)
def test_whatever_was_filed_and_whenever_it_was_compacted_it_reads_the_same(batches, when):
    with tempfile.TemporaryDirectory() as folder:
        shelf, plain = Shelf(Path(folder) / "one"), Shelf(Path(folder) / "two")
        for number, batch in enumerate(batches):
            returns = [filed(place, form, value=value) for place, form, value in batch]
            for each in (shelf, plain):
                each.file(*returns, revision=number + 1)
            if number in when:
                shelf.compact()
        assert shelf.read() == plain.read()


def test_an_old_store_is_read_and_compacted(tmp_path, monkeypatch):
    """Its batches lie as the old version left them; its release verifies before and after."""
    monkeypatch.setenv(VARIABLE, "sqlite:///store/xianxue.sqlite3")
    with zipfile.ZipFile(MUSEUM / "store_0003.zip") as archive:
        archive.extractall(tmp_path)
    workspace = Workspace.open(tmp_path)
    open_database(workspace.store)
    assert verify(workspace) == []
    cabinet = Cabinet(workspace.store / "cabinet")
    rows = list(Revision.objects.order_by("id"))
    kept = [Kept(row.form, row.place, row.number, row.batch, row.period) for row in rows]
    before = cabinet.read_returns(kept)
    assert compact_period(workspace, workspace.period(None)) == 5
    assert list((cabinet.root / "batches").iterdir()) == []
    assert cabinet.read_returns(kept) == before
    for row, item in zip(rows, kept, strict=True):
        (alone,) = cabinet.read_returns([item])
        assert content_digest(alone) == row.content
    assert verify(workspace) == []
