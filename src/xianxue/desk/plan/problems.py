"""Problems that somebody has handed in on a page: kept in this process only, for their owner.

They are questions and no record of the bureau: nothing of them is written to the disk, and they are
gone after a day or when the program ends.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Final

from django.utils.crypto import get_random_string

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.card_files import NATIONAL
from xianxue.desk.plan.laying import LARGEST, LaidOut, Wish, laid_out, size
from xianxue.desk.plan.layout_file import Asked, layout_from
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError

EXAMPLE: Final = "example"
HILLS: Final = "hills"
EXAMPLES: Final = {EXAMPLE: "six_villages.json", HILLS: "hill_villages.json"}
"""The problems that come with the program: key and file."""
MOST_BYTES: Final = 2 * 1024 * 1024
_EXAMPLES: Final[Path] = NATIONAL / "examples" / "layouts"
_EACH: Final = 12
"""Problems of one person that are kept."""
_ANSWERS: Final = 64
_FOR: Final = timedelta(hours=24)
_KEY: Final = 24


class Problem(Record, kw_only=True):
    """One problem that can be read."""

    key: str
    who: str
    name: str
    at: datetime | None
    asked: Asked
    data: bytes
    """As it was sent, to be read anew where the county's norms have changed."""
    norms: NormsHeld


_kept: Final[OrderedDict[str, Problem]] = OrderedDict()
_answers: Final[OrderedDict[tuple[str, Wish], LaidOut]] = OrderedDict()
_hold: Final = RLock()


def take(who: str, name: str, data: bytes, norms: NormsHeld) -> Problem:
    """Keep a problem for its owner, read by the county's norms.

    ComplaintsError where it cannot be read or is too large.
    """
    if len(data) > MOST_BYTES:
        raise ComplaintsError([_too_long(name, len(data))])
    asked = layout_from(name, data, norms)
    if size(asked.question) > LARGEST:
        raise ComplaintsError([_too_large(name, size(asked.question))])
    key, now = get_random_string(_KEY), clock.now()
    made = Problem(key=key, who=who, name=name, at=now, asked=asked, data=data, norms=norms)
    with _hold:
        _kept[key] = made
        _clear(now)
    return made


def find(key: str, who: str, norms: NormsHeld) -> Problem | None:
    """Give a problem: an example, or somebody's own, read by the norms that hold now.

    None where it is gone, or another's.
    """
    with _hold:
        if key in EXAMPLES and key not in _kept:
            _kept[key] = _example(key, norms)
        _clear(clock.now())
        found = _kept.get(key)
        if found is not None and found.norms != norms:
            asked = layout_from(found.name, found.data, norms)
            found = _kept[key] = replace(found, asked=asked, norms=norms)
            _forget({key})
    return found if found is not None and found.who in {"", who} else None


def _example(key: str, norms: NormsHeld) -> Problem:
    name = EXAMPLES[key]
    data = (_EXAMPLES / name).read_bytes()
    asked = layout_from(name, data, norms)
    return Problem(key=key, who="", name=name, at=None, asked=asked, data=data, norms=norms)


def list_of(who: str) -> list[Problem]:
    """Give somebody's problems, the latest first."""
    with _hold:
        _clear(clock.now())
        return [one for one in reversed(_kept.values()) if one.who == who and one.at is not None]


def answered(problem: Problem, wish: Wish) -> LaidOut:
    """Give the answer to a problem as it is wished; the latest ones are kept."""
    known = _answers.get((problem.key, wish))
    if known is not None:
        return known
    made = laid_out(problem.asked, wish)
    with _hold:
        _answers[problem.key, wish] = made
        while len(_answers) > _ANSWERS:
            _answers.popitem(last=False)
    return made


def example_text(key: str = EXAMPLE) -> str:
    """Give an example's file as it is written."""
    return (_EXAMPLES / EXAMPLES[key]).read_text(encoding="utf-8")


def _clear(now: datetime) -> None:
    old = [key for key, one in _kept.items() if one.at is not None and now - one.at > _FOR]
    for who in {one.who for one in _kept.values() if one.at is not None}:
        own = [key for key, one in _kept.items() if one.who == who and one.at is not None]
        old += own[:-_EACH]
    for key in old:
        _kept.pop(key, None)
    _forget({asked[0] for asked in _answers} - _kept.keys())


def _forget(keys: set[str]) -> None:
    for asked in [asked for asked in _answers if asked[0] in keys]:
        _answers.pop(asked, None)


def _too_long(name: str, many: int) -> Issue:
    return Issue(
        code="P-LARGE",
        severity=Severity.MUST_FIX,
        file=name,
        saw=say("文件有 {n} MB", n=-(-many // (1024 * 1024))),
        required=say("在页面上算的布局文件不大于 {n} MB", n=MOST_BYTES // (1024 * 1024)),
        do=say("请分片算，或请管服务器的人在终端里算"),
    )


def _too_large(name: str, many: int) -> Issue:
    return Issue(
        code="P-LARGE",
        severity=Severity.MUST_FIX,
        file=name,
        saw=say("村、学校和期数相乘是 {n}", n=many),
        required=say("在页面上算的不大于 {n}", n=LARGEST),
        do=say("请分片算，或请管服务器的人在终端里算"),
    )
