"""``xianxue report``: write documents in official format."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.kinds.outline import Free, Outline
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.report_coverage import coverage
from xianxue.desk.cli.report_each import as_form, is_book, write_of_each
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.report.passages import folder_of, passages, texts_of
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.report.writing import Notes


@click.group(cls=Group)
def report() -> None:
    """公文"""


@report.command()
@click.argument("outline")
@workspace_option
@period_option
@release_option
@option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="成文日期（默认：统计年份的 12 月 31 日）",
)
@option(
    "--texts",
    "folder",
    help="股室所写文字的文件夹（默认：工作目录下 texts/提纲/学年）",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@option(
    "--notes",
    type=click.Choice(["separate", "page", "none"]),
    default="separate",
    show_default=True,
    help="数据说明：另成一份、附在最后一页、不要",
)
@option("--style", default="", help="按哪一种写法：提纲里列出的名字；不写用第一种")
@option("--place", default="", help="一校一份的公文：哪一所学校，写代码")
@option("--entry", default="", help="一事一份的公文：台账里的编号")
@option("--each", is_flag=True, help="一校一份的公文每校写一份，-o 写目录；没有内容的学校不写")
@option("--complete", is_flag=True, help="报表没有报齐就不写，列出还缺谁的")
@option("-o", "output", required=True, help="输出", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def write(  # noqa: PLR0913, PLR0917 - options of one command
    outline: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    on: datetime | None,
    folder: Path | None,
    notes: Notes,
    style: str,
    place: str,
    entry: str,
    each: bool,  # noqa: FBT001 - as below
    complete: bool,  # noqa: FBT001 - click hands it over by name
    output: Path,
    *,
    as_json: bool,
) -> int:
    """按提纲写成公文，每个数都带来源标记"""
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.report.occasions import Asked  # noqa: PLC0415 - as above
    from xianxue.desk.report.writing import write as write_document  # noqa: PLC0415 - as above
    from xianxue.desk.targets.standing import reported  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    card = _outline(opened, outline)
    _refuse_style(card, style)
    named = opened.period(period, card.period)
    if each:
        return write_of_each(opened, card, named, published, on, output, as_json=as_json)
    as_form(output)
    found = passages(card, folder or folder_of(opened, outline, named.code))
    beside = None
    if notes == "separate" and not card.about and not is_book(output):
        beside = output.with_name(f"{output.stem}-数据说明{output.suffix}")
    # Before anything is worked out: nobody waits for a refusal.
    for file in filter(None, (output, beside)):
        _refuse_edited(file, folder_of(opened, outline, named.code))
    river = river_of(opened, named, published)
    written = write_document(
        river,
        outline,
        on.date() if on else None,
        reported(river),
        texts=texts_of(found),
        notes=notes,
        complete=complete,
        style=style,
        asked=Asked(place, entry),
        book=is_book(output),
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(written.document)
    if beside is not None and written.sheet is not None:
        beside.write_bytes(written.sheet)
    files = {one.free.slot: one.file for one in found}
    if as_json:
        print_json(
            {
                "outline": outline,
                "term": card.term,
                "period": named.code,
                "release": river.release.name if river.release is not None else None,
                "file": str(output),
                "sheet": str(beside) if beside is not None else None,
                "missing": list(written.missing),
                "unwritten": [_slot(free, files[free.slot]) for free in written.unwritten],
                "issues": [issue.as_dict() for issue in written.issues],
            }
        )
        return exit_code(written.issues)
    echo(say("已写成《{term}》：{output}", term=card.term, output=output))
    if beside is not None:
        echo(say("数据说明（工作底稿）：{output}", output=beside))
    if written.missing:
        n = len(written.missing)
        echo(say("有 {n} 家单位的报表没有报齐：第一页列出名单，缺数的段落标作“[待补：…]”。", n=n))
    for free in written.unwritten:
        there = files[free.slot]
        echo(
            say("待{owner}填写：{about}（{file}）", owner=free.owner, about=free.about, file=there)
        )
    if written.issues:
        print_issues(written.issues, as_json=False)
    return exit_code(written.issues)


def _refuse_style(card: Outline, style: str) -> None:
    """Refuse a style that the outline has not; MisusedError names those it has."""
    if style and style not in {one.style for one in card.styles}:
        known = joined("、", (one.style for one in card.styles))
        message = say("《{term}》没有写法“{style}”", term=card.term, style=style)
        if card.styles:
            message += say("；现有：{known}", known=known)
        raise MisusedError(message)


def _refuse_edited(file: Path, folder: Path) -> None:
    """Refuse to write over what somebody has worked on; MisusedError says where it belongs."""
    from xianxue.bureau.report.word import as_written  # noqa: PLC0415 - as above

    if file.exists() and not (file.is_file() and as_written(file.read_bytes())):
        message = say(
            "{file} 已有人改过，不覆盖：请用 -o 另写一个文件名；各股室的文字写在 {folder}，"
            "更新数字时会保留",
            file=file,
            folder=folder,
        )
        raise MisusedError(message)


def _slot(free: Free, file: Path) -> dict[str, object]:
    return {"slot": free.slot, "owner": free.owner, "about": free.about, "file": str(file)}


@report.command("slots")
@click.argument("outline")
@workspace_option
@period_option
@json_option
def list_slots(outline: str, workspace: Path | None, period: str | None, *, as_json: bool) -> None:
    """列出文稿中由股室填写的各处、由谁填、写在哪个文件"""
    opened = Workspace.open(workspace)
    card = _outline(opened, outline)
    folder = folder_of(opened, outline, opened.period(period, card.period).code)
    found = passages(card, folder)
    if as_json:
        print_json(
            [_slot(one.free, one.file) | {"paragraphs": len(one.paragraphs)} for one in found]
        )
        return
    rows = [
        (
            one.free.owner,
            one.free.about,
            str(one.file),
            say("已写 {n} 段", n=len(one.paragraphs)) if one.paragraphs else say("未写"),
        )
        for one in found
    ]
    print_table("", (say("填写"), say("内容"), say("文件"), say("状态")), rows)


def _outline(opened: Workspace, outline: str) -> Outline:
    card = opened.shelf.outlines.get(outline)
    if card is None:
        known = joined("、", opened.shelf.outlines)
        message = say("没有提纲“{outline}”；现有：{known}", outline=outline, known=known)
        raise MisusedError(message)
    return card


@report.command("list")
@workspace_option
@json_option
def list_outlines(workspace: Path | None, *, as_json: bool) -> None:
    """列出可写的公文"""
    outlines = Workspace.open(workspace).shelf.outlines
    if as_json:
        print_json([{"outline": name, "term": one.term} for name, one in outlines.items()])
        return
    for name, outline in outlines.items():
        echo(glued((name, "  ", outline.term)))


report.add_command(coverage)
