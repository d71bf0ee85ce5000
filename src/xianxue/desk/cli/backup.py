"""``xianxue backup`` and ``xianxue restore``: a whole workspace in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores.archive import ArchiveError, Contents, reading_archive
from xianxue.desk.stores.clock import minute_of, now
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.backup.restoring import Restored

_NOTE_ELSEWHERE: Final = say(
    "请把下面两行抄存在别处（签字存档、报上级备案）：备份和工作目录都被换掉时，只有它们看得出来。"
)


@command()
@workspace_option
@option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="备份文件（.zip），放在工作目录以外",
)
@json_option
def backup(workspace: Path | None, output: Path, *, as_json: bool) -> int:
    """备份整个工作目录，别人正在办事也可以做

    数据库、报表、发布、规则、名册、设置都在里面，取的是同一时刻；写完再读一遍核对。
    """
    from xianxue.desk.backup.making import make_backup  # noqa: PLC0415 - needs Django

    try:
        made = make_backup(Workspace.open(workspace), output)
    except ArchiveError as error:
        raise MisusedError(error.args[0]) from error
    contents = made.contents
    if as_json:
        print_json(
            _as_dict(contents, made.seal)
            | {
                "file": str(output),
                "left": made.left,
                "issues": [issue.as_dict() for issue in made.issues],
            }
        )
        return int(made.wanting)
    if made.issues:
        print_issues(made.issues, as_json=False)
        echo(say("备份照样做好了，但是工作目录本身有上面的问题：请先查清。"))
    for name in made.left:
        echo(say("没有备份 {name}：它不是普通文件，或者文件名里有备份写不下的字符。", name=name))
    echo(
        say(
            "已备份{name}：{n} 个文件，{size} MB，读回核对无误：{output}",
            name=contents.name,
            n=len(contents.files),
            size=contents.size >> 20,
            output=output,
        )
    )
    _tell_heads(contents, made.seal)
    return int(made.wanting)


@command()
@click.argument("archive", type=GivenFile())
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@option("--against", default="", help="另存的日志 行数:摘要，不符就不恢复")
@option("--seal", default="", help="另存的备份摘要，不符就不恢复")
@option("--check", "only_check", is_flag=True, help="只核对备份，不恢复")
@option("--replace", is_flag=True, help="目录里已有东西时换下它，原来的整个改名留着")
@option("--as", "by", default="本机操作员", show_default=True, help="谁换的，记入日志（--replace）")
@option("--why", default="", help="为什么换，记入日志（--replace）")
@option("--even-harmed", "harmed", is_flag=True, help="恢复出来的日志有问题，也要恢复")
@json_option
def restore(  # noqa: PLR0913, PLR0917 - options of one command
    archive: Path,
    folder: Path | None,
    against: str,
    seal: str,
    by: str,
    why: str,
    *,
    only_check: bool,
    replace: bool,
    harmed: bool,
    as_json: bool,
) -> int:
    """从备份恢复到一个目录

    先逐个文件核对摘要，再在旁边恢复、验证日志，都对了才放到位；有一处不对就什么也不写。
    换下正在用的目录时，日志接着写一行：谁、什么时候、为什么换上了哪一份。
    """
    if folder is None and not only_check:
        raise MisusedError(say("请写明恢复到哪个目录；只核对备份，用 --check"))
    try:
        with reading_archive(archive) as opened:
            # The noted heads first: an archive that is another one need not be read through.
            _refuse_unlike(opened.contents, opened.seal, against, seal)
            if folder is None or only_check:
                opened.prove()
                return _tell_checked(archive, opened.contents, opened.seal, as_json=as_json)
            from xianxue.desk.backup.restoring import By  # noqa: PLC0415 - needs Django
            from xianxue.desk.backup.restoring import restore as put_back  # noqa: PLC0415 - as above

            teller = By(by, now(), why.strip())
            found = put_back(opened, folder, replace=replace, harmed=harmed, by=teller)
            return _tell_restored(found, folder, opened.seal, as_json=as_json)
    except ArchiveError as error:
        raise MisusedError(error.args[0]) from error


def _refuse_unlike(contents: Contents, found: str, against: str, seal: str) -> None:
    """Refuse an archive that is not the one whose heads somebody has noted."""
    if against and against != _head(contents):
        message = say(
            "备份里的日志是 {head}，与另存的 {noted} 不符；什么也没有写",
            head=_head(contents) or say("空的"),
            noted=against,
        )
        raise MisusedError(message)
    if seal and seal != found:
        message = say(
            "备份的摘要是 {found}，与另存的 {noted} 不符；什么也没有写", found=found, noted=seal
        )
        raise MisusedError(message)


def _tell_checked(archive: Path, contents: Contents, seal: str, *, as_json: bool) -> int:
    if as_json:
        print_json(_as_dict(contents, seal) | {"file": str(archive), "whole": True})
        return 0
    echo(
        say(
            "备份完好：{name}，{at} 做的，{n} 个文件都与清单相符。",
            name=contents.name,
            at=minute_of(contents.made_at),
            n=len(contents.files),
        )
    )
    _tell_heads(contents, seal)
    return 0


def _tell_restored(found: Restored, folder: Path, seal: str, *, as_json: bool) -> int:
    if as_json:
        print_json(
            _as_dict(found.contents, seal)
            | {
                "folder": str(folder),
                "restored": found.placed,
                "aside": str(found.aside or ""),
                "issues": [issue.as_dict() for issue in found.issues],
            }
        )
        return int(bool(found.issues))
    if found.issues:
        print_issues(found.issues, as_json=False)
    if not found.placed:
        echo(
            say(
                "没有恢复：备份与清单相符，但是里面的日志有上面的问题，是做备份时就有的。"
                "明知如此也要恢复，加 --even-harmed。"
            )
        )
        return 1
    if found.aside is not None:
        echo(say("原来的目录没有删，改名为 {aside}。", aside=found.aside))
    echo(
        say(
            "已恢复{name}（{at} 的备份）到 {folder}：{n} 个文件都与清单相符，日志 {lines} 行。",
            name=found.contents.name,
            at=minute_of(found.contents.made_at),
            folder=folder,
            n=len(found.contents.files),
            lines=found.lines,
        )
    )
    if found.told:
        echo(say("谁换上了这一份，记在日志第 {n} 行；原来的登录都已失效。", n=found.lines))
        head = _head(found.contents)
        check = say("核对日志：xianxue journal verify --workspace {folder} --against {head}",
                    folder=folder, head=head)  # fmt: skip
        say_next(
            check
            if head
            else say("核对日志：xianxue journal verify --workspace {folder}", folder=folder)
        )
    else:
        say_next(
            say("对照另存的末行摘要：xianxue journal head --workspace {folder}", folder=folder)
        )
    return int(bool(found.issues))


def _tell_heads(contents: Contents, seal: str) -> None:
    echo(_NOTE_ELSEWHERE)
    echo(say("日志：{head}", head=_head(contents) or say("还没有日志")))
    echo(say("备份摘要：{seal}", seal=seal))


def _head(contents: Contents) -> str:
    kept = contents.database
    return f"{kept.lines}:{kept.digest}" if kept and kept.lines else ""


def _as_dict(contents: Contents, seal: str) -> dict[str, object]:
    kept = contents.database
    return {
        "county": contents.county,
        "name": contents.name,
        "made_at": contents.made_at.isoformat(),
        "files": len(contents.files),
        "bytes": contents.size,
        "seal": seal,
        "journal": {"lines": kept.lines, "digest": kept.digest} if kept else None,
    }
