"""Setting lines and references (划线、登记参照): all that stand now, under the next number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.desk.actions.exams.doing import LINES, REFER, Doing
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import ExamLines, ExamReferences, Sitting


class SetLines(Doing):
    """Set lines beside those that stand; one that is set again takes the earlier one's place."""

    def __call__(
        self, sitting: Sitting, heights: Sequence[Mapping[str, object]]
    ) -> ExamLines | None:
        """Set them; None where all of them stand so already. ComplaintsError as for any deed."""
        self.refuse(LINES, sitting)
        with writing():
            held = ExamLines.objects.filter(sitting=sitting).select_for_update()
            newest = held.order_by("-number").first()
            before = list(newest.heights) if newest is not None else []
            after = _laid_over(before, heights, ("line", "track"))
            if after == before:
                return None
            number = newest.number + 1 if newest is not None else 1
            row = ExamLines.objects.create(
                sitting=sitting, number=number, heights=after, at=self.at, by=self.actor.name
            )
            changed = [one for one in after if one not in before]
            self.note(LINES, sitting.key, {"number": number, "heights": changed})
        return row


class SetReferences(Doing):
    """Set what city and province reached."""

    def __call__(
        self, sitting: Sitting, values: Sequence[Mapping[str, object]]
    ) -> ExamReferences | None:
        """Set them; None where all of them stand so already. ComplaintsError as for any deed."""
        self.refuse(REFER, sitting)
        with writing():
            held = ExamReferences.objects.filter(sitting=sitting).select_for_update()
            newest = held.order_by("-number").first()
            before = list(newest.values) if newest is not None else []
            after = _laid_over(before, values, ("of", "what", "track"))
            if after == before:
                return None
            number = newest.number + 1 if newest is not None else 1
            row = ExamReferences.objects.create(
                sitting=sitting, number=number, values=after, at=self.at, by=self.actor.name
            )
            changed = [one for one in after if one not in before]
            self.note(REFER, sitting.key, {"number": number, "values": changed})
        return row


def _laid_over(
    before: Sequence[Mapping[str, object]],
    new: Sequence[Mapping[str, object]],
    keys: Sequence[str],
) -> list[dict[str, object]]:
    """Lay new values over those that stand, in the order of their keys."""
    found = {tuple(str(one.get(key, "")) for key in keys): dict(one) for one in before}
    found.update({tuple(str(one.get(key, "")) for key in keys): dict(one) for one in new})
    return [found[key] for key in sorted(found)]
