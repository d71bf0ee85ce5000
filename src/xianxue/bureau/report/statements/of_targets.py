"""年度目标与完成对照: what was to be reached, and what of it has been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from xianxue.bureau.kinds.indicator import Show
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Standing, in_a_sentence
from xianxue.bureau.records.target import Attainment, Origin
from xianxue.bureau.report import claims
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.exact import Exact, at_least
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown_beside

_WHOLE: Final = 100
_UNRULED: Final = 2
"""Decimals of 完成率 where no card is in force that says how it is written."""


class Sorted(Record):
    """Targets by what has become of them."""

    reached: tuple[Attainment, ...]
    behind: tuple[Attainment, ...]
    unknown: tuple[Attainment, ...]
    """Nothing has been counted yet."""

    @classmethod
    def of(cls, targets: Sequence[Attainment]) -> Sorted:
        """Sort them; only counted figures say that something was reached."""
        for one in targets:
            # «Reached» is said of what is: a supposed or estimated number must not come as far as
            # here.
            if one.figure is not None and one.figure.standing is not Standing.COUNTED:
                message = f"{one.target.key} is held against a figure that was not counted"
                raise ValueError(message)
        return cls(
            tuple(one for one in targets if one.reached is True),
            tuple(one for one in targets if one.reached is False),
            tuple(one for one in targets if one.reached is None),
        )


def paragraphs(context: Context, targets: Sequence[Attainment]) -> Iterator[Runs]:
    """Write how many targets there are and what has become of each; nothing where there is none."""
    if not targets:
        return
    by = Sorted.of(targets)
    yield _summary(context, targets, by)
    if by.reached:
        yield _listed("已完成的目标：", [_reached(context, one) for one in by.reached])
    if by.behind:
        yield _listed("未完成的目标：", [_behind(context, one) for one in by.behind])
    if by.unknown:
        yield _listed("尚无统计数的目标：", [_unknown(context, one) for one in by.unknown])


def _summary(context: Context, targets: Sequence[Attainment], by: Sorted) -> Runs:
    number = partial(_number, context)
    handed = sum(one.target.origin is Origin.HANDED_DOWN for one in targets)
    own = len(targets) - handed
    line = Line().add("列入年度对照的目标", number("set", "年度目标项数", len(targets)), "项")
    if handed and own:
        line.add("（上级下达", number("handed_down", "上级下达目标项数", handed), "项、本级自定")
        line.add(number("own", "本级自定目标项数", own), "项）")
    else:
        line.add("，均为上级下达" if handed else "，均为本级自定")
    line.add("。已完成", number("reached", "已完成目标项数", len(by.reached)), "项")
    exceeded = sum(one.exceeded for one in by.reached)
    if exceeded:
        line.add("，其中超额完成", number("exceeded", "超额完成目标项数", exceeded), "项")
    if by.behind:
        line.add("；未完成", number("behind", "未完成目标项数", len(by.behind)), "项")
    if by.unknown:
        line.add("；尚无统计数", number("unknown", "尚无统计数的目标项数", len(by.unknown)), "项")
    return line.add("。").runs


def _listed(opening: str, pieces: Sequence[Runs]) -> Runs:
    line = Line().add(opening)
    for index, piece in enumerate(pieces):
        line.add(*(("；",) if index else ()), *piece)
    return line.add("。").runs


def _reached(context: Context, one: Attainment) -> Runs:
    opening = _beside(context, one)
    if one.target.goal == "at_most":
        return (*opening, "，控制在目标以内")
    # By the exact figure and never by the rounded rate, which may say 100.00% of a little less.
    if not one.exceeded:
        return (*opening, "，完成目标")
    rate = _rate(context, one)
    return (*opening, *(("，完成率", rate) if rate else ()), "，超额完成")


def _behind(context: Context, one: Attainment) -> Runs:
    rate = _rate(context, one)
    if one.target.goal == "at_most":
        return (*_beside(context, one), "，超过目标")
    return (*_beside(context, one), *(("，完成率", rate) if rate else ("，未达到目标",)))


def _unknown(context: Context, one: Attainment) -> Runs:
    return (*_what(context, one), *_goal(context, one))


def _beside(context: Context, one: Attainment) -> Runs:
    """Say the target and then what was counted: so no reader takes the one as part of the other."""
    return (*_what(context, one), *_goal(context, one), "，实际", _value(context, one))


def _what(context: Context, one: Attainment) -> Runs:
    """Name what a target is about; the county's own needs no name."""
    target = one.target
    card = context.shelf.indicator(target.indicator)
    term = card.term if card is not None else target.indicator
    place = context.register.places.get(target.place)
    name = "" if target.place == context.county or place is None else place.name
    return (name + in_a_sentence(term, target.stage, target.slice),)


def _value(context: Context, one: Attainment) -> Claim:
    """Say what was counted, with as many digits as the verdict needs."""
    figure, target = one.figure, one.target
    card = context.shelf.indicator(target.indicator)
    if figure is None or figure.value is None or card is None:
        message = f"nothing has been counted of {target.key}"
        raise ValueError(message)
    claim = claims.of_figure(figure, figure.named(card.term))
    # Written whole by its figure: digits alone would lose the «1:».
    if claim.shown.startswith("1:"):
        return claim
    if claim.unit == "percent" and figure.value in {0, _WHOLE}:
        # None and all are said without decimals.
        return claims.in_digits(claim, str(figure.value))
    shown = _in_digits(figure.value, target.amount, card.show)
    return claims.in_digits(claim, shown)


def _goal(context: Context, one: Attainment) -> Runs:
    """Say the target itself: 目标98%; 目标不超过1%."""
    target = one.target
    card = context.shelf.indicator(target.indicator)
    unit = card.unit if card is not None else "one"
    shown = claims.limit_shown(target.amount, unit)
    if card is not None and card.show.form == "one_to_n":
        shown = f"1:{shown}"
    claim = Claim(
        text=claims.with_unit(shown, unit),
        name=f"target.{target.indicator}",
        facet="limit",
        place=target.place,
        stage=target.stage,
        period=target.period,
        slice=target.slice,
        term=f"{_what(context, one)[0]}的目标",
        value=target.amount,
        unit=unit,
        shown=shown,
    )
    return ("目标不超过" if target.goal == "at_most" else "目标", claim)


def _rate(context: Context, one: Attainment) -> Claim | None:
    """Say 完成率; None where a target has none."""
    if one.completion is None:
        return None
    rules = next(iter(context.shelf.target_rules.values()), None)
    decimals = rules.show.decimals if rules is not None else _UNRULED
    shown = one.rate(decimals)
    return Claim(
        text=f"{shown}%",
        name=f"target.{one.target.indicator}",
        facet="completion",
        place=one.target.place,
        stage=one.target.stage,
        period=one.target.period,
        slice=one.target.slice,
        term=f"{_what(context, one)[0]}目标完成率",
        value=one.completion,
        unit="percent",
        shown=shown,
        figure=one.figure,
    )


def _in_digits(value: Exact, amount: Fraction, show: Show) -> str:
    return shown_beside(value, amount, show.decimals, at_least)


def _number(context: Context, facet: str, term: str, number: int) -> Claim:
    about = claims.About("targets", facet, context.county, None, context.period.code)
    return claims.tally(about, number, "one", term)
