"""``xianxue returns``: windows, exceptions from them, and pressing for what is missing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.progress import Progress
from xianxue.desk.cli.speak import (
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.way_options import (
    Day,
    actor_options,
    form_of,
    form_option,
    key_of,
    person,
    why_option,
)
from xianxue.desk.deadline import Deadline, chinese_day
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace


@click.command()
@click.argument("form")
@workspace_option
@period_option
@click.option("--due", type=Day(), required=True, help="截止日，当天仍算按时 · Last day in time.")
@click.option("--lock", type=Day(), required=True, help="锁定日，次日起不收 · Last day at all.")
@actor_options("office_clerk")
@why_option
@json_option
def window(  # noqa: PLR0913, PLR0917 - options of one command
    form: str,
    workspace: Path | None,
    period: str | None,
    due: date,
    lock: date,
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    as_json: bool,
) -> None:
    """设定报送期限 · Set until when a form may be filed."""
    from xianxue.desk.acceptance import open_ground  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    asked, when = form_of(opened, "", form), opened.period(period)
    ground = open_ground(opened)
    from xianxue.desk.actions.window import SetWindow  # noqa: PLC0415 - needs Django set up first

    kept = SetWindow(ground, person(name, role, own), clock.now(), why)(
        asked.form, when.code, due, lock
    )
    said = Deadline(kept.due, kept.lock)
    if as_json:
        days = {"due": kept.due.isoformat(), "lock": kept.lock.isoformat()}
        print_json({"form": asked.form, "period": when.code, **days})
    else:
        click.echo(f"《{asked.term}》（{when.term}）：{said.term}")


@click.command()
@form_option
@workspace_option
@period_option
@click.option("--place", required=True, help="单位代码 · The place's code.")
@click.option("--until", type=Day(), required=True, help="延期到哪一天，含当天 · Last day.")
@actor_options("office_clerk")
@why_option
@json_option
def extend(  # noqa: PLR0913, PLR0917 - options of one command
    form: str | None,
    workspace: Path | None,
    period: str | None,
    place: str,
    until: date,
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    as_json: bool,
) -> None:
    """准予一个单位延期，写明理由 · Grant one place more time, for a reason."""
    from xianxue.desk.acceptance import open_ground  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    ground = open_ground(opened)
    from xianxue.desk.actions.extend import Extend  # noqa: PLC0415 - needs Django set up first

    granted = Extend(ground, person(name, role, own), clock.now(), why)(key, until)
    if as_json:
        named = {"form": key.form, "period": key.period, "place": key.place}
        print_json({**named, "until": granted.until.isoformat(), "reason": granted.reason})
    else:
        click.echo(f"{ground.title(key)}准予延期至{chinese_day(granted.until)}")


@click.command()
@click.argument("form", required=False)
@workspace_option
@period_option
@click.option("--on", type=Day(), help="截至哪一天，默认今天 · As of which day.")
@click.option("--notice", is_flag=True, help="拟一份通知 · Draft a notice.")
@json_option
def remind(  # noqa: PLR0913 - options of one command
    form: str | None,
    workspace: Path | None,
    period: str | None,
    on: date | None,
    *,
    notice: bool,
    as_json: bool,
) -> None:
    """催报：谁没报、谁迟报、谁退回过几次 · Who has not filed, was late, was returned."""
    from xianxue.desk.acceptance import open_ground  # noqa: PLC0415 - needs the engine
    from xianxue.desk.progress import progress_of, window_of  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    forms = [form_of(opened, "", form)] if form else list(opened.shelf.forms.values())
    when, day = opened.period(period), on or clock.day_of(clock.now())
    ground = open_ground(opened)
    found = [(each, progress_of(ground, each, when, day)) for each in forms]
    if as_json:
        lines = [
            {"form": each.form, "on": day, **asdict(one)} for each, rows in found for one in rows
        ]
        print_json(lines)
    elif notice:
        from xianxue.bureau.returns.notice import Notice, write_notice  # noqa: PLC0415 - rare

        for each, rows in found:
            limits = window_of(each, when)
            duty = ground.own_card.duty("grant_extension")
            who = ground.own_card.terms(duty.roles) if duty else each.owner
            click.echo(write_notice(Notice(each, when, day, limits.due, limits.lock, who), rows))
    else:
        for each, rows in found:
            _print_rows(each, window_of(each, when), rows)


def _print_rows(form: Form, limits: Deadline, rows: list[Progress]) -> None:
    waiting = sum(each.waiting for each in rows)
    said = f"《{form.term}》{limits.term or '没有设定期限'}；应报 {len(rows)}，未报 {waiting}"
    click.echo(said)
    told = [each for each in rows if each.waiting or each.late or each.times_returned]
    if not told:
        return
    columns = ("代码", "名称", "状态", "迟报", "逾期天数", "退回次数", "延期至")
    lines = [
        (
            each.place,
            each.name,
            each.term,
            "迟报" if each.late else "",
            str(each.days_over or ""),
            str(each.times_returned or ""),
            chinese_day(each.extended_until) if each.extended_until else "",
        )
        for each in told
    ]
    print_table("未报、迟报或退回过", columns, lines)


COMMANDS: Final = (window, extend, remind)
"""What ``xianxue returns`` takes over from here."""
