"""What cannot be seen is shown as an escape, never handed to a terminal, and refused in names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from national import national

from xianxue.desk.cli import main
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_json, print_table
from xianxue.desk.stores import machine, roster

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\u200b\u00ad]")
HIDDEN = {
    "a screen cleared": "\x1b[2J",
    "a title set": "\x1b]0;x\x07",
    "a line begun again": "好\r坏",
    "letters taken back": "坏\x08好",
    "eight-bit control": "\x9b31m",
    "deleted": "甲\x7f乙",
    "turned around": "甲\u202e乙",
    "isolated": "\u2067甲\u2069",
    "a line of its own": "甲\u2028乙",
    "nothing at all": "\x00",
    "without width": "甲\u200b乙",
    "a hyphen that may be": "甲\u00ad乙",
}


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    code, said = end.value.code, capsys.readouterr()
    return (code if isinstance(code, int) else 0), said.out + said.err


@pytest.mark.parametrize("kind", HIDDEN)
def test_whatever_is_printed_reaches_no_terminal(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    echo(f"前{HIDDEN[kind]}后")
    print_table("表", ["名"], [[f"前{HIDDEN[kind]}后"]])
    print_json({"name": f"前{HIDDEN[kind]}后"})
    said = capsys.readouterr().out
    assert not RAW.search(said)
    found = cast("dict[str, str]", json.loads(said[said.index("{") :]))
    assert found["name"] == f"前{HIDDEN[kind]}后"


def test_lines_and_chinese_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    echo("第一行\n第二行\t“引号”—— é 🙂")
    assert capsys.readouterr().out == "第一行\n第二行\t“引号”—— é 🙂\n"


def test_brackets_in_a_name_are_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    """They used to vanish, and a closing one to end the command."""
    print_table("表", ["名"], [["甲[red]校[/red]"], ["乙[/]校"], [":smile:"]])
    said = capsys.readouterr().out
    assert "甲[red]校[/red]" in said
    assert "乙[/]校" in said
    assert ":smile:" in said


def test_a_cell_with_escapes_is_quoted_with_them_shown(
    capsys: pytest.CaptureFixture[str], four_schools: Path, tmp_path: Path
) -> None:
    """As a workbook holds them: written as ``_x001B_`` in its XML."""
    (source, *_) = sorted((four_schools / "workbooks").glob("2163980001*.xlsx"))
    book = openpyxl.load_workbook(source)
    # What Excel reads back as the character itself; 虚构.
    book["教职工"]["D8"] = "5_x001B_[2J_x0007_"
    book.save(tmp_path / "虚构.xlsx")
    for form, shown in (((), "5\\x1b[2J\\x07"), (("--json",), "5\\u001b[2J\\u0007")):
        code, said = run(capsys, "returns", "check", tmp_path / "虚构.xlsx", *form)
        assert code == 1
        assert shown in said
        assert not RAW.search(said)


@pytest.mark.parametrize("option", ["--as", "--clerk", "--head", "--why", "--of"])
@pytest.mark.parametrize("kind", HIDDEN)
def test_names_and_reasons_with_them_are_refused(
    capsys: pytest.CaptureFixture[str], option: str, kind: str
) -> None:
    for words in ((option, f"张三{HIDDEN[kind]}"), (f"{option}=张三{HIDDEN[kind]}",)):
        code, said = run(capsys, "returns", "submit", "a.xlsx", *words)
        assert (code, "看不见的字符" in said) == (2, True)
        assert not RAW.search(said)


def test_a_name_is_one_line_and_a_reason_may_be_several(
    capsys: pytest.CaptureFixture[str], four_schools: Path
) -> None:
    """A line end in a name would begin a line of its own wherever names are listed."""
    code, said = run(capsys, "returns", "submit", "a.xlsx", "--as", "张三\n4  已通过")
    assert (code, "看不见的字符 \\n" in said) == (2, True)
    words = ("returns", "review", "--place", "2163980001", "--as", "张三（虚构）")
    where = ("--why", "第一行\n第二行", "--workspace", four_schools)
    assert "看不见的字符" not in run(capsys, *words, *where)[1]


def test_a_school_whose_name_has_them_is_not_read(
    copy_workspace: Callable[[Path, Path], None], four_schools: Path, tmp_path: Path
) -> None:
    text = (four_schools / roster.NAME).read_text(encoding="utf-8-sig")
    path = tmp_path / roster.NAME
    path.write_text(text.replace("东河镇中心小学", "东河镇\u202e中心小学"), encoding="utf-8-sig")
    _, issues = roster.read_roster(path, national().shelf.codes)
    assert any("看不见的字符 \\u202e" in issue.message for issue in issues)


def test_the_account_is_the_systems_and_not_what_somebody_sets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = machine.account()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "局长（虚构）")
    assert machine.account() == before
    assert "局长" not in machine.here()


@pytest.mark.skipif(os.name != "posix", reason="numbers of accounts are POSIX's")
def test_an_account_without_a_name_has_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    assert machine.here().startswith("uid 4000000000@")
