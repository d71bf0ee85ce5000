"""``xianxue appraise self``, ``attach``, ``hand-in``, ``give`` and others: what is reported."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.appraise.options import OFFICE, Number, by_options, desk_of, prepared
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from typing import Unpack

    from xianxue.desk.cli.appraise.options import By

_CLERK = "本机学校填报员"
_place = option("--place", required=True, help="哪一家：代码或名称")
_item = option("--item", required=True, help="哪一项：编号、序号或名称")
_document = option("--document", default="", help="依据文件的文号或名称")


@command("self")
@click.argument("rubric")
@_place
@_item
@option("--points", type=Number(), help="自评几分")
@option("--level", default="", help="自评哪一档：档次的编号")
@option("--text", default="", help="自评说明")
@by_options(_CLERK, "school_clerk")
def self_appraise(  # noqa: PLR0913 - options of one command
    rubric: str,
    *,
    place: str,
    item: str,
    points: Fraction | None,
    level: str,
    text: str,
    **who: Unpack[By],
) -> None:
    """学校自评一项：分数或档次，和说明"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.doing import known_place  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.appraisal.reports import SelfAppraise  # noqa: PLC0415 - as above

    about = desk.about()
    who["own"] = who["own"] or known_place(about, place)
    line = prepared(desk, SelfAppraise, who)(about, place, item, points, text, level)
    echo(say("自评已记下（第 {n} 条）。", n=line.number))


@command("hand-in")
@click.argument("rubric")
@_place
@by_options(_CLERK, "school_clerk")
def hand_in(rubric: str, *, place: str, **who: Unpack[By]) -> None:
    """交自评：交了以后不再改；自评结束以前可以用 withdraw 收回"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.doing import known_place  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.appraisal.reports import HandIn  # noqa: PLC0415 - as above

    about = desk.about()
    who["own"] = who["own"] or known_place(about, place)
    line = prepared(desk, HandIn, who)(about, place)
    echo(say("自评已交（第 {n} 条）。", n=line.number))


@command("give")
@click.argument("rubric")
@click.argument("value", type=Number())
@_place
@_item
@option("--reason", default="", help="加减分的事由：卡片上的编号；数是几次")
@option("--target", type=Number(), help="这一家的目标数，按目标比例得分而卡片没写目标的")
@_document
@by_options(OFFICE, "office_clerk")
def give(  # noqa: PLR0913 - options of one command
    rubric: str,
    value: Fraction,
    *,
    place: str,
    item: str,
    reason: str,
    target: Fraction | None,
    document: str,
    **who: Unpack[By],
) -> None:
    """股室报数，或登记加减分：都要写依据文件"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.reports import GiveNumber  # noqa: PLC0415 - needs Django

    deed = prepared(desk, GiveNumber, who)
    line = deed(desk.about(), place, item, value, reason=reason, document=document, target=target)
    echo(say("已记下（第 {n} 条）。", n=line.number))


@command("veto")
@click.argument("rubric")
@click.argument("veto_named", metavar="VETO")
@_place
@_document
@option("--note", default="", help="说明")
@by_options(OFFICE, "office_clerk")
def veto(
    rubric: str,
    veto_named: str,
    *,
    place: str,
    document: str,
    note: str,
    **who: Unpack[By],
) -> None:
    """登记一票否决：写明认定的文件；只限制等次，不改分数"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.reports import RecordVeto  # noqa: PLC0415 - needs Django

    deed = prepared(desk, RecordVeto, who)
    line = deed(desk.about(), place, veto_named, document, note)
    echo(say("已记下（第 {n} 条）。", n=line.number))


@command("absent")
@click.argument("rubric")
@_place
@_item
@option("--note", required=True, help="为什么不适用")
@by_options(OFFICE, "office_clerk")
def absent(
    rubric: str,
    *,
    place: str,
    item: str,
    note: str,
    **who: Unpack[By],
) -> None:
    """登记一项对一家不适用：写明理由；怎样计分照卡片"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.reports import SayAbsent  # noqa: PLC0415 - needs Django

    deed = prepared(desk, SayAbsent, who)
    line = deed(desk.about(), place, item, note)
    echo(say("已记下（第 {n} 条）。", n=line.number))


@command("attach")
@click.argument("rubric")
@click.argument("file", type=GivenFile())
@_place
@option(
    "--for",
    "serves",
    multiple=True,
    required=True,
    help="用在哪一项：项/佐证，如 letters/head_letter；可写多次",
)
@option("--title", default="", help="佐证名称（默认：文件名）")
@by_options(_CLERK, "school_clerk")
def attach(
    rubric: str,
    file: Path,
    *,
    place: str,
    serves: tuple[str, ...],
    title: str,
    **who: Unpack[By],
) -> None:
    """交佐证：JPG、PNG 或 PDF；一份可以用在几项"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.doing import known_place  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.appraisal.reports import AttachDocument  # noqa: PLC0415 - as above
    from xianxue.desk.stores.scans import NoScanError, look_at_scan  # noqa: PLC0415 - as above

    about = desk.about()
    who["own"] = who["own"] or known_place(about, place)
    try:
        found = look_at_scan(file)
    except NoScanError as error:
        raise MisusedError(str(error.args[0])) from error
    cabinet = desk.workspace.store / "cabinet"
    line = prepared(desk, AttachDocument, who)(about, place, found, serves, cabinet, title)
    echo(say("佐证已收（第 {n} 条），用在 {m} 项。", n=line.number, m=len(serves)))


@command("withdraw")
@click.argument("rubric")
@click.argument("number", type=click.IntRange(min=1))
@by_options(OFFICE, "office_clerk")
def withdraw(
    rubric: str,
    number: int,
    **who: Unpack[By],
) -> None:
    """撤下一条佐证、报数或登记，写明理由；公示以后撤下的，另出一号，原来的留着"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.reports import WithdrawLine  # noqa: PLC0415 - needs Django

    deed = prepared(desk, WithdrawLine, who)
    deed(desk.about(), number, desk.results)
    echo(say("第 {n} 条已撤下。", n=number))
