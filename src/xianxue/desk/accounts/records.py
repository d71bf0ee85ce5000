"""What is told of people to those who ask: never a password, a key or a secret."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from xianxue.bureau.values.record import Record


class Post(Record):
    """One appointment: the part, where it is played, and when."""

    id: int
    role: str
    place: str
    """A place's code or an office's id; empty for the whole county."""
    from_day: date
    until_day: date | None
    """The last day, included; None while no end is known."""
    acting_for: str = ""
    """代理: the name of the person in whose stead."""

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.from_day <= on and (self.until_day is None or on <= self.until_day)


class Person(Record):
    """An account as others may see it."""

    id: int
    login: str
    name: str
    demo: bool
    must_change: bool
    has_code: bool
    """Whether a second factor is set up and confirmed."""
    created_at: datetime
    disabled_at: datetime | None
    posts: tuple[Post, ...]
    """Those in force on the day that was asked for; all of them where no day was."""


class Present(Record):
    """Somebody who is signed in, as each page asks for them."""

    session: int
    person: Person
    post: Post | None
    """The part they act in; None until they have chosen among several."""
    must_change: bool
    """Whether they may do nothing but change their password."""
    must_enrol: bool
    """Whether they may do nothing but set up the second factor that their role needs."""
    created_at: datetime
    seen_at: datetime
    data: dict[str, Any]
    """What pages remember while they are here."""

    @property
    def unready(self) -> bool:
        """Whether they have to set themselves up, or choose a part, before anything else."""
        return self.must_change or self.must_enrol or self.post is None


class SignedIn(Record):
    """Somebody has come in: the key for the browser, and who it is."""

    key: str
    """Given out once; the store has only its digest."""
    present: Present


class Sitting(Record):
    """One session as its owner or the administrator sees it."""

    id: int
    login: str
    name: str
    role: str
    created_at: datetime
    seen_at: datetime
    where: str
    agent: str
    over: bool
    """Whether it has been ended, or has run out."""


class TokenTold(Record):
    """One token as its owner or the administrator sees it."""

    id: int
    login: str
    name: str
    deeds: tuple[str, ...]
    """Empty for all that the owner may do."""
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
