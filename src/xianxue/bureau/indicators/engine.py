"""The one language in which the engine is spoken to, and what is said most often in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw

Lines = nw.LazyFrame[Any]
"""Lines that are still to be made, of any engine."""
Done = nw.DataFrame[Any]
"""Lines that have been made."""


def joined(frames: Sequence[Lines], keys: Sequence[str]) -> Lines:
    """Join frames so that no line is lost."""

    def join(left: Lines, right: Lines) -> Lines:
        mine = [name for name in left.collect_schema().names() if name not in keys]
        theirs = [name for name in right.collect_schema().names() if name not in keys]
        both = left.join(right, on=list(keys), how="full", suffix=" ")
        known = [nw.coalesce(nw.col(name), nw.col(f"{name} ")).alias(name) for name in keys]
        return both.select(*known, *mine, *theirs)

    return reduce(join, frames)
