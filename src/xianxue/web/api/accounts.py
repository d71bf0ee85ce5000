"""Accounts: who has one, making them, and every deed on them."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.listed import Listed
from xianxue.desk.accounts.people import login_of, people
from xianxue.desk.accounts.records import Person
from xianxue.desk.accounts.sessions import sessions_of
from xianxue.desk.actions.accounts.appoint import ActFor, Appoint, EndAppointment
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.actions.accounts.disable import Disable, Enable
from xianxue.desk.actions.accounts.hand_over import HandOver
from xianxue.desk.actions.accounts.keys import RevokeSession, RevokeToken
from xianxue.desk.actions.accounts.passwords import ResetPassword
from xianxue.desk.actions.accounts.posting import Wish
from xianxue.desk.actions.accounts.second_factor import DropCode
from xianxue.desk.actions.context import Ground
from xianxue.desk.stores import clock
from xianxue.web.admin.person import person_named
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import deeds as deeds_shapes
from xianxue.web.api.shaped import people as people_shapes
from xianxue.web.api.shapes import Count, Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked

_VIEW, _MANAGE = "accounts.view", "accounts.manage"
_STEPS = {"disable": Disable, "enable": Enable, "drop_code": DropCode}


@reads("/accounts", list[people_shapes.AccountOut], _VIEW, "county")
def accounts(request: HttpRequest) -> list[Told]:
    """List the accounts with their parts."""
    del request
    return [_told(one) for one in people()]


@reads("/accounts/{login}", people_shapes.AccountOut, _VIEW, "county")
def account(request: HttpRequest, login: Word) -> Told:
    """Give one account."""
    del request
    return _told(person_named(login))


@does("/accounts", list[people_shapes.MadeOut], _MANAGE, "county", secret=True)
def make(request: HttpRequest, wanted: people_shapes.AccountsIn) -> list[Told]:
    """Make accounts, all of them or none; their first passwords are told in this answer alone."""
    del request
    lines = [
        Listed(
            login=login_of(one.login),
            name=" ".join(one.name.split()),
            role=one.role,
            place=one.place,
            from_day=one.from_day,
            until_day=one.until_day,
        )
        for one in wanted.accounts
    ]
    made = CreateAccounts(*_doing(wanted.why))(lines)
    names = people_shapes.MadeOut.model_fields
    return [{name: getattr(one, name) for name in names} for one in made]


@does("/accounts/{login}/posts", people_shapes.AccountOut, _MANAGE, "county")
def appoint(request: HttpRequest, login: Word, wanted: people_shapes.PostIn) -> Told:
    """Give somebody one more part."""
    first = wanted.from_day or clock.day_of(asked().visit.at)
    wish = Wish(wanted.role, wanted.place, first, wanted.until_day)
    Appoint(*_doing(wanted.why))(person_named(login).login, wish)
    return account(request, login)


@does("/accounts/{login}/posts/{post}/end", people_shapes.AccountOut, _MANAGE, "county")
def end(request: HttpRequest, login: Word, post: Count, wanted: people_shapes.LastDay) -> Told:
    """Say which day is the last of a part."""
    if post not in {one.id for one in person_named(login).posts}:
        raise MissingError(say("没有这一项任职（{id}）", id=post))
    last = wanted.last or clock.day_of(asked().visit.at)
    EndAppointment(*_doing(wanted.why))(post, last)
    return account(request, login)


@does("/accounts/{login}/act-for", people_shapes.AccountOut, _MANAGE, "county")
def act_for(request: HttpRequest, login: Word, wanted: people_shapes.SteadIn) -> Told:
    """Let somebody else act in this one's stead for a time; give who acts."""
    absent, coming = person_named(login), person_named(wanted.who)
    doing = ActFor(*_doing(wanted.why))
    doing(absent.login, coming.login, wanted.from_day, wanted.until_day)
    return account(request, coming.login)


@does("/accounts/{login}/hand-over", people_shapes.AccountOut, _MANAGE, "county")
def hand_over(request: HttpRequest, login: Word, wanted: people_shapes.HandOverIn) -> Told:
    """Pass everything on to another from a day; give who takes over."""
    leaving, coming = person_named(login), person_named(wanted.who)
    on = wanted.on or clock.day_of(asked().visit.at)
    HandOver(*_doing(wanted.why))(leaving.login, coming.login, on)
    return account(request, coming.login)


@does("/accounts/{login}/steps", people_shapes.AccountOut, _MANAGE, "county")
def step(request: HttpRequest, login: Word, wanted: people_shapes.AccountStepIn) -> Told:
    """Disable, enable, sign out everywhere, take off the codes of a lost phone."""
    found = person_named(login)
    doing = _doing(wanted.why)
    if wanted.step == "end_sessions":
        gate = doing[0].gate
        for one in sessions_of(gate, found.id, doing[2]):
            if not one.over:
                RevokeSession(*doing)(one.id)
    else:
        _STEPS[wanted.step](*doing)(found.login)
    return account(request, login)


@does("/accounts/{login}/password", people_shapes.MadeOut, _MANAGE, "county", secret=True)
def reset(request: HttpRequest, login: Word, wanted: deeds_shapes.WhyIn) -> Told:
    """Make a new password; it is told in this answer alone."""
    del request
    found = person_named(login)
    new = ResetPassword(*_doing(wanted.why))(found.login)
    return {"login": found.login, "name": found.name, "password": new, "role": "", "place": ""}


@does("/accounts/{login}/tokens/{token}/revoke", people_shapes.AccountOut, _MANAGE, "county")
def revoke(request: HttpRequest, login: Word, token: Count, wanted: deeds_shapes.WhyIn) -> Told:
    """Let one of somebody's tokens open nothing any more."""
    found = person_named(login)
    RevokeToken(*_doing(wanted.why))(token)
    return account(request, found.login)


def _doing(why: str) -> tuple[Ground, Actor, datetime, str]:
    visit = asked().visit
    return visit.standing.ground(), visit.actor, visit.at, why.strip()


def _told(one: Person) -> Told:
    names = ("login", "name", "must_change", "has_code", "created_at", "disabled_at")
    return {name: getattr(one, name) for name in names} | {
        "posts": [
            {name: getattr(post, name) for name in people_shapes.PostOut.model_fields}
            for post in one.posts
        ]
    }
