"""``xianxue ledgers deadline``: a last day, and every day until then explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.returns.options import Day
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, shelf_here

if TYPE_CHECKING:
    from xianxue.bureau.kinds.ledgers.clock import Length


class Stretch(click.ParamType):
    """Two days, written 2025-09-30..2025-10-08."""

    name = "stretch"

    def convert(
        self,
        value: str | tuple[date, date],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[date, date]:
        """Read them, or say how they are written."""
        if isinstance(value, tuple):
            return value
        first, _, last = value.partition("..")
        try:
            found = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            saw = say("“{value}”不是一段日期，写作 2025-09-30..2025-10-08", value=value)
            self.fail(tell(saw), param, ctx)
        if found[1] < found[0]:
            self.fail(tell(say("“{value}”先后颠倒了", value=value)), param, ctx)
        return found


@command()
@option("--from", "start", type=Day(), required=True, help="起算日，当日不计")
@option("--days", type=click.IntRange(0, 3650), help="自然日")
@option("--working-days", type=click.IntRange(0, 2500), help="工作日（节假日和调休按日历）")
@option("--school-days", type=click.IntRange(0, 2500), help="上课日（按校历）")
@option("--months", type=click.IntRange(0, 120), help="月")
@option("--pause", "pauses", type=Stretch(), multiple=True, help="暂停的日子，可写多次")
@option("--next-working-day", is_flag=True, help="末日是休息日的，顺延到下一个工作日")
@workspace_option
@json_option
def deadline(  # noqa: PLR0913, PLR0917 - the parts of a length
    start: date,
    days: int | None,
    working_days: int | None,
    school_days: int | None,
    months: int | None,
    pauses: Sequence[tuple[date, date]],
    workspace: Path | None,
    *,
    next_working_day: bool,
    as_json: bool,
) -> None:
    """算一个期限，逐日说明算不算、为什么"""
    from xianxue.bureau.kinds.ledgers.clock import Length  # noqa: PLC0415 - for this command
    from xianxue.bureau.ledgers.days import Days  # noqa: PLC0415 - as above
    from xianxue.bureau.ledgers.deadlines import (  # noqa: PLC0415 - as above
        Counting,
        NoEndError,
        Pause,
    )

    length = Length(days=days, working_days=working_days, school_days=school_days, months=months)
    _one_of(length)
    shelf = shelf_here(workspace)
    calendar = Days.of(shelf)
    stops = [Pause(first, last) for first, last in pauses]
    counting = Counting(calendar, stops, next_working_day)
    try:
        found = counting.deadline(start, length)
    except NoEndError as error:
        raise MisusedError(error.args[0]) from error
    each = list(counting.explained(start, length))
    if as_json:
        listed = [
            {"date": one.day.isoformat(), "counts": one.counts, "why": one.why} for one in each
        ]
        # Only where it is so: each day that is supposed says it of itself, too.
        more = {"supposed": True} if found.supposed else {}
        print_json({"due": found.due.isoformat(), "days": listed} | more)
        return
    rows = [
        (one.day.isoformat(), say("计") if one.counts else say("不计"), one.why) for one in each
    ]
    title = say("{due}到期", due=chinese_day(found.due))
    print_table(title, (say("日期"), say("计否"), say("理由")), rows)
    if found.supposed:
        echo(say("暂按推算：有的年份还没有节假日安排，公布后请导入日历再算。"))


def _one_of(length: Length) -> None:
    said = (length.days, length.working_days, length.school_days, length.months)
    if sum(one is not None for one in said) != 1:
        message = say("--days、--working-days、--school-days、--months 正好写一样")
        raise MisusedError(message)
