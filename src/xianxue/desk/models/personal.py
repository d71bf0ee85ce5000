"""Personal values: kept beside the journal, so that they can be destroyed and the chain holds."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Final, cast

from django.db import models

from xianxue.bureau.values.record import Record

DIGEST: Final = "personal"
"""The only key of what stands in a line's detail in place of a personal value."""
EXPIRY: Final = "journal.expire"
"""The deed by which values and salts are destroyed when their time is over."""
GONE: Final = "（个人信息，已按期销毁）"
"""What stands in a table where a destroyed value stood."""
_SALT: Final = 32
"""Bytes of chance: as many as the digest has, so that a phone number cannot be found by trying."""


class PersonalValue(models.Model):
    """A value and its salt; the journal has their digest and nothing of the value.

    A row is removed when the form's retention is over. Then nobody can tell what was digested.
    """

    digest = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=64)
    value = models.TextField()
    form = models.CharField(max_length=64)
    """The form whose card says how long it is kept, and which of its fields it is of."""
    field = models.CharField(max_length=128)
    place = models.CharField(max_length=16)
    at = models.DateTimeField()
    """When it was written down; the retention runs from the Beijing day of it."""

    class Meta:
        """What is due is looked for form by form."""

        indexes: ClassVar = [models.Index(fields=["form", "at"], name="personal_values_due")]

    def __str__(self) -> str:
        """Give the digest: the value is shown only where somebody asked for it."""
        return self.digest

    def fits(self) -> bool:
        """Whether value and salt come to the digest."""
        return self.digest == salted(self.salt, self.value)


class Personal(Record):
    """A personal value on its way into a line's detail, and of which field it is."""

    value: str
    form: str
    field: str
    place: str = ""


def salted(salt: str, value: str) -> str:
    """Digest a value with its salt."""
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def put_aside(detail: object, at: datetime) -> object:
    """Give a detail with digests in place of its personal values, which are kept beside it."""
    if isinstance(detail, Personal):
        salt = secrets.token_hex(_SALT)
        kept = PersonalValue.objects.create(
            digest=salted(salt, detail.value),
            salt=salt,
            value=detail.value,
            form=detail.form,
            field=detail.field,
            place=detail.place,
            at=at,
        )
        return {DIGEST: kept.digest}
    if isinstance(detail, Mapping):
        parts = cast("Mapping[str, object]", detail)
        return {name: put_aside(part, at) for name, part in parts.items()}
    if isinstance(detail, (list, tuple)):
        return [put_aside(part, at) for part in cast("list[object]", detail)]
    return detail


def digests_in(detail: object) -> Iterator[str]:
    """Give the digests of personal values that a line's detail holds."""
    if isinstance(detail, Mapping):
        parts = cast("Mapping[str, object]", detail)
        if set(parts) == {DIGEST}:
            yield str(parts[DIGEST])
            return
        for part in parts.values():
            yield from digests_in(part)
    elif isinstance(detail, list):
        for part in cast("list[object]", detail):
            yield from digests_in(part)
