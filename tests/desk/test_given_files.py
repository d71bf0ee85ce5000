"""What is no regular file is refused at once, by every command that takes one.

None of these tests would end if a pipe were waited for or a device read.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from xianxue.bureau.audit.cost import LONGEST, expected_seconds
from xianxue.catalogue.load import load
from xianxue.desk.audit import reading
from xianxue.desk.cli import cli, main
from xianxue.desk.cli.spoken import GivenFile
from xianxue.desk.stores.given.given_files import (
    NotAFileError,
    TooLargeError,
    look_at,
    read_given,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has none of these in a folder")

KINDS = {
    "pipe": "管道",
    "endless device": "设备",
    "empty device": "设备",
    "socket": "套接字",
    "holes": "没有内容",
    "folder": "",
    "link to a pipe": "管道",
}


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short name: a socket's path has room for some hundred bytes only."""
    with tempfile.TemporaryDirectory(prefix="x", dir="/tmp") as folder:
        yield Path(folder)


def make(kind: str, folder: Path) -> Path:
    path = folder / "f.xlsx"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless device":
        return Path("/dev/zero")
    elif kind == "empty device":
        return Path("/dev/null")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(path))
    elif kind == "holes":
        with path.open("wb") as file:
            file.truncate(4 << 40)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(folder / "pipe")
        path.symlink_to(folder / "pipe")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    code, said = end.value.code, capsys.readouterr()
    return (code if isinstance(code, int) else 0), said.out + said.err


COMMANDS = {
    "check": ("returns", "check"),
    "submit": ("returns", "submit", "--clerk", "张三（虚构）", "--head", "李四（虚构）"),
    "accept": ("returns", "accept"),
    "map": ("returns", "map"),
    "audit": ("audit",),
    "text": ("audit", "--text"),
    "targets": ("targets", "import"),
    "restore": ("restore", "--check"),
    "places": ("places", "import"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_command_refuses_it_at_once(
    capsys: pytest.CaptureFixture[str], short: Path, name: str, kind: str
) -> None:
    code, said = run(capsys, *COMMANDS[name], make(kind, short))
    assert code == 2
    assert KINDS[kind] in said
    assert "Traceback" not in said


def commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found)


def test_no_command_takes_a_file_in_another_way() -> None:
    """Whoever adds a command that reads a file meets this."""
    taken = [
        (command.name, param.name)
        for command in commands(cli)
        for param in command.params
        if isinstance(param.type, click.File)
        or (
            isinstance(param.type, click.Path)
            and param.type.exists
            and param.type.file_okay
            and not isinstance(param.type, GivenFile)
        )
    ]
    assert taken == []


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and opening."""
    path = short / "f.xlsx"
    os.mkfifo(path)
    whole = short / "whole"
    whole.write_bytes(b"x")
    found = whole.stat()
    monkeypatch.setattr(Path, "stat", lambda *_: found)
    with pytest.raises(NotAFileError, match="管道"):
        read_given(path)


def test_a_file_is_read_as_far_as_it_goes_and_no_further_than_it_may(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_given(path) == b"12345"
    assert read_given(path, 5) == b"12345"
    with pytest.raises(TooLargeError):
        read_given(path, 4)


def test_a_real_file_with_some_holes_is_none_of_those(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    with path.open("wb") as file:
        file.write(b"x" * (1 << 20))
        file.truncate(4 << 20)
    look_at(path)


def test_a_workbook_too_large_is_complained_of_before_it_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are judged all the same."""
    large, good = tmp_path / "大.xlsx", tmp_path / "小.xlsx"
    large.write_bytes(b"PK" + b"x" * (21 << 20))
    good.write_bytes(b"")
    code, said = run(capsys, "returns", "check", large, good)
    assert code == 1
    assert "文件有 21 MB" in said
    assert "小.xlsx" in said


def test_a_pipe_among_cards_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").mkdir()
    assert [(each.code, each.file) for each in load(tmp_path).issues] == [
        ("C-FILE", f"{tmp_path.name}/a.yaml"),
        ("C-FILE", f"{tmp_path.name}/b.yaml"),
    ]


def test_a_document_the_auditor_could_not_finish_is_not_begun(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(reading, "audit", begun)
    path = tmp_path / "长.txt"
    path.write_text("在校生1000人，" * 500_000, encoding="utf-8")
    code, said = run(capsys, "audit", path)
    assert (code, "没有开始核对" in said, "500000 处数字" in said) == (2, True, True)


def test_a_years_collected_reports_are_audited() -> None:
    """The bound is far above what people hand in."""
    text = "全县共有小学35所，在校生10240人，比上年增加120人，增长1.19%。\n" * 5000
    assert expected_seconds(text) < LONGEST
