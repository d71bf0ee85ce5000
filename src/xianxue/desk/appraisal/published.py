"""What an appraisal came to: as it was published, or as it stands now."""

from __future__ import annotations

from typing import Any

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.appraisal.publishing import releases_of
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.json_keys import told
from xianxue.desk.appraisal.scored import Appraising
from xianxue.desk.workspace import MisusedError


def came_to(
    appraising: Appraising, asked: Which, number: int | None = None
) -> tuple[dict[str, Any], int]:
    """Give results, told, and the number they were published under.

    ``number``: None for the last that was published, or what stands now (number 0) where nothing
    was; 0 for what stands now; else the one of that number.
    """
    rows = releases_of(appraising.row(asked))
    if number == 0 or (number is None and not rows):
        return told(appraising.result(asked)), 0
    found = rows[-1:] if number is None else [one for one in rows if one.number == number]
    if not found:
        known = joined("、", (str(one.number) for one in rows)) or say("无")
        raise MisusedError(say("没有第 {n} 号公示；有：{known}", n=number, known=known))
    return found[0].results, found[0].number
