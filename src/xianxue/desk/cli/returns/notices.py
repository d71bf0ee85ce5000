"""``xianxue returns notice``: reminders, opinions and circulars as official documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    as_word,
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import Day, form_of, form_option, key_of, refuse_other_kind
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.report.notices import Desk, Written

_NUMBER: Final = re.compile(r"[^\s〔〕]+〔[0-9]{4}〕[1-9][0-9]*号")
"""机关代字, the full year in hexagonal brackets, a number without 第 and without a leading zero
(source: GB/T 9704-2012, relayed)."""
_NOT_WRITTEN: Final = 2
"""The exit code where something else stands at the place that was named."""


class _Asked(Record):
    """The options that all notices have."""

    workspace: Path | None
    period: str | None
    on: date | None
    number: str
    copies: str
    card: str
    output: Path
    as_json: bool


def _options(card: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add the options that all notices have."""

    def add(command: Callable[..., int]) -> Callable[..., int]:
        for each in (
            json_option,
            option(
                "-o",
                "output",
                required=True,
                type=click.Path(path_type=Path),
                help="输出；那里已有别的文件时不覆盖",
            ),
            option("--card", default=card, show_default=True, help="用哪张制式公文卡片"),
            option("--copies", default="", help="抄送机关"),
            option("--number", default="", help="发文字号，如 虚教发〔2026〕5号（默认：留空待填）"),
            option("--on", type=Day(), help="成文日期，默认今天"),
            period_option,
            workspace_option,
        ):
            command = each(command)
        return command

    return add


@click.group(cls=Group)
def notice() -> None:
    """催报通知、审核意见、通报，写成公文"""


@notice.command()
@click.argument("form")
@option("--place", "places", multiple=True, help="只催这些单位，可写多次")
@option("--each", "each", is_flag=True, help="每个单位一份，-o 为目录或 .zip")
@_options("reminder")
def reminder(form: str, places: tuple[str, ...], *, each: bool, **options: object) -> int:
    """催报通知：到期没报、退回后没有重报的单位"""
    asked = _Asked(**options)  # pyright: ignore[reportArgumentType]  # click gives what the options say
    if not each:
        as_word(asked.output)
    desk = _desk(asked)
    asked_form = _form(desk, form)
    progress = desk.progress(asked_form)
    waiting = [one for one in progress if one.waiting]
    if places:
        _known(asked_form, places, {one.place for one in progress})
        waiting = [one for one in waiting if one.place in places]
    if not waiting:
        echo(say("应报的都已报送，不用催报。"), err=asked.as_json)
        return _tell(desk, asked, asked_form, {}, [], None)
    if each:
        papers = {desk.file_name(one): desk.reminder_to(asked_form, one) for one in waiting}
    elif len(waiting) == 1 and places:
        papers = {"": desk.reminder_to(asked_form, waiting[0])}
    else:
        papers = {"": desk.reminder(asked_form, progress, places or None)}
    made = {name: desk.written(paper) for name, paper in papers.items()}
    return _tell(desk, asked, asked_form, made, [one.place for one in waiting], None)


@notice.command()
@option("--place", required=True, help="单位代码")
@form_option
@option("--until", type=Day(), help="改正的最后一天（默认：卡片上的天数与报送期限中较晚的）")
@_options("opinion")
def opinion(place: str, form: str | None, until: date | None, **options: object) -> int:
    """审核意见：一份报表有什么问题、怎样办、到哪一天"""
    asked = _Asked(**options)  # pyright: ignore[reportArgumentType]  # as above
    as_word(asked.output)
    desk = _desk(asked)
    _after(desk, until)
    key = key_of(desk.workspace, asked.period, place, form)
    asked_form = _form(desk, key.form)
    _known(asked_form, [place], {one.place for one in desk.progress(asked_form)})
    last = desk.repaired_by(key, until)
    made = {"": desk.written(desk.opinion(key, last))}
    return _tell(desk, asked, asked_form, made, [place], last)


@notice.command()
@click.argument("form")
@option("--draft", is_flag=True, help="印发前的征求意见稿")
@option("--until", type=Day(), help="提出异议的最后一天（默认：按卡片上的天数）")
@_options("circular")
def circular(form: str, until: date | None, *, draft: bool, **options: object) -> int:
    """通报：按时、逾期、未报、退回的情况，附异议的提出办法"""
    asked = _Asked(**options)  # pyright: ignore[reportArgumentType]  # as above
    as_word(asked.output)
    desk = _desk(asked)
    _after(desk, until)
    asked_form = _form(desk, form)
    due = desk.round(asked_form).window.due
    # Nobody is late before the day is over; a circular names and shames.
    if due is not None and desk.today <= due:
        raise MisusedError(
            say("报送截止日是{due}，还没有过，没有谁逾期：过后再通报", due=chinese_day(due))
        )
    progress = desk.progress(asked_form)
    last = desk.objected_by(until)
    made = {"": desk.written(desk.circular(asked_form, progress, last, draft=draft))}
    return _tell(desk, asked, asked_form, made, [one.place for one in progress], last)


