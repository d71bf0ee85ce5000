"""From what a source gave to one number: readings put together, levels looked up, marks trimmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import number, points_of_rank
from xianxue.bureau.appraisal.panels import outlying, trimmed
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel, PointSource
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

_HUNDRED: Final = 100


class Number(Record, kw_only=True):
    """What the readings of one leaf come to, before any curve."""

    value: Fraction | None
    because: Sentence
    flags: tuple[Sentence, ...] = ()
    faults: tuple[Issue, ...] = ()
    """Without place and item, which are put in by whoever knows them."""


def fault(code: str, saw: Sentence, required: Sentence, do: Sentence) -> Issue:
    """Make a complaint about a leaf."""
    return Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)


def one_number(gives: PointSource, known: Known) -> Number:
    """Put the readings of a figure, a poll, a number given or another rubric together."""
    counting = [one for one in known.readings if one.value is not None]
    flags = tuple(_left_out(one) for one in known.readings if one.value is None)
    values = [one.value for one in counting if one.value is not None]
    if gives.needs_document and gives.kind == "given":
        bare = [one for one in counting if not one.document]
        if bare:
            return Number(
                value=None,
                because=say("没有佐证文件"),
                flags=flags,
                faults=(_no_document(bare[0]),),
            )
    if not values:
        return Number(value=None, because=say("没有可用的数"), flags=flags)
    if gives.combine == "only" and len(values) > 1:
        saw = say("来了 {count} 个数", count=len(values))
        do = say("只留一个，或者在卡片上写明怎样合成（combine）")
        bad = fault("P-SEVERAL", saw, say("这一项只取一个数"), do)
        return Number(value=None, because=saw, flags=flags, faults=(bad,))
    return Number(value=_combined(gives.combine, values), because=_how(gives, values), flags=flags)


def _combined(how: str, values: Sequence[Fraction]) -> Fraction:
    if how == "mean":
        return sum(values, Fraction(0)) / len(values)
    if how == "sum":
        return sum(values, Fraction(0))
    return min(values) if how == "lowest" else values[-1]


def _how(gives: PointSource, values: Sequence[Fraction]) -> Sentence:
    if len(values) == 1:
        return say("{value}", value=number(values[0]))
    shown = joined("、", [number(one) for one in values])
    if gives.combine == "mean":
        return say("{values} 平均为 {value}", values=shown, value=number(_combined("mean", values)))
    if gives.combine == "sum":
        return say("{values} 合计 {value}", values=shown, value=number(_combined("sum", values)))
    if gives.combine == "lowest":
        return say("{values} 取最低", values=shown)
    return say("{value}", value=number(values[-1]))


def _left_out(one: Reading) -> Sentence:
    return say("一个不计：{why}", why=one.note) if one.note else say("一个不计")


def _no_document(one: Reading) -> Issue:
    shown = number(one.value) if one.value is not None else ""
    saw = say("报的数 {value} 没有佐证文件", value=shown)
    return fault("P-DOCUMENT", saw, say("写明依据的文件"), say("请补交佐证文件"))


def points_of_level(level: MarkLevel, full: Fraction) -> Fraction:
    """Give the points of a level: its own, or its share of the full points."""
    if level.points is not None:
        return Fraction(level.points)
    return Fraction(level.percent or 0) * full / _HUNDRED


def mark_fault(
    one: Reading, gives: PointSource, levels: Iterable[MarkLevel], full: Fraction
) -> Issue | None:
    """Complain of a mark that cannot be: above the full points, below 0, between two steps."""
    if gives.gives == "level" and not _moved(one):
        return _level_fault(one, levels)
    if one.value is None:
        return None
    shown = say("{by}评了 {value} 分", by=one.by, value=number(one.value))
    if gives.gives == "rank":
        saw = say("{by}排的名次是 {value}", by=one.by, value=number(one.value))
        wrong, required = one.value < 1, say("名次从 1 起")
        return fault("P-RANK", saw, required, say("请评委改正")) if wrong else None
    if not 0 <= one.value <= full:
        required = say("0 到 {full} 分", full=number(full))
        return fault("P-ABOVE", shown, required, say("请评委改正，不会替他改"))
    if gives.step is not None and one.value % Fraction(gives.step):
        required = say("分数是 {step} 的整倍数", step=number(Fraction(gives.step)))
        return fault("P-STEP", shown, required, say("请评委改正"))
    return None


def _moved(one: Reading) -> bool:
    """Whether a level has become points already, on the measure of all panels."""
    return not one.level and one.value is not None


def _level_fault(one: Reading, levels: Iterable[MarkLevel]) -> Issue | None:
    if one.level in [level.level for level in levels]:
        return None
    saw = say("{by}评的档次是“{level}”", by=one.by, level=one.level)
    return fault("P-LEVEL", saw, say("只有卡片上的档次"), say("请评委改选一档"))


def mark_of(
    one: Reading, gives: PointSource, levels: Iterable[MarkLevel], full: Fraction
) -> Fraction | None:
    """Give one assessor's mark in points."""
    if gives.gives == "level" and not _moved(one):
        found = next((level for level in levels if level.level == one.level), None)
        return None if found is None else points_of_level(found, full)
    if gives.gives == "rank" and one.value is not None and gives.curve is not None:
        return points_of_rank(gives.curve, one.value, full).points
    return one.value


def marks_together(
    gives: PointSource, known: Known, levels: Sequence[MarkLevel], full: Fraction
) -> Number:
    """Put several assessors' marks together as the card's panel does."""
    faults = [mark_fault(one, gives, levels, full) for one in known.readings]
    found = tuple(one for one in faults if one is not None)
    if found:
        return Number(value=None, because=say("评分有错，先改正"), faults=found)
    by_seat = {
        f"{one.panel}/{one.by or at}": mark
        for at, one in enumerate(known.readings, start=1)
        if (mark := mark_of(one, gives, levels, full)) is not None
    }
    panel = gives.panel
    if len(by_seat) < panel.at_least:
        saw = say("只有 {count} 人评分", count=len(by_seat))
        return Number(
            value=None, because=say("{saw}，至少 {need} 人", saw=saw, need=panel.at_least)
        )
    got = trimmed(list(by_seat.values()), panel)
    flags = tuple(
        say(
            "{seat}评 {mark} 分，与多数人相差较大，请复看",
            seat=seat.partition("/")[2],
            mark=number(by_seat[seat]),
        )
        for seat in outlying(by_seat, panel)
    )
    return Number(
        value=got.mean, because=_marked(len(by_seat), got.highest, got.lowest), flags=flags
    )


def _marked(count: int, highest: Sequence[Fraction], lowest: Sequence[Fraction]) -> Sentence:
    if not highest and not lowest:
        return say("{count} 人评分平均", count=count)
    dropped = [say("最高 {mark}", mark=number(one)) for one in highest]
    dropped += [say("最低 {mark}", mark=number(one)) for one in lowest]
    return say(
        "{count} 人评分，去掉{dropped}，其余平均", count=count, dropped=joined("、", dropped)
    )
