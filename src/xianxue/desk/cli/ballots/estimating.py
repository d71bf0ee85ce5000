"""``xianxue ballots estimate``: what a survey says of all, weighted, with its margin of error."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.bureau.ballots.estimating import Changed, Estimate
    from xianxue.bureau.ballots.surveying import Estimated
    from xianxue.bureau.values.exact import Root

_PUPILS: Final = ("pupils_all", "kindergarten_children")
_PERCENT: Final = 100
_SHOWN: Final = 1
_HEADS: Final = (
    say("对象"),
    say("作评价"),
    say("满意率（%）"),
    say("比上次"),
    say("满意度"),
    say("比上次"),
)


@command("estimate")
@ballot_argument
@option("--before", default="", help="上一次的编号，用来比较")
@workspace_option
@json_option
def estimate(ballot: str, *, before: str, workspace: Path | None, as_json: bool) -> None:
    """按各校学生数加权估计满意率和满意度，附误差，与上次比较"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import poll_named  # noqa: PLC0415 - needs Django

    poll = poll_named(opened, ballot)
    from xianxue.desk.ballots.estimates import surveyed  # noqa: PLC0415 - as above

    last = poll_named(opened, before) if before else None
    found = surveyed(poll, weights_of(opened, poll.period), last, opened.register)
    if as_json:
        returned = None if found.returned is None else plain(found.returned * _PERCENT, _SHOWN)
        asked = [
            {"question": one.term, "groups": [_line(each) for each in one.lines]}
            for one in found.asked
        ]
        print_json({"ballot": poll.key, "returned": returned, "questions": asked})
        return
    names = {one["group"]: one["term"] for one in poll.content["groups"]}
    for one in found.asked:
        rows = [(names.get(each.group, say("合计")), *_told(each)) for each in one.lines]
        print_table(one.term, _HEADS, rows)
    if found.returned is not None:
        echo(say("有效回收率 {n}%。", n=shown(found.returned * _PERCENT, _SHOWN)))
    echo(say("按各校学生数加权；± 后是误差（满意率为百分点），按 95% 的把握、分层抽样算。"))
    echo(say("线在误差以内的，不能说达到，也不能说没有达到；变化不显著的，不能说有变化。"))


def weights_of(workspace: Workspace, period: str) -> dict[str, int]:
    """Give the pupils and children of each school, as they were reported for a period.

    A school that has only one of both has reported one; where one of them is missing its number is
    not known.
    """
    from xianxue.desk.indicators.river import River  # noqa: PLC0415 - needs the engine

    known: dict[str, list[int | None]] = {}
    for one in River(workspace, Period.parse(period)).figures_for(_PUPILS).values():
        if one.stage is None and one.slice is None:
            many = int(one.value) if isinstance(one.value, Fraction) else None
            known.setdefault(one.place, []).append(many)
    return {
        place: sum(many for many in each if many is not None)
        for place, each in known.items()
        if None not in each
    }


def _told(one: Estimated) -> tuple[Sentence | str, ...]:
    return (
        "—" if one.judged is None else str(one.judged),
        *_shown(one.estimate, one.since, _PERCENT),
        *_shown(one.mean, one.mean_since, 1),
    )


def _shown(one: Estimate | None, since: Changed | None, times: int) -> tuple[str, Sentence | str]:
    """Give what is estimated with its margin, and its change."""
    if one is None:
        return "—", ""
    change: Sentence | str = ""
    if since is not None:
        by = shown(since.change * times, _SHOWN)
        by = f"+{by}" if since.change > 0 else by
        change = say("{by}，显著", by=by) if since.sure else say("{by}，不显著", by=by)
    margin = "" if one.margin is None else f" ± {_points(one.margin, times)}"
    return f"{shown(one.share * times, _SHOWN)}{margin}", change


def _line(one: Estimated) -> dict[str, Any]:
    margin = None if one.estimate is None else one.estimate.margin
    since = one.since
    return {
        "group": one.group,
        "judged": one.judged,
        "share": None if one.estimate is None else plain(one.estimate.share * _PERCENT, _SHOWN),
        "margin": None if margin is None else _points(margin, _PERCENT),
        "mean": None if one.mean is None else plain(one.mean.share, _SHOWN),
        "mean_margin": None
        if one.mean is None or one.mean.margin is None
        else _points(one.mean.margin, 1),
        "since_last": None if since is None else plain(since.change * _PERCENT, _SHOWN),
        "sure": None if since is None else since.sure,
    }


def _points(margin: Root, times: int) -> str:
    return shown(type(margin)(margin.square * Fraction(times**2)), _SHOWN)
