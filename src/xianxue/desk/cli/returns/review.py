"""``xianxue returns``: the steps of a review, from taking up to approval, and back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.next_step import next_of
from xianxue.desk.cli.returns.options import (
    actor_options,
    form_of,
    form_option,
    key_of,
    override_option,
    person,
    why_option,
)
from xianxue.desk.cli.returns.submit import submit
from xianxue.desk.cli.spoken import command, confirm, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.step import StepDeed
    from xianxue.desk.models import Filing
    from xianxue.desk.returns.second_look import Looked


class _Asked(Record):
    """The options that all steps of a review have."""

    workspace: Path | None
    period: str | None
    form: str | None
    places: tuple[str, ...]
    everyone: bool
    name: str
    role: str
    own: str
    why: str
    override: str | None
    revision: int | None
    as_json: bool


def _step_options(role: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add the options that all steps have."""

    def add(command: Callable[..., int]) -> Callable[..., int]:
        for each in (
            json_option,
            option("--revision", type=int, help="看过的版次，已有新版则不办"),
            override_option,
            why_option,
            actor_options(role),
            period_option,
            form_option,
            option("--place", "places", multiple=True, help="单位代码，可写多次"),
            workspace_option,
        ):
            command = each(command)
        return command

    return add


_all_option = option("--all", "everyone", is_flag=True, help="凡轮到这一步的都办")


@command()
@_step_options("office_clerk")
@_all_option
def review(**options: object) -> int:
    """受理审核"""
    return _take("review", _Asked(**options))  # pyright: ignore[reportArgumentType]  # click gives what the options say


@command("pass-on")
@_step_options("central_school")
@_all_option
def pass_on(**options: object) -> int:
    """中心校转报"""
    return _take("pass_on", _Asked(**options))  # pyright: ignore[reportArgumentType]  # as above


@command()
@_step_options("office_clerk")
@_all_option
def approve(**options: object) -> int:
    """审核通过"""
    return _take("approve", _Asked(**options))  # pyright: ignore[reportArgumentType]  # as above


@command("take-back")
@_step_options("office_clerk")
def take_back(**options: object) -> int:
    """撤回审批，后面一步办以前都可以"""
    return _take("take_back", _Asked(**options, everyone=False))  # pyright: ignore[reportArgumentType]  # as above


@command()
@_step_options("school_clerk")
def withdraw(**options: object) -> int:
    """撤回，受理审核以前都可以"""
    return _take("withdraw", _Asked(**options, everyone=False))  # pyright: ignore[reportArgumentType]  # as above


@command("send-back")
@_step_options("office_clerk")
@option(
    "--comment",
    "comments",
    multiple=True,
    required=True,
    help="批注，写作 '学生!C4=请核对'；不写格就是对整张表",
)
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="把学校报的工作簿连同批注另存为〔原名〕_退回.xlsx",
)
def send_back(comments: tuple[str, ...], marked: Path | None, **options: object) -> int:
    """退回，写明哪一格、什么问题

    学校填过的数一个不动；--marked 写出的工作簿可以发给学校，照批注改。
    """
    asked = _Asked(**options, everyone=False)  # pyright: ignore[reportArgumentType]  # as above
    if len(asked.places) != 1:
        message = say("一次退回一份：请用 --place 写一个代码")
        raise MisusedError(message)
    return _take("send_back", asked, comments, marked)


def _take(
    name: str, asked: _Asked, comments: tuple[str, ...] = (), marked: Path | None = None
) -> int:
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(asked.workspace)
    ground = open_ground(opened)
    from xianxue.desk.actions.many import take_together  # noqa: PLC0415 - needs Django set up first

    keys = list(_keys(opened, ground, name, asked))
    looked = _look(opened, ground, keys, as_json=asked.as_json) if name == "approve" else None
    deeds: list[tuple[Key, StepDeed]] = []
    faults: list[Issue] = []
    for key in keys:
        if looked is not None and key in looked.unreadable:
            faults.extend(looked.unreadable[key])
            continue
        try:
            deeds.append((key, _deed(opened, ground, key, name, asked, comments)))
        except ComplaintsError as error:
            faults.extend(error.issues)
    done, issues = take_together(deeds, asked.revision, faults)
    issues = faults + issues
    if name == "send_back":
        issues.extend(_notes(ground, [key for key, _ in done]))
    elif name in {"review", "pass_on"}:
        from xianxue.desk.returns.second_look import untouched  # noqa: PLC0415 - needs the engine

        issues.extend(untouched(opened, ground, [key for key, _ in done]))
    copies, harmed = _copies(opened, ground, [key for key, _ in done], marked)
    issues.extend(harmed)
    _tell(ground, done, issues, copies, looked, as_json=asked.as_json)
    return int(any(issue.severity is Severity.MUST_FIX for issue in issues))


def _look(workspace: Workspace, ground: Ground, keys: list[Key], *, as_json: bool) -> Looked:
    """Show what is unusual before anything is approved; where somebody watches, ask."""
    from xianxue.desk.returns.second_look import look_at_all, untouched  # noqa: PLC0415 - needs the engine

    found = look_at_all(workspace, ground, keys)
    unusual = [*untouched(workspace, ground, keys), *found.unusual]
    looked = replace(found, unusual=unusual)
    if not unusual or as_json:
        return looked
    echo(say("通过之前请先看：有 {n} 处不寻常或没有照批注改。", n=len(unusual)))
    print_issues(unusual, as_json=False)
    # Many at once are approved unseen all too easily; a single one has just been shown.
    if len(keys) > 1 and sys.stdin.isatty() and not confirm(say("都看过了，仍然通过？")):
        raise click.Abort
    return looked


