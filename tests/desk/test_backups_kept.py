"""Backups that pages make: beside the workspace, for their owner alone, found by their own names."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.backup.kept import BEFORE, backup_named, backup_now, backups_of, folder_of
from xianxue.desk.backup.losing import losing
from xianxue.desk.journal.verification import head
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

AT = datetime(2026, 3, 2, 1, 5, 6, tzinfo=UTC)


def test_a_backup_lies_beside_the_workspace_and_is_found_by_its_name(
    four_schools, tmp_path, copy_workspace
):
    copy_workspace(four_schools, tmp_path / "county")
    workspace = Workspace.open(tmp_path / "county")
    assert backups_of(workspace) == []
    made = backup_now(workspace, AT)
    (kept,) = backups_of(workspace)
    assert kept.name == f"{workspace.settings.county}-20260302-090506.zip"
    assert (kept.seal, kept.files) == (made.seal, len(made.contents.files))
    assert stat.S_IMODE(folder_of(workspace).stat().st_mode) == 0o700
    assert backup_named(workspace, kept.name) == folder_of(workspace) / kept.name
    # A name is held against what lies there, and never followed.
    for name in ("../county/xianxue.toml", "/etc/hosts", "other.zip", ""):
        assert backup_named(workspace, name) is None
    (folder_of(workspace) / "broken.zip").write_bytes(b"PK")
    broken = next(one for one in backups_of(workspace) if one.name == "broken.zip")
    assert broken.made_at is None


def test_two_within_one_second_both_stay(four_schools, tmp_path, copy_workspace):
    copy_workspace(four_schools, tmp_path / "county")
    workspace = Workspace.open(tmp_path / "county")
    for _ in range(2):
        backup_now(workspace, AT, BEFORE)
    assert [kept.before for kept in backups_of(workspace)] == [True, True]


def test_what_was_done_since_would_be_lost_and_is_told(four_schools, tmp_path, copy_workspace):
    copy_workspace(four_schools, tmp_path / "county")
    workspace = Workspace.open(tmp_path / "county")
    ground = open_ground(workspace)
    backup_now(workspace, AT)
    (kept,) = backups_of(workspace)
    assert losing(ground, kept).lines == 0
    before = head()
    who = Actor("赵六（虚构）", "office_clerk")
    for due in (date(2030, 9, 20), date(2030, 9, 25)):
        SetWindow(ground, who, clock.now(), "")("school_annual", "2025-2026", due, due)
    found = losing(ground, kept)
    assert (found.same, found.lines, found.people) == (True, 2, 1)
    assert [(str(term), many) for term, many in found.deeds] == [("设定报送期限", 2)]
    assert [line.number for line in found.newest] == [before[0] + 2, before[0] + 1]
    assert found.head.startswith(f"{before[0] + 2}:")


def test_a_backup_of_another_journal_is_told_as_one(four_schools, tmp_path, copy_workspace):
    copy_workspace(four_schools, tmp_path / "county")
    workspace = Workspace.open(tmp_path / "county")
    ground = open_ground(workspace)
    backup_now(workspace, AT)
    (kept,) = backups_of(workspace)
    number = kept.head.partition(":")[0]
    for other in (f"{number}:{'0' * 64}", f"{int(number) + 1}:{'0' * 64}"):
        found = losing(ground, replace(kept, head=other))
        assert (found.same, found.lines, found.newest) == (False, 0, ())
    assert losing(ground, replace(kept, head="")).lines == int(number), "before the first deed"
