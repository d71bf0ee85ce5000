"""Many returns taken the whole way at once: submitted by their schools, reviewed, approved.

Each deed is the one that the commands do: the same policy, the same checks, a journal line each.
Only the transactions are fewer, for one of each deed's own costs more than the deed itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key, Signatures
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import answered, unexplained
from xianxue.desk.returns.intake import Intake, Judge, Judged
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.submission import hand_in_files
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.submission import HandingIn

_REVIEWS: Final = ("review", "pass_on", "approve")
"""The steps between a submission and its approval, in the order in which a card may have them."""


class People(Record):
    """Who does what on the way; the policy has to allow each of them what they do."""

    submits: Callable[[Key], tuple[Actor, Signatures]]
    """Who hands a return in, and the clerk and head who sign for it."""
    reviews: Callable[[Key, str, Sequence[str]], Actor]
    """Who takes a step of the review: by return, by the step's name, by the roles whose turn
    it is."""


class Walked(Record):
    """How far returns came."""

    submitted: int
    approved: int
    issues: list[Issue]
    """What the checks found, and every complaint about a deed that was refused."""


def walk(
    workspace: Workspace,
    files: Sequence[Path],
    judged: Sequence[Judged],
    people: People,
    at: datetime,
) -> Walked:
    """Submit, review and approve workbooks; one with something to fix or explain stays behind.

    ``judged`` is what each file turned out to be by itself, called by its name in the batch; it is
    compared here. All is done at ``at``.
    """
    ground = open_ground(workspace)
    from xianxue.desk.actions.submission import standing  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.actions.submit import Submit  # noqa: PLC0415 - as above

    cabinet, before = Cabinet(workspace.store / "cabinet"), standing()
    compare = Comparison(workspace.shelf, workspace)
    judge = Judge(workspace.shelf, workspace.register, compare=compare)
    intake = judge.take_in(list(map(judge.compared, judged)))
    issues = answered(ground, intake.acceptable, intake.issues)
    lacking = unexplained(intake.acceptable, issues)
    aside = {issue.file for issue in lacking}
    ready = [filed for filed in intake.acceptable if filed.file not in aside]

    def deed_of(filed: Return) -> HandingIn:
        who, signed = people.submits(Key(filed.form, filed.period, filed.place))
        return Submit(ground, who, at, cabinet=cabinet, signed=signed)

    outcome = hand_in_files(files, Intake(ready, [*issues, *lacking]), deed_of, before)
    done = [each.filed for each in outcome.accepted]
    keys = [Key(filed.form, filed.period, filed.place) for filed in done]
    states = {key: each.state for key, each in zip(keys, outcome.accepted, strict=True)}
    refused = _review(ground, states, people, at)
    counts = sum(state in ground.card(key.place).marked("counts") for key, state in states.items())
    return Walked(len(keys), counts, [*outcome.issues, *refused])


def _review(ground: Ground, states: dict[Key, str], people: People, at: datetime) -> list[Issue]:
    """Take every step of the review with every return that it is the turn of; move ``states``."""
    from xianxue.desk.actions.approve import Approve  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.actions.many import take_all  # noqa: PLC0415 - as above
    from xianxue.desk.actions.pass_on import PassOn  # noqa: PLC0415 - as above
    from xianxue.desk.actions.review import Review  # noqa: PLC0415 - as above

    deeds = dict(zip(_REVIEWS, (Review, PassOn, Approve), strict=True))
    refused: list[Issue] = []
    for name, deed in deeds.items():
        turns = [(key, ground.card(key.place).step(name, state)) for key, state in states.items()]
        taken, issues = take_all(
            [
                (key, deed(ground, people.reviews(key, name, step.roles), at))
                for key, step in turns
                if step is not None
            ]
        )
        # The next step goes on from here: one that was refused stays behind at its own.
        states.update((key, filing.state) for key, filing in taken)
        refused += issues
    return refused
