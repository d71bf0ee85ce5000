"""Rows written by statements that never change, where one deed writes hundreds of them.

Django puts each statement together anew, which takes ten times as long as the database needs to
do it. What is written, and how each value is told to the database, is as Django has it.
"""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

M = TypeVar("M", bound=models.Model)


class Rows(Generic[M]):
    """The rows of one model, whose key is counted by the database."""

    def __init__(self, model: type[M]) -> None:
        """Put the two statements together."""
        meta: Any = model._meta  # noqa: SLF001 - Django's documented way to ask a model for its fields
        key = meta.pk.column
        self._key = meta.pk.attname
        self._table: Final = meta.db_table
        self._column: Final = key
        self._fields = [each for each in meta.concrete_fields if not each.primary_key]
        columns = [each.column for each in self._fields]
        values = ", ".join(["%s"] * len(columns))
        changes = ", ".join(f"{column} = %s" for column in columns)
        # The names are those of our own tables.
        self._add = f"INSERT INTO {meta.db_table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 - see above
        self._change = f"UPDATE {meta.db_table} SET {changes} WHERE {key} = %s"  # noqa: S608 - see above

    def add(self, row: M) -> M:
        """Add a row that is new; its key is set."""
        with connection.cursor() as cursor:
            if connection.features.can_return_columns_from_insert:
                cursor.execute(f"{self._add} RETURNING {self._column}", self._values(row))
                (key,) = cursor.fetchall()[0]
            else:
                cursor.execute(self._add, self._values(row))
                key = connection.ops.last_insert_id(cursor, self._table, self._column)
        setattr(row, self._key, key)
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django's save does
        return row

    def put(self, row: M) -> None:
        """Add a row that is new, and whose key nobody asks for."""
        with connection.cursor() as cursor:
            cursor.execute(self._add, self._values(row))

    def save(self, row: M) -> M:
        """Add a row, or change all of one that was there before."""
        key = getattr(row, self._key)
        if key is None:
            return self.add(row)
        with connection.cursor() as cursor:
            cursor.execute(self._change, [*self._values(row), key])
            if not cursor.rowcount:
                # Never a change that changed nothing: as Django has it where a row must be there.
                message = f"no row {key} in {self._table}"
                raise ObjectDoesNotExist(message)
        return row

    def _values(self, row: M) -> list[Any]:
        return [
            field.get_db_prep_save(getattr(row, field.attname), connection)
            for field in self._fields
        ]
