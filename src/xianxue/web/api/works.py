"""Long work: begun by a call, asked for by its key, stopped."""

from __future__ import annotations

from typing import Any, Final, cast

from django.http import HttpRequest

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.works import running
from xianxue.desk.works.packing import unpacked
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import deeds as shapes
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

_PATIENCE: Final = 3.0
"""Seconds in which most works are done: then the answer is there at once."""
_PACKED: Final = frozenset({"say", "joined", "phrase"})


@reads("/works", list[shapes.WorkOut])
def works(request: HttpRequest) -> list[Told]:
    """List the long works of the token's owner, the newest first."""
    del request
    return [_told(one) for one in running.works_of(asked().visit.actor.name)]


@reads("/works/{key}", shapes.WorkOut)
def work(request: HttpRequest, key: Word) -> Told:
    """Say how far a work has come; once it is done, what it has made."""
    del request
    return work_out(key)


@does("/works/{key}/stop", shapes.WorkOut)
def stop(request: HttpRequest, key: Word) -> Told:
    """Ask a work to stop; what is done stays done."""
    del request
    running.ask_to_stop(key, asked().visit.actor.name)
    return work_out(key)


def begun(kind: str, title: Sentence, total: int, doing: running.Work) -> Told:
    """Begin a work, and wait a moment for it."""
    key = running.begin(asked().visit.actor.name, kind, title, total, doing)
    running.wait(key, _PATIENCE)
    return work_out(key)


def work_out(key: str) -> Told:
    """Tell one of the asker's works; MissingError where they have none such."""
    found = running.find(key, asked().visit.actor.name)
    if found is None:
        raise MissingError(say("没有这件事，或者是别人在办的。"))
    return _told(found)


def _told(one: running.Told) -> Told:
    result = {name: _plain(kept) for name, kept in one.result.items() if name != "why"}
    # Where a page shows it is of no use to a program.
    result.pop("address", None)
    return {
        "key": one.key,
        "kind": one.kind,
        "title": str(tell(one.title)),
        "state": one.state,
        "done": one.done,
        "total": one.total,
        "why": str(tell(one.result.get("why", ""))),
        "result": result,
    }


def _plain(kept: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Tell the sentences that a work has kept."""
    if isinstance(kept, dict):
        found = cast("dict[str, Any]", kept)
        if _PACKED & found.keys():
            return str(tell(unpacked(found)))
        return {name: _plain(one) for name, one in found.items()}
    if isinstance(kept, list):
        return [_plain(one) for one in cast("list[Any]", kept)]
    return kept
