"""From what old reports propose to what somebody takes."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.audit.showing.shown import plain
from xianxue.desk.actions.history.take_relayed import Taken
from xianxue.desk.history.proposals import History


def taken_of(history: History, only: Sequence[str] = ()) -> list[Taken]:
    """Give what is proposed and not disputed, one for each figure: the sharpest that is printed.

    With ``only`` those whose term or indicator holds one of these words.
    """
    disputed = history.disputed()
    found: dict[tuple[str, str, str], Taken] = {}
    for report in history.reports:
        for one in report.figures:
            asked = not only or any(word in one.term or word in one.indicator for word in only)
            if one.key in disputed or not asked:
                continue
            taken = Taken(
                indicator=one.indicator,
                stage=one.stage,
                period=one.period,
                value=plain(one.value),
                low=plain(one.low),
                high=plain(one.high),
                text=one.text,
                sentence=one.sentence,
                paragraph=one.paragraph,
                file=report.file,
                digest=report.digest,
            )
            there = found.get(one.key)
            if there is None or taken.width < there.width:
                found[one.key] = taken
    return list(found.values())
