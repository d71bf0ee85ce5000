"""A step with many returns at once: what may not be taken is told and left, the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.earlier import earlier_of
from xianxue.desk.actions.step import StepDeed, Telling, find_filings
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing
from xianxue.desk.models.journal import many_lines
from xianxue.desk.models.together import LEFT, RETURNS, subject_of

Taken = tuple[list[tuple[Key, Filing]], list[Issue]]
"""The returns with which the step was taken, and a complaint about each of the others."""


def take_all(
    deeds: Sequence[tuple[Key, StepDeed]], seen: int | Mapping[Key, int] | None = None
) -> Taken:
    """Take a step with each of several returns, in one transaction; the journal tells of each.

    One that may not be taken is complained of and changes nothing; the others go on. ``seen`` is
    the revision the actor has looked at: of all, or of each.
    """
    with writing(), many_lines():
        return _each(deeds, seen)


def take_together(
    deeds: Sequence[tuple[Key, StepDeed]],
    seen: int | Mapping[Key, int] | None = None,
    left: Iterable[Issue] = (),
) -> Taken:
    """Take a step with several returns as ``take_all`` does, as one deed of one person.

    The journal gets one line for all returns of a form and period. It names each, what became of
    it, and which of those that were wanted were left and for which complaint; ``left`` are those
    that were not even tried.
    """
    lines: dict[tuple[object, ...], _Line] = {}

    def telling(deed: StepDeed) -> Telling:
        def tell(key: Key, detail: dict[str, object]) -> None:
            same = (key.form, key.period, deed.name, deed.actor, deed.at, deed.why)
            lines.setdefault(same, _Line(deed)).returns[key] = detail

        return tell

    with writing(), many_lines():
        taken, issues = _each(deeds, seen, telling)
        for line in lines.values():
            line.write((*left, *issues))
    return taken, issues


@dataclass
class _Line:
    """What one line of the journal tells of several returns."""

    deed: StepDeed
    returns: dict[Key, dict[str, object]] = field(default_factory=dict[Key, dict[str, object]])

    def write(self, issues: Iterable[Issue]) -> None:
        key = next(iter(self.returns))
        left = {one.place: one.code for one in issues if one.form == key.form and one.place}
        if len(self.returns) == 1 and not left:
            self.deed.write_down(key, self.deed.name, self.returns[key])
            return
        detail: dict[str, object] = {
            RETURNS: {one.place: said for one, said in self.returns.items()}
        }
        if left:
            detail[LEFT] = left
        self.deed.note(subject_of(key.form, key.period), self.deed.name, detail)


def _each(
    deeds: Sequence[tuple[Key, StepDeed]],
    seen: int | Mapping[Key, int] | None,
    telling: Callable[[StepDeed], Telling] | None = None,
) -> Taken:
    taken: list[tuple[Key, Filing]] = []
    issues: list[Issue] = []
    keys = [key for key, _ in deeds]
    earlier, filings = None, find_filings(keys)
    for key, deed in deeds:
        if earlier is None:
            # All deeds of a call are of one name, so one reading of the journal serves all.
            earlier = earlier_of(deed.ground, deed.name, keys)
        looked = seen.get(key) if isinstance(seen, Mapping) else seen
        tell = telling(deed) if telling is not None else None
        found = deed.take(key, filings.get(key), looked, earlier, tell)
        if isinstance(found, Issue):
            issues.append(found)
        else:
            taken.append((key, found))
    return taken, issues
