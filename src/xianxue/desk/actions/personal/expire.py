"""Destroying personal values whose time is over (到期销毁个人信息)."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.expiring import asked_to_expire
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.models import Comment, Explanation, PersonalValue
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.models.personal import EXPIRY, GONE
from xianxue.desk.stores.clock import day_of


def due(form: Form, at: datetime) -> list[PersonalValue]:
    """Give the values of a form whose retention is over, oldest first."""
    kept = form.retention
    if kept is None:
        return []
    rows = PersonalValue.objects.filter(form=form.form).order_by("at", "id")
    return [row for row in rows if kept.over(day_of(row.at)) <= day_of(at)]


class ExpirePersonal(Record):
    """Remove value and salt of all that is due; the journal keeps the digests, which say nothing.

    A line a form tells what was destroyed. Where the value stands in an explanation or a comment,
    it is taken out there too.
    """

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> dict[str, int]:
        """Destroy what is due; give for each form how many values, forms without any left out.

        ComplaintsError where the policy does not let the actor.
        """
        asked_to_expire(self.ground, self.actor)
        done: dict[str, int] = {}
        with writing():
            for form in self.ground.shelf.forms.values():
                rows = due(form, self.at)
                if not rows:
                    continue
                for row in rows:
                    self._take_out(row)
                write_down(
                    Deed(
                        at=self.at,
                        actor=self.actor.name,
                        name=EXPIRY,
                        subject=form.form,
                        detail={"digests": [row.digest for row in rows]},
                        why=self.why,
                    )
                )
                done[form.form] = len(rows)
        # Even where nothing was due: a process may have died between the deed and this.
        vendor().scrub([PersonalValue, Explanation, Comment])
        return done

    def _take_out(self, row: PersonalValue) -> None:
        Explanation.objects.filter(
            form=row.form, place=row.place, field=row.field, value=row.value
        ).update(value=GONE)
        Comment.objects.filter(
            filing__form=row.form, filing__place=row.place, text=row.value
        ).update(text=GONE)
        row.delete()
