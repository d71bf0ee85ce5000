"""``xianxue places undo``: take back an event that was registered by mistake."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_issues, print_json, workspace_option
from xianxue.desk.cli.places import output as out
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.places import telling
from xianxue.desk.stores import clock, events, roster
from xianxue.desk.workspace import MisusedError, Workspace


@command()
@out.event_argument
@workspace_option
@option("--day", default="", help="那件变动的日期，如 2024-09-01（只有一件时可以不写）")
@option("--code", required=True, help="那件变动的学校或乡镇")
@option("--reason", required=True, help="为什么撤销")
@out.by_option("谁撤销")
@out.dry_run_option("只看能不能撤销，不写入")
@json_option
def undo(  # noqa: PLR0913 - options of one command
    *,
    kind: str,
    workspace: Path | None,
    day: str,
    code: str,
    reason: str,
    by: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """撤销一件登记错了的变动

    “变动”和登记时一样写。登记以后有变动、报表、目标、发布以它为据的，不能撤销，会一一列出。
    """
    reason = " ".join(reason.split())
    if not reason:
        raise MisusedError(say("请用 --reason 写明为什么撤销"))
    opened = Workspace.open(workspace)
    event = _meant(opened, Kind(kind), day, code)
    try:
        issues = _undone(opened, event, reason, by, trial=dry_run)
    except TimeoutError as error:
        raise MisusedError(error.args[0]) from error
    if as_json:
        done = None if issues or dry_run else out.event_dict(event)
        print_json({"undone": done, "issues": [issue.as_dict() for issue in issues]})
        return int(bool(issues))
    if issues:
        print_issues(issues, as_json=False)
        echo(say("没有写入。"))
        return 1
    said = telling.sentence(event, opened)
    echo(
        say("可以撤销：{sentence}；没有写入。", sentence=said)
        if dry_run
        else say("已撤销：{sentence}", sentence=said)
    )
    return 0


def _meant(opened: Workspace, kind: Kind, day: str, code: str) -> Event:
    """Find the one event that is meant; where there is none or more, name what there is."""
    told, _ = events.read_events(opened.root / events.NAME, opened.shelf.codes)
    about = [event for event in told if code.strip() in {*event.codes, *event.into}]
    found = [
        event
        for event in about
        if event.kind is kind and (not day or event.day.isoformat() == day.strip())
    ]
    if len(found) == 1:
        return found[0]
    listed = joined("；", (telling.sentence(event, opened) for event in found or about))
    if found:
        message = say("这样的变动不止一件，请用 --day 写明是哪一件：{listed}", listed=listed)
    elif about:
        message = say("没有登记过这样一件变动；{code} 登记过：{listed}", code=code, listed=listed)
    else:
        message = say("{code} 没有登记过变动", code=code)
    raise MisusedError(message)


def _undone(opened: Workspace, event: Event, reason: str, by: str, *, trial: bool) -> list[Issue]:
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    ground = open_ground(opened)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.register.undo_event import UndoEvent  # noqa: PLC0415 - as above

    codes = opened.shelf.codes
    base, _ = roster.read_roster(opened.root / roster.NAME, codes)
    file = events.EventsFile(opened.root / events.NAME, opened.store)
    who = acting(ground.gate, by)
    return UndoEvent(file, base, codes, ground, who, clock.now(), trial)(event, reason)
