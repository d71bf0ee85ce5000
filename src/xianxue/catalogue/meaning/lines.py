"""Lines: the dated numbers of an indicator that its conditions name."""

from __future__ import annotations

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_values
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name
from xianxue.catalogue.meaning.terms import lines_named, named_lines
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed


def check_lines(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check the lines of an indicator: their values, and that each is used."""
    used = _used(indicator)
    stages = line_stages(look, indicator)
    for name, values in indicator.lines.items():
        here = at.at("lines", name)
        good_name(here, name)
        check_values(look, here, values, stages, look.attribute_columns)
        # A line that nothing names changes no figure, and looks as if it did.
        if name not in used:
            here.complain(
                "C-LINE",
                say("线“{name}”没有用到", name=name),
                say("条件里用到它"),
                say("不用的线请删去"),
            )
        # A stage without a value has no figure and no complaint: the engine leaves it out
        # (``formulas._stages``).
        valued = {value.stage for value in values}
        bare = [stage.value for stage in indicator.stages if not valued & {None, stage}]
        if values and bare:
            saw = say("线“{name}”没有 {bare} 的值", name=name, bare=listed(bare))
            here.complain(
                "C-LINE", saw, say("指标的每个学段都有值"), say("补上，或从 stages 里去掉")
            )


def line_stages(look: Look, indicator: Indicator) -> list[Stage]:
    """Give the stages a line's values may differ in.

    An indicator of all stages together may still hold each row against its own stage's line.
    """
    if indicator.stages:
        return indicator.stages
    sums = (indicator.of, indicator.numerator, indicator.denominator)
    terms = [term for total in sums if total is not None for term in total.sum]
    names = {
        term.partition(".")[0]
        if isinstance(term, str)
        else term.count or term.field.partition(".")[0]
        for term in terms
    }
    tables = [look.shelf.tables[name] for name in names if name in look.shelf.tables]
    return list(Stage) if any(table.staged for table in tables) else []


def _used(indicator: Indicator) -> set[str]:
    used: set[str] = set()
    for total in (indicator.of, indicator.numerator, indicator.denominator):
        used |= lines_named(total.sum) if total is not None else set()
    if indicator.index_of is not None:
        used |= {line for part in indicator.index_of.parts for line in (part.zero, part.full)}
    share = indicator.share_of
    if share is not None:
        used |= named_lines(share.where.values()) | named_lines([share.meets])
    return used
