"""What is remembered between commands: given back as it was, or not at all."""

import os
import stat
import sys
from pathlib import Path

import pytest

from xianxue.desk.stores.memory import Memory, cache_folder, machine_memory
from xianxue.desk.workspace import national_shelf

HOME = Path("/home/li")
needs_owners = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such numbers")


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """A memory in a folder that is not there yet."""
    return Memory(tmp_path / "cache" / "xianxue")


def test_what_is_kept_is_given_back_by_its_name_only(memory):
    assert memory.recall("a") is None
    memory.keep("a", b"one")
    memory.keep("b", b"")
    assert (memory.recall("a"), memory.recall("b"), memory.recall("c")) == (b"one", b"", None)
    memory.keep("a", b"two")
    assert memory.recall("a") == b"two"


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[:-1],
        lambda raw: raw + b"x",
        lambda raw: raw[:40] + b"?" + raw[41:],
        lambda _: b"",
    ],
    ids=["cut-off", "longer", "another-byte", "empty"],
)
def test_a_damaged_file_is_as_good_as_none(memory, change):
    memory.keep("a", b"something that was worked out")
    path = memory.folder / "a"
    path.write_bytes(change(path.read_bytes()))
    assert memory.recall("a") is None
    memory.keep("a", b"again")
    assert memory.recall("a") == b"again"


def test_a_file_under_anothers_name_is_as_good_as_none(memory):
    memory.keep("a", b"one")
    (memory.folder / "a").rename(memory.folder / "b")
    assert memory.recall("b") is None


@needs_owners
def test_what_others_may_write_is_not_read(memory):
    memory.keep("a", b"one")
    (memory.folder / "a").chmod(0o646)
    assert memory.recall("a") is None
    (memory.folder / "a").chmod(0o644)
    assert memory.recall("a") == b"one"
    memory.folder.chmod(0o770)
    assert memory.recall("a") is None
    memory.keep("b", b"two")
    assert not (memory.folder / "b").exists()


@needs_owners
def test_what_another_user_owns_is_not_read(memory, monkeypatch):
    memory.keep("a", b"one")
    monkeypatch.setattr(os, "geteuid", lambda: memory.folder.stat().st_uid + 1)
    assert memory.recall("a") is None


@needs_owners
def test_a_link_is_not_followed(memory, tmp_path):
    memory.keep("a", b"one")
    elsewhere = tmp_path / "elsewhere"
    (memory.folder / "a").rename(elsewhere)
    (memory.folder / "a").symlink_to(elsewhere)
    assert memory.recall("a") is None


@needs_owners
def test_the_folder_is_its_users_alone(memory):
    memory.keep("a", b"one")
    assert stat.S_IMODE(memory.folder.stat().st_mode) == 0o700


def test_the_oldest_is_forgotten(memory):
    for number in range(16):
        memory.keep(f"{number}", b"x")
        os.utime(memory.folder / f"{number}", ns=(number, number))
    memory.keep("new", b"y")
    assert memory.recall("0") is None
    assert memory.recall("1") == b"x"
    assert memory.recall("new") == b"y"
    assert len(list(memory.folder.iterdir())) == 16


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    memory = Memory(tmp_path / "file" / "xianxue")
    memory.keep("a", b"one")
    assert memory.recall("a") is None


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({}, "linux", HOME / ".cache"),
        ({"XDG_CACHE_HOME": "/fast"}, "linux", Path("/fast")),
        ({"XDG_CACHE_HOME": "fast"}, "linux", HOME / ".cache"),
        ({"XDG_CACHE_HOME": ""}, "linux", HOME / ".cache"),
        ({}, "darwin", HOME / "Library" / "Caches"),
        ({}, "win32", HOME / "AppData" / "Local"),
        ({"LOCALAPPDATA": "/local"}, "win32", Path("/local")),
    ],
)
def test_the_folder_is_the_one_the_system_sets_aside(environ, platform, folder):
    assert cache_folder(environ, platform, HOME) == folder


def test_a_command_remembers_the_cards(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = national_shelf()
    (kept,) = (tmp_path / "xianxue").iterdir()
    assert machine_memory().recall(kept.name)
    # The second time nothing is read that could complain.
    monkeypatch.setattr("xianxue.catalogue.load.load", None)
    assert national_shelf() == first
