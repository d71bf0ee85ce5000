"""``xianxue ballots paper``, ``tally``, ``minutes``: what is printed of a ballot."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import as_word, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace

_output = option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个 .docx",
)


@command("paper")
@click.argument("ballot")
@_output
@option("--group", default="", help="哪一类人的票；只有一类的不写")
@workspace_option
def paper(ballot: str, *, output: Path, group: str, workspace: Path | None) -> None:
    """写纸质票的样张：复印，凭收回的票换发"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import groups_of, poll_named  # noqa: PLC0415 - needs Django

    poll = poll_named(opened, ballot)
    from xianxue.desk.ballots.documents import paper_document  # noqa: PLC0415 - as above

    known = groups_of(poll)
    wanted = group or (known[0] if len(known) == 1 else "")
    if wanted not in known:
        listed = joined("、", known)
        raise MisusedError(say("没有“{group}”这一类人；有：{groups}", group=group, groups=listed))
    as_word(output)
    output.write_bytes(paper_document(opened, poll, wanted))
    echo(say("已写 {file}", file=output))


@command("tally")
@click.argument("ballot")
@_output
@workspace_option
def tally(ballot: str, *, output: Path, workspace: Path | None) -> None:
    """写空白的计票单：唱票、画“正”字用"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import poll_named  # noqa: PLC0415 - needs Django

    poll = poll_named(opened, ballot)
    from xianxue.desk.ballots.documents import tally_document  # noqa: PLC0415 - as above

    as_word(output)
    output.write_bytes(tally_document(opened, poll))
    echo(say("已写 {file}", file=output))


@command("minutes")
@click.argument("ballot")
@_output
@workspace_option
def minutes(ballot: str, *, output: Path, workspace: Path | None) -> None:
    """写计票记录：票数、各数相符、结果、结论，供签字"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import poll_named  # noqa: PLC0415 - needs Django

    poll = poll_named(opened, ballot)
    from xianxue.desk.ballots.documents import minutes_document  # noqa: PLC0415 - as above

    as_word(output)
    output.write_bytes(minutes_document(opened, poll))
    echo(say("已写 {file}", file=output))
