"""Lines of the journal about figures of earlier years, and the rows they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.history.take_relayed import HISTORY, TAKE, WITHDRAW, said_by
from xianxue.desk.models import JournalLine, RelayedLine

DEEDS: Final = f"{HISTORY}."
"""How the names of these deeds begin."""
TELLING: Final = (TAKE, WITHDRAW)


def term(deed: str) -> Sentence | str:
    """Name a deed on a relayed figure."""
    return {TAKE: say("采用往年数据"), WITHDRAW: say("撤下往年数据")}.get(deed, deed)


def title(subject: str, ground: Ground) -> Sentence | str:
    """Name a relayed figure: its period and what it is."""
    period, _, rest = subject.partition("/")
    name, _, stage = rest.partition("/")
    card = ground.shelf.indicators.get(name)
    called = card.term if card is not None else name
    if stage and not called.startswith(Stage(stage).term):
        called = Stage(stage).term + called
    return say("{period}{what}", period=Period.parse(period).term, what=called)


def told(detail: dict[str, Any]) -> Sentence | str:
    """Say what was relayed by which report; nothing of a withdrawal."""
    if "text" not in detail:
        return ""
    return say("{text}，据《{file}》第 {n} 段", text=detail["text"], file=detail["file"],
               n=detail["paragraph"])  # fmt: skip


def figures() -> Iterator[tuple[object, ...]]:
    """Give what the table says."""
    for row in RelayedLine.objects.iterator():
        said = tuple(said_by(row).values())
        yield row.subject, row.revision, *said, row.withdrawn, row.at, row.by


def figures_told(lines: list[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines say of it."""
    last: dict[str, tuple[object, ...]] = {}
    for line in lines:
        withdrawn = line.deed == WITHDRAW
        if not withdrawn:
            last[line.subject] = tuple(line.detail.get(key) for key in _SAID)
        # A withdrawal says nothing of the figure: it is the one that was in force.
        said = last.get(line.subject, ())
        yield line.subject, line.detail.get("revision"), *said, withdrawn, line.at, line.actor


_SAID: Final = ("value", "low", "high", "text", "sentence", "paragraph", "file", "digest")
"""In the order in which a line of the table says it."""
