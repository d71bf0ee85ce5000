"""The questions of ``xianxue init``, each with what it is for; asked on a terminal only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.init_answers import Answers, fault_of_county, fault_of_folder
from xianxue.desk.cli.language import echo, tell


def ask(folder: Path | None, county: str, name: str, period: str, schools: Path | None) -> Answers:
    """Ask for what was not given; a wrong answer is told and asked again, nothing is written."""
    echo(say("新建一个工作目录：一个县的设置、学校名册和收上来的报表都放在里面。"))
    echo(say("每一问后面方括号里的是默认的，直接按回车就用它；按 Ctrl-C 中断，什么也不写。"))
    if folder is None:
        echo(say("放在哪个目录？没有的会新建。"))
        folder = Path(_answer(say("新目录"), "本县", lambda text: fault_of_folder(Path(text))))
    if not county:
        echo(
            say("县级区划代码是 6 位数字（GB/T 2260），如身份证号的前六位；报表和名册按它归到县。")
        )
        county = _answer(say("区划代码"), "", fault_of_county)
    if not name:
        echo(say("县的名称写进报告和通知里。"))
        name = _answer(say("名称"), "", _none)
    echo(say("时期是不写 --period 时用的；学年写作 2025-2026，从 9 月 1 日到次年 8 月 31 日。"))
    period = _answer(say("时期"), period, _fault_of_period)
    if schools is None:
        echo(say("有没有学校名单？Excel、WPS 表格或 CSV 都可以；现在没有的按回车，以后再导入。"))
        given = _answer(say("名单文件"), "", _fault_of_file, empty=True)
        schools = Path(given) if given else None
    return Answers(folder, county, name, period, schools)


def _answer(
    what: str, default: str, fault_of: Callable[[str], Sentence | None], *, empty: bool = False
) -> str:
    while True:
        said: str = click.prompt(
            tell(what), default=default if default or empty else None, show_default=bool(default)
        )
        fault = fault_of(said.strip())
        if fault is None:
            return said.strip()
        echo(say("{fault}，请再写一次。", fault=fault))


def _none(text: str) -> Sentence | None:
    del text
    return None


def _fault_of_period(text: str) -> Sentence | None:
    try:
        Period.parse(text)
    except ValueError as error:
        return say("{what}", what=error.args[0])
    return None


def _fault_of_file(text: str) -> Sentence | None:
    if not text or Path(text).is_file():
        return None
    return say("没有文件 {text}", text=text)
