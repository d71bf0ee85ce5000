"""Accepted returns are given back as the cabinet has them, sooner, and never out of date."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.cli import main
from xianxue.desk.returns.accepted import accepted_returns, revisions
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.recalled import decoded, encoded, name_of
from xianxue.desk.workspace import Workspace

RETURN = Return(
    form="school_annual",
    version="1",
    period="2025-2026",
    place="2199000001",
    tables={
        "basic": (Row("", {"name": Cell("某小学", "D2", "某小学")}),),
        "students": (
            Row("G1", {"enrolled": Cell(-3, "B4", "-3"), "girls": Cell(0, "", "")}),
            *(Row(each.name, {"enrolled": Cell(each, "B5", "不公开")}) for each in Missing),
            Row("G9", {"enrolled": Cell("WITHHELD", "B6", "WITHHELD")}),
        ),
        "empty": (),
    },
    file="a.xlsx",
    digest="d" * 64,
    revision=3,
)


def test_every_kind_of_value_comes_back_as_it_was():
    both = [RETURN, replace(RETURN, place="2199000002", tables={})]
    assert decoded(encoded(both)) == both
    assert decoded(encoded([])) == []


def test_what_would_not_come_back_is_not_written():
    """A fault is what a reader says of a cell; the cabinet has none, and neither have we."""
    cell = Cell(Missing.NOT_ANSWERED, "B4", "", "error")
    odd = replace(RETURN, tables={"students": (Row("G1", {"enrolled": cell}),)})
    assert encoded([odd]) is None


@pytest.mark.parametrize(
    "said",
    [None, b"", b"\xc1", msgspec.msgpack.encode({"a": 1}), msgspec.msgpack.encode([[1]])],
    ids=["none", "empty", "no-msgpack", "no-list", "no-return"],
)
def test_bytes_that_hold_no_returns_give_none(said):
    assert decoded(said) is None


def test_another_set_of_revisions_has_another_name():
    row = ("f", "p", 1, "b", "2025-2026")
    assert name_of([row]) == name_of([tuple(row)])
    others = [[], [row, row], [("f", "p", 2, "b", "2025-2026")], [("f", "p", 1, "c", "2025-2026")]]
    assert len({name_of(each) for each in ([row], *others)}) == 5


def test_a_workspace_gives_the_same_from_the_cabinet_and_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(SystemExit):
        main(["demo", str(tmp_path / "county"), "--example", "four_schools"])
    workspace = Workspace.open(tmp_path / "county")
    period = workspace.period(None)
    right = Holdings(workspace, period).returns
    assert len(right) == len(revisions(workspace, period)) > 0
    assert accepted_returns(workspace, period) == right
    folder = workspace.store / "cabinet" / "recalled"
    assert len(list(folder.iterdir())) == 1
    with monkeypatch.context() as patch:
        # From here on nothing reads the cabinet.
        patch.setattr(Cabinet, "read_returns", None)
        assert accepted_returns(workspace, period) == right
        assert accepted_returns(workspace, Period.parse("2019-2020")) == []
    next(folder.iterdir()).write_bytes(b"damaged")
    assert accepted_returns(workspace, period) == right
