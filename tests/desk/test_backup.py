"""A backup is made while others write, and what comes of it is proved before it stands anywhere."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from xianxue.desk.backup import making
from xianxue.desk.cli import main
from xianxue.desk.database import FILE
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.stores import archive as archives
from xianxue.desk.stores.cabinet import Cabinet

FIGURE = ("indicators", "show", "pupils", "--json", "--workspace")


class Office:
    """Somebody who types commands; each says its exit code and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], server: Any) -> None:
        self.capsys, self.server, self.made = capsys, server, 0

    def __call__(self, *words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        connection.close()
        code, said = end.value.code, self.capsys.readouterr()
        return (code if isinstance(code, int) else 0), said.out + said.err

    def empty_database(self, patch: pytest.MonkeyPatch) -> None:
        """Name an empty database on the server, as a person would before restoring to one."""
        if self.server:
            self.made += 1
            self.server.do(f"DROP DATABASE IF EXISTS restored_{self.made} WITH (FORCE)")
            self.server.do(f"CREATE DATABASE restored_{self.made}")
            patch.setenv(VARIABLE, self.server.address(f"restored_{self.made}"))


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str], server: Any) -> Iterator[Office]:
    at_work = Office(capsys, server)
    yield at_work
    connection.close()
    for number in range(1, at_work.made + 1):
        server.do(f"DROP DATABASE restored_{number} WITH (FORCE)")


