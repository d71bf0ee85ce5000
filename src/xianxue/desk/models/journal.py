"""The journal: one line a deed, each sealed with the digest of the line before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection, models


class JournalLine(models.Model):
    """Who did what to what, when and why; lines are only ever added."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    deed = models.CharField(max_length=64)
    """A dotted name, ``returns.accept``."""
    subject = models.CharField(max_length=255)
    """What it was done to."""
    detail = models.JSONField()
    why = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Give number, deed and subject."""
        return f"{self.number} {self.deed} {self.subject}"

    def seal(self) -> str:
        """Digest everything the line says, with the digest of the line before it."""
        said = {
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "deed": self.deed,
            "subject": self.subject,
            "detail": self.detail,
            "why": self.why,
            "previous": self.previous,
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class JournalHead(models.Model):
    """How many lines there are and the digest of the last: one row, so that a cut end shows."""

    lines = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        """Give both."""
        return f"{self.lines} {self.digest}"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What a journal line tells of."""

    at: datetime
    actor: str
    name: str
    """A dotted name, ``returns.accept``."""
    subject: str
    detail: dict[str, object]
    why: str = ""


def write_down(deed: Deed) -> JournalLine:
    """Add a line; RuntimeError outside the transaction of the deed it tells of."""
    if not connection.in_atomic_block:
        message = "a journal line is written in the transaction of its deed"
        raise RuntimeError(message)
    head = JournalHead.objects.select_for_update().get()
    line = JournalLine(
        number=head.lines + 1,
        at=deed.at.astimezone(UTC),
        actor=deed.actor,
        deed=deed.name,
        subject=deed.subject,
        # As it will be read back: the seal is over what the database gives.
        detail=cast("dict[str, Any]", json.loads(json.dumps(deed.detail))),
        why=deed.why,
        previous=head.digest,
    )
    line.digest = line.seal()
    line.save(force_insert=True)
    head.lines, head.digest = line.number, line.digest
    head.save(force_update=True)
    return line