def _copies(
    workspace: Workspace, ground: Ground, keys: Iterable[Key], folder: Path | None
) -> tuple[dict[Key, Path | None], list[Issue]]:
    """Write what was sent back with its comments, where somebody asks for it.

    A workbook that is no longer what was handed in is complained of and not written.
    """
    copies: dict[Key, Path | None] = {}
    issues: list[Issue] = []
    if folder is None:
        return copies, issues
    from xianxue.desk.returns.commented_workbook import write_sent_back  # noqa: PLC0415 - needs the engine

    for key in keys:
        try:
            copies[key] = write_sent_back(workspace, ground, key, folder)
        except ComplaintsError as error:
            issues.extend(error.issues)
    return copies, issues


def _deed(  # noqa: PLR0913, PLR0917 - what a deed stands on
    workspace: Workspace,
    ground: Ground,
    key: Key,
    name: str,
    asked: _Asked,
    comments: tuple[str, ...],
) -> StepDeed:
    from xianxue.desk.actions.approve import Approve  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.actions.pass_on import PassOn  # noqa: PLC0415 - as above
    from xianxue.desk.actions.review import Review  # noqa: PLC0415 - as above
    from xianxue.desk.actions.send_back import SendBack  # noqa: PLC0415 - as above
    from xianxue.desk.actions.take_back import TakeBack  # noqa: PLC0415 - as above
    from xianxue.desk.actions.withdraw import Withdraw  # noqa: PLC0415 - as above
    from xianxue.desk.returns.comments import remarks_on  # noqa: PLC0415 - as above

    who = ground.actor(person(ground, asked.name, asked.role, asked.own), key.place)
    if name == "send_back":
        remarks = remarks_on(workspace, key, comments)
        return SendBack(ground, who, clock.now(), asked.why, remarks, override=asked.override)
    deeds = {
        "review": Review,
        "pass_on": PassOn,
        "approve": Approve,
        "take_back": TakeBack,
        "withdraw": Withdraw,
    }
    return deeds[name](ground, who, clock.now(), asked.why, override=asked.override)


def _keys(workspace: Workspace, ground: Ground, name: str, asked: _Asked) -> Iterable[Key]:
    """Give the returns that are meant: those named, or all whose turn it is."""
    # Neither would be a slip that takes everybody's return, both say two things.
    if bool(asked.places) is asked.everyone:
        message = say("请用 --place 写明代码") + (
            say("，或用 --all，两者取一") if asked.everyone else ""
        )
        raise MisusedError(message)
    for place in asked.places:
        yield key_of(workspace, asked.period, place, asked.form)
    if not asked.everyone:
        return
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    found = Filing.objects.filter(period=workspace.period(asked.period).code)
    if asked.form is not None:
        found = found.filter(form=form_of(workspace, "", asked.form).form)
    for filing in found.order_by("form", "place"):
        card = ground.card(filing.place)
        step = card.step(name, filing.state)
        # `--all` means all whose turn it is with this role, so that nothing is refused one by one.
        if step is not None and asked.role in step.roles:
            yield Key(filing.form, filing.period, filing.place)


def _notes(ground: Ground, keys: Iterable[Key]) -> Iterable[Issue]:
    """Remark where a school cannot file again without more time."""
    from xianxue.desk.actions.deadlines import deadline_of  # noqa: PLC0415 - needs Django set up

    for key in keys:
        if deadline_of(key).locked_on(clock.day_of(clock.now())):
            yield Issue(
                code="F-LOCKED",
                severity=Severity.NOTE,
                place=key.place,
                form=key.form,
                saw=say("{title}已过锁定日，学校现在还不能重报", title=ground.title(key)),
                required=say("准予延期之后再重报"),
                do=say("请同时办理 returns extend"),
            )


def _tell(  # noqa: PLR0913 - all that a step came to
    ground: Ground,
    done: list[tuple[Key, Filing]],
    issues: list[Issue],
    copies: dict[Key, Path | None],
    looked: Looked | None,
    *,
    as_json: bool,
) -> None:
    if as_json:
        seen = {} if looked is None else {"unusual": [each.as_dict() for each in looked.unusual]}
        said = [
            {
                "form": key.form,
                "period": key.period,
                "place": key.place,
                "name": ground.name(key.place),
                "state": filing.state,
                "term": ground.card(key.place).state_term(filing.state),
                "revision": filing.current.number,
                "times_returned": filing.times_returned,
            }
            | ({"marked": str(copies[key] or "")} if key in copies else {})
            for key, filing in done
        ]
        print_json({"done": said, "issues": [issue.as_dict() for issue in issues]} | seen)
        return
    if issues:
        print_issues(issues, as_json=False)
    for key, filing in done:
        term = ground.card(key.place).state_term(filing.state)
        echo(
            say(
                "{title}：{term}（第 {number} 版）",
                title=ground.title(key),
                term=term,
                number=filing.current.number,
            )
        )
    for copy in copies.values():
        written = (
            say("带批注的工作簿：{copy}，请发给学校", copy=copy)
            if copy
            else say("当时报的工作簿没有留存，没有写出")
        )
        echo(written)
    say_next(next_of(ground, [(key, filing.state) for key, filing in done]))
    if not done and not issues:
        echo(say("没有轮到这一步的报表。"))


COMMANDS: Final = (submit, review, pass_on, send_back, approve, take_back, withdraw)
"""What ``xianxue returns`` takes over from here."""
