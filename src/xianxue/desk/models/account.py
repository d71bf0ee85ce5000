"""People who may sign in: accounts, what each is appointed to, sessions, failures and tokens.

Nothing here holds a password, a session's key or a token as it was given out: only what each of
them comes to. The secret of one-time codes has to be kept as it is, for codes are reckoned from it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Account(models.Model):
    """Somebody who may sign in; an account is never removed, for the journal names its person."""

    login = models.CharField(max_length=64, unique=True)
    """Casefolded."""
    name = models.TextField()
    """姓名, as the journal writes it."""
    person = models.TextField(unique=True)
    """The name in the form in which people are told apart (``workflow.subject.person``)."""
    password = models.TextField()
    """A salted hash with its parameters, as Django writes it."""
    must_change = models.BooleanField(default=True)
    """Whether the password is somebody else's making and has to be changed first."""
    disabled_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)
    """A practice account: it is refused outside the demo workspace it was made in."""
    totp_secret = models.CharField(max_length=64, blank=True, default="")
    totp_confirmed_at = models.DateTimeField(null=True)
    """When the person has shown that their phone gives the right codes; before, none is asked."""
    totp_last = models.BigIntegerField(default=0)
    """The last half minute of which a code was taken: each code is good once."""
    stamp = models.CharField(max_length=64)
    """Chance; made anew with the password, the second factor and on disabling, which ends
    sessions."""
    created_at = models.DateTimeField()
    appointments: models.Manager[Appointment]
    tokens: models.Manager[Token]

    def __str__(self) -> str:
        """Give the login and the name."""
        return f"{self.login} {self.name}"


class Appointment(models.Model):
    """任职: what part somebody plays, where, from which day to which."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=64)
    """As in the policy."""
    place = models.CharField(max_length=64, blank=True, default="")
    """A place's code, or the id of an office; empty for those who act for the whole county."""
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    """The last day, included; empty while no end is known."""
    acting_for = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    """代理: in whose stead."""

    class Meta:
        """One question is asked of it often: who has this part here?"""

        indexes: ClassVar = [models.Index(fields=["role", "place"], name="appointments_by_part")]

    def __str__(self) -> str:
        """Give role, place and days."""
        return f"{self.role}/{self.place} {self.from_day}—{self.until_day or ''}"


class Session(models.Model):
    """One signing in, kept after its end: who was here, from where, until when."""

    key_digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="sessions")
    account_id: int
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    """In which of their parts the person acts; empty until they have chosen."""
    appointment_id: int | None
    stamp = models.CharField(max_length=64)
    """The account's, when it was signed in."""
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    where = models.TextField(blank=True, default="")
    """The address it was opened from."""
    agent = models.TextField(blank=True, default="")
    """What the browser calls itself."""
    ended_at = models.DateTimeField(null=True)
    data = models.TextField(default="{}")
    """What pages remember for its length, as JSON."""

    class Meta:
        """A person's sessions are listed newest first."""

        indexes: ClassVar = [
            models.Index(fields=["account", "seen_at"], name="sessions_of_an_account")
        ]

    def __str__(self) -> str:
        """Give whose it is and since when."""
        return f"{self.account_id} {self.created_at}"


class Failure(models.Model):
    """A signing in that failed; it counts for some minutes and is removed after a day."""

    login = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Asked for by login and address together, and by the address alone."""

        indexes: ClassVar = [
            models.Index(fields=["login", "address", "at"], name="failures_of_a_login"),
            models.Index(fields=["address", "at"], name="failures_of_an_address"),
        ]

    def __str__(self) -> str:
        """Give login, address and time."""
        return f"{self.login} {self.address} {self.at}"


class Token(models.Model):
    """What a program or the command line shows in place of a password."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.TextField()
    """What it is for, in its owner's words."""
    digest = models.CharField(max_length=64, unique=True)
    deeds = models.TextField(blank=True, default="")
    """The deeds it is good for, one a line; empty for all that its owner may do."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Give its name."""
        return self.name
