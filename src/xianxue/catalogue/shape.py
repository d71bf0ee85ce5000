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

from xianxue.catalogue.origin import Complaint
from xianxue.catalogue.wording import listed, meant, nearest, one_of
from xianxue.catalogue.yaml_lines import Step

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")

_MISSING: Final = {
    "source": "写明依据哪一份文件",
    "seen": "写明原文看到什么程度：original、relayed、unverified 或 own",
    "from": "写明从哪一天起施行",
    "value": "写明数值",
    "term": "写明正式的中文名称",
    "unit": "写明计量单位",
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
    free = [name for name in fields if name not in value]
    misspelt: set[str] = set()
    for key in value:
        if key not in fields:
            misspelt.add(nearest(key, free))
            required = f"只用这些键：{listed(fields)}"
            complaint = Complaint("C-KEY", f"键“{key}”不认识", required, meant(key, free))
            yield complaint, (*steps, key)
    for name, field in fields.items():
        if name in value:
            yield from _any(value[name], field.type, (*steps, name))
        elif field.required and name not in misspelt:
            required = _MISSING.get(name, f"写明 {name}")
            yield Complaint("C-MISSING", f"缺少键“{name}”", required), steps


def _mapping(value: dict[str, Any], shape: inspect.DictType, steps: Steps) -> Iterator[Misshape]:
    for key, item in value.items():
        if not _fits(key, shape.key_type):
            yield _wrong(key, (shape.key_type,)), (*steps, key)
        yield from _any(item, shape.value_type, (*steps, key))


def _wrong(value: Any, shapes: tuple[inspect.Type, ...]) -> Complaint:
    wanted = listed([_wanted(shape) for shape in shapes if not isinstance(shape, inspect.NoneType)])
    words = [word for shape in shapes for word in _words(shape)]
    if isinstance(value, str) and words:
        saw, required = f"“{value}”不在允许之列", one_of(words)
        return Complaint("C-WORD", saw, required, meant(value, words))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Complaint("C-DAY", f"日历上没有 {value} 这一天", f"值是{wanted}")
    saw = "值是空的" if value is None else f"值是{_seen(value)}"
    kinds = {type(shape) for shape in shapes}
    quoted = bool(kinds & {inspect.StrType, inspect.CustomType}) and inspect.IntType not in kinds
    scalar = isinstance(value, int | Decimal | date)
    do = f"代码和文字要加引号，写成 '{_written(value)}'" if quoted and scalar else ""
    return Complaint("C-TYPE", saw, f"值是{wanted}", do)


def _fits(value: Any, shape: inspect.Type) -> bool:
    test = _TESTS.get(type(shape))
    if test is not None:
        return test(value)
    return isinstance(value, str) and value in _words(shape)


def _is(kinds: type | tuple[type, ...], value: Any) -> bool:
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
    inspect.StrType: "文字",
    inspect.CustomType: "文字",
    inspect.IntType: "整数",
    inspect.BoolType: "true/false",
    inspect.DecimalType: "数",
    inspect.DateType: "日期（写作 2025-09-01）",
    inspect.ListType: "列表",
    inspect.DictType: "一组键",
    inspect.StructType: "一组键",
}


def _wanted(shape: inspect.Type) -> str:
    words = _words(shape)
    return one_of(words) if words else _WANTED.get(type(shape), "规定的样子")


def _words(shape: inspect.Type) -> list[str]:
    if isinstance(shape, inspect.LiteralType):
        return [str(word) for word in shape.values]
    if isinstance(shape, inspect.EnumType):
        return [str(member.value) for member in shape.cls]
    return []


def _seen(value: Any) -> str:
    if isinstance(value, dict):
        return "一组键"
    if isinstance(value, list):
        return "一个列表"
    noun = "文字" if isinstance(value, str) else "日期" if isinstance(value, date) else "数"
    return f" {_written(value)}" if isinstance(value, bool) else f"{noun} {_written(value)}"


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
