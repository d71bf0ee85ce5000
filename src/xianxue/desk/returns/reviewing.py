"""Taking a step with many returns at once, as an office does: looked at first, done in one deed.

What has something open is set aside with its reason and the others go on. The journal gets one line
for all of them, which names each return and each that was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Ground, Key, complain
from xianxue.desk.actions.many import take_together
from xianxue.desk.actions.pass_on import PassOn
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import SendBack
from xianxue.desk.actions.step import StepDeed
from xianxue.desk.returns.comments import remarks_on
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.second_look import open_issues
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.workspace import Workspace

STEPS: Final[dict[str, type[StepDeed]]] = {
    "review": Review,
    "pass_on": PassOn,
    "approve": Approve,
}
"""What an office does with many at once; sending back is done one by one, each with its comment."""


class Wish(Record):
    """Who wants a step taken, and with what reason."""

    actor: Actor
    at: datetime
    why: str = ""
    override: str | None = None


class Stepped(Record):
    """What became of a wish."""

    done: tuple[Key, ...]
    issues: tuple[Issue, ...]


def step_many(  # noqa: PLR0913, PLR0917 - what, by whom, to which, and who is told how far it is
    workspace: Workspace,
    ground: Ground,
    name: str,
    wish: Wish,
    seen: Mapping[Key, int],
    step: Callable[[], object] = lambda: None,
) -> Stepped:
    """Take a step with all returns of ``seen`` (to the revision that was looked at).

    Approving is answering for the numbers: what still has something open is not approved in bulk.
    ``step`` is called after each that was looked at.
    """
    refused: list[Issue] = []
    deeds: list[tuple[Key, StepDeed]] = []
    # One for all: what they are compared with is read once.
    compare = Comparison(workspace.shelf, workspace)
    for key in seen:
        issue = _open(workspace, ground, key, compare) if name == "approve" else None
        step()
        if issue is not None:
            refused.append(issue)
            continue
        deed = STEPS[name](ground, wish.actor, wish.at, wish.why, override=wish.override)
        deeds.append((key, deed))
    done, issues = take_together(deeds, seen, refused)
    return Stepped(tuple(key for key, _ in done), (*refused, *issues))


def _open(workspace: Workspace, ground: Ground, key: Key, compare: Comparison) -> Issue | None:
    """Complain of a return that has something open, so that somebody looks at it by itself."""
    try:
        found = open_issues(workspace, ground, key, compare)
    except HarmedError as error:
        return error.issues[0]
    open_ = [one for one in found if one.severity is not Severity.NOTE]
    if not open_:
        return None
    saw = say("{title}还有 {n} 处没有改也没有说明", title=ground.title(key), n=len(open_))
    required = say("批量通过的都没有待改、待说明的")
    return complain("F-OPEN", key, saw, required, say("请点开这一份，看过再通过或退回"))


def send_back(  # noqa: PLR0913, PLR0917 - what, by whom, why
    workspace: Workspace,
    ground: Ground,
    key: Key,
    wish: Wish,
    texts: Sequence[str],
    seen: int | None = None,
) -> None:
    """Send one return back with comments on its cells, or in words about the whole of it.

    ``texts`` are as a reviewer writes them: «学生!C4=请核对», or plain words. ComplaintsError where
    it may not be, or where nothing says what is wrong.
    """
    said = remarks_on(workspace, key, [text for text in texts if text.strip()])
    SendBack(ground, wish.actor, wish.at, wish.why, said, override=wish.override)(key, seen)
