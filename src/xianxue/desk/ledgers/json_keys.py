"""One key of a JSON column, as text or as a whole number; or the whole column as it is written."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import BigIntegerField, Field, Func, TextField, Value

_TEXT: Final = "(%(expressions)s)"
_KIND: Final = "jsonb_typeof(%(expressions)s)"


class JsonText(Func):
    """A key's value as text."""

    arity = 2
    kind: ClassVar[type[Field[Any, Any]]] = TextField

    def __init__(self, column: str, key: str, **more: Any) -> None:  # noqa: ANN401 - Django's own
        """Take the column and the key."""
        del more
        super().__init__(column, Value(key), output_field=self.kind())

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Extract it by SQLite's own operator, which takes a key as it is."""
        return self.as_sql(compiler, connection, template=_TEXT, arg_joiner=" ->> ", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Extract it by PostgreSQL's."""
        return self.as_sql(compiler, connection, template=_TEXT, arg_joiner=" ->> ", **more)


class JsonNumber(JsonText):
    """A key's value as a whole number; nothing where it is a text."""

    kind = BigIntegerField

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Leave out a text, which SQLite holds for more than any number."""
        sql, params = super().as_sqlite(compiler, connection, **more)
        whole = f"(CASE typeof({sql}) WHEN 'integer' THEN {sql} END)"
        return whole, (*params, *params)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Leave out a text, of which PostgreSQL makes no number."""
        text, params = super().as_postgresql(compiler, connection, **more)
        kept, same = self.as_sql(compiler, connection, template=_KIND, arg_joiner=" -> ", **more)
        return f"(CASE {kept} WHEN 'number' THEN {text}::bigint END)", (*same, *params)


class JsonWritten(Func):
    """A whole column as its text, which is read some times quicker than Django reads it."""

    arity = 1

    def __init__(self, column: str, **more: Any) -> None:  # noqa: ANN401 - Django's own
        """Take the column."""
        del more
        super().__init__(column, output_field=TextField())

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Take it as SQLite keeps it: as text."""
        return self.as_sql(compiler, connection, template="%(expressions)s", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        """Have PostgreSQL write it."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **more)
