"""What this process has changed, table by table, and what is being read in this thread.

By this it is known which answers a deed leaves as they are: whoever keeps an answer also keeps
which tables it was read from, as the statements say themselves, and how often each had moved.
What other processes write shows in the journal's head alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from django.db import transaction

_TABLE: Final = re.compile(r"\bdesk_[a-z]+\b")
_WORD: Final = re.compile(r"\s*\(?\s*([A-Za-z]+)")
_READ: Final = frozenset({"select", "pragma", "explain", "values", "show"})
_ONE: Final = frozenset({"insert", "update", "delete", "replace"})
"""Statements that change the first table they name and read the others."""
_STATEMENTS: Final = 2048
"""Statements that are remembered: most are asked again and again."""

Execute = Callable[..., Any]

_reading: ContextVar[Callable[[frozenset[str]], None] | None] = ContextVar("reading", default=None)
_moves: Final[dict[str, int]] = {}
_counting: Final = Lock()


@lru_cache(maxsize=_STATEMENTS)
def touched(sql: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the tables of ours that a statement reads, and those that it may change.

    >>> read, changed = touched('UPDATE "desk_window" SET "due" = %s')
    >>> sorted(read), sorted(changed)
    (['desk_window'], ['desk_window'])
    """
    named = _TABLE.findall(sql)
    match = _WORD.match(sql)
    word = match.group(1).lower() if match else ""
    tables = frozenset(named)
    if word in _READ:
        return tables, frozenset()
    # What is none of the usual statements may change whatever it names.
    return tables, frozenset(named[:1]) if word in _ONE else tables


def watch(connection: Any, **_: object) -> None:  # noqa: ANN401 - Django's wrapper of a connection
    """Watch what a connection is asked: a receiver of the signal that it has been opened."""
    if _note not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note)


def _note(execute: Execute, sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001 - as Django calls it
    read, changed = touched(str(sql))
    told = _reading.get()
    if told is not None and read:
        # Before it is read: what moves meanwhile has moved since.
        told(read)
    try:
        return execute(sql, params, many, context)
    finally:
        if changed:
            if context["connection"].in_atomic_block:
                transaction.on_commit(lambda: _move(changed))
            else:
                _move(changed)


def _move(tables: frozenset[str]) -> None:
    with _counting:
        for table in tables:
            _moves[table] = _moves.get(table, 0) + 1


def moves() -> Mapping[str, int]:
    """Say how often each table has been changed by this process, by what has been committed."""
    with _counting:
        return dict(_moves)


@contextmanager
def read_by(told: Callable[[frozenset[str]], None] | None) -> Iterator[None]:
    """Tell of each statement of this thread which tables it reads; None tells nobody."""
    token = _reading.set(told)
    try:
        yield
    finally:
        _reading.reset(token)
