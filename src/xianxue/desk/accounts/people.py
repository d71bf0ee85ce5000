"""Who has an account, and who is appointed to what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.gate import Gate
from xianxue.desk.accounts.records import Person, Post
from xianxue.desk.models import Account, Appointment
from xianxue.desk.models.journal import JournalLine
from xianxue.desk.models.ready import Ready

# Who asks for a page is looked up anew for every page.
_PROTECTING: Final = Ready(lambda _: Account.objects.filter(demo=False).values_list("id")[:1])
_TOLD: Final = Ready(
    lambda login: JournalLine.objects.filter(
        kind="accounts", ident=login, detail__demo=True
    ).values_list("id")[:1]
)
_POSTS: Final = Ready(
    lambda account: (
        Appointment.objects.filter(account_id=account)
        .order_by("from_day", "id")
        .values_list("id", "role", "place", "from_day", "until_day", "acting_for__name")
    ),
    mark=-1,
)


def has_accounts() -> bool:
    """Whether this workspace has accounts that protect something; practice accounts do not."""
    return bool(_PROTECTING())


def good_here(account: Account, gate: Gate) -> bool:
    """Whether an account may be used in this workspace at all.

    A practice account is good only in a demo workspace, beside no other, and where the journal
    tells of its making: carried elsewhere, with or without the settings, it opens nothing.
    """
    if not account.demo:
        return True
    return gate.demo and not has_accounts() and bool(_TOLD(account.login))


def people(on: date | None = None, find: str = "", place: str | None = None) -> list[Person]:
    """List accounts by name; ``on`` leaves out appointments not in force on a day.

    ``find``: a part of the login or name; ``place``: only who is appointed there.
    """
    rows = _with_posts()
    if find.strip():
        rows = rows.filter(Q(login__icontains=find.strip()) | Q(name__icontains=find.strip()))
    if place is not None:
        rows = rows.filter(appointments__place=place).distinct()
    return [person_of(row, on) for row in rows.order_by("name", "id")]


def one_person(login: str, on: date | None = None) -> Person | None:
    """Give the account with a login, or None."""
    row = _with_posts().filter(login=login_of(login)).first()
    return person_of(row, on) if row is not None else None


def login_of(typed: str) -> str:
    """Bring a login into the form it is kept in."""
    return "".join(typed.split()).casefold()


def _with_posts():  # noqa: ANN202 - Django's query set, with all it stands on
    posts = Appointment.objects.select_related("acting_for").order_by("from_day", "id")
    return Account.objects.prefetch_related(Prefetch("appointments", posts))


def person_of(row: Account, on: date | None) -> Person:
    """Tell of an account."""
    return _person(row, on, map(_post, row.appointments.all()))


def person_now(row: Account, on: date) -> Person:
    """Tell of one account, asked for by itself."""
    posts = (
        Post(number, role, place, since, until, acting_for or "")
        for number, role, place, since, until, acting_for in _POSTS(row.pk)
    )
    return _person(row, on, posts)


def _person(row: Account, on: date | None, posts: Iterable[Post]) -> Person:
    return Person(
        id=row.pk,
        login=row.login,
        name=row.name,
        demo=row.demo,
        must_change=row.must_change,
        has_code=row.totp_confirmed_at is not None,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        posts=tuple(post for post in posts if on is None or post.in_force(on)),
    )


def _post(row: Appointment) -> Post:
    return Post(
        id=row.pk,
        role=row.role,
        place=row.place,
        from_day=row.from_day,
        until_day=row.until_day,
        acting_for=row.acting_for.name if row.acting_for is not None else "",
    )


def needs_code(person: Person, gate: Gate) -> bool:
    """Whether one of somebody's parts asks for a second factor; practice accounts have none."""
    return not person.demo and any(post.role in gate.needs_code for post in person.posts)


def actor_of(person: Person, post: Post, where: str, only: frozenset[str] | None = None) -> Actor:
    """Give the actor that somebody is in one of their parts."""
    return Actor(person.name, post.role, post.place, where, post.acting_for, only)
