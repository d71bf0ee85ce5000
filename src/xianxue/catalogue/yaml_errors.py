"""The parser's complaints in Chinese, with the line and what to do."""

from __future__ import annotations

import re
from typing import Final

import yaml

_LAYOUT: Final = "缩进对齐、冒号后留空格、引号成对"

_PROBLEMS: Final[tuple[tuple[str, str, str], ...]] = (
    ("that cannot start any token", "有不能这样开头的符号", "以 % @ ` 等开头的文字要加引号"),
    ("mapping values are not allowed", "冒号出现在不该出现的地方", "文字里有冒号加空格时加引号"),
    ("did not find expected key", "这里应当是一个键", _LAYOUT),
    ("did not find expected '-' indicator", "列表在这里断了", "列表的每一项以“- ”开头并对齐"),
    ("could not find expected ':'", "这里少了冒号", "写成“键: 值”，冒号后留空格"),
    ("did not find expected ',' or ']'", "方括号没有配对，或少了逗号", "[甲, 乙] 成对，用英文逗号"),
    ("did not find expected ',' or '}'", "花括号没有配对，或少了逗号", "{键: 值} 成对，用英文逗号"),
    ("unexpected end of stream", "引号没有配对", "引号成对"),
    ("unexpected document indicator", "引号没有配对", "引号成对"),
    ("unknown escape character", "双引号里的反斜杠看不懂", "有反斜杠的文字改用单引号"),
    ("block sequence entries are not allowed", "“- ”出现在不该出现的地方", "列表另起一行"),
    ("found undefined alias", "用了没有定义的别名", "以 * 开头的文字要加引号"),
)
"""A part of libyaml's sentence, what was seen, what is required."""

_TAB: Final = "\t"
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_chinese(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Give line, what was seen and what is required for an error of the parser."""
    if not isinstance(error, yaml.MarkedYAMLError):
        found = _UNPRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return line, "文件里有看不见的控制字符", "删去控制字符；可把文字粘贴到新文件里"
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = str(error.problem or error.context)
    if _starts_with_a_tab(text, line):
        return line, "缩进用了制表符（Tab）", "缩进用空格"
    for part, saw, required in _PROBLEMS:
        if part in problem:
            return line, f"这里不是合法的 YAML：{saw}", required
    return line, f"这里不是合法的 YAML（{problem}）", _LAYOUT


def _starts_with_a_tab(text: str, line: int) -> bool:
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    return _TAB in row[: len(row) - len(row.lstrip())]
