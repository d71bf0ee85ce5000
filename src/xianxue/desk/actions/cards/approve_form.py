"""Deciding on a new form: approving puts its card in force, sending back says why (审批报表)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.form_deed import APPROVE, SEND_BACK, FormDeed, hands
from xianxue.desk.models.form_draft import ASKED, IN_FORCE, SENT_BACK, FormDraft


class ApproveForm(FormDeed):
    """Decide on a form that another has designed."""

    def __call__(self, number: int) -> FormDraft:
        """Put the card among the county's own; ComplaintsError where it may not be done now."""
        place = self._place(number)
        with self.changing(place):
            row = self.held(number, ASKED)
            self.ask(APPROVE, self.subject(row), hands(row))
            self.uncollected(row)
            # Other cards may have come since it was asked for.
            self.through_the_door(row.card)
            if (self.workspace.root / place).exists():
                saw = say("规则目录里已经有 {file}", file=place)
                self.refuse(self.subject(row), saw, say("没有用过的编号"), say("请退回改编号"))
            row.file = place
            self.move(row, IN_FORCE, "forms.approve", file=place)
            self.cards.put(place, row.card)
        return row

    def send_back(self, number: int) -> FormDraft:
        """Give it back to its designers, with a reason."""
        with self.changing(""):
            row = self.held(number, ASKED)
            self.ask(APPROVE, self.subject(row), hands(row))
            self.reasoned(row, say("写明哪里要改"))
            return self.move(row, SENT_BACK, SEND_BACK)

    def _place(self, number: int) -> str:
        found = FormDraft.objects.filter(pk=number).values_list("form", flat=True).first()
        return self.cards.place("forms", found or "form")
