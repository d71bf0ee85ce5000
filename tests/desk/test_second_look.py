"""Before approving: what is unusual is shown, and what was commented and not touched is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xianxue.desk.cli import main
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

SCHOOL, OTHER = "2163980001", "3163980002"
SIGNED = ("--clerk", "张三（虚构）", "--head", "李四（虚构）")
OFFICE = ("--as", "赵六（虚构）")


class County:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        example = Example.open("four_schools")
        lay_out_example(root, example)
        fill_in(Workspace.open(root), example, root / "workbooks")

    def book(self, place: str = SCHOOL) -> Path:
        (path,) = (self.root / "workbooks").glob(f"{place}*.xlsx")
        return path

    def write(self, place: str = SCHOOL, sheet: str = "学生", **cells: int) -> Path:
        book = openpyxl.load_workbook(self.book(place))
        for cell, value in cells.items():
            book[sheet][cell] = value
        book.save(self.book(place))
        return self.book(place)

    def run(self, *words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main([*map(str, words), "--workspace", str(self.root)])
        code, said = end.value.code, self.capsys.readouterr()
        return (code if isinstance(code, int) else 0), said.out + said.err

    def data(self, *words: object) -> Any:
        return json.loads(self.run(*words, "--json")[1])

    def sent_back(self, *comments: str) -> None:
        assert self.run("returns", "submit", self.book(), *SIGNED)[0] == 0
        said = [part for comment in comments for part in ("--comment", comment)]
        assert self.run("returns", "send-back", "--place", SCHOOL, *said, *OFFICE)[0] == 0


@pytest.fixture
def county(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> County:
    return County(tmp_path, capsys)


def codes(issues: list[dict[str, str]]) -> list[str]:
    return [each["code"] for each in issues if each["code"] == "F-UNTOUCHED"]


def test_a_commented_cell_that_was_not_touched_is_said_to_clerk_and_reviewer(
    county: County,
) -> None:
    """Handed in again with another cell altered: all three who look are told."""
    county.sent_back("学生!C4=请核对女生数")
    book = openpyxl.load_workbook(county.book())
    value = book["学生"]["C4"].value
    county.write(sheet="基本情况")

    code, said = county.run("returns", "submit", county.book(), *SIGNED)
    assert code == 0
    assert "〔学生〕C4" in said
    assert f"没有改，还是“{value}”" in said
    for step in ("review", "approve"):
        code, said = county.run("returns", step, "--place", SCHOOL, *OFFICE)
        assert code == 0
        assert f"没有改，还是“{value}”" in said


def test_a_commented_cell_that_was_mended_is_not_spoken_of(county: County) -> None:
    county.sent_back("学生!C4=请核对女生数")
    value = openpyxl.load_workbook(county.book())["学生"]["C4"].value
    county.write(C4=int(str(value)) - 1)
    said = county.data("returns", "submit", county.book(), *SIGNED)
    assert codes(said["issues"]) == []
    assert codes(county.data("returns", "review", "--all", *OFFICE)["issues"]) == []
    assert codes(county.data("returns", "approve", "--all", *OFFICE)["unusual"]) == []


def test_comments_on_a_sheet_and_on_the_whole_are_held_likewise(county: County) -> None:
    """A girl less on the pupils' sheet: the staff's is untouched, the whole is not."""
    county.sent_back("教职工!=逐项再看", "整张表再看一遍", "学生!=再数一遍")
    value = openpyxl.load_workbook(county.book())["学生"]["C4"].value
    county.write(C4=int(str(value)) - 1)
    said = county.data("returns", "submit", county.book(), *SIGNED)["issues"]
    assert [(each["code"], each["sheet"]) for each in said if each["code"] == "F-UNTOUCHED"] == [
        ("F-UNTOUCHED", "教职工")
    ]


def test_unusual_values_are_shown_before_many_are_approved(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody watches, the answer no approves nothing."""
    county.run("returns", "submit", county.book(OTHER), *SIGNED)
    county.sent_back("学生!C4=请核对")
    county.run("returns", "submit", county.book(), *SIGNED)
    county.run("returns", "review", "--all", *OFFICE)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("xianxue.desk.cli.returns.review.confirm", lambda _: False)
    code, said = county.run("returns", "approve", "--all", *OFFICE)
    assert code == 2
    assert "通过之前请先看" in said
    states = [row["state"] for row in county.data("returns", "status")]
    assert (states.count("in_review"), states.count("accepted")) == (2, 0)

    monkeypatch.setattr("xianxue.desk.cli.returns.review.confirm", lambda _: True)
    code, said = county.run("returns", "approve", "--all", *OFFICE)
    assert code == 0
    assert said.index("通过之前请先看") < said.index("通过（第")


def test_what_cannot_be_read_cannot_be_approved(county: County) -> None:
    """One batch has become unreadable; the other return goes on."""
    county.run("returns", "submit", county.book(), *SIGNED)
    batches = county.root / "store" / "cabinet" / "batches"
    (harmed,) = batches.iterdir()
    county.run("returns", "submit", county.book(OTHER), *SIGNED)
    county.run("returns", "review", "--all", *OFFICE)
    harmed.write_bytes(b"")
    said = county.data("returns", "approve", "--all", *OFFICE)
    assert [each["place"] for each in said["done"]] == [OTHER]
    assert said["issues"]


def test_what_was_explained_is_among_what_is_shown(county: County) -> None:
    """The reviewer judges the explanation, so it is shown with the value: 90 entered, 100 there."""
    county.write(H4=90)
    why = ("--explain", "学生!H4=十人复学（虚构）")
    assert county.run("returns", "submit", county.book(), *SIGNED, *why)[0] == 0
    county.run("returns", "review", "--all", *OFFICE)
    code, said = county.run("returns", "approve", "--all", *OFFICE)
    assert code == 0
    shown = said[said.index("通过之前请先看") : said.index("通过（第")]
    assert "东河镇中心小学〔学生〕H4" in shown
    assert "90" in shown
    assert "十人复学" in shown
