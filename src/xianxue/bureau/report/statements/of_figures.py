"""What is said of figures."""

from __future__ import annotations

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.report import claims, movements
from xianxue.bureau.report.context import Context, Gap, Row
from xianxue.bureau.report.grammar import FIGURE_FACETS, Slot
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.record import replace

UNREPORTED = "缺报"
NO_DATA = "无数据"
"""Nothing is held of an earlier year: it is said so, and never written as nothing."""
NOTHING = "—"


def find(context: Context, slot: Slot, row: Row | None) -> tuple[Indicator, Figure | None] | None:
    """Give the card and figure that a slot speaks of; None for an unknown indicator."""
    card = context.shelf.indicator(slot.name)
    if card is None or slot.facet not in FIGURE_FACETS:
        context.refuse("W-NAME", f"文稿模板提到的“{slot.name}”没有定义", "写已有的指标")
        return None
    row = row or Row()
    # A row's stage is meant only for indicators that have stages; one written in the template is
    # meant in any case, and where there is no such figure that is a fault of the template.
    stage = (slot.stage or row.stage) if card.stages else slot.stage
    place = slot.place or row.place or context.about or context.county
    lookup = context.occasion.earlier(slot.back) if slot.back else context.lookup
    return card, lookup(card.indicator, place, stage, slot.slice) if lookup else None


def exists(context: Context, slot: Slot, row: Row | None) -> bool:
    """Whether there is something to say: a figure that is not zero, or that lacks somebody's data.

    One that is not there, or that nobody could ever give, is nothing to say.
    """
    found = find(context, slot, row)
    if found is None:
        return False
    figure = found[1]
    if slot.form == "moved" and slot.back:
        then, now = figure, find(context, replace(slot, back=0), row)
        return movements.can_be_held(now[1] if now else None, then)
    if slot.form == "moved":
        # Without last year nothing is said of a change; that nothing has changed is worth saying.
        return figure is not None and figure.value is not None
    if figure is None or figure.value is None:
        return figure is not None and bool(figure.coverage.missing)
    # A number that ought to be high is told where it is nothing; one that merely counts is not.
    return figure.value != 0 or found[0].direction == "higher_is_better"


def exists_at_all(context: Context, slot: Slot) -> bool:
    """Whether there is a figure, zero or not, or one that lacks somebody's data."""
    found = find(context, slot, None)
    figure = found[1] if found else None
    return figure is not None and (figure.value is not None or bool(figure.coverage.missing))


def say(context: Context, slot: Slot, row: Row | None) -> Runs:
    """Write a figure, or note why it cannot be written."""
    found = find(context, slot, row)
    if found is None:
        return ()
    card, figure = found
    if figure is None or (slot.back and slot.form == "moved"):
        return _without(context, slot, row, found)
    # A supposed or estimated number must not stand in a sentence about what is.
    if figure.standing is not Standing.COUNTED:
        return _not_counted(context, card, figure)
    term = figure.named(card.term)
    if slot.facet:
        part = claims.of_part(figure, f"{term}（{_FACETS[slot.facet]}）", slot.facet)
        return (part,) if part else _undetermined(context, figure, term, row)
    if figure.value is None:
        return _undetermined(context, figure, term, row)
    moved = slot.form == "moved"
    return (
        movements.of_movement(card, figure, context.shelf, term)
        if moved
        else (claims.of_figure(figure, term, slot.form or ("bare" if row else "")),)
    )


def _without(
    context: Context, slot: Slot, row: Row | None, found: tuple[Indicator, Figure | None]
) -> Runs:
    """Say what a slot asks for that is no figure of its own: a change, or that there is none."""
    if slot.back:
        return _of_then(context, slot, row, found[1])
    return (NOTHING,) if row else _absent(context, found[0], slot)


def _of_then(context: Context, slot: Slot, row: Row | None, figure: Figure | None) -> Runs:
    """Say how a figure has changed since then; that nothing is known of then is said so."""
    now = find(context, replace(slot, back=0), row)
    if now is None or now[1] is None or figure is None:
        return (NO_DATA,)
    if not movements.can_be_held(now[1], figure):
        return (NO_DATA,)
    return movements.since(now[0], now[1], figure, slot.back)


_FACETS = {
    "numerator": "分子",
    "denominator": "分母",
    "reported": "已报数",
    "expected": "应报数",
    "missing": "缺报数",
}


def _absent(context: Context, card: Indicator, slot: Slot) -> Runs:
    stage = f"（{slot.stage.term}）" if slot.stage else ""
    stage += f"（{slot.slice}）" if slot.slice else ""
    context.refuse(
        "W-ABSENT",
        f"文稿要写“{card.term}”{stage}，但没有算出这一项",
        "文中每个数都有统计结果",
        "请在模板中用方括号把这一部分标为可省略，或检查指标是否适用于本县",
    )
    return ()


def _not_counted(context: Context, card: Indicator, figure: Figure) -> Runs:
    kind = "假设" if figure.standing is Standing.SUPPOSED else "估算"
    context.refuse(
        "W-SUPPOSED",
        f"“{card.term}”是{kind}的数（{figure.shown}），不能写成已有的事实",
        "文中只写由上报数据统计出来的数",
        "请改用实际统计数，或把这句话移到测算方案里",
    )
    return ()


def _undetermined(context: Context, figure: Figure, term: str, row: Row | None) -> Runs:
    """Mark a cell; in a sentence note the gap, for which the whole paragraph is left open."""
    missing = figure.coverage.missing
    if row is not None:
        return (UNREPORTED,) if missing else (NOTHING,)
    context.gaps.append(Gap(term, missing))
    return ()
