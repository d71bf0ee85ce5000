"""The parser's complaints in Chinese, with the line and what to do."""

from __future__ import annotations

import re
from typing import Final

import yaml

from xianxue.bureau.values.sentence import say

_LAYOUT: Final = say("缩进对齐、冒号后留空格、引号成对")

_PROBLEMS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "that cannot start any token",
        say("有不能这样开头的符号"),
        say("以 % @ ` 等开头的文字要加引号"),
    ),
    (
        "mapping values are not allowed",
        say("冒号出现在不该出现的地方"),
        say("文字里有冒号加空格时加引号"),
    ),
    ("did not find expected key", say("这里应当是一个键"), _LAYOUT),
    (
        "did not find expected '-' indicator",
        say("列表在这里断了"),
        say("列表的每一项以“- ”开头并对齐"),
    ),
    ("could not find expected ':'", say("这里少了冒号"), say("写成“键: 值”，冒号后留空格")),
    (
        "did not find expected ',' or ']'",
        say("方括号没有配对，或少了逗号"),
        say("[甲, 乙] 成对，用英文逗号"),
    ),
    (
        "did not find expected ',' or '}'",
        say("花括号没有配对，或少了逗号"),
        say("{example} 成对，用英文逗号", example="{键: 值}"),
    ),
    ("unexpected end of stream", say("引号没有配对"), say("引号成对")),
    ("unexpected document indicator", say("引号没有配对"), say("引号成对")),
    ("unknown escape character", say("双引号里的反斜杠看不懂"), say("有反斜杠的文字改用单引号")),
    (
        "block sequence entries are not allowed",
        say("“- ”出现在不该出现的地方"),
        say("列表另起一行"),
    ),
    ("found undefined alias", say("用了没有定义的别名"), say("以 * 开头的文字要加引号")),
)
"""A part of libyaml's sentence, what was seen, what is required."""

_TAB: Final = "\t"
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_chinese(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Give line, what was seen and what is required for an error of the parser."""
    if not isinstance(error, yaml.MarkedYAMLError):
        found = _UNPRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return line, say("文件里有看不见的控制字符"), say("删去控制字符；可把文字粘贴到新文件里")
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = str(error.problem or error.context)
    # Before the parser's own words: of a tab it says that a token cannot start so, and its author
    # would look for a sign to be quoted.
    if _starts_with_a_tab(text, line):
        return line, say("缩进用了制表符（Tab）"), say("缩进用空格")
    for part, saw, required in _PROBLEMS:
        if part in problem:
            return line, say("这里不是合法的 YAML：{saw}", saw=saw), required
    return line, say("这里不是合法的 YAML（{problem}）", problem=problem), _LAYOUT


def _starts_with_a_tab(text: str, line: int) -> bool:
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    return _TAB in row[: len(row) - len(row.lstrip())]
