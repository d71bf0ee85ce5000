"""What every deed on an appraisal stands on."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.desk.actions.context import lifecycles_of

APPRAISAL: Final = "appraisal"


def way_of(shelf: Shelf) -> Lifecycle:
    """Give the way that an appraisal goes."""
    return next(iter(lifecycles_of(shelf, APPRAISAL).values()))
