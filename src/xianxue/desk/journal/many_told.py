"""A line about many returns in words: which, what became of them, which were left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.models import JournalLine
from xianxue.desk.models.together import LEFT, MANY, RETURNS, apart

_NAMED: Final = 5
"""Schools that are named in a list of lines; the line by itself names all."""


def first_place(line: JournalLine) -> str:
    """Give the place of a line; of one about many the first, whose lifecycle speaks for all."""
    return next(iter(line.detail[RETURNS]), "") if line.place == MANY else line.place


def title_of_many(line: JournalLine, ground: Ground) -> Sentence:
    """Name many returns: «《学校年度报表》（2025—2026学年）112 份»."""
    return say(
        "{form}（{period}）{n} 份",
        form=ground.form_term(line.ident),
        period=Period.parse(line.period).term,
        n=len(line.detail[RETURNS]),
    )


def told_of_many(
    line: JournalLine, ground: Ground, tell: Callable[[JournalLine, Lifecycle], str]
) -> Iterator[str]:
    """Say whose returns, and what became of them, as far as it differs; then who was left."""
    places: dict[str, list[str]] = {}
    for one in apart(line):
        # Which revision each was is told beside each; here what they have in common.
        one.detail = {name: said for name, said in one.detail.items() if name != "revision"}
        places.setdefault(tell(one, ground.card(one.place)), []).append(_called(ground, one.place))
    for told, names in places.items():
        yield joined("：", (_names(names), told)) if told else _names(names)
    left: Mapping[str, str] = line.detail.get(LEFT, {})
    if left:
        names = [_called(ground, place) for place in left]
        yield say("没有办 {n} 份：{names}", n=len(left), names=_names(names))


def each_told(
    line: JournalLine, ground: Ground, tell: Callable[[JournalLine, Lifecycle], str]
) -> list[tuple[str, str]]:
    """Give every return with what became of it, and every one that was left with its complaint."""
    if line.place != MANY:
        return []
    rows = [
        (str(_called(ground, one.place)), tell(one, ground.card(one.place))) for one in apart(line)
    ]
    left: Mapping[str, str] = line.detail.get(LEFT, {})
    return rows + [
        (str(_called(ground, place)), say("没有办（{code}）", code=code))
        for place, code in left.items()
    ]


def _called(ground: Ground, code: str) -> str:
    """Name a school; of two that are called the same, with its code."""
    name = ground.name(code)
    twins = sum(place.name == name for place in ground.register)
    return say("{name}（{code}）", name=name, code=code) if twins > 1 else name


def _names(names: list[str]) -> str:
    if len(names) <= _NAMED:
        return joined("、", names)
    return say("{names}等 {n} 所", names=joined("、", names[:_NAMED]), n=len(names))
