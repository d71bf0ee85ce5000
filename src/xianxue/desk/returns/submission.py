"""From files on disk to revisions: submitted by a school, or collected by the bureau."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import Answer, answered, give_answers, keep_said, unexplained
from xianxue.desk.returns.intake import Intake, file_names, read_and_check
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.within_reach import WithinReach
from xianxue.desk.stores import clock
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.submission import HandedIn, HandingIn


class Outcome(Record):
    """What was taken, and every complaint about what was not."""

    accepted: list[HandedIn]
    issues: list[Issue]


def accept_files(  # noqa: PLR0913 - who, what, when and why
    workspace: Workspace,
    files: Sequence[Path],
    *,
    actor: str | Actor,
    why: str = "",
    usual: Period | None = None,
    at: datetime | None = None,
) -> Outcome:
    """Check workbooks; the bureau collects and accepts those that have nothing left to fix.

    ``usual`` is the period that is being collected: another one is asked about. The deed is done
    at ``at``, now where it is not said.
    """
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.actions.accept_returns import AcceptReturns  # noqa: PLC0415 - as above
    from xianxue.desk.actions.explain import Explain  # noqa: PLC0415 - as above
    from xianxue.desk.actions.submission import standing  # noqa: PLC0415 - as above

    who = acting(ground.gate, actor)
    cabinet = Cabinet(workspace.store / "cabinet")
    deed = AcceptReturns(ground, who, at or clock.now(), why, cabinet=cabinet)
    before = standing()
    compare = Comparison(workspace.shelf, workspace, usual)
    intake = read_and_check(files, workspace.shelf, workspace.register, compare=compare)
    stray = keep_said(Explain(ground, who, deed.at), intake.acceptable, intake.issues)
    issues = [*answered(ground, intake.acceptable, intake.issues), *stray]
    return _hand_in(files, Intake(intake.acceptable, issues), deed, before)


def submit_files(  # noqa: PLR0913 - who, what, when and why
    workspace: Workspace,
    files: Sequence[Path],
    *,
    actor: Actor,
    signed: Signatures,
    why: str = "",
    answers: Sequence[Answer] = (),
    usual: Period | None = None,
    at: datetime | None = None,
    seen: Mapping[Key, int] | None = None,
) -> Outcome:
    """Check workbooks and submit those that have nothing left to fix or explain, signed by both.

    ``usual`` is the period that is being collected: a return of another one has to be explained.
    ``seen`` gives the revisions that were looked at, 0 where there was none: a newer one refuses.
    ``answers`` explain what the checks find unusual; what was explained before and is the same
    needs none. The deed is done at ``at``, now where it is not said.
    """
    ground = open_ground(workspace)
    from xianxue.desk.actions.explain import Explain  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.actions.submission import standing  # noqa: PLC0415 - as above
    from xianxue.desk.actions.submit import Submit  # noqa: PLC0415 - as above

    before = standing() | dict(seen or {})
    compare = WithinReach(Comparison(workspace.shelf, workspace, usual), ground, actor)
    intake = read_and_check(files, workspace.shelf, workspace.register, compare=compare)
    returns = intake.acceptable
    # Files of several schools are handed in by somebody who has to say for whom.
    places = {filed.place for filed in returns}
    who = ground.actor(actor, places.pop()) if len(places) == 1 else actor
    when = at or clock.now()
    explain = Explain(ground, who, when)
    stray = keep_said(explain, returns, intake.issues)
    issues = answered(ground, returns, intake.issues)
    if answers:
        stray += give_answers(explain, returns, issues, answers)
        issues = answered(ground, returns, intake.issues)
    issues = [*issues, *stray]
    lacking = unexplained(returns, issues)
    aside = {issue.file for issue in lacking}
    cabinet = Cabinet(workspace.store / "cabinet")
    deed = Submit(ground, who, when, why, cabinet=cabinet, signed=signed)
    ready = Intake([filed for filed in returns if filed.file not in aside], [*issues, *lacking])
    return _hand_in(files, ready, deed, before)


def _hand_in(
    files: Sequence[Path], intake: Intake, deed: HandingIn, before: Mapping[Key, int]
) -> Outcome:
    """Keep the workbooks and do one person's deed; ``before`` is what stood before the reading."""
    return hand_in_files(files, intake, lambda _: deed, before)


def hand_in_files(
    files: Sequence[Path],
    intake: Intake,
    deed_of: Callable[[Return], HandingIn],
    before: Mapping[Key, int],
) -> Outcome:
    """Keep the workbooks and hand in each return by its own deed, all in one transaction."""
    from xianxue.desk.actions.submission import (  # noqa: PLC0415 - needs Django set up first
        hand_in_all,
    )

    paths = dict(zip(file_names(files), files, strict=True))
    deeds = [(deed_of(filed), filed) for filed in intake.acceptable]
    # All deeds of a call write into one cabinet.
    kept = [
        each
        for deed, _ in deeds[:1]
        for each in deed.cabinet.keep_workbooks(
            [(paths[filed.file], filed.digest) for _, filed in deeds]
        )
    ]
    whole = [each for each, same in zip(deeds, kept, strict=True) if same]
    changed = [_changed(filed) for (_, filed), same in zip(deeds, kept, strict=True) if not same]
    handed = hand_in_all(whole, before)
    return Outcome(handed.done, [*intake.issues, *changed, *handed.refused])


def _changed(filed: Return) -> Issue:
    return Issue(
        code="F-CHANGED",
        severity=Severity.MUST_FIX,
        file=filed.file,
        place=filed.place,
        form=filed.form,
        saw=say("文件在校验之后又被改动，没有收"),
        required=say("收的就是校验过的那一份"),
        do=say("请存盘、关闭文件后再报一次"),
    )
