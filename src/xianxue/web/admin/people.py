"""People: who has an account, in which part, and who has not come in yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpResponse

from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.accounts.people import needs_code, people
from xianxue.desk.accounts.records import Person, Post
from xianxue.desk.accounts.sessions import last_seen
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.web.kit.helpers import day, moment
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked, Visit


class Row(Record, kw_only=True):
    """One appointment of a person; somebody without any has one row too."""

    person: Person
    post: Post | None
    role: Sentence | str
    place: str
    term: str
    """From when until when, as it is read."""
    state: str
    """``off``, ``none``, ``new``, ``code``, ``later`` or ``on``."""
    seen: datetime | None
    gate_code: bool
    """Whether their part asks for a one-time code."""


STATES = {
    "on": say("在用"),
    "later": say("还没有到任"),
    "new": say("临时密码没有改"),
    "code": say("动态码没有设"),
    "none": say("没有任职"),
    "off": say("已停用"),
}


@page("accounts.view", of_county("accounts.view"))
def list_people(request: Asked) -> HttpResponse:
    """Show who has an account."""
    visit = request.visit
    today = clock.day_of(visit.at)
    found = people()
    rows = rows_of(visit, found, today)
    names = {one.code: one.name for one in visit.standing.workspace().register}
    listing = listed(
        request,
        rows,
        _columns(),
        text=lambda row: " ".join(
            (
                row.person.name,
                row.person.login,
                str(row.place),
                spelled(str(row.place)),
                str(row.role),
            )
        ),
        choices=_choices(visit, names),
    )
    answer = exported(request, listing, say("账号名单"))
    if answer is not None:
        return answer
    using = [one for one in found if one.disabled_at is None]
    values = {
        "list": listing,
        "using": len(using),
        "fresh": sum(one.must_change and not one.demo for one in using),
        "idle": sum(not _in_force(one, today) for one in using),
        "lacking": _lacking(visit, using, today),
        "states": STATES,
        "manages": visit.may("accounts.manage"),
        "tab": "people",
    }
    return show(request, "admin/people.html", values, part="rows")


def rows_of(visit: Visit, found: Sequence[Person], today: date) -> list[Row]:
    """Give a row an appointment that holds or will hold, by name."""
    gate, seen = visit.standing.ground().gate, last_seen()
    rows: list[Row] = []
    for one in found:
        posts = [post for post in one.posts if post.until_day is None or post.until_day >= today]
        rows += [
            Row(
                person=one,
                post=post,
                role=role_term(visit, post.role) if post is not None else "",
                place=(visit.place_name(post.place) or say("全县")) if post is not None else "",
                term=_term(post),
                state=_state(one, post, today, needs=needs_code(one, gate)),
                seen=seen.get(one.id),
                gate_code=needs_code(one, gate),
            )
            for post in (posts or [None])
        ]
    return rows


def role_term(visit: Visit, name: str) -> Sentence | str:
    """Name a role; one that no card names any more by its id."""
    role = visit.authority.policy.role(name)
    return role.term if role is not None else name


def _term(post: Post | None) -> str:
    if post is None:
        return ""
    first = str(day(post.from_day))
    return f"{first}—{day(post.until_day)}" if post.until_day else say("{day} 起", day=first)


def _state(one: Person, post: Post | None, today: date, *, needs: bool) -> str:
    if one.disabled_at is not None:
        return "off"
    if post is None:
        return "none"
    if one.must_change and not one.demo:
        return "new"
    if needs and not one.has_code:
        return "code"
    return "on" if post.in_force(today) else "later"


def _in_force(one: Person, today: date) -> bool:
    return any(post.in_force(today) for post in one.posts)


def _lacking(visit: Visit, using: Sequence[Person], today: date) -> list[str]:
    """Name the living schools for which nobody could fill in a return."""
    policy = visit.authority.policy
    roles = {role for role in policy.granted("returns.submit") if _of_place(visit, role)}
    held = {post.place for one in using for post in one.posts if post.role in roles}
    register: Register = visit.standing.workspace().register
    return [
        one.name
        for one in register
        if one.level == "school" and one.open_on(today) and one.code not in held
    ]


def _of_place(visit: Visit, role: str) -> bool:
    return "place" in visit.authority.policy.scopes(role, "returns.submit")


def _stead(row: Row) -> Sentence | str:
    stead = row.post.acting_for if row.post is not None else ""
    return say("代理{name}", name=stead) if stead else ""


def _columns() -> Sequence[Column[Row]]:
    return (
        Column("name", say("姓名"), lambda row: row.person.name),
        Column("login", say("登录名"), lambda row: row.person.login),
        Column("role", say("角色"), lambda row: row.role),
        Column("place", say("单位"), lambda row: row.place),
        Column("term", say("任期"), lambda row: row.term),
        Column("stead", say("代理"), _stead),
        Column("state", say("状态"), lambda row: STATES[row.state]),
        Column("seen", say("最近来过"), lambda row: moment(row.seen) or None),
    )


def _choices(visit: Visit, names: dict[str, str]) -> Sequence[Choice[Row]]:
    register = visit.standing.workspace().register

    def township(row: Row) -> str:
        place = register.places.get(row.post.place) if row.post is not None else None
        if place is None:
            return "county"
        return place.code if place.level == "township" else register.township_of(place)

    return (
        Choice(
            "role",
            say("角色"),
            lambda row: row.post.role if row.post is not None else "",
            lambda code: role_term(visit, code),
        ),
        Choice(
            "in",
            say("乡镇"),
            township,
            lambda code: names.get(code, say("县级")) if code != "county" else say("县级"),
        ),
        Choice("state", say("状态"), lambda row: row.state, lambda code: STATES[code]),
    )
