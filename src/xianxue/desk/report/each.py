"""A document of each place that it has something to say of, into one folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.values.record import Record
from xianxue.desk.indicators.river import River
from xianxue.desk.report.occasions import Asked, owed_by_all, places_of
from xianxue.desk.report.writing import Written, write
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock

_NO_NAME: Final = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file may hold on some system."""


class OfPlace(Record):
    """The document of one place."""

    place: str
    file: str
    written: Written


def write_each(river: River, outline: Outline, on: date | None) -> Iterator[OfPlace]:
    """Write a document of each place; one that tells what is owed only of who owes something."""
    ground, day = open_ground(river.workspace), on or clock.day_of(clock.now())
    owed = owed_by_all(river, ground, day)
    owing = {one.place for one in owed}
    for place in places_of(river):
        if outline.only_owing and place not in owing:
            continue
        name = _NO_NAME.sub("_", river.register[place].name)
        made = write(river, outline, on, notes="none", asked=Asked(place), owed=owed)
        yield OfPlace(place, f"{place}_{name}_{outline.term}.docx", made)
