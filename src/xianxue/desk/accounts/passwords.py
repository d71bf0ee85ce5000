"""Passwords: hashing, comparing, and what is wrong with a new one."""

from __future__ import annotations

import secrets
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.accounts.gate import Gate, refuse

LONGEST: Final = 200
"""Characters: hashing takes longer with each, and nobody types more."""
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another in print: i l o 0 1."""
_MADE: Final = 12
"""Letters of a password that the program makes: 59 bits of chance."""
_GROUP: Final = 4


def made() -> str:
    """Make a password that can be read out and typed: three groups of four."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_MADE))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _MADE, _GROUP))


def hashed(password: str, *, demo: bool) -> str:
    """Hash a password with chance of its own; a practice account's at a tenth of the cost."""
    from xianxue.desk.accounts.hashing import Argon2, Practice  # noqa: PLC0415 - loads argon2

    hasher = Practice() if demo else Argon2()
    return hasher.encode(password, hasher.salt())


def fits(password: str, known: str | None, *, demo: bool) -> bool:
    """Whether a password is the one that was hashed; takes as long where none is known."""
    from xianxue.desk.accounts.hashing import Argon2, nobodys  # noqa: PLC0415 - as above

    # What the hash was made with stands in it: one reader reads both kinds.
    right = Argon2().verify(password[:LONGEST], nobodys(demo=demo) if known is None else known)
    return right and known is not None


def fault_of(password: str, login: str, name: str, gate: Gate) -> Issue | None:
    """Say what is wrong with a password that somebody wants to have."""
    least = gate.admission.password_length
    saw: Sentence | None = None
    if len(password) < least:
        saw = say("新密码只有 {n} 个字符", n=len(password))
    elif len(password) > LONGEST:
        saw = say("新密码超过 {n} 个字符", n=LONGEST)
    elif password.isdigit():
        saw = say("新密码全是数字")
    elif _resembles(password, login, name):
        saw = say("新密码里就是登录名或姓名")
    elif _is_common(password):
        saw = say("新密码太常见，一猜就中")
    if saw is None:
        return None
    required = say("至少 {n} 个字符，不全是数字，不含登录名和姓名，不是常见密码", n=least)
    return refuse("A-PASSWORD", saw, required, say("可以用三四个不相干的词连起来"))


def _resembles(password: str, login: str, name: str) -> bool:
    """Whether nothing much is left of it without the login and the name."""
    rest = person(password)
    # The longer first: one often stands in the other.
    for known in sorted(filter(None, (person(login), person(name))), key=len, reverse=True):
        rest = rest.replace(known, "")
    return len(rest) < len(person(password)) and len(rest) < _GROUP * 2


def _is_common(password: str) -> bool:
    """Whether it stands in Django's list of twenty thousand."""
    from django.contrib.auth.password_validation import (  # noqa: PLC0415 - reads its list
        CommonPasswordValidator,
    )

    return password.casefold().strip() in CommonPasswordValidator().passwords
