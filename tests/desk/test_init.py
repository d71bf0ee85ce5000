"""``xianxue init``: asks on a terminal only, explains, and ends with three commands to copy."""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.desk.cli import main
from xianxue.desk.workspace import Workspace

LIST = "名称,代码,类型,建校年份\n甲校（虚构）,2163990001,小学,1990\n"
Run = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command; ``typed`` are the lines somebody answers, None where nobody sits there."""
    monkeypatch.chdir(tmp_path)

    def running(*words: str, typed: list[str] | None = None) -> tuple[int, str, str]:
        lines = "".join(f"{line}\n" for line in typed or [])
        monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(lines))
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return running


def next_commands(said: str) -> list[str]:
    return re.findall(r"^  \d\. .*?：(xianxue .*)$", said, re.MULTILINE)


def test_everything_is_asked_and_explained(run: Run) -> None:
    code, said, _ = run("init", typed=["虚构", "639900", "虚构县", "2025-2026", ""])
    assert code == 0
    for explained in ("6 位数字", "写进报告和通知里", "从 9 月 1 日到次年 8 月 31 日", "按 Ctrl-C"):
        assert explained in said
    opened = Workspace.open(Path("虚构"))
    assert (opened.register.county.code, opened.register.county.name) == ("639900", "虚构县")
    assert opened.settings.period == "2025-2026"
    assert len(next_commands(said)) == 3


def test_a_wrong_answer_is_told_and_asked_again(run: Run) -> None:
    typed = ["虚构", "6399", "63990０", "639900", "虚构县", "九月", "2025-2026", "没有.xlsx", ""]
    code, said, _ = run("init", typed=typed)
    assert code == 0
    assert "县级区划代码是 6 位数字，写的是“6399”，请再写一次。" in said
    assert "没有文件 没有.xlsx，请再写一次。" in said
    assert Workspace.open(Path("虚构")).settings.period == "2025-2026"


def test_whoever_breaks_off_has_written_nothing(run: Run) -> None:
    code, _, error = run("init", typed=["虚构", "639900"])
    assert (code, "已中断" in error) == (2, True)
    assert not Path("虚构").exists()


def test_nobody_is_asked_without_a_terminal(run: Run) -> None:
    """A script hears what is lacking; it does not hang, and the answers it pipes are not taken."""
    code, said, error = run("init", "虚构")
    assert (code, said) == (2, "")
    assert "请用 --county 写明县级区划代码" in error
    code, _, error = run("init", "--county", "639900")
    assert (code, "请写明工作目录" in error) == (2, True)
    assert list(Path().iterdir()) == []


def test_nobody_is_asked_who_has_said_all(run: Run) -> None:
    code, said, _ = run("init", "虚构", "--county", "639900", typed=[])
    assert code == 0
    assert "方括号" not in said


@pytest.mark.parametrize("county", ["63", "639900101", "abcdef", "０39900", '6399"0'])
def test_a_county_that_is_none_is_refused(run: Run, county: str) -> None:
    code, _, error = run("init", "虚构", "--county", county)
    assert (code, "县级区划代码是 6 位数字" in error) == (2, True)
    assert not Path("虚构").exists()


def test_a_period_that_is_none_is_refused(run: Run) -> None:
    code, _, error = run("init", "虚构", "--county", "639900", "--period", "去年")
    assert (code, "去年" in error) == (2, True)
    assert not Path("虚构").exists()


def test_a_name_with_a_comma_or_a_quote_is_kept(run: Run) -> None:
    run("init", "虚构", "--county", "639900", "--name", '虚构县,"甲"')
    assert Workspace.open(Path("虚构")).register.county.name == '虚构县,"甲"'


def test_a_folder_in_use_is_left_alone(run: Run) -> None:
    run("init", "虚构", "--county", "639900")
    before = Path("虚构/places.csv").read_bytes()
    assert run("init", "虚构", "--county", "639800")[0] == 2
    assert run("init", "虚构", "--example", "four_schools")[0] == 2
    assert Path("虚构/places.csv").read_bytes() == before


def test_the_three_commands_work_as_they_are_printed(run: Run) -> None:
    """From an empty folder to the schools' templates, by nothing but what is on the screen."""
    _, said, _ = run("init", "虚构", "--county", "639900", "--period", "2025-2026")
    first, second, third = next_commands(said)
    assert run(*shlex.split(first)[1:])[0] == 0
    assert Path("名册.xlsx").is_file()
    code, told, _ = run(*shlex.split(second)[1:])
    assert (code, "名册里一行也没有" in told) == (1, True)
    Path("名册.xlsx").unlink()
    Path("名册.csv").write_text(LIST, encoding="gbk")
    assert run(*shlex.split(second.replace(".xlsx", ".csv"))[1:])[0] == 0
    assert run(*shlex.split(third)[1:])[0] == 0
    assert Path("模板.zip").is_file()


def test_a_folder_with_a_space_is_quoted(run: Run) -> None:
    _, said, _ = run("init", "虚构 县", "--county", "639900")
    assert run(*shlex.split(next_commands(said)[0])[1:])[0] == 0


def test_a_list_of_schools_is_taken_at_once(run: Run) -> None:
    Path("名单.csv").write_text(LIST, encoding="gbk")
    typed = ["虚构", "639900", "虚构县", "2025-2026", "名单.csv"]
    code, said, _ = run("init", typed=typed)
    assert (code, "已登记学校 1 所、乡镇 0 个。" in said) == (0, True), said
    assert all(run(*shlex.split(each)[1:])[0] == 0 for each in next_commands(said))


def test_a_list_with_a_fault_leaves_a_workspace_without_it(run: Run) -> None:
    Path("名单.csv").write_text(LIST.replace("小学", "大学堂"), encoding="utf-8")
    code, said, _ = run("init", "虚构", "--county", "639900", "--schools", "名单.csv")
    assert code == 1
    assert "办学类型填了“大学堂”" in said
    assert "名单.csv 没有导入" in said
    assert "xianxue places import" in next_commands(said)[1]
    assert len(list(Workspace.open(Path("虚构")).register)) == 1
