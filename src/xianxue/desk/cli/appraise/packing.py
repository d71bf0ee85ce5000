"""``xianxue appraise package``: the 迎检 package of a rubric as a zip or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.appraise.options import OFFICE, by_options, desk_of, prepared
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, say_next
from xianxue.desk.cli.progress_bar import progress
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from typing import Unpack

    from xianxue.desk.appraisal.packing.packing import Made
    from xianxue.desk.cli.appraise.options import By


@command("package")
@click.argument("rubric")
@option(
    "-o",
    "output",
    required=True,
    type=click.Path(path_type=Path),
    help="写到哪里：.zip 是一个压缩包，别的名字是一个文件夹",
)
@option("--place", default="", help="只打包这一家：代码或名称（默认：评的每一家）")
@by_options(OFFICE, "office_clerk")
@json_option
def package(rubric: str, *, output: Path, place: str, as_json: bool, **who: Unpack[By]) -> None:
    """打包迎检材料：目录、各盒和各项的封面、按索引号放好的佐证、缺件清单

    每个文件都与收下时的摘要核对；有改动或丢失的，一次说完，什么也不写。
    """
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.packing import PackEvidence  # noqa: PLC0415 - needs Django
    from xianxue.desk.appraisal.packing.packing import pack  # noqa: PLC0415 - as above
    from xianxue.desk.stores.packages.writing import FolderTakenError, is_zip, refuse_taken  # noqa: PLC0415 - as above

    try:
        if not is_zip(output):
            refuse_taken(output)
        files = sum(one.kind == "document" for one in desk.lines())
        with progress(say("打包"), files) as move:
            made = pack(desk, prepared(desk, PackEvidence, who), place, output, move)
    except FolderTakenError:
        message = say("{folder} 里已经有文件：换一个名字，或先清空", folder=output)
        raise MisusedError(message) from None
    if as_json:
        print_json({"output": str(output), "digest": made.digest, **made.index})
        return
    _print(made, output)


def _print(made: Made, output: Path) -> None:
    rows = [
        (one.name, sheet.number, sheet.term, number, term)
        for one in made.packages
        for sheet, number, term in (
            *((sheet, slip.number, slip.term) for sheet, slip in one.missing),
            *((sheet, "—", say("{office}还没有报数", office=sheet.owed)) for sheet in one.owed),
        )
    ]
    if rows:
        heads = (say("对象"), say("序号"), say("项目"), say("索引号"), say("缺什么"))
        # Of one place alone the title says whose it is.
        first = int(len(made.packages) == 1)
        print_table(say("还缺的佐证"), heads[first:], [row[first:] for row in rows])
    files = sum(len(one.files) for one in made.packages)
    echo(
        say(
            "{title}：{n} 家，佐证文件 {files} 个，缺 {lacks} 处，写在 {output}。",
            title=made.title,
            n=len(made.packages),
            files=files,
            lacks=len(rows),
            output=output,
        )
    )
    say_next(say("打开 目录.docx；缺的补交后再打包一次"))
