"""Admissions by dated lists of institutions, by hand."""

from __future__ import annotations

from datetime import date

from national import national

from xianxue.bureau.exams.destinations import Admitted, destinations
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.exams.institutions import Institutions
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Phrase

OWN = Cited(document="own", seen=Seen.OWN)


def listed(name, names, sorts, valid_from, valid_to=None):
    return Institutions(institutions=name, term=Phrase(name), valid_from=valid_from,
                        valid_to=valid_to, names=names, sorts=sorts, source=OWN)  # fmt: skip


def admitted(entry, institution, sort, pupils, on=date(2026, 7, 20)):
    return Admitted(entry=entry, institution=institution, sort=sort, on=on, pupils=pupils)


LISTS = {
    "old": listed("old", ["甲大学", "乙大学"], ["first"], date(1998, 1, 1), date(2025, 12, 31)),
    "new": listed("new", ["甲大学", "丙大学（北京）"], ["first"], date(2026, 1, 1)),
}


def test_the_list_of_the_day_counts_and_what_was_filed_otherwise_is_named():
    found = destinations(
        LISTS,
        [
            admitted("1", "甲大学", "first", 3),
            admitted("2", "乙大学", "first", 2),  # in the list of last year alone
            admitted("3", "丙大学(北京)", "other", 4),  # in the list, filed as none of it
            admitted("4", "丁学院", "other", 50),
            admitted("5", "乙大学", "first", 1, date(2025, 7, 20)),
            # In no count, and not odd yet.
            replace(admitted("6", "甲大学", "other", 9), confirmed=False),
        ],
    )
    assert [(one.pupils, one.entries) for one in found.classes] == [(1, 1), (7, 2)]
    assert (found.pupils, found.unlisted) == (60, 52)
    assert [one.entry for one in found.odd] == ["2", "3"]
    assert [one.entry for one in found.waiting] == ["6"]


def test_the_lists_of_the_country_do_not_meet():
    lists = national().shelf.institutions
    names = [name for one in lists.values() for name in one.names]
    assert len(names) == len(set(names))
    assert len(lists["project_985"].names) == 39
