"""Asking for a new form to be put in force, and taking the request back (报请启用、撤回)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.form_deed import ASK, DESIGN, RECALL, FormDeed
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.form_draft import ASKED, DRAFT, OPEN, FormDraft


class AskForm(FormDeed):
    """Hand a draft to whoever approves; from then on it stays as it is."""

    def __call__(self, number: int, version: int, card: str) -> FormDraft:
        """Ask; ComplaintsError where the card is not taken, or the draft has changed meanwhile."""
        with writing():
            row = self.held(number, *OPEN)
            self.ask(DESIGN, self.subject(row))
            if row.version != version:
                saw = say("{name}刚刚改过这份草稿", name=row.changed_by)
                self.refuse(self.subject(row), saw, say("报请的是看过的那一稿"), say("请再看一遍"))
            self.uncollected(row)
            self.through_the_door(card)
            row.card = card
            return self.move(row, ASKED, ASK, text=card, hands=list(row.hands))

    def recall(self, number: int) -> FormDraft:
        """Take the request back, as long as nobody has decided."""
        with writing():
            row = self.held(number, ASKED)
            self.ask(DESIGN, self.subject(row))
            return self.move(row, DRAFT, RECALL)
