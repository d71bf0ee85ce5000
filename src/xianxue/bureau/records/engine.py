"""The words that an engine is given its work in, and the few things it is asked to do.

Polars and Narwhals call the same things by the same names. The source of the tables says which
of the two is spoken: Narwhals, which knows many engines, unless told otherwise; or an engine's
own words, which need no translation. Translating thousands of expressions took up to half of the
time of a figure (``docs/decisions/dataframes.md``).

Types are spelt as Narwhals has them. What is said of lines and expressions by their own methods
is kept to what Polars' have under the same name, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from xianxue.bureau.values.record import Record, replace

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Expr: TypeAlias = "nw.Expr"
"""What is to be made of the columns of a line."""
Lines: TypeAlias = "nw.LazyFrame[Any]"
"""Lines that are still to be made, of any engine."""
Done: TypeAlias = "nw.DataFrame[Any]"
"""Lines that have been made."""


class Words(Record):
    """Everything that is said to an engine besides the methods of lines and expressions."""

    col: Callable[..., Expr]
    lit: Callable[..., Expr]
    when: Callable[[Expr], nw.When]
    coalesce: Callable[..., Expr]
    sum_horizontal: Callable[..., Expr]
    len: Callable[[], Expr]
    concat: Callable[[Sequence[Lines]], Lines]
    Int32: Any
    Int64: Any
    Float64: Any
    String: Any

    @classmethod
    def of(cls, module: ModuleType) -> Words:
        """Take the words of a module that has them all under these names."""
        return cls(**{word: getattr(module, word) for word in cls.__struct_fields__})


class Engine(Record):
    """Who counts: in which words it is spoken to, and what differs from engine to engine."""

    words: Words
    opened: Callable[[Any], Lines]
    """Makes lines of a table as the engine has it."""
    kept: Callable[[Lines], Lines]
    """Works lines out where they are, so that what is made of them twice is counted once."""
    beside: Callable[[Lines, Sequence[Expr]], Lines]
    """Works columns out and lays them beside lines that are kept, which are not written anew."""
    made: Callable[[Mapping[str, Sequence[Any]]], Lines]
    """Makes lines of a few columns, so that what was found out of many can be joined to them."""
    coded: Callable[[Expr], Expr]
    """Writes text that many lines share as a code, where groups are found more cheaply so."""
    few: Callable[[Lines], Lines] | None = None
    """Does what ``kept`` does, where lines are few and there is a quicker way; None for none."""

    @property
    def for_few(self) -> Engine:
        """The same engine, where what it keeps is known to be little."""
        return self if self.few is None else replace(self, kept=self.few)


class _Narwhals:
    """Narwhals' words, which are loaded when the first of them is said: Polars needs none."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a word, or a type
        return getattr(_narwhals(), name)


def _narwhals() -> ModuleType:
    import narwhals.stable.v2 as loaded  # noqa: PLC0415 - see above

    return loaded


NARWHALS: Final = Engine(
    words=cast("Words", _Narwhals()),
    opened=lambda table: _narwhals().from_native(table).lazy(),
    kept=lambda lines: lines.collect().lazy(),
    beside=lambda lines, columns: lines.with_columns(*columns).collect().lazy(),
    made=lambda columns: _narwhals().from_dict(columns, backend="polars").lazy(),
    coded=lambda text: text,
)
"""Any engine that holds its tables in this process."""
