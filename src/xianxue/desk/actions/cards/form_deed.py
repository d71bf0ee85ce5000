"""What deeds on a new form have in common: its draft, held while the deed is done."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.subject import Done, Subject, people
from xianxue.desk.actions.cards.card_deed import CardDeed, digest_of
from xianxue.desk.models import Revision
from xianxue.desk.models.form_draft import FormDraft

DESIGN: Final = "forms.design"
APPROVE: Final = "forms.approve"
ASK, SEND_BACK, UNDO, RECALL = "forms.ask", "forms.send_back", "forms.undo", "forms.recall"
STATES: Final = {
    "draft": say("设计中"),
    "asked": say("等待审批"),
    "sent_back": say("已退回"),
    "in_force": say("已启用"),
    "taken_back": say("已撤销启用"),
    "discarded": say("已丢弃"),
}


class FormDeed(CardDeed):
    """Somebody doing something to a new form."""

    def subject(self, row: FormDraft) -> Subject:
        """Give the form as the policy speaks of it."""
        return self.about("forms", row.form, title_of(row))

    def held(self, number: int, *states: str) -> FormDraft:
        """Give the draft, locked; ComplaintsError where it stands otherwise than it has to."""
        row = FormDraft.objects.select_for_update().filter(pk=number).first()
        if row is None:
            subject = self.about("forms", "", say("新报表"))
            self.refuse(subject, say("没有这份草稿"), say("列在“表单设计”里的草稿"))
        if row.state not in states:
            saw = say("{title}现在是“{state}”", title=title_of(row), state=STATES[row.state])
            self.refuse(self.subject(row), saw, say("没有被别人先办"), say("请刷新再看"))
        return row

    def move(self, row: FormDraft, state: str, deed: str, **detail: object) -> FormDraft:
        """Bring a draft into a state, and say so in the journal."""
        row.state, row.remark = state, self.why.strip()
        row.changed_by, row.changed_at = self.actor.name, self.at
        row.version += 1
        row.save()
        known = {"term": row.term, "card": digest_of(row.card), "draft": row.pk}
        self.tell(deed, row.form, known | detail)
        return row

    def uncollected(self, row: FormDraft) -> None:
        """Refuse a next version from a period on for which something has come already."""
        start = start_of(row)
        if start is None:
            return
        found = [one.term for one in collected_since(row.design["ident"], start)]
        if found:
            saw = say("{periods}已经有报表报来", periods=joined("、", found))
            self.refuse(self.subject(row), saw, say("下一版从还没有人报的一期起"),
                        say("请从以后的一期起；报来的照原来的一版看、照原来的一版查"))  # fmt: skip

    def reasoned(self, row: FormDraft, required: Sentence) -> None:
        """Refuse a deed without a reason."""
        if not self.why.strip():
            self.refuse(self.subject(row), say("没有写理由"), required)


def start_of(row: FormDraft) -> Period | None:
    """Give the first period of a next version; None of a new form."""
    start = row.design.get("start", "")
    return Period.parse(start) if start else None


def collected_since(form: str, start: Period) -> list[Period]:
    """Give the periods from one on for which something of a form has come, in order."""
    since = start.reference_day
    codes = Revision.objects.filter(form=form).values_list("period", flat=True).distinct()
    periods = sorted((Period.parse(code) for code in codes), key=lambda one: one.reference_day)
    return [one for one in periods if one.reference_day >= since]


def title_of(row: FormDraft) -> Sentence:
    """Name a new form."""
    return say("《{term}》", term=row.term or row.form or say("未命名"))


def hands(row: FormDraft) -> list[Done]:
    """Say who has had part in a design, for the rule that another approves it."""
    return [Done(DESIGN, people(*row.hands))]
