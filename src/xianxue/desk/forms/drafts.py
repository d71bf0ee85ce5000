"""Drafts of forms: an office's work, kept on the server until somebody throws it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Subject, people
from xianxue.desk.actions.cards.form_deed import hands
from xianxue.desk.actions.context import Ground
from xianxue.desk.database.transactions import writing
from xianxue.desk.forms.design_parts import Design
from xianxue.desk.models import FormDraft
from xianxue.desk.models.form_draft import ASKED, DISCARDED, DRAFT, IN_FORCE, OPEN, SENT_BACK
from xianxue.desk.workspace import ComplaintsError

DESIGN: Final = "forms.design"
APPROVE: Final = "forms.approve"


class StaleError(Exception):
    """Somebody has stored another version since the page was opened."""

    def __init__(self, row: FormDraft) -> None:
        super().__init__(row.pk)
        self.row = row


def all_drafts() -> list[FormDraft]:
    """Give all drafts that nobody has thrown away, those in motion first."""
    return list(FormDraft.objects.exclude(state=DISCARDED).order_by("-changed_at", "-pk"))


class Drafts(Record):
    """The drafts that somebody sees and works on."""

    ground: Ground
    actor: Actor

    def seen(self) -> list[FormDraft]:
        """List them, those in motion first: one's own office's, and all that one may approve."""
        return self.seen_of(all_drafts())

    def seen_of(self, rows: Iterable[FormDraft]) -> list[FormDraft]:
        """Give those of all drafts that this person sees."""
        return [row for row in rows if self.sees(row)]

    def one(self, number: int) -> FormDraft | None:
        """Give one of them; None where there is none such for this person."""
        row = FormDraft.objects.filter(pk=number).exclude(state=DISCARDED).first()
        return row if row is not None and self.sees(row) else None

    def sees(self, row: FormDraft) -> bool:
        """Whether somebody sees a draft: a request and a form in force are for approvers too."""
        told = row.state in {ASKED, IN_FORCE} and self.may(APPROVE, row)
        return told or self.owns(row)

    def owns(self, row: FormDraft) -> bool:
        """Whether a draft is this person's to work on: of their office, or of the whole county."""
        own = not self.actor.place or self.actor.place == row.office
        return own and self.may(DESIGN, row)

    def may_decide(self, row: FormDraft) -> bool:
        """Whether somebody approves a draft: not one that they have typed into themselves."""
        subject, done = self._subject(row), hands(row)
        found = self.ground.authority.may(self.actor, APPROVE, subject, done=done)
        return not isinstance(found, Issue)

    def may(self, deed: str, row: FormDraft) -> bool:
        """Ask the policy."""
        return not isinstance(self._asked(deed, row), Issue)

    def begin(self, design: Design, at: datetime) -> FormDraft:
        """Begin a draft."""
        row = FormDraft(office=self.actor.place, state=DRAFT)
        self._ask(row)
        with writing():
            self._fill(row, design, at)
            row.save()
        return row

    def keep(self, number: int, version: int, design: Design, at: datetime) -> FormDraft:
        """Store what was typed; the same again stores nothing.

        StaleError where somebody else has stored since ``version``; ComplaintsError where it
        cannot be worked on.
        """
        with writing():
            row = self._open(number)
            design = design.over(design_of(row))
            if row.design == design.kept():
                return row
            if row.version != version:
                raise StaleError(row)
            self._fill(row, design, at)
            row.save()
        return row

    def discard(self, number: int, at: datetime) -> FormDraft:
        """Throw a draft away."""
        with writing():
            row = self._open(number)
            row.state, row.changed_by, row.changed_at = DISCARDED, self.actor.name, at
            row.save()
        return row

    def _open(self, number: int) -> FormDraft:
        row = FormDraft.objects.select_for_update().filter(pk=number).first()
        if row is None or not self.owns(row):
            raise ComplaintsError([self._complain(row, say("没有这份草稿"), say("本股室的草稿"))])
        if row.state not in OPEN:
            saw = say("这张表已经报请审批或启用，不能再改")
            raise ComplaintsError([self._complain(row, saw, say("先撤回报请，或撤销启用"))])
        return row

    def _fill(self, row: FormDraft, design: Design, at: datetime) -> None:
        row.design, row.form, row.term = design.kept(), design.card_ident[:64], design.card_term
        row.version += 1
        row.hands = sorted(people(*row.hands, self.actor.name))
        row.changed_by, row.changed_at = self.actor.name, at

    def _ask(self, row: FormDraft) -> None:
        found = self._asked(DESIGN, row)
        if isinstance(found, Issue):
            raise ComplaintsError([found])

    def _asked(self, deed: str, row: FormDraft) -> object:
        return self.ground.authority.may(self.actor, deed, self._subject(row))

    def _subject(self, row: FormDraft | None) -> Subject:
        title = say("《{term}》", term=row.term) if row is not None and row.term else say("新报表")
        form = row.form if row is not None else ""
        return Subject("forms", form, self.ground.register.county.code, title=title)

    def _complain(self, row: FormDraft | None, saw: str, required: str) -> Issue:
        return complain("F-DRAFT", self._subject(row), saw, required)


def design_of(row: FormDraft) -> Design:
    """Give what a draft says."""
    return Design.of(row.design)


def in_states(rows: Sequence[FormDraft], *states: str) -> list[FormDraft]:
    """Give the drafts in some states."""
    return [row for row in rows if row.state in states]


__all__ = [
    "ASKED",
    "IN_FORCE",
    "OPEN",
    "SENT_BACK",
    "Drafts",
    "FormDraft",
    "StaleError",
    "design_of",
    "in_states",
]
