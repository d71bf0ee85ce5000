"""The machine's cores: one piece of work after another, on several of them at once."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

Job = TypeVar("Job")
Result = TypeVar("Result")

_TASKS = Path("/proc/self/task")
"""On Linux: the threads of this process, those of libraries too."""

_YOUNG = 50_000
"""Objects a worker makes beyond those it let go, before it looks for rubbish."""


def cores() -> int:
    """Give the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def one_thread() -> None:
    """Let the engine work in one thread, where it is not loaded yet and nobody has said otherwise.

    With the tables of one county it takes longer to hand work to threads than to do it.
    """
    if "polars" not in sys.modules:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")


def spread(
    work: Callable[[Job], Result], jobs: Sequence[Job], workers: int, way: str = ""
) -> Iterator[Result]:
    """Do jobs in several processes; give their results in the jobs' order.

    ``work`` is handed to each process once, so what it holds may be large; jobs and results go
    back and forth and should be small. A caller that stops listening, or is interrupted, ends it:
    what has not begun is not begun. ``way`` is how processes are started; else the quickest safe
    one.
    """
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - one file needs no pool

    pool = ProcessPoolExecutor(workers, _context(way), _begin, (work,))
    try:
        yield from pool.map(_do, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def share(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    workers: int,
    meanwhile: Callable[[], object] = lambda: None,
    way: str = "",
) -> list[Result]:
    """Do jobs in other processes and in this one; give their results in the jobs' order.

    The others take them from the front. This process first does ``meanwhile``, then takes them
    from the back, until it meets what has been taken: on two cores one other process is enough.
    """
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    pool = ProcessPoolExecutor(workers, _context(way), _begin, (work,))
    try:
        # All copies of this process are made here: what is loaded from now on is not in them.
        theirs = [pool.submit(_do, job) for job in jobs]
        meanwhile()
        ours: list[Result] = []
        for job, taken in zip(reversed(jobs), reversed(theirs), strict=True):
            if not taken.cancel():
                break
            ours.append(work(job))
        return [each.result() for each in theirs[: len(jobs) - len(ours)]] + ours[::-1]
    finally:
        pool.shutdown(cancel_futures=True)


def _context(way: str) -> BaseContext:
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    # A copy of this process has everything at once, cards and all; but only where no other thread
    # may hold a lock that nobody would ever open in the copy.
    alone = _TASKS.is_dir() and len(list(_TASKS.iterdir())) == 1 and threading.active_count() == 1
    return get_context(way or ("fork" if alone else "spawn"))


_work: Callable[[Any], Any]
"""In a worker: what it does."""


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - a worker's one piece of state
    # An interruption goes to all processes of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is here now stays: it need not be looked through for rubbish again and again.
    gc.freeze()
    # Nearly everything a job makes goes away by itself: the few circles can wait a little.
    gc.set_threshold(_YOUNG, 10, 10)
    _work = work


def _do(job: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
    return _work(job)
