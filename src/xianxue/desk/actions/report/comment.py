"""Asking something of a section, and answering (意见)."""

from __future__ import annotations

from hashlib import sha256

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.section import RELEASE, WRITE, Doing, SectionKey, row_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.report_section import SectionComment

LONGEST = 2_000
"""Letters of one comment."""


class CommentOn(Doing):
    """Write a comment on a section, or an answer to one."""

    def __call__(self, key: SectionKey, text: str, answers: int = 0) -> SectionComment:
        """Write it; ComplaintsError where there is nothing in it, or nothing that it answers.

        An answer opens its thread again: what was settled is asked anew.
        """
        self.ask(key, WRITE, RELEASE)
        said = text.strip()
        if not said:
            self.refuse("W-EMPTY", key, say("意见是空的"), say("写明要改什么，或怎样办的"))
        if len(said) > LONGEST:
            self.refuse(
                "W-LONG",
                key,
                say("这条意见有 {n} 字", n=len(said)),
                say("一条不超过 {n} 字", n=LONGEST),
            )
        with writing():
            known = comments_on(key)
            if answers and not known.filter(number=answers, answers=0).exists():
                self.refuse("W-NONE", key, say("没有第 {n} 条意见", n=answers), say("答已有的意见"))
            row = row_of(key)
            last = known.order_by("-number").values_list("number", flat=True).first() or 0
            made = SectionComment.objects.create(
                outline=key.outline,
                period=key.period,
                section=key.section,
                number=last + 1,
                answers=answers,
                version=row.version if row is not None else 0,
                text=said,
                by=self.actor.name,
                at=self.at,
            )
            if answers:
                known.filter(number=answers).update(settled_by="", settled_at=None)
            digest = sha256(said.encode()).hexdigest()
            detail = {"comment": made.number, "answers": answers, "digest": digest}
            self.tell("report.comment", key.subject, detail)
        return made


def comments_on(key: SectionKey):  # noqa: ANN201 - Django's query sets have no stubs here
    """Give the rows of a section's comments."""
    return SectionComment.objects.filter(
        outline=key.outline, period=key.period, section=key.section
    )
