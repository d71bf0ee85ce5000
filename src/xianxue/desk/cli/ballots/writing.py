"""``xianxue ballots paper``, ``tally``, ``minutes``, ``texts``: what is printed of a ballot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import as_word, json_option, print_json, workspace_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.models.ballot import Poll

_READER = "本机监票人"
_FILE = click.Path(dir_okay=False, path_type=Path)
_output = option(
    "-o",
    "output",
    required=True,
    type=_FILE,
    help="写到哪个 .docx",
)


@command("paper")
@ballot_argument
@option(
    "-o", "output", required=True, type=_FILE, help="写到哪个 .docx；写成 .xlsx 的是录票用的空表"
)
@option("--group", default="", help="哪一类人的票，写名称或代号；只有一类的不写")
@workspace_option
def paper(ballot: str, *, output: Path, group: str, workspace: Path | None) -> None:
    """写纸质票的样张：复印，凭收回的票换发；写成 .xlsx 的是录票用的空表"""
    opened, poll = _opened(workspace, ballot)
    if output.suffix.lower() == ".xlsx":
        from xianxue.desk.actions.ballots.opened import opened as held_of  # noqa: PLC0415 - needs Django
        from xianxue.desk.ballots.entering import entry_table  # noqa: PLC0415 - as above

        output.write_bytes(entry_table(held_of(poll)))
        echo(say("已写 {file}", file=output))
        return
    from xianxue.desk.ballots.documents import paper_document  # noqa: PLC0415 - needs Django
    from xianxue.desk.ballots.polls import group_named  # noqa: PLC0415 - as above

    wanted = group_named(poll, group)
    _write(output, lambda: paper_document(opened, poll, wanted))


@command("tally")
@ballot_argument
@_output
@workspace_option
def tally(ballot: str, *, output: Path, workspace: Path | None) -> None:
    """写空白的计票单：唱票、画“正”字用"""
    opened, poll = _opened(workspace, ballot)
    from xianxue.desk.ballots.documents import tally_document  # noqa: PLC0415 - needs Django

    _write(output, lambda: tally_document(opened, poll))


@command("minutes")
@ballot_argument
@_output
@workspace_option
def minutes(ballot: str, *, output: Path, workspace: Path | None) -> None:
    """写计票记录：票数、各数相符、结果、结论，供签字"""
    opened, poll = _opened(workspace, ballot)
    from xianxue.desk.ballots.documents import minutes_document  # noqa: PLC0415 - needs Django

    _write(output, lambda: minutes_document(opened, poll))


def _opened(workspace: Path | None, ballot: str) -> tuple[Workspace, Poll]:
    """Open the workspace and find a ballot in it."""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import poll_named  # noqa: PLC0415 - needs Django

    return opened, poll_named(opened, ballot)


def _write(output: Path, document: Callable[[], bytes]) -> None:
    """Make a document where its name is that of one, write it, and say so."""
    as_word(output)
    output.write_bytes(document())
    echo(say("已写 {file}", file=output))


@command("texts")
@ballot_argument
@option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="导出给阅读人的 .xlsx"
)
@option("--read", "read", type=GivenFile(), help="阅读人改好的表：姓名等去掉后写在“改后”一列")
@option("--as", "by", default=_READER, show_default=True, help="谁阅读")
@workspace_option
@json_option
def texts(  # noqa: PLR0913 - options of one command
    ballot: str,
    *,
    output: Path | None,
    read: Path | None,
    by: str,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """看文字意见：有人读过、去掉姓名以后才显示，不分先后"""
    opened, poll = _opened(workspace, ballot)
    from xianxue.desk.ballots.texts import HEADS, reading_list, take_back, texts_of  # noqa: PLC0415 - as above

    if output is not None:
        if output.suffix.lower() != ".xlsx":
            raise MisusedError(
                say("{output}：写出的是工作簿，文件名请以 .xlsx 结尾", output=output)
            )
        output.write_bytes(reading_list(poll))
        echo(say("已写 {file}", file=output))
        return
    if read is not None:
        from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - for this option alone

        poll = take_back(opened, poll, find_columns(read, HEADS).rows, by)
    found = texts_of(poll)
    if as_json:
        print_json([
            {"question": one.term, "written": one.written, "unread": one.unread,
             "texts": list(one.texts)}
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        echo(
            say(
                "{term}：{n} 人写了，{m} 人的还没有读。", term=one.term, n=one.written, m=one.unread
            )
        )
        if one.few:
            echo(say("写的人少，不显示。"))
        for text in one.texts:
            echo(f"· {text}")
