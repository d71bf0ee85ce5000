"""``xianxue release``: what was published, and what changed between two releases.

Releases are made by ``xianxue returns release``; here they are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.releases.difference import as_dict, tell
from xianxue.desk.releases.overrides_told import told_overrides
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Release
    from xianxue.desk.stores.releases import Manifest


@click.group(cls=InOrder)
def release() -> None:
    """看发布：列出、比较、核对；发布用 returns release"""


@release.command("list")
@workspace_option
@json_option
def list_releases(workspace: Path | None, *, as_json: bool) -> None:
    """列出全部发布"""
    from xianxue.desk.releases.published import folder_of, releases  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    folder = folder_of(opened)
    rows = [(row, folder.manifest(row.digest)) for row in releases(opened)]
    if as_json:
        print_json([_as_dict(row, manifest) for row, manifest in rows])
        return
    told = [
        (
            row.name,
            clock.minute_of(row.at),
            row.by,
            joined(
                "，",
                (
                    glued((opened.shelf.forms[form].term, f" {filed}/{expected}"))
                    for form, (filed, expected) in manifest.coverage.items()
                    if form in opened.shelf.forms
                ),
            ),
            row.why,
        )
        for row, manifest in rows
    ]
    print_table("", (say("发布"), say("时间"), say("发布人"), say("已报"), say("说明")), told)


def _as_dict(row: Release, manifest: Manifest) -> dict[str, object]:
    """Give what is said of every release."""
    return {
        "release": row.name,
        "digest": row.digest,
        "at": row.at.isoformat(),
        "by": row.by,
        "why": row.why,
        "coverage": manifest.coverage,
    }


@release.command()
@click.argument("number")
@workspace_option
@period_option
@json_option
def show(number: str, workspace: Path | None, period: str | None, *, as_json: bool) -> None:
    """看一号发布：报了多少，哪些是例外办理的、为什么"""
    from xianxue.desk.releases.published import (  # noqa: PLC0415 - as above
        folder_of,
        no_such,
        releases,
    )
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above
    from xianxue.desk.returns.overrides import override_of_release  # noqa: PLC0415 - engine

    opened = Workspace.open(workspace)
    when = opened.period(period)
    known = releases(opened, when)
    row = next((one for one in known if number in {one.name, str(one.number)}), None)
    if row is None:
        raise no_such(when, number, known)
    manifest = folder_of(opened).manifest(row.digest)
    rules, reason = override_of_release(row.name)
    if as_json:
        print_json(
            _as_dict(row, manifest)
            | {
                "overrides": manifest.overrides,
                "released_by_override": {"rules": rules, "reason": reason} if rules else None,
            }
        )
        return
    minute = clock.minute_of(row.at)
    echo(say("第 {release} 号发布，{minute}，{by}", release=row.name, minute=minute, by=row.by))
    if row.why:
        echo(say("说明：{why}", why=row.why))
    for form, (filed, expected) in manifest.coverage.items():
        card = opened.shelf.forms.get(form)
        # A form may be gone since; the release still says what it counted.
        term = card.term if card else form
        echo(say("《{form}》已报 {filed}/{expected}", form=term, filed=filed, expected=expected))
    for line in told_overrides(opened, manifest.overrides, when.reference_day):
        echo(line)
    if rules:
        policy = open_ground(opened).policy
        named = joined("、", map(policy.rule_term, rules))
        echo(say("发布本身例外办理：{rules}（{reason}）。", rules=named, reason=reason))
    if not manifest.overrides and not rules:
        echo(say("没有例外办理的。"))


@release.command()
@click.argument("before")
@click.argument("after")
@workspace_option
@period_option
@json_option
def diff(
    before: str, after: str, workspace: Path | None, period: str | None, *, as_json: bool
) -> None:
    """两号发布之间改了哪些数、谁改的、为什么、哪些结果因此变了"""
    from xianxue.desk.releases.difference import release_diff  # noqa: PLC0415 - as above
    from xianxue.desk.releases.published import find_release  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    when = opened.period(period)
    found = [find_release(opened, when, said) for said in (before, after)]
    if found[0] is None or found[1] is None:
        message = say("请写两号发布的编号，例如 xianxue release diff 1 2")
        raise MisusedError(message)
    told = release_diff(opened, when, found[0], found[1])
    if as_json:
        print_json(as_dict(told))
    else:
        tell(told, opened)


@release.command()
@workspace_option
@json_option
def verify(workspace: Path | None, *, as_json: bool) -> int:
    """核对全部发布：没有被改动，重新计算结果相同；说明哪几号没有重新计算、为什么"""
    from xianxue.desk.releases.publication import verified  # noqa: PLC0415 - needs the engine

    found = verified(Workspace.open(workspace))
    faults = [fault for one in found for fault in one.told]
    recounted = [one.name for one in found if one.recounted]
    others = [one for one in found if not one.recounted]
    if as_json:
        print_json(
            {
                "faults": faults,
                "releases": len(found),
                "recounted": recounted,
                "not_recounted": [{"release": one.name, "why": one.why_not} for one in others],
            }
        )
        return int(bool(faults))
    for fault in faults:
        echo(fault)
    if not faults:
        echo(_all_well(len(found)))
    if recounted:
        echo(say("重新计算过的：{names}。", names=joined("、", recounted)))
    for one in others:
        echo(say("没有重新计算：{name}（{why}）。", name=one.name, why=one.why_not))
    return int(bool(faults))


def _all_well(count: int) -> str:
    if not count:
        return say("还没有发布过，没有要核对的。")
    return say("核对了 {n} 次发布，都与发布时相同。", n=count)
