"""Every fault in the shape of a card: unknown keys, missing keys, values of a wrong type.

msgspec stops at the first fault of a card. Where it has found one, the card is gone through here
once more, so that its author hears of all of them in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, cast

from msgspec import inspect

from xianxue.bureau.values.sentence import say
from xianxue.catalogue.origin import Complaint
from xianxue.catalogue.wording import listed, meant, nearest, one_of
from xianxue.catalogue.yaml_lines import Step

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")

_MISSING: Final = {
    "source": say("写明依据哪一份文件"),
    "seen": say("写明原文看到什么程度：original、relayed、unverified 或 own"),
    "from": say("写明从哪一天起施行"),
    "value": say("写明数值"),
    "term": say("写明正式的中文名称"),
    "unit": say("写明计量单位"),
}
"""What to do about keys that are often forgotten."""


Steps = tuple[Step, ...]
Misshape = tuple[Complaint, Steps]
"""One fault in the shape of a card, and the steps to its place."""


def misshapes(value: Any, kind: type) -> list[Misshape]:
    """List all faults of a card's data as a kind; none where it has the right shape."""
    return list(_any(value, inspect.type_info(kind), ()))


def _any(value: Any, shape: inspect.Type, steps: Steps) -> Iterator[Misshape]:
    shapes = shape.types if isinstance(shape, inspect.UnionType) else (shape,)
    for one in shapes:
        # By its outer form first: then what is wrong inside it can be told, and not only that it is
        # none of these.
        if isinstance(value, dict) and isinstance(one, inspect.StructType):
            yield from _struct(cast("dict[str, Any]", value), one, steps)
            return
        if isinstance(value, dict) and isinstance(one, inspect.DictType):
            yield from _mapping(cast("dict[str, Any]", value), one, steps)
            return
        if isinstance(value, list) and isinstance(one, inspect.ListType):
            for index, item in enumerate(cast("list[Any]", value)):
                yield from _any(item, one.item_type, (*steps, index))
            return
        if _fits(value, one):
            return
    yield _wrong(value, shapes), steps


def _struct(value: dict[str, Any], shape: inspect.StructType, steps: Steps) -> Iterator[Misshape]:
    fields = {field.encode_name: field for field in shape.fields}
    # Only keys that are still missing can have been meant; and one that was meant is not told as
    # missing, too.
    free = [name for name in fields if name not in value]
    misspelt: set[str] = set()
    for key in value:
        if key not in fields:
            misspelt.add(nearest(key, free))
            required = say("只用这些键：{fields}", fields=listed(fields))
            complaint = Complaint(
                "C-KEY", say("键“{key}”不认识", key=key), required, meant(key, free)
            )
            yield complaint, (*steps, key)
    for name, field in fields.items():
        if name in value:
            yield from _any(value[name], field.type, (*steps, name))
        elif field.required and name not in misspelt:
            required = _MISSING.get(name, say("写明 {name}", name=name))
            yield Complaint("C-MISSING", say("缺少键“{name}”", name=name), required), steps


def _mapping(value: dict[str, Any], shape: inspect.DictType, steps: Steps) -> Iterator[Misshape]:
    for key, item in value.items():
        if not _fits(key, shape.key_type):
            yield _wrong(key, (shape.key_type,)), (*steps, key)
        yield from _any(item, shape.value_type, (*steps, key))


def _wrong(value: Any, shapes: tuple[inspect.Type, ...]) -> Complaint:
    wanted = listed([_wanted(shape) for shape in shapes if not isinstance(shape, inspect.NoneType)])
    words = [word for shape in shapes for word in _words(shape)]
    if isinstance(value, str) and words:
        saw, required = say("“{value}”不在允许之列", value=value), one_of(words)
        return Complaint("C-WORD", saw, required, meant(value, words))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Complaint(
            "C-DAY",
            say("日历上没有 {value} 这一天", value=value),
            say("值是{wanted}", wanted=wanted),
        )
    saw = say("值是空的") if value is None else say("值是{value}", value=_seen(value))
    kinds = {type(shape) for shape in shapes}
    quoted = bool(kinds & {inspect.StrType, inspect.CustomType}) and inspect.IntType not in kinds
    scalar = isinstance(value, int | Decimal | date)
    do = (
        say("代码和文字要加引号，写成 '{value}'", value=_written(value))
        if quoted and scalar
        else ""
    )
    return Complaint("C-TYPE", saw, say("值是{wanted}", wanted=wanted), do)


def _fits(value: Any, shape: inspect.Type) -> bool:
    test = _TESTS.get(type(shape))
    if test is not None:
        return test(value)
    return isinstance(value, str) and value in _words(shape)


def _is(kinds: type | tuple[type, ...], value: Any) -> bool:
    # In Python true is a whole number; on a card it never means 1.
    return isinstance(value, kinds) and not (isinstance(value, bool) and kinds is not bool)


def _is_number(value: Any) -> bool:
    return _is((int, Decimal), value) or (
        isinstance(value, str) and _NUMBER.fullmatch(value) is not None
    )


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_TESTS: Final[dict[type[inspect.Type], Callable[[Any], bool]]] = {
    inspect.StrType: partial(_is, str),
    # A text told to people, which becomes a sentence: the only type of our own on cards.
    inspect.CustomType: partial(_is, str),
    inspect.IntType: partial(_is, int),
    inspect.BoolType: partial(_is, bool),
    inspect.DecimalType: _is_number,
    inspect.DateType: _is_day,
    inspect.NoneType: lambda value: value is None,
    inspect.AnyType: lambda _: True,
}

_WANTED: Final[dict[type[inspect.Type], str]] = {
    inspect.StrType: say("文字"),
    inspect.CustomType: say("文字"),
    inspect.IntType: say("整数"),
    inspect.BoolType: "true/false",
    inspect.DecimalType: say("数"),
    inspect.DateType: say("日期（写作 2025-09-01）"),
    inspect.ListType: say("列表"),
    inspect.DictType: say("一组键"),
    inspect.StructType: say("一组键"),
}


def _wanted(shape: inspect.Type) -> str:
    words = _words(shape)
    return one_of(words) if words else _WANTED.get(type(shape), say("规定的样子"))


def _words(shape: inspect.Type) -> list[str]:
    if isinstance(shape, inspect.LiteralType):
        return [str(word) for word in shape.values]
    if isinstance(shape, inspect.EnumType):
        return [str(member.value) for member in shape.cls]
    return []


def _seen(value: Any) -> str:
    if isinstance(value, dict):
        return say("一组键")
    if isinstance(value, list):
        return say("一个列表")
    noun = (
        say("文字")
        if isinstance(value, str)
        else say("日期")
        if isinstance(value, date)
        else say("数")
    )
    if isinstance(value, bool):
        return f" {_written(value)}"
    return say("{noun} {value}", noun=noun, value=_written(value))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
