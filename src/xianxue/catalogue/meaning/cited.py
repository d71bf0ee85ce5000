"""Citations, and values that hold from one day to another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Cited, DatedValue
from xianxue.bureau.law.dated import InForce
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.columns import Columns
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import one_of


class DatedAndCited(InForce, Protocol):
    """Anything with days and a source: a value, an exclusion, a combination."""

    @property
    def source(self) -> str:
        """The id of a source card."""
        ...


def check_cited(look: Look, at: Spot, cited: Cited | None) -> None:
    """Check the source of a card or of a part of it."""
    if cited is not None:
        look.refer(at.at("document"), "document", cited.document)


def check_dated(look: Look, at: Spot, value: DatedAndCited) -> None:
    """Check days and source of one dated thing."""
    known = look.refer(at.at("source"), "document", value.source)
    issued = look.shelf.sources[value.source].issued if known else None
    if issued is not None and value.valid_from < issued:
        at.at("from").complain(
            "C-EARLY",
            say(
                "从 {valid_from} 起施行，早于所依据文件的发文日期 {issued}",
                valid_from=value.valid_from,
                issued=issued,
            ),
            say("施行日期不早于发文日期"),
            say("请核对两个日期"),
            Severity.NOTE,
        )
    if value.valid_to is not None and value.valid_to < value.valid_from:
        saw = say(
            "到 {valid_to} 为止，却从 {valid_from} 才开始",
            valid_to=value.valid_to,
            valid_from=value.valid_from,
        )
        at.at("to").complain("C-DATES", saw, say("截止日期不早于起始日期"))


def check_values(
    look: Look,
    at: Spot,
    values: Sequence[DatedValue],
    stages: Collection[Stage],
    columns: Columns | None = None,
) -> None:
    """Check the dated values of one rule.

    ``stages`` are those it may differ in, ``columns`` what special clauses may look at: anything
    known of a place, unless it is said.
    """
    if not values:
        at.complain("C-EMPTY", say("一个值也没有"), say("至少一个写明日期和依据的值"))
    for index, value in enumerate(values):
        here = at.at(index)
        check_dated(look, here, value)
        finite(here.at("value"), value.value)
        check_stage(here.at("stage"), value.stage, stages)
        check_where(here.at("when"), value.when, columns or look.place_columns, say("学校"))
        for number, earlier in enumerate(values[:index]):
            if _both_hold(earlier, value):
                _compare(here, value, earlier, at.at(number))


def check_stage(at: Spot, stage: Stage | None, stages: Collection[Stage]) -> None:
    """Complain of a stage that is not among those allowed."""
    if stage is None or stage in stages:
        return
    if stages:
        saw = say("{term}（{value}）不在这里的学段之内", term=stage.term, value=stage.value)
        at.complain("C-STAGE", saw, one_of([one.value for one in stages]))
    else:
        at.complain(
            "C-STAGE", say("写了学段 {value}，这里不分学段", value=stage.value), say("不写 stage")
        )


def finite(at: Spot, number: Decimal | None) -> None:
    """Complain of NaN and infinity, which a quoted text may smuggle in."""
    if number is not None and not number.is_finite():
        at.complain(
            "C-NUMBER", say("“{number}”不是一个数", number=number), say("写一个数，不加引号")
        )


def _compare(here: Spot, value: DatedValue, earlier: DatedValue, at: Spot) -> None:
    line = at.origin.line(*at.steps)
    if earlier.stage is value.stage and earlier.when == value.when:
        last = min(day for day in (earlier.valid_to, value.valid_to, date.max) if day is not None)
        first = max(earlier.valid_from, value.valid_from)
        days = (
            say("从 {first} 起", first=first)
            if last == date.max
            else say("{first} 至 {last}", first=first, last=last)
        )
        here.complain(
            "C-OVERLAP",
            say("{days} 与第 {line} 行的值同时有效，学段和条件也相同", days=days, line=line),
            say("同一天、同一学段、同样条件只有一个值"),
            say("给较早的值写上 to（它的最后一天）"),
        )
    # The first value that fits is taken, so that one behind a wider one is never used: a rule that
    # somebody wrote and nobody applies.
    elif _covers(earlier, value):
        here.complain(
            "C-HIDDEN",
            say("这个值用不上：第 {line} 行的值先被采用", line=line),
            say("特殊规定写在一般规定前面"),
            say("把这个值移到前面"),
        )


def _both_hold(one: DatedValue, other: DatedValue) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )


def _covers(earlier: DatedValue, value: DatedValue) -> bool:
    """Whether the earlier value is taken wherever and whenever the other would be."""
    return (
        earlier.stage in {None, value.stage}
        and all(value.when.get(name) == wanted for name, wanted in earlier.when.items())
        and earlier.valid_from <= value.valid_from
        and (value.valid_to or date.max) <= (earlier.valid_to or date.max)
    )
