"""``xianxue returns``: windows, exceptions from them, and pressing for what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.deadline import Deadline, chinese_day
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.record import as_dict
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import (
    UNITS,
    Day,
    actor_options,
    form_of,
    form_option,
    key_of,
    person,
    standing_of,
    why_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace


@command()
@click.argument("form")
@workspace_option
@period_option
@option("--due", type=Day(), required=True, help="截止日，当天仍算按时")
@option("--lock", type=Day(), required=True, help="锁定日，次日起不收")
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
    """设定报送期限"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    asked, when = form_of(opened, "", form), opened.period(period)
    ground = open_ground(opened)
    from xianxue.desk.actions.window import SetWindow  # noqa: PLC0415 - needs Django set up first

    kept = SetWindow(ground, person(ground, name, role, own), clock.now(), why)(
        asked.form, when.code, due, lock
    )
    said = Deadline(kept.due, kept.lock)
    if as_json:
        days = {"due": kept.due.isoformat(), "lock": kept.lock.isoformat()}
        print_json({"form": asked.form, "period": when.code, **days})
    else:
        echo(
            say(
                "《{term}》（{period}）：{limits}",
                term=asked.term,
                period=when.term,
                limits=said.term,
            )
        )
        say_next(
            say("下发模板：xianxue returns template {form} --all -o 模板.zip", form=asked.form)
        )


@command()
@form_option
@workspace_option
@period_option
@option("--place", required=True, help="单位代码")
@option("--until", type=Day(), required=True, help="延期到哪一天，含当天")
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
    """准予一个单位延期，写明理由"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    ground = open_ground(opened)
    from xianxue.desk.actions.extend import Extend  # noqa: PLC0415 - needs Django set up first

    granted = Extend(ground, person(ground, name, role, own), clock.now(), why)(key, until)
    if as_json:
        named = {"form": key.form, "period": key.period, "place": key.place}
        print_json({**named, "until": granted.until.isoformat(), "reason": granted.reason})
    else:
        echo(
            say(
                "{title}准予延期至{day}",
                title=ground.title(key),
                day=chinese_day(granted.until),
            )
        )
        say_next(say("通知该单位在延期内报送"))


@command()
@click.argument("form", required=False)
@workspace_option
@period_option
@option("--on", type=Day(), help="截至哪一天，默认今天")
@option("--notice", is_flag=True, help="拟一份通知")
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
    """催报：谁没报、谁迟报、谁退回过几次"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.progress import progress_of, window_of  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    forms = [form_of(opened, "", form)] if form else list(opened.shelf.forms.values())
    when, today = opened.period(period), clock.day_of(clock.now())
    day = on or today
    # The state of a past day is not kept: the list would tell today's under another date.
    if day < today:
        message = say(
            "{day}已经过去，那天的情况这里没有：请写今天或以后的日子",
            day=chinese_day(day),
        )
        raise MisusedError(message)
    ground = open_ground(opened)
    found = [(each, progress_of(ground, each, when, day)) for each in forms]
    if as_json:
        lines = [
            {"form": each.form, "on": day, **as_dict(one)} for each, rows in found for one in rows
        ]
        print_json(lines)
    elif notice:
        from xianxue.desk.report.notices import Desk, card_of  # noqa: PLC0415 - rare

        desk = Desk(opened, ground, when, today, day, card_of(opened, "reminder"))
        found = [(each, desk.progress(each)) for each, _ in found]
        owing = [(each, rows) for each, rows in found if any(one.waiting for one in rows)]
        if not owing:
            echo(say("应报的都已报送，不用催报。"))
        for each, rows in owing:
            echo("\n".join((*desk.reminder(each, rows).lines(), "")))
    else:
        for each, rows in found:
            _print_rows(each, window_of(each, when), rows)
        if any(one.waiting for _, rows in found for one in rows):
            owing = next(each for each, rows in found if any(one.waiting for one in rows))
            say_next(
                say(
                    "写成催报通知：xianxue returns notice reminder {form} -o 催报通知.docx",
                    form=owing.form,
                )
            )


def _print_rows(form: Form, limits: Deadline, rows: list[Progress]) -> None:
    waiting = sum(each.waiting for each in rows)
    unit = UNITS[form.filed_by]
    said = say("《{term}》{limits}；", term=form.term, limits=limits.term or say("没有设定期限"))
    said += say("应报 {n} {unit}，未报 {waiting} {unit}", n=len(rows), unit=unit, waiting=waiting)
    echo(said)
    # Those without anything to press for are many, and are in `status`.
    told = [each for each in rows if each.waiting or each.late or each.times_returned]
    if not told:
        return
    columns = (say("代码"), say("名称"), say("状态"), say("逾期"), say("退回次数"), say("延期至"))
    lines = [
        (
            each.place,
            each.name,
            standing_of(each),
            say("逾期 {n} 天", n=each.days_over)
            if each.days_over
            else say("迟报")
            if each.late
            else "",
            say("{n} 次", n=each.times_returned) if each.times_returned else "",
            chinese_day(each.extended_until) if each.extended_until else "",
        )
        for each in told
    ]
    print_table(say("未报、迟报或退回过"), columns, lines)


COMMANDS: Final = (window, extend, remind)
"""What ``xianxue returns`` takes over from here."""
