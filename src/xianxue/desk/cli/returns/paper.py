"""``xianxue returns``: a revision on paper, and the signed paper back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.values.sentence import joined, say
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
    actor_options,
    form_of,
    form_option,
    key_of,
    person,
    why_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.stores.scans import FEWEST_DIGITS
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

    if output.suffix.lower() != ".xlsx":
        message = say(
            "{output}：打印件是工作簿，文件名请以 .xlsx 结尾；要 PDF 的，打开以后另存",
            output=output,
        )
        raise MisusedError(message)
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


@command("attach-scan")
@click.argument("files", nargs=-1, required=True, type=GivenFile())
@form_option
@workspace_option
@period_option
@option("--place", required=True, help="单位代码")
@option("--revision", type=int, required=True, help="纸上的修订号：第几版")
@option("--digest", required=True, help="纸上的内容摘要，至少前 8 位")
@option("--instead", is_flag=True, help="换掉先前附的（先前的照样留存），用 --why 写明理由")
@actor_options("school_clerk")
@why_option
@json_option
def attach_scan(  # noqa: PLR0913, PLR0917 - options of one command
    files: tuple[Path, ...],
    form: str | None,
    workspace: Path | None,
    period: str | None,
    place: str,
    revision: int,
    digest: str,
    instead: bool,  # noqa: FBT001 - as click hands it over
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    as_json: bool,
) -> int:
    """附上签字、盖章的扫描件，只认纸上的那一版

    收 PDF、JPG、PNG，按内容认；已经作废的版、别的版、别校的文件都不收。
    """
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.stores.scans import (  # noqa: PLC0415 - only this command
        NoScanError,
        ScanFiles,
        look_at_scan,
    )

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    typed = _digits(digest)
    try:
        given = [look_at_scan(path) for path in files]
    except NoScanError as error:
        raise MisusedError(error.args[0]) from error
    ground = open_ground(opened)
    from xianxue.desk.actions.attach_scan import AttachScan, OnPaper  # noqa: PLC0415 - needs Django

    who = ground.actor(person(ground, name, role, own), place)
    kept = ScanFiles(opened.store / "cabinet")
    deed = AttachScan(ground, who, clock.now(), why, files=kept, instead=instead)
    done = deed(key, OnPaper(revision, typed), given)
    if as_json:
        named = {"form": key.form, "period": key.period, "place": key.place}
        scans = [scan.detail for scan in done.scans]
        print_json({**named, "revision": revision, "unchanged": done.unchanged, "scans": scans})
        return 0
    title = ground.title(key)
    what = say("{title}第 {n} 版的盖章扫描件", title=title, n=revision)
    echo(
        say("已经附过，没有改动：{what}", what=what)
        if done.unchanged
        else say("已附上：{what}", what=what)
    )
    for scan in done.scans:
        echo(say("    {file}（摘要 {digest}）", file=scan.file, digest=scan.digest))
    return 0


def _digits(typed: str) -> str:
    """Take a digest as it is read from paper; MisusedError where it is none."""
    from xianxue.desk.returns.scans import digits_of  # noqa: PLC0415 - only this command

    digits = digits_of(typed)
    if digits is None:
        message = say(
            "“{typed}”不是内容摘要：请照纸上每页下面的写，至少前 {n} 位（数字和字母 a 到 f）",
            typed=typed,
            n=FEWEST_DIGITS,
        )
        raise MisusedError(message)
    return digits


@command()
@click.argument("form", required=False)
@workspace_option
@period_option
@option("--place", help="只看这个单位的")
@option(
    "-o",
    "output",
    type=click.Path(file_okay=False, path_type=Path),
    help="把这个单位的扫描件另存到这个目录",
)
@json_option
def scans(  # noqa: PLR0913 - options of one command
    form: str | None,
    workspace: Path | None,
    period: str | None,
    place: str | None,
    output: Path | None,
    *,
    as_json: bool,
) -> int:
    """盖章扫描件：谁附了，谁没附"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.scans import saved, scans_of  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    if output is not None and place is None:
        raise MisusedError(say("用 -o 另存时，请用 --place 写明单位"))
    when = opened.period(period)
    forms = [form_of(opened, "", form)] if form else list(opened.shelf.forms.values())
    ground = open_ground(opened)
    lines = [
        (each, line)
        for each in forms
        for line in scans_of(ground, each, when)
        if place in {None, line.place}
    ]
    if place is not None and not lines:
        message = say("{period}没有 {place} 报的报表", period=when.term, place=place)
        raise MisusedError(message)
    made = [] if output is None else saved(opened, [line for _, line in lines], output)
    if as_json:
        print_json([{"form": each.form, **line.as_dict()} for each, line in lines])
        return 0
    for each in forms:
        own = [line for one, line in lines if one is each]
        done = sum(bool(line.scans) for line in own)
        counted = say("已报 {n} 份，附了盖章扫描件的 {done} 份", n=len(own), done=done)
        if own:
            echo(
                say(
                    "《{term}》（{period}）：{counted}",
                    term=each.term,
                    period=when.term,
                    counted=counted,
                )
            )
    rows = [
        (
            line.place,
            line.name,
            say("第 {n} 版", n=line.revision),
            joined("、", (scan.file for scan in line.scans)) or say("没有附"),
        )
        for _, line in lines
        # Without a place the list is one of those who still owe a scan.
        if place is not None or not line.scans
    ]
    if rows:
        title = say("扫描件") if place is not None else say("没有附的")
        print_table(title, (say("代码"), say("名称"), say("版次"), say("扫描件")), rows)
    for path in made:
        echo(say("已另存：{path}", path=path))
    return 0


COMMANDS: Final = (print_, attach_scan, scans)
"""What ``xianxue returns`` takes over from here."""
