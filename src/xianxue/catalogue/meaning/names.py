"""Names in code, and that nothing of one kind is called what another is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from xianxue.bureau.values.sentence import glued, say
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.reading import KINDS

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_DOCUMENT = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*")

_NAME_RULE: Final = say("小写英文字母、数字和下划线，以字母开头，例如 class_size")


def check_names(look: Look) -> None:
    """Check the id and the term of every card."""
    for kind in KINDS:
        terms: list[tuple[Spot, str]] = []
        for at, card in look.each(kind):
            name: str = getattr(card, kind)
            if kind == "document":
                required = say("小写英文字母、数字和连字符，例如 jiaodu-2017-6")
                _shape(at.at(kind), name, _DOCUMENT, required)
            else:
                good_name(at.at(kind), name)
                terms.append((at.at("term"), card.term))
        unique(terms, "C-TERM", say("名称"), say("同类卡片的名称不重复，读者才分得清"))


def good_name(at: Spot, name: str) -> None:
    """Complain of a name in code that is not ASCII snake_case."""
    _shape(at, name, _NAME, _NAME_RULE)


def good_code(at: Spot, code: str) -> None:
    """Complain of a code that is not made of ASCII letters and digits."""
    _shape(at, code, _CODE, say("代码只用英文字母、数字和下划线"))


def unique(named: Iterable[tuple[Spot, str]], code: str, noun: str, required: str) -> None:
    """Complain of each name that stood before, and of each empty one."""
    seen: dict[str, Spot] = {}
    for at, name in named:
        # Empty names are no doubles of each other: each is a thing without a name.
        if not name.strip():
            at.complain(code, say("{noun}是空的", noun=noun), required)
        elif name in seen:
            earlier = seen[name]
            line = earlier.origin.line(*earlier.steps)
            where = say("第 {line} 行", line=line)
            if earlier.origin.file != at.origin.file:
                where = glued((earlier.origin.file, " ", where))
            at.complain(
                code,
                say("{noun}“{name}”已经用过（{where}）", noun=noun, name=name, where=where),
                required,
            )
        else:
            seen[name] = at


def _shape(at: Spot, name: str, pattern: re.Pattern[str], required: str) -> None:
    if pattern.fullmatch(name) is None:
        at.complain("C-NAME", say("编号“{name}”写法不对", name=name), required)
