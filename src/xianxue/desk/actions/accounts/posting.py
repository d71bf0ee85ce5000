"""Whether somebody can be appointed as it is wished: role, place and days fit together."""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.kinds.policy import Scope
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.models import Account, Appointment

_OF_PLACES: Final[frozenset[Scope]] = frozenset({"place", "district", "township"})
"""Scopes that are measured from the actor's own place."""


class Wish(Record):
    """An appointment that is wished for."""

    role: str
    place: str
    from_day: date
    until_day: date | None = None


class Fault(Record):
    """What is wrong with a wish, and with which part of it."""

    part: str
    saw: Sentence
    required: Sentence
    do: str = ""


def faults_of(ground: Ground, wish: Wish, *, listed: bool = False) -> list[Fault]:
    """Say all that is wrong with an appointment; nothing where it can be made.

    ``listed``: it stands in a list, where a role is written as people call it; else as one types
    it at the command line.
    """
    found: list[Fault] = []
    policy = ground.policy
    role = policy.role(wish.role)
    if role is None:
        typed = [say("{role}（{term}）", role=one.role, term=one.term) for one in policy.roles]
        called = joined("、", [one.term for one in policy.roles] if listed else typed)
        saw = say("没有角色“{role}”", role=wish.role) if wish.role else say("没有写角色")
        found.append(Fault("role", saw, say("角色是 {listed} 之一", listed=called)))
    else:
        scopes = {one.scope for one in policy.grants if one.role == wish.role}
        of = _of_district if "inspection_district" in scopes else _of_place
        found += of(ground, wish, role.term)
    if wish.until_day is not None and wish.until_day < wish.from_day:
        saw = say("任期止于{until}，早于起始的{day}", until=wish.until_day, day=wish.from_day)
        found.append(Fault("until", saw, say("最后一天不早于第一天")))
    return found


def _of_place(ground: Ground, wish: Wish, term: str) -> list[Fault]:
    scopes = {one.scope for one in ground.policy.grants if one.role == wish.role}
    place = ground.register.places.get(wish.place)
    office = ground.policy.office(wish.place)
    if scopes & _OF_PLACES:
        if place is None or place.level == "county":
            saw = say("没有写单位代码")
            if wish.place:
                saw = say("名册里没有单位代码“{place}”", place=wish.place)
            required = say("{role}要写所在学校的代码", role=term)
            return [Fault("place", saw, required, say("请核对：xianxue places list"))]
        if place.closed is not None and place.closed < wish.from_day:
            saw = say("{name}在{day}已经停办", name=place.name, day=place.closed)
            return [Fault("place", saw, say("在办的单位"))]
        return []
    if wish.place and office is None:
        saw = say("“{place}”不是权限卡片里的股室", place=wish.place)
        required = say("{role}管全县，单位不填，或填股室的编号", role=term)
        return [Fault("place", saw, required)]
    if not wish.place and "office" in scopes:
        saw = say("没有写明股室")
        return [Fault("place", saw, say("{role}要写股室的编号", role=term))]
    return []


def _of_district(ground: Ground, wish: Wish, term: str) -> list[Fault]:
    """Say what is wrong with an inspector's district: only one on the card has schools."""
    known = ground.authority.district_terms
    if wish.place in known:
        return []
    saw = say("没有督学责任区“{place}”", place=wish.place or say("（空）"))
    required = say("{role}要写督学责任区的编号", role=term)
    if not known:
        do = say("先在本县规则里写代码表 inspection_districts：每个责任区一项，places 写各校代码")
        return [Fault("place", saw, required, do)]
    listed = [say("{code}（{term}）", code=code, term=name) for code, name in known.items()]
    do = say("编号是 {listed} 之一", listed=joined("、", listed))
    return [Fault("place", saw, required, do)]


def holds_already(account: Account, wish: Wish) -> bool:
    """Whether somebody has this part on some of the days already, in their own right."""
    same = Appointment.objects.filter(account=account, role=wish.role, place=wish.place)
    for row in same.filter(acting_for=None):
        # Two of the same first day could not be told apart in the journal.
        if row.from_day == wish.from_day or _meet(row, wish):
            return True
    return False


def _meet(row: Appointment, wish: Wish) -> bool:
    ends_before = row.until_day is not None and row.until_day < wish.from_day
    begins_after = wish.until_day is not None and row.from_day > wish.until_day
    return not (ends_before or begins_after)
