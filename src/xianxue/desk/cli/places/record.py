"""``xianxue places record``: register what happened to a school or township."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.events import Kind
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_issues, print_json, workspace_option
from xianxue.desk.cli.places import output as out
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.places import telling
from xianxue.desk.places.recording import base_of, events_file, line_of, told_events, tried
from xianxue.desk.stores import clock
from xianxue.desk.stores.event_lines import Line
from xianxue.desk.workspace import MisusedError, Workspace

_BOARDING = {None: "", True: "1", False: "0"}
_KINDS: Final = joined(
    "；", [say("{code} {kind}", code=kind.value, kind=kind.term) for kind in Kind]
)
_HELP: Final = say("登记一件变动\n\n“变动”写代码或中文：{kinds}。", kinds=_KINDS)


@command(help=_HELP)
@out.event_argument
@workspace_option
@option("--day", required=True, help="新状态的第一天，如 2024-09-01")
@option("--code", "codes", multiple=True, required=True, help="哪所学校（合并时可写几次）")
@option("--into", multiple=True, help="并入、分出、换成的代码")
@option("--name", default="", help="新名称，或新校名称")
@option("--type", "school_type", default="", help="办学类型代码")
@option("--sponsor", default="", help="举办者代码")
@option("--urban-rural", default="", help="城乡分类代码")
@option("--boarding/--no-boarding", default=None, help="是否寄宿制")
@option("--attached", multiple=True, help="附设班的类型代码")
@option("--no-attached", "none_attached", is_flag=True, help="原来的学段或附设班不再办")
@option("--township", default="", help="所属乡镇（县）代码")
@option("--document", default="", help="批文")
@option("--reason", required=True, help="事由")
@out.by_option("谁登记")
@out.dry_run_option("只试算，不写入")
@json_option
def record(  # noqa: PLR0913 - options of one command
    *,
    kind: str,
    workspace: Path | None,
    day: str,
    codes: tuple[str, ...],
    into: tuple[str, ...],
    name: str,
    school_type: str,
    sponsor: str,
    urban_rural: str,
    boarding: bool | None,
    attached: tuple[str, ...],
    none_attached: bool,
    township: str,
    document: str,
    reason: str,
    by: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Register an event; the help stands above."""
    opened = Workspace.open(workspace)
    line = line_of(
        day=day,
        event=kind,
        code=";".join(codes),
        into=";".join(into),
        name=name,
        school_type=school_type,
        sponsor=sponsor,
        urban_rural=urban_rural,
        boarding=_BOARDING[boarding],
        attached=";".join(attached),
        township=township,
        document=document,
        reason=reason,
        by=by,
    )
    try:
        issues = tried(opened, line, none_attached=none_attached)
        if not issues and not dry_run:
            issues = _recorded(opened, line)
    except TimeoutError as error:
        raise MisusedError(error.args[0]) from error
    after = opened if issues or dry_run else Workspace.open(opened.root)
    told = None if issues or dry_run else told_events(after)[-1]
    if as_json:
        said = out.event_dict(told) if told else None
        print_json({"recorded": said, "issues": [issue.as_dict() for issue in issues]})
        return int(bool(issues))
    if issues:
        print_issues(issues, as_json=False)
        echo(say("没有写入。"))
        return 1
    echo(
        say("已登记：{sentence}", sentence=telling.sentence(told, after))
        if told
        else say("试算通过，没有写入。")
    )
    _warn(opened, date.fromisoformat(day))
    return 0


def _recorded(opened: Workspace, line: Line) -> list[Issue]:
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    ground = open_ground(opened)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.register.record_event import RecordEvent  # noqa: PLC0415 - as above

    # Who sits at the machine acts for the office: the command has no role of its own.
    who = acting(ground.gate, line["by"])
    deed = RecordEvent(
        events_file(opened), base_of(opened), opened.shelf.codes, ground.authority, who, clock.now()
    )
    return deed(line)


def _warn(opened: Workspace, day: date) -> None:
    """Say where numbers of the past are counted otherwise from now on."""
    period = opened.period(None)
    if day <= period.reference_day:
        said = say(
            "这件事不晚于{term}的统计时点（{reference_day}）：",
            term=period.term,
            reference_day=period.reference_day,
        )
        echo(said + say("没有发布的数会按新的名册重算，已发布的不变。"))
