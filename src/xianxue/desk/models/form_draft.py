"""New forms before they are in force, and what became of them."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

DRAFT, ASKED, SENT_BACK, IN_FORCE = "draft", "asked", "sent_back", "in_force"
TAKEN_BACK, DISCARDED = "taken_back", "discarded"
OPEN: Final = (DRAFT, SENT_BACK, TAKEN_BACK)
"""States in which a draft can be worked on."""


class FormDraft(models.Model):
    """A form that an office is designing; kept until somebody throws it away."""

    office = models.TextField(blank=True, default="")
    """Whose it is: the place or office of whoever began it; empty for the whole county's."""
    form = models.CharField(max_length=64, blank=True, default="")
    """The id it has so far."""
    term = models.TextField(blank=True, default="")
    design = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    """Grows with each change: a page that is older says whose change it would write over."""
    state = models.CharField(max_length=16, default=DRAFT)
    hands = models.JSONField(default=list)
    """Names of all who have typed into it: none of them approves it."""
    card = models.TextField(blank=True, default="")
    """The card as it was asked for, and then put in force; empty before."""
    file = models.TextField(blank=True, default="")
    """The card's file within the workspace, while it is in force."""
    remark = models.TextField(blank=True, default="")
    """Why it was asked for, sent back or taken back last."""
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        """Asked for by office and by state."""

        indexes: ClassVar = [models.Index(fields=["state", "changed_at"], name="form_drafts_by")]

    def __str__(self) -> str:
        """Give what it is and how it stands."""
        return f"{self.form} {self.state}"
