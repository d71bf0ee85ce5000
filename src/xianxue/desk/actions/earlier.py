"""What was done to a return so far, as the journal tells it: who had part in what it holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.workflow.subject import Done, people
from xianxue.desk.actions.context import RETURNS, Ground, Key
from xianxue.desk.models import JournalLine
from xianxue.desk.models.together import apart, subject_of

_CALLED: Final = {"returns.accept": "returns.collect", "returns.extend": "returns.grant_extension"}
"""Deeds that the journal names otherwise than the policy, since before there was one."""

_AT_ONCE: Final = 500
"""Subjects asked for in one query: databases bound how many values a question may have."""


def deed_of(line: JournalLine, card: Lifecycle) -> str:
    """Give the policy's name of the deed that a line tells of.

    The journal calls every submission a submission; a correction is told by where it began.
    """
    name = line.deed.removeprefix(f"{RETURNS}.")
    if name == "submit" and card.step(name, line.detail.get("from", card.start)) is None:
        return card.deed("correct")
    return _CALLED.get(line.deed, line.deed)


class Earlier:
    """The deeds done to some returns, read at once."""

    def __init__(self, ground: Ground, keys: Iterable[Key]) -> None:
        """Read the lines about some returns."""
        self.ground = ground
        self.lines: dict[str, list[JournalLine]] = {}
        wanted = list(keys)
        subjects = {key.subject for key in wanted}
        asked = list(subjects)
        # What was done to many at once is one line of them all; there are few such subjects.
        shared = {subject_of(key.form, key.period) for key in wanted}
        for at in range(0, len(asked), _AT_ONCE):
            some = [*asked[at : at + _AT_ONCE], *(shared if at == 0 else ())]
            for line in JournalLine.objects.filter(subject__in=some):
                for one in apart(line):
                    if one.subject in subjects:
                        self.lines.setdefault(one.subject, []).append(one)
        for lines in self.lines.values():
            lines.sort(key=lambda line: line.number)

    def about(self, key: Key, revision: int) -> list[JournalLine]:
        """Give the lines about one revision, oldest first.

        Who signed an earlier revision has no part in what the return says now.
        """
        found = self.lines.get(key.subject, [])
        return [line for line in found if line.detail.get("revision") == revision]

    def done(self, key: Key, revision: int) -> list[Done]:
        """Give the deeds about one revision with all who had part in them."""
        card = self.ground.card(key.place)
        return [Done(deed_of(line, card), _people(line)) for line in self.about(key, revision)]


def asks_for_others(policy: Policy, deed: str) -> bool:
    """Whether a policy asks who did what before; if not, nothing has to be read."""
    return any(deed in rule.deeds for rule in policy.four_eyes)


def earlier_of(ground: Ground, deed: str, keys: Iterable[Key]) -> Earlier:
    """Read what was done to returns, where the policy asks for it."""
    asked = asks_for_others(ground.policy, f"{RETURNS}.{deed}")
    return Earlier(ground, keys if asked else ())


def _people(line: JournalLine) -> frozenset[str]:
    signed: Mapping[str, object] = line.detail
    return people(line.actor, str(signed.get("clerk", "")), str(signed.get("head", "")))
