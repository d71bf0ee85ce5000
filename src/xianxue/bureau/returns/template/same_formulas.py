"""A worksheet that does not work out again a formula it has written before.

XlsxWriter tries each formula for some 120 functions that Excel has got since 2010, one regular
expression each. That was a fifth of the time a workbook takes, and nearly all our formulas are
rules of cells, the same in each school's workbook.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

_MOST: Final = 10_000
"""Formulas remembered: a county's forms have some hundred."""
_PLAIN: Final[Any] = Worksheet()
"""Asked about formulas, and never written."""


class SameFormulas(Worksheet):
    """A worksheet whose formulas are remembered by their text."""

    # The one private name used: there is no public place between a rule and its formula. What it
    # gives depends on the two arguments alone. Should it be called otherwise one day, nothing is
    # remembered, and the bytes stay the same.
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - as it is called
        return _prepared(formula, expand_future_functions)


@lru_cache(maxsize=_MOST)
def _prepared(formula: str, expand: bool) -> str:  # noqa: FBT001 - as above
    prepared: str = _PLAIN._prepare_formula(formula, expand)  # noqa: SLF001 - as above
    return prepared
