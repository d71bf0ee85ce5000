"""Work in a thread of its own, with a line in the database that says how far it has come.

Whoever began it may leave: the line stays, and with it what came out. A line that nobody in this
process works on, and that has not moved for a while, belongs to a process that has died.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from django.db import connections
from django.utils.crypto import get_random_string

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores import clock
from xianxue.desk.stores.harm import ComplaintsError

if TYPE_CHECKING:
    from xianxue.desk.models.pages import LongWork

GOING, DONE, STOPPED, FAILED = "going", "done", "stopped", "failed"
_STILL: Final = timedelta(seconds=30)
"""A line of another process that has not moved for so long: its process has died."""
_STEP: Final = timedelta(milliseconds=400)
"""So often the line is written at the most: nobody reads faster, and deeds want the database."""
_KEPT: Final = timedelta(days=7)

_log = logging.getLogger(__name__)


class StoppedError(Exception):
    """Somebody has asked for the work to stop."""


class Standing(Record):
    """How far a piece of work has come."""

    key: str
    who: str
    kind: str
    title: Sentence | str
    total: int
    done: int
    state: str
    """going, done, stopped, failed; what died with its process has failed."""
    result: dict[str, Any]
    """What came out; of what failed, ``why`` in words."""
    began_at: datetime

    @property
    def going(self) -> bool:
        """Whether it is still worked on."""
        return self.state == GOING

    @property
    def why(self) -> Sentence | str:
        """Why it failed; empty where it did not."""
        return revived(self.result.get("why", ""))


class Going:
    """What the work itself holds in hand: it says how far it has come and hears that it stops."""

    def __init__(self, key: str) -> None:
        """Take the line's key."""
        self.key = key
        self.over = Event()
        self._done = 0
        self._told = clock.now()

    def moved(self, by: int = 1) -> None:
        """Say that so much more is done; StoppedError where somebody has asked to stop."""
        self._done += by
        now = clock.now()
        if now - self._told < _STEP:
            return
        self._told = now
        lines = _lines(self.key)
        lines.update(done=self._done, moved_at=now)
        if lines.filter(stop=True).exists():
            raise StoppedError

    @property
    def done(self) -> int:
        """How much is done."""
        return self._done


Work = Callable[[Going], dict[str, Any]]
"""What is to be done; it gives what comes out, as JSON has it."""

_here: Final[dict[str, Going]] = {}
"""What this process works on."""
_hold: Final = Lock()


def start(  # noqa: PLR0913 - whose work it is, and what it is called
    kind: str, who: str, total: int, work: Work, *, title: str = "", key: str = ""
) -> str:
    """Begin a piece of work and give its key; one of this key that was begun already goes on.

    ``who`` is the name of whoever began it. What the work raises is told as its failure.
    """
    from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up first

    name = key or get_random_string(24)
    now = clock.now()
    with _hold:
        if name in _here:
            return name
        going = _here[name] = Going(name)
    LongWork.objects.filter(began_at__lt=now - _KEPT).delete()
    LongWork.objects.update_or_create(
        key=name,
        defaults={
            "who": who,
            "kind": kind,
            "title": kept(title),
            "total": total,
            "done": 0,
            "state": GOING,
            "stop": False,
            "result": {},
            "began_at": now,
            "moved_at": now,
        },
    )
    Thread(target=_run, args=(going, work), name=f"work-{kind}", daemon=True).start()
    return name


def wait(key: str, seconds: float) -> None:
    """Wait a moment for work of this process: most of it is done before a page is needed."""
    going = _here.get(key)
    if going is not None:
        going.over.wait(seconds)


def look(key: str, who: str) -> Standing | None:
    """Say how far somebody's work has come; None where they have none of this key."""
    found = _lines(key).filter(who=who).first()
    return None if found is None else _standing(found)


def ask_to_stop(key: str, who: str) -> None:
    """Ask for somebody's work to stop; what is done stays done."""
    _lines(key).filter(who=who, state=GOING).update(stop=True)


def list_of(who: str, kind: str = "") -> list[Standing]:
    """Give somebody's work, the latest first."""
    from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - as above

    found = LongWork.objects.filter(who=who).order_by("-began_at", "-id")
    return [_standing(one) for one in (found.filter(kind=kind) if kind else found)]


def kept(said: str) -> dict[str, Any]:
    """Give a sentence as JSON, so that each reader has it in their own language."""
    if isinstance(said, Sentence) and type(said) is Sentence:
        values = {name: one if type(one) is int else str(one) for name, one in said.values.items()}
        return {"template": said.template, "values": values}
    return {"text": str(said)}


def revived(told: object) -> Sentence | str:
    """Give a sentence back from its JSON."""
    if isinstance(told, dict):
        if "template" in told:
            return Sentence(told["template"], told["values"])
        return str(told.get("text", ""))
    return str(told)


def _run(going: Going, work: Work) -> None:
    state, result = DONE, {}
    try:
        result = work(going)
    except StoppedError:
        state = STOPPED
    except ComplaintsError as error:
        state, result = FAILED, {"why": kept(error.issues[0].message)}
    except Exception:  # noqa: BLE001 - nobody is there to see it raised
        # The log has the whole of it, the page a sentence.
        _log.exception("work %s", going.key)
        state = FAILED
        result = {"why": kept(say("程序没有做完，已存的数据没有动，请把时间告诉系统管理员"))}
    try:
        changed: dict[str, Any] = {"state": state, "result": result, "moved_at": clock.now()}
        if state == DONE:
            # What was counted roughly at the beginning is all done now.
            found = _lines(going.key).values_list("total", flat=True).first() or 0
            changed["done"] = max(found, going.done)
        else:
            changed["done"] = going.done
        _lines(going.key).update(**changed)
    finally:
        with _hold:
            _here.pop(going.key, None)
        going.over.set()
        connections.close_all()


def _standing(line: LongWork) -> Standing:
    state, result = line.state, line.result
    if state == GOING and line.key not in _here and clock.now() - line.moved_at > _STILL:
        state = FAILED
        result = {"why": kept(say("做到一半时程序关掉了，请重新开始；已做的没有丢"))}
    return Standing(
        line.key,
        line.who,
        line.kind,
        revived(line.title),
        line.total,
        line.done,
        state,
        result,
        line.began_at,
    )


def _lines(key: str) -> Any:  # noqa: ANN401 - Django's query sets have no stubs here
    from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - as above

    return LongWork.objects.filter(key=key)
