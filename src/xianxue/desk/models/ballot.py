"""Ballots that were opened: their slips, and what was counted, with nothing that joins the two.

A slip is known by the digest of its code. What was answered stands under digests of itself, in
tables without a number, an order, a time or a name; SQLite keeps those by their key alone
(`desk/database/keyed.py`), so that not even a row's place says when it came.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

OPEN: Final = "open"
CLOSED: Final = "closed"
COUNTED: Final = "counted"

_DIGEST: Final = 64


class Poll(models.Model):
    """One ballot that was opened: by which card, about whom, and how far it has come."""

    card = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    """Numbers run from 1 for a card and period."""
    title = models.TextField()
    round = models.CharField(max_length=64, blank=True)
    """Of an election, which step it is."""
    follows = models.PositiveIntegerField(default=0)
    """The number of the ballot of which this is a further round; 0 for none."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the card as it stood when it was opened."""
    content = models.JSONField()
    """The card as it stood then: what is counted is counted by it."""
    setup = models.JSONField(default=dict)
    """Who is judged or stands, how many seats, how many people were entitled and there."""
    ends_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    state = models.CharField(max_length=16, default=OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True, default="")
    counted_at = models.DateTimeField(null=True)
    counted_by = models.TextField(blank=True, default="")
    results: Any = models.JSONField(null=True)
    """What came of it, once it was counted; it is counted once."""

    class Meta:
        """A number is given once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card", "period", "number"], name="one_poll_of_number")
        ]

    def __str__(self) -> str:
        """Give it as the journal names it."""
        return self.key

    @property
    def key(self) -> str:
        """Name it: card, period and number, ``appraisal/2026/1``."""
        return f"{self.card}/{self.period}/{self.number}"


class SlipBatch(models.Model):
    """Slips that were issued together: how many, and for which group."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    group = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)
    many = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """Numbers run from 1 within a ballot."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_batch_of_a_number")
        ]

    def __str__(self) -> str:
        """Give ballot and number."""
        return f"{self.poll.key} #{self.number}"


class Slip(models.Model):
    """A slip that was issued. Its row is never touched again, whatever becomes of the slip."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    """SHA-256 of its code, which is kept nowhere."""
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        """Give the digest's beginning."""
        return self.digest[:8]


class UnspentSlip(models.Model):
    """A slip by which nobody has voted yet. It is spent by being taken away, and leaves nothing."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)

    class Meta:
        """Counted by group, and by place."""

        indexes: ClassVar = [
            models.Index(fields=["poll", "group", "place"], name="unspent_by_group")
        ]

    def __str__(self) -> str:
        """Give the digest's beginning."""
        return self.digest[:8]


class BurntSlip(models.Model):
    """A slip that was taken back for a paper ballot: no phone votes by it any more."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        """Give the digest's beginning."""
        return self.digest[:8]


class Tally(models.Model):
    """How often something was answered, by group (and place)."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    """SHA-256 of ballot, group, place, question, subject, row and option."""
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)
    question = models.CharField(max_length=64, blank=True)
    """Empty for what is counted of whole papers."""
    subject = models.TextField(blank=True)
    row = models.CharField(max_length=64, blank=True)
    """Of a matrix, or the rank of a ranking."""
    option = models.TextField()
    """An answer, or what ``bureau/ballots/counting`` counts beside answers."""
    many = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Give question and option."""
        return f"{self.question}={self.option}"


class KeptPaper(models.Model):
    """What some papers say, and how many say just that: kept where it can be counted again."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    """SHA-256 of ballot and content."""
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    content = models.TextField()
    """The paper as ``bureau/ballots/papers`` writes it: its group and its ticks, sorted."""
    many = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Give the digest's beginning."""
        return self.digest[:8]


class KeptText(models.Model):
    """What was written in answer to a question, by itself, and how many wrote just that."""

    digest = models.CharField(max_length=_DIGEST, primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+", db_index=False)
    question = models.CharField(max_length=64)
    text = models.TextField()
    many = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Give the digest's beginning."""
        return self.digest[:8]


class PaperCount(models.Model):
    """Paper ballots as one person has entered them; two do, and what they say is compared."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """A later entry by the same person takes the earlier one's place."""
    counts = models.JSONField()
    """What was entered: papers by group, each with how many say just that."""
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """Numbers run from 1 within a ballot."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_paper_count_of_number")
        ]

    def __str__(self) -> str:
        """Give ballot and number."""
        return f"{self.poll.key} #{self.number}"


KEYED: Final[tuple[type[Any], ...]] = (Slip, UnspentSlip, BurntSlip, Tally, KeptPaper, KeptText)
"""Models whose rows are kept by their key alone."""
