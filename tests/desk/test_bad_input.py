"""Bad files get one clear complaint each, the good ones go on, and nothing is half accepted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from xianxue.bureau.values.units import TooLargeError
from xianxue.desk.cli import cli, main
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A small county with its workbooks filled in and nothing accepted."""
    folder = tmp_path / "county"
    folder.mkdir()
    example = Example.open("four_schools")
    lay_out_example(folder, example)
    fill_in(Workspace.open(folder), example, folder / "workbooks")
    return folder


def accept(
    capsys: pytest.CaptureFixture[str], county: Path, *files: Path
) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """Accept files; give the exit code and what was said."""
    words = ["returns", "accept", *map(str, files), "--workspace", str(county), "--json"]
    with pytest.raises(SystemExit) as end:
        main(words)
    code = end.value.code
    return (code if isinstance(code, int) else 0), json.loads(capsys.readouterr().out)


def test_each_bad_file_has_one_complaint_and_the_good_ones_go_on(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text by another name, half a zip, nothing at all; a copy, and two that rival each other."""
    good = sorted((county / "workbooks").glob("*.xlsx"))
    text = county / "文字.xlsx"
    text.write_text("这不是工作簿", encoding="utf-8")
    half = county / "半个.xlsx"
    half.write_bytes(good[0].read_bytes()[:4000])
    empty = county / "空的.xlsx"
    empty.write_bytes(b"")
    copy = county / "同一份.xlsx"
    shutil.copyfile(good[-1], copy)
    rival = county / "另一份.xlsx"
    openpyxl.load_workbook(good[0]).save(rival)
    code, said = accept(capsys, county, *good, text, half, empty, copy, rival)
    assert code == 1
    taken = {each["file"] for each in said["accepted"]}
    assert taken == {path.name for path in good[1:]}
    refused = [each["file"] for each in said["issues"] if each["severity"] == "must_fix"]
    for path in (text, half, empty, copy, good[0], rival):
        assert refused.count(path.name) == 1
    for each in said["issues"]:
        assert each["saw"]
        assert each["message"]


def test_a_school_of_another_county_is_not_taken_in(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its code is not in the register; the clerk is told so."""
    stranger = county / "stranger"
    stranger.mkdir()
    example = Example.open("five_schools")
    lay_out_example(stranger, example)
    files = fill_in(Workspace.open(stranger), example, stranger / "workbooks")
    code, said = accept(capsys, county, files[0])
    assert (code, said["accepted"]) == (1, [])
    assert [each["code"] for each in said["issues"] if each["severity"] == "must_fix"] == [
        "R-UNKNOWN-PLACE"
    ]


def test_an_interrupted_demo_can_be_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after some workbooks were written, the second run begins afresh and ends well."""
    folder = tmp_path / "demo"
    write = Path.write_bytes
    written: list[str] = []

    def stop_after_two(path: Path, data: bytes) -> int:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path.name)
        return write(path, data)

    words = ["demo", str(folder), "--example", "four_schools"]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", stop_after_two)
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 2
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    assert "收下" in capsys.readouterr().out


def test_the_demo_does_not_write_into_somebody_elses_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with other things in it stays as it is."""
    mine = tmp_path / "mine.txt"
    mine.write_text("重要", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["demo", str(tmp_path)])
    assert end.value.code == 2
    assert "换一个新目录" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_amount_too_large_to_be_counted_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What came in before the checks refused it stops a command, and never with a traceback."""

    message = "2199000001 的 transferred_in 是 513221198501010012，不能计入"

    def counts(*_args: object, **_options: object) -> None:
        raise TooLargeError(message)

    monkeypatch.setattr(cli, "main", counts)
    with pytest.raises(SystemExit) as left:
        main(["assess", "balance_resources"])
    assert left.value.code == 2
    assert capsys.readouterr().err == f"错误：{message}\n"


def test_a_return_of_another_year_is_said_first(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Last year's workbook, filled in once more by mistake, has no other fault."""
    opened = Workspace.open(county)
    (book,) = sorted((county / "workbooks").glob("2163980001*.xlsx"))
    settings = county / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    assert opened.settings.period == "2025-2026"
    settings.write_text(text.replace('"2025-2026"', '"2026-2027"'), encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["returns", "check", str(book), "--workspace", str(county), "--json"])
    assert end.value.code == 1
    first, *_ = json.loads(capsys.readouterr().out)
    assert (first["code"], first["severity"]) == ("R-ANOTHER-YEAR", "explain")
    assert first["message"] == (
        f"{book.name}：这是2025—2026学年的报表，现在报的是2026—2027学年；要求：2026—2027学年的报表。"
        "报本期的请换用本期的模板；确实是补报、更正那一期的，请说明。"
    )


def test_a_return_brought_in_late_is_submitted_with_its_reason(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book,) = sorted((county / "workbooks").glob("2163980001*.xlsx"))
    settings = county / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"2025-2026"', '"2026-2027"'), encoding="utf-8")
    words = ["returns", "submit", str(book), "--workspace", str(county), "--json"]
    words += ["--clerk", "甲（虚构）", "--head", "乙（虚构）"]
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 1
    assert json.loads(capsys.readouterr().out)["submitted"] == []
    with pytest.raises(SystemExit):
        main([*words, "--explain", "R-ANOTHER-YEAR=补报（虚构）"])
    done = json.loads(capsys.readouterr().out)
    assert [each["place"] for each in done["submitted"]] == ["2163980001"]


def test_a_return_of_the_year_that_is_collected_is_not_asked_about(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book,) = sorted((county / "workbooks").glob("2163980001*.xlsx"))
    with pytest.raises(SystemExit):
        main(["returns", "check", str(book), "--workspace", str(county), "--json"])
    codes = {issue["code"] for issue in json.loads(capsys.readouterr().out)}
    assert "R-ANOTHER-YEAR" not in codes


MANY = """
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.desk import cli
from xianxue.desk.workspace import ComplaintsError

def refuse(*_, **__):
    raise ComplaintsError([Issue(code="X", severity=Severity.MUST_FIX, saw="错" * 99)] * 9999)

cli.cli.main = refuse
cli.main()
"""


def test_whoever_has_read_enough_is_told_nothing_more() -> None:
    """`| head` closes the pipe while many complaints are still being printed."""
    with subprocess.Popen(
        [sys.executable, "-c", MANY], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(100)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
