"""Calls to other programs (webhooks): told of deeds, in the journal's order, until they take it.

A call says that something was done, to what and when. It never says by whom or why, nor anything
that was filled in: whoever needs more asks the API, with a token and its rights.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

import msgspec

from xianxue.bureau.values.record import Record, replace
from xianxue.desk.models import JournalHead, JournalLine
from xianxue.desk.models.together import MANY, apart
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores.sending.hooks import HookError, call, keep_told, secret, told_to
from xianxue.desk.stores.settings_file import Hook

TOLD: Final = (
    "returns.submit",
    "returns.withdraw",
    "returns.pass_on",
    "returns.review",
    "returns.send_back",
    "returns.approve",
    "returns.take_back",
    "returns.accept",
    "returns.extend",
    "returns.set_window",
    "returns.release",
    "places.record",
    "places.undo",
)
"""Deeds that may be told: nothing about people or accounts is among them."""
_AT_ONCE: Final = 50
"""Lines told in one round, so that one slow program does not keep the others waiting for long."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)


class Called(Record):
    """How it stands with one program."""

    url: str
    told: int = 0
    """The last line of the journal that it has been told of, or that was none for it."""
    waiting: int = 0
    tries: int = 0
    """How often the next line was not taken."""
    fault: str = ""
    next_at: datetime | None = None
    last_at: datetime | None = None
    """When it took something last, since this process began."""


_known: Final[dict[str, Called]] = {}
_lock: Final = Lock()


def called(standing: Standing) -> list[Called]:
    """Give how it stands with each program of the settings, for a page."""
    kept = told_to(standing.root / "store")
    found: list[Called] = []
    for hook in standing.workspace().settings.hooks:
        one = _known.get(hook.url, Called(hook.url))
        told = kept.get(hook.url)
        waiting = 0 if told is None else _lines(hook, told).count()
        found.append(replace(one, told=told or 0, waiting=waiting))
    return found


def signs() -> bool:
    """Whether there is a secret to sign calls with; without one nobody is called."""
    return bool(secret())


def call_all(standing: Standing, at: datetime) -> None:
    """Tell every program what it has not been told yet; one that does not take it waits longer."""
    key = secret()
    if not key:
        return
    store = standing.root / "store"
    with _lock:
        for hook in standing.workspace().settings.hooks:
            told = told_to(store)
            if hook.url not in told:
                # What was done before it was named is history, which is asked for by the API.
                keep_told(store, told | {hook.url: _head()})
                continue
            one = _known.get(hook.url, Called(hook.url))
            if one.next_at is not None and at < one.next_at:
                continue
            _known[hook.url] = _call(hook, key, replace(one, told=told[hook.url]), at)
            if _known[hook.url].told != told[hook.url]:
                keep_told(store, told_to(store) | {hook.url: _known[hook.url].told})


def body_of(line: JournalLine) -> bytes:
    """Write what a call says of a line: no name, no reason, nothing that was filled in."""
    said: dict[str, object] = {
        "number": line.number,
        "deed": line.deed,
        "at": line.at.isoformat(),
        "form": line.ident if line.kind == "returns" else "",
        "period": line.period,
        "place": line.place,
    }
    if line.place == MANY:
        # What was done to many schools at once is one call, which names them all.
        said |= {"place": "", "places": [one.place for one in apart(line)]}
    return msgspec.json.encode(said)


def _call(hook: Hook, key: str, one: Called, at: datetime) -> Called:
    head = _head()
    for line in _lines(hook, one.told)[:_AT_ONCE]:
        try:
            call(hook.url, key, at.isoformat(), line.number, body_of(line))
        except HookError as error:
            pause = min(_FIRST_PAUSE * 2**one.tries, _LONGEST_PAUSE)
            return replace(one, tries=one.tries + 1, fault=str(error), next_at=at + pause)
        one = replace(one, told=line.number, tries=0, fault="", next_at=None, last_at=at)
    rest = _lines(hook, one.told).exists()
    return one if rest else replace(one, told=max(one.told, head))


def _lines(hook: Hook, after: int):  # noqa: ANN202 - Django's query set
    return JournalLine.objects.filter(number__gt=after, deed__in=list(_wanted(hook))).order_by(
        "number"
    )


def _wanted(hook: Hook) -> Iterator[str]:
    return (deed for deed in TOLD if not hook.deeds or deed in hook.deeds)


def _head() -> int:
    kept = JournalHead.objects.first()
    return kept.lines if kept else 0
