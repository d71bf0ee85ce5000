"""Several accounts of one office: who may read and write is what umask or the settings say."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection

from xianxue.desk.cli import main
from xianxue.desk.stores.settings_file import NAME

pytestmark = pytest.mark.skipif(os.name != "posix", reason="umask is POSIX's")


@pytest.fixture(autouse=True)
def _umask_is_put_back() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def county(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> Path:
    copy_workspace(four_schools, tmp_path / "county")
    return tmp_path / "county"


def release(county: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["returns", "release", "--workspace", str(county)])
    assert end.value.code == 0


def set_umask(county: Path, umask: str) -> None:
    path = county / NAME
    path.write_text(f'umask = "{umask}"\n' + path.read_text("utf-8"), encoding="utf-8")


def made(county: Path) -> dict[str, int]:
    """The modes of what a release has written: files and folders."""
    store = county / "store"
    written = [
        *(store / "releases").rglob("*"),
        *(store / "cabinet" / "compacted").rglob("*"),
    ]
    assert written
    return {str(path.relative_to(store)): stat.S_IMODE(path.stat().st_mode) for path in written}


@pytest.mark.parametrize(
    ("umask", "file", "folder"),
    [(0o022, 0o644, 0o755), (0o002, 0o664, 0o775), (0o077, 0o600, 0o700)],
)
def test_what_is_written_follows_the_accounts_umask(
    county: Path, umask: int, file: int, folder: int
) -> None:
    """Nothing is its owner's alone because a temporary file was."""
    os.umask(umask)
    release(county)
    assert set(made(county).values()) == {file, folder}


def test_the_settings_come_before_the_accounts(county: Path, server: Any) -> None:
    """The group reads and writes: releases, cabinet, and the database with its locks."""
    os.umask(0o077)
    set_umask(county, "002")
    release(county)
    assert set(made(county).values()) == {0o664, 0o775}
    if server is None:
        database = county / "store" / "xianxue.sqlite3"
        assert stat.S_IMODE(database.stat().st_mode) == 0o664


@pytest.mark.parametrize("wrong", ["999", "rw", "2", "00222"])
def test_a_umask_that_is_none_is_told(
    county: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    set_umask(county, wrong)
    with pytest.raises(SystemExit) as end:
        main(["returns", "status", "--workspace", str(county)])
    assert end.value.code == 1
    assert "设置读不出来" in capsys.readouterr().out


OTHER = 65534


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that other accounts may enter; the folder of the tests is its owner's alone."""
    with tempfile.TemporaryDirectory(prefix="xx-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another account")
@pytest.mark.parametrize("hidden", [".", "store", "store/cabinet", "store/cabinet/batches"])
def test_whoever_cannot_read_a_return_cannot_approve_it(
    county: Path,
    open_place: Path,
    capsys: pytest.CaptureFixture[str],
    server: Any,
    hidden: str,
) -> None:
    """Said in words, exit 1 or 2; as soon as it may be read the same command goes on."""
    if server:
        pytest.skip("the database is not in the folder")
    place = open_place / "county"
    shutil.copytree(county, place)
    words = ["returns", "approve", "--place", "2163980001", "--as", "赵六（虚构）"]
    connection.close()
    # Everything but the hidden folder is the other account's.
    for path in [place, *place.rglob("*")]:
        os.chown(path, OTHER, OTHER)
    (path,) = (place / "workbooks").glob("2163980001*.xlsx")
    book = openpyxl.load_workbook(path)
    book["学生"]["C4"] = 49
    book.save(path)
    signed = ["--clerk", "张三（虚构）", "--head", "李四（虚构）", "--why", "少一名女生（虚构）"]
    where = ["--workspace", str(place)]
    assert run(["returns", "submit", str(path), *signed, *where]) == 0
    assert run(["returns", "review", "--all", "--as", "赵六（虚构）", *where]) == 0
    connection.close()
    for path in [place, *place.rglob("*")]:
        os.chown(path, OTHER, OTHER)
    os.chown(place / hidden, 0, 0)
    (place / hidden).chmod(0o700)
    capsys.readouterr()
    os.seteuid(OTHER)
    try:
        code = run([*words, *where])
    finally:
        connection.close()
        os.seteuid(0)
    said = capsys.readouterr()
    assert code in {1, 2}
    assert said.out + said.err
    assert "通过（第" not in said.out
    os.chown(place / hidden, OTHER, OTHER)
    os.seteuid(OTHER)
    try:
        assert run([*words, *where]) == 0
    finally:
        connection.close()
        os.seteuid(0)


def run(words: list[str]) -> object:
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code
