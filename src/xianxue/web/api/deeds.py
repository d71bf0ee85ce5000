"""Workbooks checked and handed in, and the steps of one return."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from ninja import File, Form
from ninja.files import UploadedFile

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Signatures
from xianxue.desk.actions.take_back import TakeBack
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.intake import read_and_check
from xianxue.desk.returns.reviewing import STEPS, Wish, send_back
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.returns.submission import Outcome, submit_files
from xianxue.desk.returns.within_reach import WithinReach
from xianxue.desk.workspace import MisusedError
from xianxue.web.api import shapes
from xianxue.web.api.calls import Told, does
from xianxue.web.api.entry import problem
from xianxue.web.api.returns import key_of, trail
from xianxue.web.api.shapes import Word
from xianxue.web.kit.visit import asked

MOST_FILES: Final = 200
"""Workbooks in one request: a township's schools; a county's are sent in several."""


@does("/returns/check", shapes.Checked, "returns.view")
def check(request: HttpRequest, files: File[list[UploadedFile]]) -> Told:
    """Check workbooks by the rules by which they are taken; nothing is handed in."""
    del request
    visit = asked().visit
    workspace = visit.standing.workspace()
    with laid_down(_read(files)) as paths:
        compare = WithinReach(
            Comparison(workspace.shelf, workspace), visit.standing.ground(), visit.actor
        )
        found = read_and_check(paths, workspace.shelf, workspace.register, compare=compare)
    issues = [problem(one) for one in found.issues]
    return {"acceptable": len(found.acceptable), "issues": issues}


@does("/returns/submit", shapes.Submitted, "returns.submit")
def submit(
    request: HttpRequest,
    files: File[list[UploadedFile]],
    signed: Form[shapes.SignedIn],
) -> Told:
    """Hand in workbooks that have nothing left to mend or explain, signed by clerk and head."""
    del request
    visit = asked().visit
    workspace = visit.standing.workspace()
    with laid_down(_read(files)) as paths:
        found = submit_files(
            workspace,
            paths,
            actor=visit.actor,
            signed=Signatures(signed.clerk, signed.head),
            why=signed.why,
            # As everywhere: a return of another period than the one collected is asked about.
            usual=visit.standing.period(),
        )
    return submitted(found)


def submitted(found: Outcome) -> Told:
    """Tell what was handed in, and what was not and why."""
    done = [
        {
            "form": one.filed.form,
            "period": one.filed.period,
            "place": one.filed.place,
            "revision": one.number,
            "unchanged": one.unchanged,
            "state": one.state,
        }
        for one in found.accepted
    ]
    return {"done": done, "issues": [problem(one) for one in found.issues]}


@does("/returns/{form}/{period}/{place}/steps", shapes.TrailOut, "returns.view", "place")
def step(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shapes.StepIn
) -> Told:
    """Take a step with a return: review, pass on, approve, take back, send back, withdraw."""
    visit = asked().visit
    key = key_of(visit, form, period, place)
    ground = visit.standing.ground()
    wish = Wish(visit.actor, visit.at, wanted.why, wanted.override)
    if wanted.step == "send_back":
        workspace = visit.standing.workspace()
        send_back(workspace, ground, key, wish, wanted.comments, wanted.seen)
    else:
        kind = {**STEPS, "withdraw": Withdraw, "take_back": TakeBack}[wanted.step]
        kind(ground, visit.actor, visit.at, wanted.why, override=wanted.override)(key, wanted.seen)
    return trail(request, form, period, place)


def _read(files: list[UploadedFile]) -> list[tuple[str, bytes]]:
    if len(files) > MOST_FILES:
        raise MisusedError(say("一次最多 {n} 个文件，请分几次", n=MOST_FILES))
    return [(one.name or "", one.read()) for one in files]
