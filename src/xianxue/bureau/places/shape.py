"""The parts that each kind of event must have, and those that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.places.codes import is_area_code, is_school_code
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.values.sentence import say

Said = tuple[str, str, str]
"""What was seen, what is required, what to do."""

_PARTS: Final = {
    "into": "into",
    "name": "name",
    "parent": "township",
    "change": say("办学类型等各栏"),
}
_MUST: Final[dict[Kind, frozenset[str]]] = {
    Kind.OPENED: frozenset({"name"}),
    Kind.RESTORED: frozenset(),
    Kind.RENAMED: frozenset({"name"}),
    Kind.MOVED: frozenset({"parent"}),
    Kind.RETYPED: frozenset({"change"}),
    Kind.RECODED: frozenset({"into"}),
    Kind.MERGED: frozenset({"into"}),
    Kind.SPLIT: frozenset({"into"}),
    Kind.CLOSED: frozenset(),
}
_MAY: Final[dict[Kind, frozenset[str]]] = {
    Kind.OPENED: frozenset({"parent", "change"}),
    Kind.RESTORED: frozenset({"parent"}),
    Kind.RENAMED: frozenset(),
    Kind.MOVED: frozenset(),
    Kind.RETYPED: frozenset({"into", "name"}),
    Kind.RECODED: frozenset({"name"}),
    Kind.MERGED: frozenset({"name", "parent", "change"}),
    Kind.SPLIT: frozenset({"name", "parent", "change"}),
    Kind.CLOSED: frozenset(),
}
_OPTIONS: Final = {
    "name": "--name",
    "parent": "--township",
    "change": "--type",
    "into": "--into",
}
"""What a part is called on the command line, where most events are entered."""
_SHARES: Final = 2
"""The fewest parts of a split; with one part nothing was divided."""


def misshapen(event: Event) -> Iterator[Said]:
    """Say what is wrong with an event by itself, without looking at any place."""
    term = event.kind.term
    given = {part for part in _PARTS if getattr(event, part)}
    for part in sorted(_MUST[event.kind] - given):
        yield (
            say("{term}没有写 {part}", term=term, part=_PARTS[part]),
            say("{term}必须写 {part}", term=term, part=_PARTS[part]),
            say("请按批文补填（命令行 {option}）", option=_OPTIONS[part]),
        )
    for part in sorted(given - _MUST[event.kind] - _MAY[event.kind]):
        yield (
            say("{term}写了 {part}", term=term, part=_PARTS[part]),
            say("{term}不写 {part}", term=term, part=_PARTS[part]),
            say("请清空（命令行不写 {option}），或另写一行", option=_OPTIONS[part]),
        )
    for code in (*event.codes, *event.into):
        if not (is_school_code(code) or is_area_code(code)):
            yield (
                say("代码“{code}”不对", code=code),
                say("学校 10 位，县 6 位，乡镇 9 位"),
                say("请核对代码"),
            )
    for codes in (event.codes, event.into):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield say("代码 {code} 写了两次", code=code), say("一个代码写一次"), say("请删去多写的")
    yield from _counts(event)


def _counts(event: Event) -> Iterator[Said]:
    term = event.kind.term
    if not event.codes:
        yield say("{term}没有写 code", term=term), say("写明是哪所学校"), say("请填学校代码")
    elif len(event.codes) > 1 and event.kind is not Kind.MERGED:
        yield (
            say("{term}写了 {n} 个代码", term=term, n=len(event.codes)),
            say("一行一所学校"),
            say("请分成几行"),
        )
    if event.kind is Kind.SPLIT:
        # Without any part ``into`` is missing, which has been said above.
        if event.into and len(event.into) < _SHARES:
            do = say("原校保留的，也要写进 into，如 A;B")
            yield say("分设只写了一所学校"), say("写出分设以后的所有学校"), do
    elif len(event.into) > 1:
        yield (
            say("{term}的 into 写了 {n} 个代码", term=term, n=len(event.into)),
            say("只写一个"),
            say("分设请用 split"),
        )
    elif both := sorted(set(event.codes) & set(event.into)):
        saw = say("{code} {term}到了自己", code=both[0], term=term)
        yield saw, say("code 只写不再保留的学校"), say("请核对代码；保留的学校只写在 into")
    if event.kind is Kind.RETYPED and event.name and not event.into:
        # The place goes on as it is, and the name would be lost without a word.
        yield (
            say("{term}写了 name", term=term),
            say("只有换码时才写新名称"),
            say("更名请另写一行 renamed"),
        )
