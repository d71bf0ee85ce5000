"""The cumulative column of a one-point table beside its counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xianxue.bureau.exams.one_point.reading import COUNT, CUMULATIVE, Row
from xianxue.bureau.exams.one_point.scores import Span
from xianxue.bureau.exams.reading.tabs import Issues
from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say


class Counted(Record):
    """A row that has its scores; a number that is not written, or is none, is None."""

    row: Row
    span: Span
    count: int | None
    cumulative: int | None

    def moved(self, span: Span) -> Counted:
        """Give the row with other scores."""
        return replace(self, span=span)

    def gap(self, above: Counted) -> tuple[Decimal, Decimal] | None:
        """Give the scores between the row above and this one that have no row; None where none."""
        high, low = self.span.high, above.span.low
        if high is None or low is None or low - high <= 1:
            return None
        return high + 1, low - 1

    def jump(self, above: Counted) -> int:
        """Say how many the cumulative has between the row above and this one's own count."""
        if above.cumulative is None or self.cumulative is None or self.count is None:
            return 0
        return max(self.cumulative - self.count - above.cumulative, 0)


def counted_of(
    rows: Sequence[Counted], issues: Issues, trust: str
) -> Iterator[tuple[Counted, int]]:
    """Go through the rows with the counts that hold; where the two columns differ, complain."""
    before = 0
    for at, one in enumerate(rows):
        count = one.count
        if one.cumulative is not None and (count is None or before + count != one.cumulative):
            if count is not None and not (at and one.gap(rows[at - 1]) and one.jump(rows[at - 1])):
                _complain(rows, at, before, issues, trust)
            if count is None and one.cumulative < before:
                _falls(one, before, issues)
            # A count that is not there is what the cumulative says it is.
            if (count is None or trust == "cumulative") and one.cumulative >= before:
                count = one.cumulative - before
        count = count or 0
        # The next row goes on from what this one says, so that one fault is told once.
        before = before + count if _goes_on(rows, at, before + count, trust) else _said(one, before)
        yield one, count


def _falls(one: Counted, before: int, issues: Issues) -> None:
    saw = say(
        "第 {row} 行累计是 {said}，比上面的 {before} 小",
        row=one.row.number, said=one.cumulative, before=before,
    )  # fmt: skip
    required = say("累计从高分往低分只增不减")
    do = say("请核对这两行的累计")
    issues.at(one.row.tab, one.row.at[CUMULATIVE], "P-SUM", saw, required, do)


def _said(one: Counted, before: int) -> int:
    return before if one.cumulative is None else one.cumulative


def _goes_on(rows: Sequence[Counted], at: int, upto: int, trust: str) -> bool:
    """Whether the next row counts on from here: then only this cumulative is wrong."""
    one = rows[at]
    if one.cumulative is None or one.cumulative == upto or trust == "counts":
        return True
    if trust == "cumulative" or at + 1 == len(rows):
        return False
    then = rows[at + 1]
    return then.count is not None and then.cumulative == upto + then.count


def _complain(rows: Sequence[Counted], at: int, before: int, issues: Issues, trust: str) -> None:
    one = rows[at]
    assert one.count is not None and one.cumulative is not None  # noqa: PT018, S101 - of the caller
    number, upto = one.row.number, before + one.count
    saw = say(
        "第 {row} 行累计是 {said}，上面累计 {before} 加本行 {count} 是 {sum}",
        row=number, said=one.cumulative, before=before, count=one.count, sum=upto,
    )  # fmt: skip
    own = one.cumulative - before
    if _goes_on(rows, at, upto, ""):
        do = say("下一行接得上：本行累计应是 {sum}", sum=upto)
    elif own >= 0:
        do = say("若人数对，累计应是 {sum}；若累计对，人数应是 {own}", sum=upto, own=own)
    else:
        do = say("累计不能变小：若人数对，累计应是 {sum}", sum=upto)
    settled = trust == "counts" or (trust == "cumulative" and own >= 0)
    severity = Severity.NOTE if settled else Severity.MUST_FIX
    cell = one.row.at[CUMULATIVE if CUMULATIVE in one.row.at else COUNT]
    required = say("累计等于上一行累计加本行人数")
    issues.at(one.row.tab, cell, "P-SUM", saw, required, do, severity=severity)
