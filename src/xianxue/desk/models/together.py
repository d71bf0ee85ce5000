"""One deed on many returns is one line of the journal; here it is told return by return.

Its subject is ``form/period/*``, and its detail has under ``returns`` what became of each place,
and under ``left`` why others were left as they were. Lines of before have one return each; both
are read by whoever asks here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from xianxue.desk.models.journal import JournalLine

MANY: Final = "*"
"""Stands where the place of a single return would stand."""
RETURNS: Final = "returns"
"""Under it in the detail, place by place, what became of each."""
LEFT: Final = "left"
"""Under it, place by place, the code of the complaint for which it was left."""


def subject_of(form: str, period: str) -> str:
    """Write the subject of a deed on many returns of one form."""
    return f"{form}/{period}/{MANY}"


def of_return(subject: str) -> Q:
    """Ask for the lines about one return, together with others or by itself."""
    stem, _, place = subject.rpartition("/")
    if not stem or not place or place == MANY:
        return Q(subject=subject)
    return Q(subject=subject) | Q(subject=f"{stem}/{MANY}", detail__returns__has_key=place)


def of_place(*places: str) -> Q:
    """Ask for the lines about places, together with others or by themselves."""
    found = Q(place__in=places)
    for place in places:
        found |= Q(place=MANY, detail__returns__has_key=place)
    return found


def parts(subject: str, detail: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each return that a line tells of, with what it says of that one."""
    stem, _, place = subject.rpartition("/")
    if place != MANY:
        yield subject, dict(detail)
        return
    shared = {name: said for name, said in detail.items() if name not in {RETURNS, LEFT}}
    for one, said in detail.get(RETURNS, {}).items():
        yield f"{stem}/{one}", shared | said


def apart(line: JournalLine) -> Iterator[JournalLine]:
    """Give a line as one line a return; they keep its number and are never written."""
    if line.place != MANY:
        yield line
        return
    for subject, detail in parts(line.subject, line.detail):
        one = copy.copy(line)
        one.subject, one.place, one.detail = subject, subject.rpartition("/")[2], detail
        yield one


def each(lines: Iterable[JournalLine]) -> Iterator[JournalLine]:
    """Give lines as one line a return."""
    return (one for line in lines for one in apart(line))


def lines_of(subject: str) -> Iterator[JournalLine]:
    """Give the lines about one return as if each had been about it alone, oldest first."""
    found = JournalLine.objects.filter(of_return(subject)).order_by("number")
    return only(subject, found.iterator())


def only(subject: str, lines: Iterable[JournalLine]) -> Iterator[JournalLine]:
    """Give of lines what they say of one return."""
    return (one for one in each(lines) if one.subject == subject)
