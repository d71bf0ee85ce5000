"""Taking a form out of force again, before anybody has handed it in (撤销启用)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.form_deed import APPROVE, UNDO, FormDeed, collected_since, start_of
from xianxue.desk.models import Revision
from xianxue.desk.models.form_draft import IN_FORCE, TAKEN_BACK, FormDraft


def _handed(row: FormDraft) -> int:
    """Count what has come of a form; of a next version, since it began."""
    form, start = row.design["ident"], start_of(row)
    come = Revision.objects.filter(form=form)
    if start is not None:
        come = come.filter(period__in=[one.code for one in collected_since(form, start)])
    return come.count()


class UndoForm(FormDeed):
    """Take back an approval; the draft is there again to be worked on."""

    def __call__(self, number: int) -> FormDraft:
        """Undo; ComplaintsError where a return has come, or another card rests on the form."""
        place = FormDraft.objects.filter(pk=number).values_list("file", flat=True).first() or ""
        with self.changing(place):
            row = self.held(number, IN_FORCE)
            self.ask(APPROVE, self.subject(row))
            self.reasoned(row, say("写明为什么撤销"))
            handed = _handed(row)
            if handed:
                saw = say("已经有 {n} 份报来了", n=handed)
                self.refuse(self.subject(row), saw, say("撤销启用在第一份报来以前"),
                            say("报来的数要留着：请设计下一版，从以后的一期起改"))  # fmt: skip
            self.without(row.file)
            self.move(row, TAKEN_BACK, UNDO, file=row.file)
            self.cards.take(row.file)
            row.file = ""
            row.save(update_fields=["file"])
        return row
