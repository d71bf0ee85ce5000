"""Setting lines and references (划线、登记参照): all that stand now, under the next number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from xianxue.desk.actions.exams.doing import LINES, REFER, Doing
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import ExamLines, ExamReferences, Sitting


class _Setting(Doing):
    """Set values beside those that stand; one that is set again takes the earlier one's place."""

    kept_in: ClassVar[type[ExamLines | ExamReferences]]
    deed: ClassVar[str]
    named: ClassVar[str]
    """The column of the values, and their name in the journal."""
    keys: ClassVar[tuple[str, ...]]
    """What tells one value from another."""

    def __call__(
        self, sitting: Sitting, values: Sequence[Mapping[str, object]]
    ) -> ExamLines | ExamReferences | None:
        """Set them; None where all of them stand so already. ComplaintsError as for any deed."""
        self.refuse(self.deed, sitting)
        with writing():
            held = self.kept_in.objects.filter(sitting=sitting).select_for_update()
            newest = held.order_by("-number").first()
            before = list(getattr(newest, self.named)) if newest is not None else []
            after = _laid_over(before, values, self.keys)
            if after == before:
                return None
            number = newest.number + 1 if newest is not None else 1
            said = {self.named: after}
            row = self.kept_in.objects.create(
                sitting=sitting, number=number, at=self.at, by=self.actor.name, **said
            )
            changed = [one for one in after if one not in before]
            self.note(self.deed, sitting.key, {"number": number, self.named: changed})
        return row


class SetLines(_Setting):
    """Set lines."""

    kept_in = ExamLines
    deed, named, keys = LINES, "heights", ("line", "track")


class SetReferences(_Setting):
    """Set what city and province reached."""

    kept_in = ExamReferences
    deed, named, keys = REFER, "values", ("of", "what", "track")


def _laid_over(
    before: Sequence[Mapping[str, object]],
    new: Sequence[Mapping[str, object]],
    keys: Sequence[str],
) -> list[dict[str, object]]:
    """Lay new values over those that stand, in the order of their keys."""
    found = {tuple(str(one.get(key, "")) for key in keys): dict(one) for one in before}
    found.update({tuple(str(one.get(key, "")) for key in keys): dict(one) for one in new})
    return [found[key] for key in sorted(found)]
