"""What deeds on accounts take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from xianxue.web.api.shapes import Reason, Word


class PostOut(Schema):
    """One part that somebody plays."""

    id: int
    role: str
    place: str
    from_day: date
    until_day: date | None
    acting_for: str


class AccountOut(Schema):
    """An account; never a password, a key or a secret."""

    login: str
    name: str
    must_change: bool
    has_code: bool
    created_at: datetime
    disabled_at: datetime | None
    posts: list[PostOut]


class AccountIn(Schema):
    """One account that is to be made, with its part."""

    login: Word
    name: Word
    role: Word
    place: Word = ""
    from_day: date | None = None
    until_day: date | None = None


class AccountsIn(Schema):
    """Accounts, made all of them or none."""

    accounts: Annotated[list[AccountIn], Field(min_length=1, max_length=2000)]
    why: Reason = ""


class MadeOut(Schema):
    """An account that was made, with its first password, which is told once."""

    login: str
    name: str
    password: str
    role: str
    place: str


class PostIn(Schema):
    """A part that is given to somebody."""

    role: Word
    place: Word = ""
    from_day: date | None = None
    until_day: date | None = None
    why: Reason = ""


class LastDay(Schema):
    """Which day is the last of a part; today where none is said."""

    last: date | None = None
    why: Reason = ""


class SteadIn(Schema):
    """Who acts in somebody's stead, and when."""

    who: Word
    from_day: date
    until_day: date
    why: Reason = ""


class HandOverIn(Schema):
    """To whom everything is passed on, and from which day."""

    who: Word
    on: date | None = None
    why: Reason = ""


class AccountStepIn(Schema):
    """What is done to an account."""

    step: Annotated[str, Field(pattern=r"^(disable|enable|end_sessions|drop_code)$")]
    why: Reason = ""
