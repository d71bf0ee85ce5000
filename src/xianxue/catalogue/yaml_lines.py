"""YAML read with line numbers, exact decimals and no surprises.

PyYAML does the parsing. Only the meaning of plain scalars is ours: ``4.2`` is the decimal 4.2
and not a binary float, ``no`` and ``on`` are words and not booleans, and a key that stands twice
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Fault:
    """Something wrong with the YAML itself."""

    line: int
    saw: str
    required: str


@dataclass(frozen=True)
class Document:
    """The data of a file, and the line on which each part of it stands."""

    data: Any
    lines: dict[str, int]
    """``$.fields[3].unit`` to the line of that key, counted from 1."""
    faults: list[Fault] = field(default_factory=list[Fault])

    def line(self, path: str) -> int:
        """Give the line of a part, or of the nearest part around it that has one.

        >>> read("a:\\n  b: [1, 2]").line("$.a.b[1].c")
        2
        """
        while path not in self.lines:
            if path in {"$", ""}:
                return 1
            path = path[: max(path.rfind("."), path.rfind("["))]
        return self.lines[path]


def read(text: str) -> Document:
    """Read one YAML document; faults are listed, never raised.

    >>> read("share: 4.20").data
    {'share': Decimal('4.20')}
    >>> read("a: 1\\na: 2").faults
    [Fault(line=2, saw='键“a”出现了两次（前一次在第 1 行）', required='同一张卡片里每个键只写一次')]
    """
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        saw = f"这里不是合法的 YAML（{error.problem or error.context}）"
        return Document(None, lines, [Fault(line, saw, "缩进对齐、冒号后留空格、引号成对")])
    if root is None:
        return Document(None, lines, [Fault(1, "文件是空的", "至少一张卡片")])
    data = _construct(root, "$", lines, faults)
    return Document(data, lines, faults)


def _construct(node: Any, path: str, lines: dict[str, int], faults: list[Fault]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value, line in _pairs(node):
            inner = f"{path}.{key}"
            if key in mapping:
                saw = f"键“{key}”出现了两次（前一次在第 {lines[inner]} 行）"
                faults.append(Fault(line, saw, "同一张卡片里每个键只写一次"))
            lines[inner] = line
            mapping[key] = _construct(value, inner, lines, faults)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(item, f"{path}[{index}]", lines, faults)
            for index, item in enumerate(node.value)
        ]
    return _scalar(node)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, Any, int]]:
    for key, value in node.value:
        yield str(key.value), value, key.start_mark.line + 1


def _scalar(node: Any) -> str | int | Decimal | date | bool | None:
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
