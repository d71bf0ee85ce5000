"""Questions to the database that every page asks, put together once and not each time anew.

Django puts each statement together anew, which takes ten times as long as the database needs to
answer it. What is asked, and how each value of the answer is read, is as Django has it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, Final

from django.db import connections

_MARK: Final = "\0asked\0"
"""Stands in a statement where the value that is asked for will be."""


class Ready:
    """A question of one text or number, whose rows are given as ``values_list`` gives them."""

    def __init__(self, ask: Callable[[Any], Any], mark: str | int = _MARK) -> None:
        """Take what puts a query set of ``values_list`` together, of the value asked for.

        ``mark`` is a value of its kind that nothing else in the question is.
        """
        self._ask = ask
        self._mark = mark
        # A thread has its own connection, by which values are read.
        self._known = local()

    def __call__(self, asked: str | int = "") -> list[tuple[Any, ...]]:
        """Give the rows for a value."""
        sql, params, compiler, converters = self._statement()
        with connections["default"].cursor() as cursor:
            cursor.execute(sql, [asked if each == self._mark else each for each in params])
            rows = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        return [tuple(row) for row in rows]

    def first(self, asked: str | int = "") -> tuple[Any, ...] | None:
        """Give the first row; None where there is none."""
        rows = self(asked)
        return rows[0] if rows else None

    def _statement(self) -> tuple[str, tuple[Any, ...], Any, Any]:
        held = getattr(self._known, "held", None)
        # Another database may have been opened since, with a connection of its own.
        if held is None or held[0] is not connections["default"]:
            compiler: Any = self._ask(self._mark).query.get_compiler("default")
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([each for each, _, _ in compiler.select])
            held = self._known.held = compiler.connection, (sql, params, compiler, converters)
        return held[1]
