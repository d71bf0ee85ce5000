"""Whether what figures are read from stands as the journal tells: asked at every reading.

`journal verify` proves all of it; this asks only of one period, and only what a number depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.models import JournalLine, Release
from xianxue.desk.models.together import parts
from xianxue.desk.stores.harm import HarmedError

_MOVING: Final = (
    *("returns.submit", "returns.accept", "returns.approve"),
    *("returns.send_back", "returns.take_back"),
)
_ACCEPTING: Final = frozenset({"returns.accept", "returns.approve"})
# Enough to know where to look; `journal verify`, which the complaint asks for, names all.
_MOST_NAMED: Final = 5

Standing = dict[str, tuple[int, str]]
"""A return's subject to the accepted revision and the digest of what it says."""


def told_accepted(period: str) -> Standing:
    """Follow a period's lines to what is accepted; a line of the first version tells no content."""
    lines = JournalLine.objects.filter(period=period, deed__in=_MOVING).order_by("number")
    accepted: Standing = {}
    contents: dict[tuple[str, int], str] = {}
    read = _read(lines.values_list("subject", "deed", "detail"))
    for subject, deed, detail in (
        (one, deed, said) for whole, deed, told in read for one, said in parts(whole, told)
    ):
        revision = detail.get("revision", 0)
        if "content" in detail:
            contents[subject, revision] = detail["content"]
        if deed in _ACCEPTING:
            accepted[subject] = (revision, contents.get((subject, revision), ""))
        elif deed == "returns.take_back":
            accepted.pop(subject, None)
            if before := detail.get("restored", 0):
                accepted[subject] = (before, contents.get((subject, before), ""))
        elif deed == "returns.send_back" and accepted.get(subject, (0, ""))[0] == revision:
            # Only then: a correction that is sent back leaves what it was to correct accepted.
            del accepted[subject]
    return accepted


def hold_accepted(period: str, standing: Standing) -> None:
    """Raise HarmedError where the database says otherwise than the journal what is accepted."""
    told = told_accepted(period)
    unlike = [
        subject
        for subject in sorted({*told, *standing})
        if not _same(told.get(subject), standing.get(subject))
    ]
    if unlike:
        raise HarmedError([_unlike(unlike)])


def hold_releases(rows: Sequence[Release], period: str = "") -> None:
    """Raise HarmedError where the releases, of one period or all, are not those told of."""
    lines = JournalLine.objects.filter(deed="returns.release")
    if period:
        lines = lines.filter(period=period)
    told = {
        subject: detail.get("digest") for subject, detail in lines.values_list("subject", "detail")
    }
    there = {row.name: row.digest for row in rows}
    unlike = [name for name in sorted({*told, *there}) if told.get(name) != there.get(name)]
    if unlike:
        raise HarmedError([_unlike([say("第 {name} 号发布", name=name) for name in unlike])])


def _read(rows: Iterable[tuple[str, str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Read lines; HarmedError where somebody has put there what is no line's."""
    try:
        found = list(rows)
    except ValueError:
        # A detail that is no JSON any more: altered past the program.
        found = None
    if found is None or not all(isinstance(detail, dict) for _, _, detail in found):
        raise HarmedError([_unlike([say("日志里有读不出来的行")])])
    return found


def _same(told: tuple[int, str] | None, stands: tuple[int, str] | None) -> bool:
    if told is None or stands is None:
        return told == stands
    # A line of the first version tells no content: then the number alone is held against it.
    return told[0] == stands[0] and (not told[1] or told[1] == stands[1])


def _unlike(what: Sequence[str]) -> Issue:
    named = joined("、", what[:_MOST_NAMED])
    more = say("等 {n} 项", n=len(what)) if len(what) > _MOST_NAMED else ""
    return Issue(
        code="K-RECORD",
        severity=Severity.MUST_FIX,
        file=say("数据库"),
        saw=say("收下或发布的记录与日志不符：{named}{more}", named=named, more=more),
        required=say("数据库里的记录都由日志里的办理而来"),
        do=say("请不要再用它：先封存现场，运行 xianxue journal verify 查看全部，再从备份恢复"),
    )