def _desk(asked: _Asked) -> Desk:
    from xianxue.desk.report.notices import Desk, card_of  # noqa: PLC0415 - needs python-docx
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(asked.workspace)
    card, period = card_of(opened, asked.card), opened.period(asked.period)
    today = clock.day_of(clock.now())
    if asked.on is not None and asked.on < today:
        day = chinese_day(asked.on)
        raise MisusedError(say("{day}已经过去，那天的情况这里没有：请写今天或以后的日子", day=day))
    if asked.number and not _NUMBER.fullmatch(asked.number):
        raise MisusedError(
            say(
                "发文字号“{number}”写得不对：写作 虚教发〔2026〕5号，年份用六角括号、写全，"
                "序号不加“第”、不补零",
                number=asked.number,
            )
        )
    on = asked.on or today
    copies = " ".join(asked.copies.split()).rstrip("。")
    return Desk(opened, open_ground(opened), period, today, on, card, asked.number, copies)


def _form(desk: Desk, name: str) -> Form:
    """Give the form named; MisusedError where there is none, or none for this period."""
    form = form_of(desk.workspace, "", name)
    refuse_other_kind(form, desk.period)
    return form


def _after(desk: Desk, until: date | None) -> None:
    if until is not None and until <= desk.on:
        raise MisusedError(
            say(
                "{until}不晚于成文日期{on}，来不及办：请写以后的日子",
                until=chinese_day(until),
                on=chinese_day(desk.on),
            )
        )


def _known(form: Form, places: Sequence[str], expected: set[str]) -> None:
    strange = [place for place in places if place not in expected]
    if strange:
        raise MisusedError(
            say(
                "《{term}》不用 {places} 报送：请核对单位代码",
                term=form.term,
                places=joined("、", strange),
            )
        )


def _tell(  # noqa: PLR0913, PLR0917 - all that a notice came to
    desk: Desk,
    asked: _Asked,
    form: Form,
    made: dict[str, Written],
    places: Sequence[str],
    until: date | None,
) -> int:
    """Write the files where nothing else stands, and say what was made."""
    from xianxue.desk.returns.templates import write_new  # noqa: PLC0415 - only where something is written

    left = _write(asked.output, made, write_new)
    issues = [issue for one in made.values() for issue in one.issues]
    if asked.as_json:
        print_json(
            {
                "notice": desk.card.notice,
                "form": form.form,
                "period": desk.period.code,
                "on": desk.on,
                "until": until,
                "places": list(places) if made else [],
                "output": str(asked.output) if made and not left else "",
                "issues": [issue.as_dict() for issue in issues],
            }
        )
    else:
        _print(desk, asked, form, made, issues, left)
    if left:
        return _NOT_WRITTEN
    return exit_code(issues)


def _print(  # noqa: PLR0913, PLR0917 - as above
    desk: Desk,
    asked: _Asked,
    form: Form,
    made: dict[str, Written],
    issues: list[Issue],
    left: list[Path],
) -> None:
    for path in left:
        echo(
            say(
                "没有写 {output}：那里已有别的文件。请先移走它，或换一个文件名",
                output=path,
            ),
            err=True,
        )
    if issues:
        print_issues(issues, as_json=False)
    if made and not left:
        echo(
            say(
                "已写成 {n} 份《{term}》{notice}：{output}",
                n=len(made),
                term=form.term,
                notice=desk.card.term,
                output=asked.output,
            )
        )
        if not asked.number:
            say_next(say("填上发文字号、联系人和电话，核对后签发、盖章"))
        else:
            say_next(say("填上联系人和电话，核对后签发、盖章"))


def _write(
    output: Path, made: dict[str, Written], write_new: Callable[[Path, bytes], bool]
) -> list[Path]:
    """Write one file, a folder or a zip; give what was left as it stands."""
    if not made:
        return []
    if "" in made:
        return [] if write_new(output, made[""].document) else [output]
    if output.suffix.lower() == ".zip":
        from xianxue.desk.stores.whole_files import write_zip  # noqa: PLC0415 - rare

        files = [(name, one.document) for name, one in made.items()]
        return [] if write_zip(output, files, instead=False) else [output]
    return [
        output / name for name, one in made.items() if not write_new(output / name, one.document)
    ]


COMMANDS: Final = (notice,)
"""What ``xianxue returns`` takes over from here."""
