"""Opening a year in a workspace: the deed, and then the period that commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.settings_file import NAME, change_period
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace
from xianxue.desk.year.rolling import Rolling

if TYPE_CHECKING:
    from xianxue.desk.actions.year.open_year import OpenYear


def rolling_to(workspace: Workspace, code: str) -> Rolling:
    """Give what a year would take over from the one in which the workspace stands.

    MisusedError for a code that is no year, or not the year after (the year itself, where it has
    been opened already, is given as it was opened).
    """
    period, here = workspace.period(code), workspace.period(None)
    if period.kind != here.kind:
        message = say(
            "{code} 不是{kind}，工作目录现在是{here}", code=code, kind=_like(here), here=here.term
        )
        raise MisusedError(message)
    if period == here:
        return Rolling(workspace, here.before(), period)
    if period != here.after():
        message = say(
            "工作目录现在是{here}，下一年是 {after}，不是 {code}：一年一年地开",
            here=here.term,
            after=here.after().code,
            code=code,
        )
        raise MisusedError(message)
    return Rolling(workspace, here, period)


def open_year(rolling: Rolling, deed: OpenYear) -> bool:
    """Open the year; False where it was open already. What was broken off is finished."""
    from xianxue.desk.actions.year.open_year import Turn  # noqa: PLC0415 - needs Django set up

    turn = Turn(rolling.before.code, rolling.period.code)
    done = deed(turn, rolling.to_set, rolling.targets)
    _stand_in(rolling.workspace, rolling.period.code)
    return done


def take_back_year(workspace: Workspace, deed: OpenYear, code: str) -> Period:
    """Take back the opening of a year; give the year in which the county stands again."""
    turn = deed.take_back(workspace.period(code).code)
    _stand_in(workspace, turn.before)
    return Period.parse(turn.before)


def _stand_in(workspace: Workspace, code: str) -> None:
    """Let commands and pages take a period where none is named."""
    if workspace.settings.period == code:
        return
    try:
        change_period(workspace.root / NAME, code)
    except (OSError, ValueError) as error:
        raise ComplaintsError([_not_written(code)]) from error


def _like(period: Period) -> str:
    return say("学年") if period.kind == "school_year" else say("公历年")


def _not_written(code: str) -> Issue:
    return Issue(
        code="Y-SETTINGS",
        severity=Severity.MUST_FIX,
        file=NAME,
        saw=say("设置里 period 那一行没有改成"),
        required=f'period = "{code}"',
        do=say("请手工改这一行；其余都已办好，不用重办"),
    )
