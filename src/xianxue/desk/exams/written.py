"""Statistics as they are printed: rounded half up at the last moment, or the sentence instead."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.statistics import Share
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence

NOTHING: Final = "—"
_PERCENT: Final = 100
_PLACES: Final = 2


def points(value: Exact | Sentence | None) -> str:
    """Write points or another number with two decimals; a dash where there is none.

    >>> points(Fraction(171, 2)), points(None)
    ('85.50', '—')
    """
    return NOTHING if value is None or isinstance(value, Sentence) else shown(value, _PLACES)


def percent(value: Fraction | Sentence | None) -> str:
    """Write a share in per cent.

    >>> percent(Fraction(1, 3))
    '33.33%'
    """
    if value is None or isinstance(value, Sentence):
        return NOTHING
    return shown(value * _PERCENT, _PLACES) + "%"


def bare(value: Fraction | Sentence | None) -> str:
    """Write a share in per cent without its sign, for a column whose head has it.

    >>> bare(Fraction(1, 3))
    '33.33'
    """
    return percent(value).removesuffix("%")


def share(value: Share) -> str:
    """Write a share in per cent without its sign; a dash of nobody."""
    return bare(value.value)


def signed(value: Fraction | Sentence | None) -> str:
    """Write a share in per cent with plus or minus, for a column whose head has its sign.

    >>> signed(Fraction(1, 20)), signed(Fraction(-1, 20))
    ('+5.00', '−5.00')
    >>> signed(Fraction(-1, 1000000))
    '0.00'
    """
    if value is None or isinstance(value, Sentence):
        return NOTHING
    # A hyphen is where a line may be broken; a minus stays with its number.
    said = bare(abs(value))
    # What is shown as nought is neither more nor less.
    nought = not said.strip("0.")
    return ("" if nought else "+" if value > 0 else "−") + said


def moved(value: float) -> str:
    """Write a difference in standard deviations with its sign; what is shown as nought has none.

    >>> moved(0.1234), moved(-0.5), moved(-0.0001)
    ('+0.123', '−0.500', '0.000')
    """
    said = f"{abs(value):.3f}"
    # A hyphen is where a line may be broken; a minus stays with its number.
    return ("" if not said.strip("0.") else "+" if value > 0 else "−") + said


def height(steps: int | None, second: int | None = None) -> str:
    """Write the height of a line that is kept in hundredths: ``430``, ``400+180``."""
    if steps is None:
        return NOTHING
    total = plain(Fraction(steps, _PERCENT))
    return total if second is None else f"{total}+{plain(Fraction(second, _PERCENT))}"


def cells(*texts: str) -> tuple[Runs, ...]:
    """Give a row of a table."""
    return tuple((text,) for text in texts)


def terms_of(shelf: Shelf, names: Iterable[str]) -> dict[str, Sentence]:
    """Give the terms of the codes of some lists."""
    return {entry.code: entry.term for name in names for entry in shelf.codes[name].entries}
