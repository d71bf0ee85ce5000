"""What no record of the county holds and somebody hands in: ways between schools, couples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.plan.json_reading import Reading
from xianxue.desk.plan.naming_fields import Naming
from xianxue.desk.workspace import Workspace

_SHAPE: Final = (
    '{"farthest": 5000, "ways": [{"from": "甲校", "to": "乙校", "metres": 3200}], '
    '"couples": [["2025-0001", "2025-0002"]]}'
)
_TWO: Final = 2


class Given(Record, kw_only=True):
    """Ways both ways, and who is whose partner by the numbers of their entries."""

    metres: Mapping[tuple[str, str], int]
    farthest: int | None = None
    couples: Mapping[str, str]


NOTHING: Final = Given(metres={}, couples={})


def read_given(path: Path, workspace: Workspace) -> Given:
    """Read a file; ComplaintsError with all that is wrong with it."""
    reading = Reading(path.name, _SHAPE)
    naming = Naming(workspace)
    parts = reading.keys(reading.whole_file(path), "", (), ("farthest", "ways", "couples"))
    metres: dict[tuple[str, str], int] = {}
    for where, one in reading.each(parts, "ways"):
        way = reading.keys(one, where, ("from", "to", "metres"))
        ends: list[str] = []
        for key in ("from", "to"):
            said = reading.name(way, key, where)
            ends.append(naming.place(said))
            if said and not ends[-1]:
                reading.strange(f"{where}.{key}", said, say("名册里一所学校的代码或全称"))
        many = reading.count(way, "metres", where)
        if many is not None:
            metres[ends[0], ends[1]] = metres[ends[1], ends[0]] = many
    couples: dict[str, str] = {}
    for where, one in reading.each(parts, "couples"):
        both = cast("list[object]", one) if isinstance(one, list) else []
        names = [each for each in both if isinstance(each, str) and each not in couples]
        if len(both) != _TWO or len(set(names)) != _TWO:
            reading.strange(where, one, say("两个人在教职工名册里的编号，每人只写一次"))
            continue
        couples |= {names[0]: names[1], names[1]: names[0]}
    found = Given(metres=metres, farthest=reading.count(parts, "farthest"), couples=couples)
    reading.done()
    return found
