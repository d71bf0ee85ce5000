"""``xianxue appraise import``: an indicator system from a workbook, proposed, looked over, kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.appraise.options import ready
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    print_issues,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.appraisal.importing.sources import Guess
    from xianxue.desk.actions.cards.keep_rubric import ImportedRubric
    from xianxue.desk.appraisal.imported import Proposed

KINDS: Final = {
    "figure": say("指标"),
    "count": say("台账统计"),
    "poll": say("问卷"),
    "document": say("材料"),
    "marks": say("评委评分"),
    "given": say("股室报数"),
    "adjust": say("加减分"),
}
_CARDS: Final = frozenset({".yaml", ".yml"})


@command("import")
@click.argument("file", type=GivenFile())
@option("--sheet", default="", help="只读这张工作表")
@option("--rubric", default="imported_system", show_default=True, help="卡片的编号：小写英文")
@option("--term", default="", help="卡片的名称（默认：文件名）")
@option(
    "--judges",
    type=click.Choice(["school", "county", "office", "teacher", "cadre", "union"]),
    default="county",
    show_default=True,
    help="评谁",
)
@option(
    "--kind",
    "kind",
    type=click.Choice(["calendar_year", "school_year", "term"]),
    default="calendar_year",
    show_default=True,
    help="按哪种时期评",
)
@option("--document", default="", help="文件的名称")
@option("--issuer", default="", help="发文机关")
@option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="提案写到哪个 .yaml 文件"
)
@option("--keep", "--confirm", "keep", is_flag=True, help="收下：放进本县规则")
@option("--as", "actor", default="本机系统管理员", show_default=True, help="经办人")
@option("--role", default="administrator", show_default=True, help="角色")
@why_option
@workspace_option
@json_option
def import_system(  # noqa: PLR0913 - options of one command
    file: Path,
    *,
    sheet: str,
    rubric: str,
    term: str,
    judges: str,
    kind: str,
    document: str,
    issuer: str,
    output: Path | None,
    keep: bool,
    actor: str,
    role: str,
    why: str,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """从工作簿导入一套指标体系：先提案，人看过、改过，再收下成为评价卡片

    读工作簿时提出指标、分值和每一项的得分来源，列出加不拢、重复、缺分值的；
    -o 写成卡片文件，改好以后用 appraise import 那个文件 --keep 收下。
    """
    opened = ready(workspace)
    from xianxue.desk.appraisal.imported import Asked, card_of, looked_over, proposed  # noqa: PLC0415 - reads workbooks

    if file.suffix.lower() in _CARDS:
        place = _kept(opened, looked_over(file), actor, role, why) if keep else ""
        if not keep:
            raise MisusedError(say("{file} 是提案：加 --keep 收下", file=file.name))
        _tell_kept(place, as_json=as_json)
        return 0
    found = proposed(
        file,
        opened.shelf,
        Asked(
            sheet=sheet,
            rubric=rubric,
            term=term,
            judges=judges,
            period=kind,
            document=document,
            issuer=issuer,
        ),
    )
    if output is not None:
        if output.suffix.lower() not in _CARDS:
            raise MisusedError(say("提案是卡片文件：文件名以 .yaml 结尾"))
        from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - only where it is written

        with whole(output) as scratch:
            scratch.write_text(found.text, encoding="utf-8", newline="\n")
    place = ""
    if keep and found.ready:
        place = _kept(opened, card_of(found.text, file.name), actor, role, why)
    if as_json:
        print_json(_as_dict(found, output, place))
    else:
        _print(found, output, place)
    return exit_code(found.issues)


def _kept(opened: Workspace, card: ImportedRubric, actor: str, role: str, why: str) -> str:
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.cards.keep_rubric import KeepRubric  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above
    from xianxue.desk.stores import clock  # noqa: PLC0415 - as above

    ground = open_ground(opened)
    who = acting(ground.gate, actor, role, "")
    return KeepRubric(opened, ground, who, clock.now(), why)(card)


def _tell_kept(place: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"kept": place})
        return
    echo(say("已收下：{place}。", place=place))
    say_next(say("看卡片：xianxue appraise list"))


def _print(found: Proposed, output: Path | None, place: str) -> None:
    system = found.system
    guesses = {item.item: guess for item, guess in found.guesses}
    rows = [
        (
            one.line.number,
            "　" * (one.item.count("_")) + one.line.term,
            "" if one.points is None else number(one.points),
            *_said(guesses.get(one.item)),
            one.line.cell,
        )
        for one in system.items
    ]
    title = say(
        "{term}：{n} 项，满分 {points} 分",
        term=found.naming.term,
        n=len(found.guesses),
        points=number(system.points),
    )
    heads = (say("序号"), say("指标"), say("分值"), say("得分来源"), say("为什么"), say("在哪里"))
    print_table(title, heads, rows)
    for left in system.unread:
        if left.why == "note":
            echo(say("没有读：{sheet}〔{cell}〕{text}", sheet=left.sheet, cell=left.cell,
                     text=left.text))  # fmt: skip
    if found.issues:
        print_issues(found.issues, as_json=False)
    if output is not None:
        echo(say("提案写在 {output}。", output=output))
    if place:
        _tell_kept(place, as_json=False)
    elif output is not None:
        say_next(say("改好以后收下：xianxue appraise import {output} --keep", output=output))
    else:
        say_next(say("写成可以改的卡片：加 -o 提案.yaml"))


def _said(guess: Guess | None) -> tuple[Sentence | str, Sentence | str]:
    if guess is None:
        return "", ""
    kind = KINDS[guess.kind]
    return kind if guess.sure else say("{kind}（请核对）", kind=kind), guess.why


def _as_dict(found: Proposed, output: Path | None, place: str) -> dict[str, Any]:
    guesses = {item.item: guess for item, guess in found.guesses}
    return {
        "rubric": found.naming.rubric,
        "term": found.naming.term,
        "points": plain(found.system.points),
        "sheets": found.system.sheets,
        "items": [
            {
                "item": one.item,
                "number": one.line.number or None,
                "term": one.line.term,
                "under": one.item.rpartition("_")[0] or None,
                "points": None if one.points is None else plain(one.points),
                "source": _source(guesses.get(one.item)),
                "sheet": one.line.sheet,
                "cell": one.line.cell,
            }
            for one in found.system.items
        ],
        "unread": [
            {"sheet": one.sheet, "cell": one.cell, "text": one.text, "why": one.why}
            for one in found.system.unread
        ],
        "issues": [one.as_dict() for one in found.issues],
        "file": None if output is None else str(output),
        "kept": place or None,
    }


def _source(guess: Guess | None) -> dict[str, Any] | None:
    if guess is None:
        return None
    return {"kind": guess.kind, "name": guess.name or None, "why": guess.why, "sure": guess.sure}