@pytest.fixture
def county(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> Path:
    """Four schools, accepted."""
    copy_workspace(four_schools, tmp_path / "county")
    return tmp_path / "county"


@pytest.fixture
def kept(office: Office, county: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert code == 0, said
    return tmp_path / "kept.zip"


def test_the_drill_backup_harm_restore_verify_same_figures(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a county practises once a year: everything is lost, and everything comes back."""
    assert office("returns", "release", "--workspace", county)[0] == 0
    before = json.loads(office(*FIGURE, county)[1])
    head = office("journal", "head", "--workspace", county)[1].strip()
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert code == 0
    assert head in said
    for gone in ("store", "places.csv", "workbooks"):
        path = county / gone
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    office.empty_database(monkeypatch)
    code, said = office("restore", tmp_path / "kept.zip", county, "--replace", "--against", head,
                        "--as", "管机器的人（虚构）", "--why", "演练（虚构）")  # fmt: skip

    assert code == 0, said
    assert office("journal", "verify", "--workspace", county, "--against", head)[0] == 0
    told = json.loads(office("journal", "show", "--json", "--workspace", county)[1])
    assert (told[-1]["deed"], told[-1]["actor"], told[-1]["why"]) == (
        "backup.restore",
        "管机器的人（虚构）",
        "演练（虚构）",
    )
    # What was lost was too harmed to be read.
    assert told[-1]["detail"]["left"] == ""
    assert office("release", "verify", "--workspace", county)[0] == 0
    assert json.loads(office(*FIGURE, county)[1]) == before
    (aside,) = tmp_path.glob("county.换下-*")
    assert (aside / "xianxue.toml").is_file()
    # The next deed goes on from the line that tells of it.
    assert office("returns", "release", "--workspace", county)[0] in {0, 1}


def test_everything_of_a_workspace_is_in_it(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Database, cabinet, workbooks, cards, register, settings; and whatever else lies there."""
    (county / "附件").mkdir()
    (county / "附件" / "会议纪要（虚构）.txt").write_text("虚构", encoding="utf-8")
    (county / "store" / "cabinet" / ".making-0123").write_text("半个", encoding="utf-8")
    office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    office.empty_database(monkeypatch)
    assert office("restore", tmp_path / "kept.zip", tmp_path / "new")[0] == 0
    assert _files(tmp_path / "new") == _files(county)


def _files(folder: Path) -> dict[str, bytes]:
    """Every file's bytes, without the database, locks and what is not finished."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "sqlite3" not in path.name and not path.name.startswith(".making-")
    }


def test_what_others_do_meanwhile_is_whole_in_it_or_not_in_it(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the database's moment and the files' copying a release is made and compacts."""
    head = office("journal", "head", "--workspace", county)[1].strip()
    rest = making._rest
    done: list[int] = []

    def meanwhile(*given: Any) -> list[str]:
        if not done:
            done.append(office("returns", "release", "--workspace", county)[0])
        return rest(*given)

    monkeypatch.setattr(making, "_rest", meanwhile)
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert (code, done) == (0, [0]), said
    assert list((county / "store" / "cabinet" / "compacted").rglob("*.parquet"))
    later = office("journal", "head", "--workspace", county)[1].strip()
    assert later != head

    office.empty_database(monkeypatch)
    code, said = office("restore", tmp_path / "kept.zip", tmp_path / "new", "--against", head)

    assert code == 0, said
    assert office(*FIGURE, tmp_path / "new")[0] == 0


def test_a_file_that_goes_while_it_is_copied_is_looked_for_again(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is laid into a compacted file after the folder was listed."""
    batches = sorted((county / "store" / "cabinet" / "batches").iterdir())
    target = county / "store" / "cabinet" / "compacted" / "x" / "2025-2026" / "later.parquet"
    add = archives.Writer.add

    def moving(self: archives.Writer, name: str, path: Path) -> None:
        if path.name == batches[0].name and path.exists():
            target.parent.mkdir(parents=True)
            path.rename(target)
        add(self, name, path)

    monkeypatch.setattr(archives.Writer, "add", moving)
    code, _ = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as archive:
        names = archive.namelist()
    assert code == 0
    assert "files/store/cabinet/compacted/x/2025-2026/later.parquet" in names
    assert not [name for name in names if batches[0].name in name]


def test_a_workspace_where_nothing_was_handed_in_is_kept_too(
    office: Office, tmp_path: Path
) -> None:
    office("init", tmp_path / "fresh", "--example", "four_schools")
    code, said = office("backup", "--workspace", tmp_path / "fresh", "-o", tmp_path / "kept.zip")
    if office.server is None:
        assert (code, "还没有日志" in said) == (0, True)
        assert office("restore", tmp_path / "kept.zip", tmp_path / "new")[0] == 0
        assert _files(tmp_path / "new") == _files(tmp_path / "fresh")


def test_a_backup_takes_no_files_place_and_does_not_lie_in_what_it_keeps(
    office: Office, county: Path, tmp_path: Path
) -> None:
    (tmp_path / "kept.zip").write_bytes(b"mine")
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert (code, "没有覆盖" in said) == (2, True)
    assert (tmp_path / "kept.zip").read_bytes() == b"mine"
    code, said = office("backup", "--workspace", county, "-o", county / "kept.zip")
    assert (code, "不能放在工作目录" in said) == (2, True)
    assert not (county / "kept.zip").exists()


def test_what_is_no_regular_file_is_named(office: Office, county: Path, tmp_path: Path) -> None:
    """A link may lead anywhere, and a pipe would be waited for forever."""
    (county / "链接.txt").symlink_to(tmp_path / "elsewhere.txt")
    os.mkfifo(county / "管道")
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert code == 0
    assert "没有备份 链接.txt" in said
    assert "没有备份 管道" in said


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _relisted(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["BACKUP.json"] = members["BACKUP.json"].replace(old, new, 1)

    return change


def _renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    """Another name for the register, in the list too."""

    def change(members: dict[str, bytes]) -> None:
        members[name] = members.pop("files/places.csv")
        _relisted(b"files/places.csv", name.encode())(members)

    return change


HARMS: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a value altered": lambda m: m.update(
        {"files/places.csv": m["files/places.csv"].replace(b"2", b"3", 1)}
    ),
    "cut short": lambda m: m.update({"files/places.csv": m["files/places.csv"][:-1]}),
    "gone on": lambda m: m.update({"files/places.csv": m["files/places.csv"] + b"\n"}),
    "a member lost": lambda m: m.pop("files/xianxue.toml"),
    "a member more": lambda m: m.update({"files/more.txt": b"x"}),
    "no list": lambda m: m.pop("BACKUP.json"),
    "the list cut short": lambda m: m.update({"BACKUP.json": m["BACKUP.json"][:200]}),
    "somebody else's list": _relisted(b"xianxue-backup", b"other-backup"),
    "a later program's": _relisted(b'"version": 1', b'"version": 2'),
    "a key unknown": _relisted(b'"made_at"', b'"made_by": "x", "made_at"'),
    "the folder above": _renamed("files/../../out.csv"),
    "a root": _renamed("/out.csv"),
    "a drive": _renamed("files/C:out.csv"),
    "a backslash": _renamed("files/..\\\\out.csv"),
    "a control character": _renamed("files/out\\u001b.csv"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_foreign_or_damaged_archive_is_refused_and_nothing_is_written(
    office: Office, kept: Path, tmp_path: Path, harm: str
) -> None:
    _rewrite(kept, HARMS[harm])
    there = sorted(tmp_path.iterdir())
    for words in (("--check",), (tmp_path / "new",)):
        code, said = office("restore", kept, *words)
        assert code == 2
        assert "什么也没有写" in said
        assert "Traceback" not in said
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("kind", ["text", "empty", "half", "a workbook"])
def test_what_is_no_archive_is_refused(
    office: Office, kept: Path, county: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "other.zip"
    (workbook, *_) = sorted((county / "workbooks").glob("*.xlsx"))
    whole = kept.read_bytes()
    path.write_bytes(
        {
            "text": "不是备份（虚构）".encode(),
            "empty": b"",
            "half": whole[: len(whole) // 2],
            "a workbook": workbook.read_bytes(),
        }[kind]
    )
    code, said = office("restore", path, tmp_path / "new")
    assert (code, "不是县学的备份" in said) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_living_workspace_is_not_written_over(
    office: Office, county: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(county)
    office.empty_database(monkeypatch)
    code, said = office("restore", kept, county)
    assert (code, "没有动它" in said) == (2, True)
    assert _files(county) == before


def test_a_place_too_small_is_said_before_anything_is_written(
    office: Office, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    code, said = office("restore", kept, tmp_path / "new")
    assert (code, "磁盘空间不够" in said) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_disk_that_fills_up_leaves_no_half_backup(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives.Writer, "add", full)
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert (code, "磁盘满了" in said) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["county"]


def test_an_archive_is_known_again_by_what_was_noted_elsewhere(
    office: Office, county: Path, tmp_path: Path
) -> None:
    words = ("backup", "--workspace", county, "--json", "-o", tmp_path / "kept.zip")
    said = json.loads(office(*words)[1])
    head = f"{said['journal']['lines']}:{said['journal']['digest']}"
    good = ("--against", head, "--seal", said["seal"])
    assert office("restore", tmp_path / "kept.zip", "--check", *good)[0] == 0
    for option, noted in (("--against", f"1:{'0' * 64}"), ("--seal", "0" * 64)):
        code, told = office("restore", tmp_path / "kept.zip", tmp_path / "new", option, noted)
        assert (code, "与另存的" in told) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_harmed_workspace_is_kept_with_a_loud_word_and_restored_only_when_asked(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    """Somebody has rewritten a line behind the triggers' back."""
    if server:
        pytest.skip("the harm is done to a file")
    with closing(sqlite3.connect(county / "store" / FILE)) as database:
        database.execute("DROP TRIGGER desk_journalline_no_update")
        database.execute("UPDATE desk_journalline SET actor = '别人（虚构）' WHERE number = 3")
        database.commit()
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert code == 1
    assert "第 3 行" in said
    code, said = office("restore", tmp_path / "kept.zip", tmp_path / "new")
    assert (code, "没有恢复" in said) == (1, True)
    assert not (tmp_path / "new").exists()
    code, said = office("restore", tmp_path / "kept.zip", tmp_path / "new", "--even-harmed")
    assert (code, "第 3 行" in said) == (1, True)
    assert (tmp_path / "new" / "places.csv").is_file()


def test_both_commands_say_the_same_to_programs(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = json.loads(
        office("backup", "--workspace", county, "-o", tmp_path / "kept.zip", "--json")[1]
    )
    checked = json.loads(office("restore", tmp_path / "kept.zip", "--check", "--json")[1])
    office.empty_database(monkeypatch)
    new = tmp_path / "new"
    restored = json.loads(office("restore", tmp_path / "kept.zip", new, "--json")[1])
    same = ("county", "name", "made_at", "files", "bytes", "seal", "journal")
    assert [made[key] for key in same] == [checked[key] for key in same]
    assert [made[key] for key in same] == [restored[key] for key in same]
    assert (made["issues"], checked["whole"], restored["restored"]) == ([], True, True)


def test_an_archive_does_not_go_into_a_database_that_holds_something(
    office: Office, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, county: Path
) -> None:
    """The variable still names the living one: a file, or a database on a server."""
    if office.server:
        monkeypatch.setenv(VARIABLE, office.server.url(county / "store"))
    else:
        monkeypatch.setenv(VARIABLE, f"sqlite:///{county / 'store' / FILE}")
    code, said = office("restore", kept, tmp_path / "new")
    assert (code, "没有动它" in said) == (2, True)
    monkeypatch.delenv(VARIABLE)
    assert office("journal", "verify", "--workspace", county)[0] == 0
    assert Cabinet(county / "store" / "cabinet").root.is_dir()


def test_a_batch_lost_before_the_backup_is_said_by_both(
    office: Office, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the journal alone would not notice."""
    for batch in (county / "store" / "cabinet" / "batches").iterdir():
        batch.unlink()
    assert office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")[0] == 1
    office.empty_database(monkeypatch)
    code, said = office("restore", tmp_path / "kept.zip", tmp_path / "new")
    assert (code, "没有恢复" in said) == (1, True)


@pytest.mark.parametrize(
    "name", ["甲:乙.txt", "甲\\乙.txt", "甲\x1b.txt", os.fsdecode("甲.txt".encode("gbk"))]
)
def test_a_name_no_archive_takes_stops_no_backup(
    office: Office, county: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old archives unpack names in GBK; one such file made all backups impossible."""
    (county / name).write_text("虚构", encoding="utf-8")
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert (code, "没有备份" in said) == (0, True), said
    office.empty_database(monkeypatch)
    assert office("restore", tmp_path / "kept.zip", tmp_path / "again")[0] == 0


def test_a_store_that_was_not_taken_whole_is_no_success(
    office: Office, county: Path, tmp_path: Path
) -> None:
    (county / "store" / "cabinet" / "link").symlink_to(tmp_path)
    code, said = office("backup", "--workspace", county, "-o", tmp_path / "kept.zip")
    assert (code, "没有备份 store/cabinet/link" in said) == (1, True)
