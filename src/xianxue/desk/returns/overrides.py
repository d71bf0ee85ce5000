"""What came into a release past a rule of the policy: what was collected, or reviewed alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.stores.cabinet import Kept
from xianxue.desk.stores.releases import Override

if TYPE_CHECKING:
    from xianxue.desk.models import JournalLine


def overrides_of(ground: Ground, kept: Iterable[Kept], period: str) -> list[Override]:
    """List the rules that were set aside on the way of accepted revisions, as the journal has it.

    The journal is the one place where that stands: nothing beside it can say otherwise.
    """
    from xianxue.desk.actions.earlier import Earlier  # noqa: PLC0415 - needs Django set up first

    revisions = {Key(one.form, period, one.place): one.revision for one in kept}
    earlier = Earlier(ground, revisions)
    return [
        override
        for key, number in sorted(revisions.items())
        for line in earlier.about(key, number)
        for override in _of_line(ground, key, number, line)
    ]


def _of_line(ground: Ground, key: Key, number: int, line: JournalLine) -> Iterator[Override]:
    from xianxue.desk.actions.earlier import deed_of  # noqa: PLC0415 - needs Django set up first

    said: dict[str, Any] = line.detail.get("override") or {}
    policy = ground.policy
    stand_in = policy.stand_in(deed_of(line, ground.card(key.place)))
    if not said and stand_in is not None:
        # Lines of before overrides were kept: the deed itself says that it stood in for the way.
        said = {"rules": [stand_in.deed], "reason": line.why or stand_in.reason}
    for rule in said.get("rules", ()):
        yield Override(
            form=key.form,
            place=key.place,
            revision=number,
            rule=rule,
            term=policy.rule_term(rule),
            reason=said["reason"],
        )


def override_of_release(name: str) -> tuple[list[str], str]:
    """Give the rules that were set aside by publishing itself, and the reason; empty for none."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first

    line = JournalLine.objects.filter(deed="returns.release", subject=name).first()
    said = line.detail.get("override") if line is not None else None
    return (said["rules"], said["reason"]) if said is not None else ([], "")
