"""``xianxue audit``: does a document agree with itself, and with the workspace's figures?"""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.visible import visible
from xianxue.desk.audit.comparison import look_at, open_against
from xianxue.desk.audit.output import write_commented, write_page
from xianxue.desk.audit.reading import audit_file, lexicon, read
from xianxue.desk.cli.audit.output import as_dict, print_report
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError

_OUTPUT = click.Path(dir_okay=False, path_type=Path)


@command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=GivenFile(allow_dash=True),
)
@workspace_option
@option("--all", "everything", is_flag=True, help="一致的也列出")
@option(
    "--text",
    "only_text",
    is_flag=True,
    help="只输出读到的纯文本，各处位置都按它数",
)
@option(
    "--html",
    type=_OUTPUT,
    help="写成网页：标出每处关系，点开看算式",
)
@option(
    "--docx",
    type=_OUTPUT,
    help="另存一份原 Word 文稿，问题处加批注",
)
@option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="再与这个工作目录算出的数对照",
)
@period_option
@release_option
@json_option
def audit(  # noqa: PLR0913, PLR0917 - options of one command
    files: tuple[Path, ...],
    workspace: Path | None,
    html: Path | None,
    docx: Path | None,
    against: Path | None,
    period: str | None,
    published: str,
    *,
    everything: bool,
    only_text: bool,
    as_json: bool,
) -> int:
    """审核文稿里的数字关系

    FILE 可以是 .docx、.txt、.md，或用 - 表示标准输入。发现不一致时退出码为 1。
    """
    if only_text:
        if len(files) > 1 or as_json:
            raise MisusedError(say("--text 一次只输出一份文稿的纯文本，不与 --json 同用"))
        for file in files:
            # Letter by letter, places in the JSON being counted in this text; only what clears a
            # screen or turns a line around is shown as its escape.
            click.echo(visible(read(file)[1].text), nl=False)
        return 0
    if len(files) > 1 and (html or docx):
        raise MisusedError(say("--html、--docx 一次只写一份文稿"))
    words = lexicon(workspace or against)
    figures = open_against(against, period, published) if against is not None else None
    reports = [look_at(audit_file(file, words), figures) for file in files]
    for one in reports:
        for output, write in ((html, write_page), (docx, write_commented)):
            if output is not None:
                write(one, output, everything=everything)
                # On the error stream beside JSON, so that standard output stays one document for a
                # program.
                echo(say("已写：{output}", output=output), err=as_json)
    if as_json:
        told = [as_dict(one) for one in reports]
        print_json(told[0] if len(told) == 1 else told)
    else:
        for one in reports:
            print_report(one, everything=everything)
    return int(any(one.wrong for one in reports))
