"""click's own words in Chinese: usage, labels of help, and what is wrong with a command line.

click looks its words up in gettext's catalogue of the whole process, which would have to be a
compiled file and an environment variable that programs started from here would inherit. Its modules
keep the look-up under one name, ``_``; that name is given ours.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from xianxue.catalogue.languages.words import OWN
from xianxue.desk.cli.language import spoken

CHINESE: Final = {
    # help
    "Usage:": "用法:",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本页帮助。",
    "Show the version and exit.": "显示版本号。",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（运行时确定）",
    "deprecated": "已停用",
    "Choice({choices})": "可选值（{choices}）",
    # what is wrong
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用“{command} {option}”查看帮助。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少 {param_type}",
    "No such option {name!r}.": "没有选项“{name}”。",
    "No such command {name!r}.": "没有命令“{name}”。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多出了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Option {name!r} does not take a value.": "选项“{name}”后面不带值。",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”要 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "要 {nargs} 个值，写了 {len} 个。",
    "{len_type} values are required, but {len_value} was given.": (
        "要 {len_type} 个值，写了 {len_value} 个。"
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "要 {len_type} 个值，写了 {len_value} 个。"
    ),
    "Value must be an iterable.": "要写几个值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选的值里：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”不是日期，写作 2025-09-30。",
    "{value!r} does not match the formats {formats}.": "“{value}”不是这些写法之一：{formats}。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "“{value}”看不出是“是”还是“否”；可以写：{states}"
    ),
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value!r} is not a valid UUID.": "“{value}”不是 UUID。",
    "{name} {filename!r} is a file.": "“{filename}”是一个文件。",
    "{name} {filename!r} is a directory.": "“{filename}”是一个目录。",
    "{name} {filename!r} is not readable.": "“{filename}”不能读。",
    "{name} {filename!r} is not writable.": "“{filename}”不能写。",
    "{name} {filename!r} is not executable.": "“{filename}”不能执行。",
    "{name} {filename!r} does not exist.": "“{filename}”不存在。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "unknown error": "原因不明",
    # questions
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接办理。",
    "Repeat for confirmation": "再写一次",
    "Error: The two entered values do not match.": "错误：两次写的不一样。",
    "Error: invalid input": "错误：看不懂这个回答",
    "Press any key to continue...": "按任意键继续……",
    "Aborted!": "已中断。",
}
"""click's templates and ours. ``{name!r}`` becomes ``{name}``, for Chinese quotes otherwise. What
kind of path it is, is left out: click names it when it starts, before the language is known."""

ENGLISH: Final = {
    "{value!r} does not match the format {format}.": "{value!r} is no date; write 2025-09-30.",
}
"""What click says too much like a program, in plain English."""

METAVARS: Final = {
    "TEXT": "文字",
    "INTEGER": "整数",
    "INTEGER RANGE": "整数",
    "FLOAT": "数",
    "FLOAT RANGE": "数",
    "FILE": "文件",
    "DIRECTORY": "目录",
    "PATH": "路径",
    "DATE": "日期",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "AFTER": "后一号",
    "AMOUNT": "目标值",
    "ARCHIVE": "备份文件",
    "BEFORE": "前一号",
    "CODE": "代码",
    "EVENT": "变动",
    "FILES": "文件",
    "FOLDER": "目录",
    "FORM": "报表",
    "INDICATOR": "指标",
    "NAME": "名称",
    "NAMES": "名称",
    "NUMBER": "编号",
    "OUTLINE": "提纲",
    "OVERLAYS": "规则目录",
    "STANDARD": "标准",
    "WORD": "词语",
}
"""What stands for a value in a line of help."""

_DAY: Final = "%Y-%m-%d"
"""How a day is written, in signs that only programmers read."""
_SEVERAL: Final = re.compile(r"<([A-Z ]+)>(\.\.\.)?")
"""Several values behind one option."""
_IN_BRACKETS: Final = re.compile(r"(\[?)([A-Z]+)(\]?(?:\.\.\.)?)")
"""An argument that may be left out stands in brackets, one that may be repeated before dots."""

_MODULES: Final = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)

_WIDE: Final = frozenset("WF")
"""Unicode's letters for what takes two columns: wide and full-width."""


def word(english: str) -> str:
    """Give click's word in the reader's language; English is click's own, but for its dates."""
    if spoken() == OWN:
        return CHINESE.get(english, english)
    return ENGLISH.get(english, english)


def word_for(one: str, many: str, count: int) -> str:
    """Give click's word for one or for many."""
    return word(one if count == 1 else many)


def metavar(english: str) -> str:
    """Give what stands for a value in the reader's language."""
    english = english.replace(f"[{_DAY}]", "DATE")
    if spoken() != OWN:
        return english
    if english in METAVARS:
        return METAVARS[english]
    several = _SEVERAL.fullmatch(english)
    if several is not None:
        each = " ".join(METAVARS.get(one, one) for one in several[1].split())
        return f"<{each}>{several[2] or ''}"
    found = _IN_BRACKETS.fullmatch(english)
    if found is None:
        return english
    opening, name, rest = found.groups()
    return f"{opening}{METAVARS.get(name, name)}{rest}"


def width(text: str) -> int:
    """Count the columns a text takes: a Chinese character takes two, which click does not know.

    >>> width("--place 文字")
    12
    """
    return sum(2 if east_asian_width(sign) in _WIDE else 1 for sign in click.unstyle(text))


def teach_click() -> None:
    """Let click look its words up here, and set the columns of its help by what is seen."""
    setattr(click.formatting, "term_len", width)  # noqa: B010 - a name click does not offer
    for module in _MODULES:
        for name, ours in (("_", word), ("ngettext", word_for)):
            if hasattr(module, name):
                setattr(module, name, ours)
    setattr(click.core.Argument, "make_metavar", _argument)  # noqa: B010 - as above


_ITS_OWN: Final = click.core.Argument.make_metavar


def _argument(argument: click.Argument, ctx: click.Context) -> str:
    """Name an argument in the reader's language, in usage and in what is wrong with it alike."""
    return metavar(_ITS_OWN(argument, ctx))
