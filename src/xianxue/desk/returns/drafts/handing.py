"""Handing in what was sent or typed: through files, as the command line does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.values.periods import Period
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.returns.drafts.kept import settle
from xianxue.desk.returns.sent_files import short
from xianxue.desk.returns.submission import Outcome, accept_files, submit_files
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


def hand_in(  # noqa: PLR0913 - who, what, signed by whom and why
    workspace: Workspace,
    files: Sequence[tuple[str, bytes]],
    *,
    actor: Actor,
    signed: Signatures,
    why: str = "",
    usual: Period | None = None,
    seen: Mapping[Key, int] | None = None,
) -> Outcome:
    """Submit workbooks by their names and bytes, and take away the drafts of what was taken."""
    with _laid_out(files) as paths:
        outcome = submit_files(
            workspace, paths, actor=actor, signed=signed, why=why, usual=usual, seen=seen
        )
    for one in outcome.accepted:
        settle(Key(one.filed.form, one.filed.period, one.filed.place))
    return outcome


def collect(
    workspace: Workspace,
    files: Sequence[tuple[str, bytes]],
    *,
    actor: Actor,
    why: str = "",
    usual: Period | None = None,
) -> Outcome:
    """Take in for schools what they gave by other ways (代收); drafts of it are taken away."""
    with _laid_out(files) as paths:
        outcome = accept_files(workspace, paths, actor=actor, why=why, usual=usual)
    for one in outcome.accepted:
        settle(Key(one.filed.form, one.filed.period, one.filed.place))
    return outcome


@contextmanager
def _laid_out(files: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Put files into a folder of their own for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="xianxue-") as folder:
        paths: list[Path] = []
        for name, data in files:
            # A name is what somebody's machine has sent: no part of a path.
            path = Path(folder) / short(Path(name.replace("\\", "/")).name)
            path.write_bytes(data)
            paths.append(path)
        yield paths
