"""Explaining an unusual value (填写情况说明)."""

from __future__ import annotations

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.asked_of import unasked
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.duty import Duty
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Explanation
from xianxue.desk.workspace import ComplaintsError


class Unusual(Record):
    """What is explained: the value that a rule found unusual."""

    rule: str
    field: str
    """``sheet.field``, or ``sheet.row.field``."""
    value: str
    """As it was written."""


class Explain(Duty):
    """Say why a value is right; ``why`` is the explanation.

    It holds for the same value in later uploads and later periods. Explaining it anew replaces
    the text; another value opens the question again.
    """

    def __call__(self, key: Key, unusual: Unusual) -> Explanation:
        """Keep the explanation; ComplaintsError where that may not be."""
        with writing():
            issue = unasked(self.ground, key) or self.refuse(key, "explain")
            if issue is not None:
                raise ComplaintsError([issue])
            same = Explanation.objects.filter(
                form=key.form,
                rule=unusual.rule,
                place=key.place,
                field=unusual.field,
                value=unusual.value,
            )
            first = same.order_by("id").first()
            kept = Explanation.objects.create(
                form=key.form,
                rule=unusual.rule,
                place=key.place,
                field=unusual.field,
                value=unusual.value,
                text=self.why,
                by=self.actor.name,
                at=self.at,
                # Explaining it anew replaces the words; since when it has been explained stays.
                first_period=first.first_period if first else key.period,
            )
            detail: dict[str, object] = {
                "rule": unusual.rule,
                "field": unusual.field,
                "value": self.guarded(key, unusual.field, unusual.value),
            }
            self.write_down(key, "explain", detail)
        return kept
