"""Backups that pages make: beside the workspace, for their owner alone, found by their own names."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

from xianxue.desk.backup.kept import backup_named, backup_now, backups_of, folder_of
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
