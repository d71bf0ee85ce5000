"""Running long work in threads of this process, and telling how far it has come: the only runner.

What is done stays done: each step of a work is a deed of its own, in its own transaction. A work
whose process has died is told as such, with what it had done.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from django.db import connection

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.database.system_faults import machine_words
from xianxue.desk.models import LongWork
from xianxue.desk.stores import clock
from xianxue.desk.works.packing import packed, unpacked
from xianxue.desk.workspace import ComplaintsError, MisusedError

_log = logging.getLogger(__name__)

GOING, DONE, STOPPED, FAILED = "going", "done", "stopped", "failed"
AT_ONCE: Final = 2
"""Works at a time: as many as a small office machine has cores; the others wait their turn."""
QUICK_AT_ONCE: Final = 4
"""Works at a time that are done in seconds: who sends in one workbook waits for no backup."""
_DEAD: Final = timedelta(minutes=2)
"""A work that has not moved for so long, and is none of this process's, has died with its own."""
KEPT: Final = timedelta(days=14)
"""As long as somebody may come back for what a work has made."""
_EVERY: Final = timedelta(milliseconds=300)
"""How often progress is written down: what an eye can follow."""

Result = dict[str, Any]
"""What a work hands on, as JSON: ``address`` is the page where it is shown."""

_pool: Final = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="long-work")
_quick: Final = ThreadPoolExecutor(QUICK_AT_ONCE, thread_name_prefix="quick-work")
_mine: Final[set[str]] = set()
_futures: Final[dict[str, Future[None]]] = {}
_lock: Final = Lock()


class Told(Record):
    """A work as its page shows it."""

    key: str
    kind: str
    title: str | int
    total: int
    done: int
    state: str
    result: Result
    stopping: bool
    began_at: datetime
    moved_at: datetime

    @property
    def broken_off(self) -> bool:
        """Whether it ended before all of it was done."""
        return self.state in {STOPPED, FAILED}


class StoppedError(Exception):
    """Somebody has asked the work to stop."""


class Going:
    """What a work is given to say how far it has come."""

    def __init__(self, key: str) -> None:
        """Take the work's key."""
        self.key = key
        self.done = 0
        self._written = clock.now() - _EVERY

    def step(self, many: int = 1) -> None:
        """Say that so much more is done. StoppedError where the work is to stop here."""
        self.done += many
        now = clock.now()
        if now - self._written < _EVERY:
            return
        self._written = now
        rows = LongWork.objects.filter(key=self.key)
        rows.update(done=self.done, moved_at=now)
        if rows.filter(stop=True).exists():
            raise StoppedError

    def keep(self, result: Result, done: int) -> None:
        """Write down what has come of it so far: a work that broke off goes on from there.

        StoppedError where the work is to stop here.
        """
        self.done, self._written = done, clock.now()
        rows = LongWork.objects.filter(key=self.key)
        rows.update(result=result, done=done, moved_at=self._written)
        if rows.filter(stop=True).exists():
            raise StoppedError


Work = Callable[[Going], Result]


def begin(  # noqa: PLR0913 - whose it is, what it is, and what it does
    who: str,
    kind: str,
    title: Sentence,
    total: int,
    work: Work,
    *,
    key: str = "",
    result: Result | None = None,
    quick: bool = False,
) -> str:
    """Begin a work on somebody's behalf; give the key of its page.

    ``result``: what is known before it has begun. ``quick``: it is done in seconds.
    """
    key, now = key or new_key(), clock.now()
    LongWork.objects.filter(began_at__lt=now - KEPT).delete()
    LongWork.objects.create(
        key=key,
        who=who,
        kind=kind,
        title=packed(title),
        total=total,
        result=result or {},
        began_at=now,
        moved_at=now,
    )
    _submit(key, work, quick=quick)
    return key


def new_key() -> str:
    """Make a key by which nobody finds another's work."""
    return secrets.token_hex(16)


