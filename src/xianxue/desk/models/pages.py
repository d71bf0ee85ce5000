"""What pages need to be kind: deeds done once, drafts that survive, long work that can be left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Once(models.Model):
    """A deed that a page has done: sent again with the same key, it gives the first answer."""

    key = models.CharField(max_length=64)
    who = models.TextField()
    address = models.TextField()
    """Where the browser was sent on to."""
    at = models.DateTimeField()

    class Meta:
        """A key is its sender's own."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "who"], name="one_answer_to_a_deed")
        ]

    def __str__(self) -> str:
        """Give the key."""
        return self.key


class Draft(models.Model):
    """What somebody has typed into a return and not handed in; one a person and return."""

    who = models.TextField()
    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    base = models.PositiveIntegerField(default=0)
    """The revision it began from; 0 where nothing had been handed in."""
    version = models.PositiveIntegerField(default=0)
    """Grows with each change: an old page that saves last is told."""
    cells = models.JSONField(default=dict)
    """``sheet.row.field`` to what was typed, exactly."""
    undone = models.JSONField(default=list)
    """Earlier states, newest last: each step of undoing is one whole deed (a paste is one)."""
    file = models.TextField(blank=True, default="")
    """The name of the workbook it was read from; empty where it was typed."""
    changed_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)
    """When it was thrown away: for a day it can be brought back."""

    class Meta:
        """One draft of a person and return."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["who", "form", "period", "place"], name="one_draft_of_a_person"
            )
        ]

    def __str__(self) -> str:
        """Give whose it is and of what."""
        return f"{self.who} {self.form}/{self.period}/{self.place}"


class LongWork(models.Model):
    """Work that takes longer than a page: it shows how far it has come and can be left."""

    key = models.CharField(max_length=64, unique=True)
    who = models.TextField()
    kind = models.CharField(max_length=64)
    title = models.JSONField(default=dict)
    """A sentence: its template and its values."""
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, default="going")
    """going, done, stopped, failed."""
    stop = models.BooleanField(default=False)
    """Whether somebody has asked for it to stop; what is done stays done."""
    result = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    """When it last went on: what stands still for long has died with its process."""

    def __str__(self) -> str:
        """Give what it is and how far it has come."""
        return f"{self.kind} {self.done}/{self.total} {self.state}"


class Notice(models.Model):
    """Something told to somebody: one line a matter, gathered, gone once it is settled."""

    to_name = models.TextField(blank=True, default="")
    """Whom it is for by name; empty where it is for all of a role and place."""
    to_role = models.CharField(max_length=64, blank=True, default="")
    to_place = models.CharField(max_length=64, blank=True, default="")
    subject = models.TextField()
    """What it is about, as the journal names it: a later notice of the same takes its place."""
    kind = models.CharField(max_length=64)
    words = models.JSONField()
    """A sentence: its template and its values."""
    address = models.TextField(blank=True, default="")
    by = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    due = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Asked for by whom it is for."""

        indexes: ClassVar = [
            models.Index(fields=["to_role", "to_place", "at"], name="notices_of_a_part"),
            models.Index(fields=["to_name", "at"], name="notices_of_a_person"),
            models.Index(fields=["subject", "kind"], name="notices_of_a_matter"),
        ]

    def __str__(self) -> str:
        """Give what it is about."""
        return f"{self.kind} {self.subject}"


class NoticeRead(models.Model):
    """Somebody has read a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="read_by")
    who = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """Read is read."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "who"], name="a_notice_is_read_once")
        ]

    def __str__(self) -> str:
        """Give who has read what."""
        return f"{self.who} {self.notice}"
