"""YAML read with line numbers, exact decimals and no surprises.

libyaml does the parsing, event by event; the data are put together here. ``4.2`` is the decimal
4.2 and not a binary float, ``no`` and ``on`` are words and not booleans. What YAML allows and a
card does not need (a key twice, an alias, a tag, a number such as ``1e5``) is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, cast

import yaml

from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.yaml_errors import in_chinese

# Not «007»: a code with leading zeros must not lose them. Nor more digits than any amount has: both
# stay texts, and are refused where a number is asked for.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,30})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ODD_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+\.|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+|[0-9]+(_[0-9]+)+|[0-9]+(,[0-9]{3})+"
    r"|0[xo][0-9a-fA-F]+|\.?(inf|nan))",
    re.IGNORECASE,
)
"""What other readers of YAML, or people, take for a number, and we do not."""
_FIRST_OF_A_NUMBER: Final = frozenset("0123456789+-.infINF")
"""Nearly all texts are told from numbers by their first character, without a pattern."""
_WORDS: Final[dict[str, bool | None]] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_DEEPEST: Final = 40
"""Levels of indentation; a form's deepest part is at twelve. What reads the data goes down level by
level, and a file of nothing but brackets would end it."""

_FILES: Final = 512
"""Files of cards that are parsed once in a process; there are some 330 national ones."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Step = str | int
"""One step into a document: a key, or the place in a list, counted from 0."""


class Fault(Record):
    """Something wrong with the YAML itself."""

    line: int
    saw: str
    required: str


class Document(Record):
    """The data of a file, and the line on which each part of it stands."""

    data: Any
    lines: dict[int, dict[Step, int]] = field(default_factory=dict[int, dict[Step, int]])
    """``id`` of each mapping and list in ``data`` to the lines of its parts, counted from 1."""
    faults: list[Fault] = field(default_factory=list[Fault])

    def line(self, *steps: Step) -> int:
        r"""Give the line of a part, or of the nearest part around it that has one.

        >>> read("a:\n  b: [1, 2]").line("a", "b", 1, "c")
        2
        """
        found = 1
        part = self.data
        for step in steps:
            found = self.lines.get(id(part), {}).get(step, 0) or found
            try:
                part = part[step]
            except (LookupError, TypeError):
                break
        return found


@lru_cache(maxsize=_FILES)
def read(text: str) -> Document:
    r"""Read one YAML document; faults are listed, never raised. Nobody changes what is given.

    >>> read("share: 4.20").data
    {'share': Decimal('4.20')}
    >>> read("a: 1\na: 2").faults
    [Fault(line=2, saw='键“a”出现了两次（前一次在第 1 行）', required='同一张卡片里每个键只写一次')]
    """
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except _Stop:
        return Document(None, {}, builder.faults)
    except yaml.YAMLError as error:
        return Document(None, {}, [Fault(*in_chinese(error, text))])
    if not builder.top:
        fault = Fault(1, say("文件是空的"), say("至少一张卡片"))
        return Document(None, {}, [fault])
    return Document(builder.top[0], builder.lines, builder.faults)


class _Stop(Exception):  # noqa: N818 — it is no error; the fault is already listed
    """Nothing after this place can be understood."""


def _events(text: str) -> Iterator[Any]:
    parser: Any = _Loader(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


class _Builder:
    """Puts data together from parsing events.

    ``top`` is the list around everything, so that a document is put in it like any other part.
    A mapping waits in ``keys`` for its next key or, where it has one, for that key's value.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[int, dict[Step, int]] = {}
        self.top: list[Any] = []
        self._parts: list[Any] = [self.top]
        self._lines: list[dict[Step, int]] = [{}]
        self._keys: list[str | None] = [None]

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        kind = cast("type[object]", type(event))
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._parts.pop()
            self._lines.pop()
            self._keys.pop()
        elif kind is yaml.MappingStartEvent:
            self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._open(event, [])
        elif kind is yaml.AliasEvent:
            self._stop(
                event,
                say("用了别名“*{anchor}”", anchor=event.anchor),
                say("把内容照写一遍，不用锚点和别名"),
            )
        elif kind is yaml.DocumentStartEvent and self.top:
            self._stop(
                event,
                say("一个文件里有两份文档（“---”）"),
                say("一个文件一份文档，多张卡片写成列表"),
            )

    def _scalar(self, event: Any) -> None:
        part = self._parts[-1]
        if type(part) is dict and self._keys[-1] is None:
            self._key(cast("dict[str, Any]", part), event)
            return
        text: str = event.value
        self._tag(event)
        self._put(event, text if event.style in _QUOTED else self._plain(event, text))

    def _tag(self, event: Any) -> None:
        if event.tag is not None:
            self._fault(
                event, say("用了类型标记“{tag}”", tag=event.tag), say("不用“!”开头的类型标记")
            )

    def _key(self, part: dict[str, Any], event: Any) -> None:
        key: str = event.value
        lines = self._lines[-1]
        line: int = event.start_mark.line + 1
        if key in part:
            saw = say("键“{key}”出现了两次（前一次在第 {lines} 行）", key=key, lines=lines[key])
            self.faults.append(Fault(line, saw, say("同一张卡片里每个键只写一次")))
        lines[key] = line
        self._keys[-1] = key

    def _open(self, event: Any, part: dict[str, Any] | list[Any]) -> None:
        if type(self._parts[-1]) is dict and self._keys[-1] is None:
            self._stop(event, say("键是一个列表或一组键"), say("键是一个词"))
        if len(self._parts) > _DEEPEST:
            self._stop(
                event, say("层次超过 {deepest} 层", deepest=_DEEPEST), say("卡片没有这么深的层次")
            )
        self._tag(event)
        self._put(event, part)
        lines: dict[Step, int] = {}
        self.lines[id(part)] = lines
        self._parts.append(part)
        self._lines.append(lines)
        self._keys.append(None)

    def _put(self, event: Any, value: Any) -> None:
        part = self._parts[-1]
        if type(part) is dict:
            part[self._keys[-1]] = value
            self._keys[-1] = None
        else:
            self._lines[-1][len(part)] = event.start_mark.line + 1
            part.append(value)

    def _plain(self, event: Any, text: str) -> str | int | Decimal | date | bool | None:
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _FIRST_OF_A_NUMBER:
            return text
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return _day(text) if _DATE.fullmatch(text) else self._odd(event, text)

    def _odd(self, event: Any, text: str) -> str | int:
        if _ODD_NUMBER.fullmatch(text):
            required = say("数写作 100000 或 0.5；如果是文字，请加引号")
            self._fault(event, say("“{text}”不像普通写法的数", text=text), required)
            # A number, so that its type is not complained of as well.
            return 0
        return text

    def _fault(self, event: Any, saw: str, required: str) -> None:
        self.faults.append(Fault(event.start_mark.line + 1, saw, required))

    def _stop(self, event: Any, saw: str, required: str) -> None:
        self._fault(event, saw, required)
        raise _Stop


def _day(text: str) -> date | str:
    # A day that no calendar has stays a text, and is refused where a day is asked for.
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


_QUOTED: Final = frozenset("'\"|>")
