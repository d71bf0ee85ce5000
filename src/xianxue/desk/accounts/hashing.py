"""How passwords are hashed; Django loads this when the first password is asked for."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP's password storage sheet has it (46 MiB, one pass, one thread).

    Django's own setting takes 100 MiB and eight threads for each: on a bureau's machine of two
    cores, at eight o'clock, that is a queue.
    """

    time_cost = 1
    memory_cost = 47104
    """KiB."""
    parallelism = 1


class Practice(Argon2):
    """For practice accounts, whose passwords lie in a file beside them and protect nothing."""

    memory_cost = 1024


@cache
def nobodys(*, demo: bool) -> str:
    """Give what a password is held against where there is no such login: it takes as long."""
    return (Practice if demo else Argon2)().encode("", "nobody-has-this-salt")