def go_on(key: str, who: str, work: Work, *, quick: bool = False) -> None:
    """Take up a work again that has broken off; one that is going on is left alone."""
    rows = LongWork.objects.filter(key=key, who=who)
    found = rows.first()
    if found is None or found.key in _mine or found.state == DONE:
        return
    rows.update(state=GOING, stop=False, moved_at=clock.now())
    _submit(key, work, quick=quick)


def tell_broken_off() -> None:
    """Say of each work that goes on nowhere that it broke off: this process has just begun."""
    for row in LongWork.objects.filter(state=GOING).exclude(key__in=_mine):
        why = {"why": packed(_died(row))}
        LongWork.objects.filter(pk=row.pk, state=GOING).update(
            state=FAILED, result={**row.result, **why}
        )


def _submit(key: str, work: Work, *, quick: bool) -> None:
    with _lock:
        if key in _mine:
            return
        _mine.add(key)
    future = (_quick if quick else _pool).submit(_run, key, work)
    _futures[key] = future
    future.add_done_callback(lambda _: _futures.pop(key, None))


def wait(key: str, seconds: float) -> None:
    """Wait a moment for a work of this process to end: most do before anybody looks away."""
    future = _futures.get(key)
    if future is not None:
        wait_for([future], seconds)


def find(key: str, who: str, kind: str = "") -> Told | None:
    """Give somebody's work; None where they have none of that key, or it is of another kind."""
    rows = LongWork.objects.filter(key=key, who=who)
    row = (rows.filter(kind=kind) if kind else rows).first()
    return _told(row) if row is not None else None


def works_of(who: str, kind: str = "", most: int | None = None) -> list[Told]:
    """List somebody's works, the newest first."""
    rows = LongWork.objects.filter(who=who).order_by("-began_at", "-id")
    return [_told(row) for row in (rows.filter(kind=kind) if kind else rows)[:most]]


def going_beside(key: str) -> list[str | int]:
    """Name the other works that go on in this process, or wait their turn."""
    with _lock:
        others = _mine - {key}
    return [unpacked(row.title) for row in LongWork.objects.filter(key__in=others)]


def ask_to_stop(key: str, who: str) -> None:
    """Ask a work to stop after the step it is at; what is done stays done."""
    LongWork.objects.filter(key=key, who=who, state=GOING).update(stop=True)


def _told(row: LongWork) -> Told:
    state, result = row.state, row.result
    # What has not moved may still wait its turn here; what another process ran has died with it.
    if state == GOING and row.key not in _mine and clock.now() - row.moved_at > _DEAD:
        state, result = FAILED, {**result, "why": packed(_died(row))}
    return Told(
        row.key,
        row.kind,
        unpacked(row.title),
        row.total,
        row.done,
        state,
        {name: unpacked(one) if name == "why" else one for name, one in result.items()},
        row.stop,
        row.began_at,
        row.moved_at,
    )


def _died(row: LongWork) -> Sentence:
    return say("程序中途停在第 {done} 件；办成的都在，其余没有动，可以重新再办。", done=row.done)


def _run(key: str, work: Work) -> None:
    going = Going(key)
    try:
        state, result = DONE, work(going)
    except StoppedError:
        why = say("已按要求停在第 {done} 件；办成的都在，其余没有动。", done=going.done)
        state, result = STOPPED, {"why": packed(why)}
    except (ComplaintsError, MisusedError) as error:
        state, result = FAILED, {"why": packed(_words(error))}
    except Exception as error:  # noqa: BLE001 - nobody is above to tell it; it is logged and told
        _log.exception("long work %s", key)
        ours = say("程序出错，这件事没有办完；已办的都在。")
        state, result = FAILED, {"why": packed(machine_words(error) or ours)}
    finally:
        with _lock:
            _mine.discard(key)
    rows = LongWork.objects.filter(key=key)
    if state != DONE:
        # What had come of it before it broke off is what it goes on from.
        result = {**(rows.values_list("result", flat=True).first() or {}), **result}
    rows.update(state=state, result=result, done=going.done, moved_at=clock.now())
    # A thread of the pool lives on; its connection must not.
    connection.close()


def _words(error: Exception) -> str:
    if isinstance(error, ComplaintsError):
        return error.issues[0].message
    return str(error.args[0]) if error.args else say("没有办完")
