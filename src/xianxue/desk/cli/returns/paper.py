"""``xianxue returns``: a revision on paper, and the signed paper back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import form_option, key_of
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace


@command("print")
@form_option
@workspace_option
@period_option
@option("--place", required=True, help="单位代码")
@option("--revision", type=int, help="哪一版（默认：最后一版）")
@option("-o", "output", required=True, type=click.Path(path_type=Path), help="输出（.xlsx）")
@json_option
def print_(  # noqa: PLR0913, PLR0917 - options of one command
    form: str | None,
    workspace: Path | None,
    period: str | None,
    place: str,
    revision: int | None,
    output: Path,
    *,
    as_json: bool,
) -> int:
    """把已报的一版打印出来，签字盖章

    每页下面有修订号和内容摘要；姓名、电话留空，由本人手写。
    """
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.printing import in_groups, print_revision  # noqa: PLC0415 - as above
    from xianxue.desk.returns.templates import write_new  # noqa: PLC0415 - only this command

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    ground = open_ground(opened)
    made = print_revision(opened, ground, key, revision)
    if not write_new(output, made.data):
        message = say(
            "没有写 {output}：那里已有别的文件。请先移走它，或换一个文件名", output=output
        )
        raise MisusedError(message)
    if as_json:
        named = {"form": key.form, "period": key.period, "place": key.place}
        print_json({**named, "revision": made.number, "content": made.content, "file": str(output)})
        return 0
    title = ground.title(key)
    echo(
        say(
            "{title}第 {n} 版写在 {output}，内容摘要 {digest}",
            title=title,
            n=made.number,
            output=output,
            digest=in_groups(made.content),
        )
    )
    if made.number != made.newest:
        echo(say("注意：已有第 {n} 版，打印的这一版作废了，每页都注明。", n=made.newest))
    else:
        say_next(
            say(
                "打印全部工作表，签字、盖章，扫描后附上：xianxue returns attach-scan 文件 "
                "--place {place} --revision {n} --digest {first}",
                place=place,
                n=made.number,
                first=in_groups(made.content).partition(" ")[0],
            )
        )
    return 0


COMMANDS: Final = (print_,)
"""What ``xianxue returns`` takes over from here."""
