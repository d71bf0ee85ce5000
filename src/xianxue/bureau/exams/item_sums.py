"""Items laid out, blanks made worth what the rules say, and everything that is added up of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xianxue.bureau.exams.columns import NOT_SITTING, Why, mark_of, why_of
from xianxue.bureau.exams.counting import Counts
from xianxue.bureau.exams.ranks import least_of_first
from xianxue.bureau.records.engine import Engine, Expr, Lines
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

WHOLE: Final = "whole"
"""The column with a pupil's sum over all items; null where an item lacks its mark."""
EVERY: Final = "every"
"""Whether there is a mark in every item: who chose among items has none in the others."""
BEST: Final = "best"
WEAKEST: Final = "weakest"
ALIKE: Final = say("所有人总分相同，分不出高低")
TIED: Final = say("同分的太多，分不出高分组和低分组")
NONE_WHOLE: Final = say("没有人每题都有得分，算不出")
_WHOLE_PERCENT: Final = 100


class Item(Record, kw_only=True):
    """One item of a paper."""

    item: str
    full: Decimal
    options: Sequence[str] = ()
    right: str = ""


class Rules(Record, kw_only=True):
    """How it is to be analysed; what is chosen is printed."""

    extreme: int = 27
    """Per cent of the best and of the weakest who are compared."""
    all_in: bool = True
    """Whether all equals at a cut are in their group, or none of them."""
    blank_is_zero: bool = True
    """Whether an answer that was left out is worth nothing, or was never seen."""


class Cuts(Record):
    """From which sum on pupils are among the best, and up to which among the weakest."""

    best: int
    weakest: int
    n_best: int
    n_weakest: int


def option_of(item: str) -> str:
    """Name the column of the options chosen."""
    return f"o.{item}"


def with_whole(engine: Engine, items: Sequence[Item], rules: Rules, lines: Lines) -> Lines:
    """Put what a blank is worth in its place, and add up the items of each pupil."""
    words = engine.words
    if rules.blank_is_zero:
        lines = lines.with_columns(*(_zero_of_blank(engine, one.item) for one in items))
    marks = [words.col(mark_of(one.item)).cast(words.Int64) for one in items]
    lacks = words.sum_horizontal(*(_lacks(engine, one.item) for one in items))
    asked = words.sum_horizontal(
        *((~words.col(mark_of(one.item)).is_null()).cast(words.Int32) for one in items)
    )
    whole = words.when((lacks == 0) & (asked > 0)).then(words.sum_horizontal(*marks))
    return lines.with_columns(
        whole.otherwise(words.lit(None, dtype=words.Int64)).alias(WHOLE),
        (asked == len(items)).alias(EVERY),
    )


def _zero_of_blank(engine: Engine, item: str) -> Expr:
    words = engine.words
    mark = words.col(mark_of(item))
    blank = words.col(why_of(item)) == int(Why.BLANK)
    return (
        words.when(blank).then(words.lit(0, dtype=words.Int32)).otherwise(mark).alias(mark_of(item))
    )


def _lacks(engine: Engine, item: str) -> Expr:
    words = engine.words
    missing = words.col(mark_of(item)).is_null()
    for reason in NOT_SITTING:
        missing &= words.col(why_of(item)) != int(reason)
    return missing.cast(words.Int32)


def cuts_of(counts: Counts, rules: Rules) -> Cuts | Sentence:
    """Find the best and the weakest; a sentence where equals make both the same pupils.

    So many are wanted of each as are nearest to the share, and at least one.
    """
    many = sum(counts.values())
    if not many:
        return NONE_WHOLE
    wanted = max(1, (2 * many * rules.extreme + _WHOLE_PERCENT) // (2 * _WHOLE_PERCENT))
    best = least_of_first(counts, wanted, all_in=rules.all_in)
    turned = {-mark: held for mark, held in counts.items()}
    weakest = least_of_first(turned, wanted, all_in=rules.all_in)
    if best is None or weakest is None or best <= -weakest:
        return TIED
    return Cuts(
        best,
        -weakest,
        sum(held for mark, held in counts.items() if mark >= best),
        sum(held for mark, held in counts.items() if mark <= -weakest),
    )


def asked(engine: Engine, items: Sequence[Item], cuts: Cuts | Sentence) -> list[Expr]:
    """Ask for everything that is counted over all pupils, in one pass."""
    words = engine.words
    whole, every = words.col(WHOLE), words.col(EVERY)
    found = {
        "pupils": whole.count(),
        "every": every.cast(words.Int64).sum(),
        "every:sum": _where(engine, every, whole),
        "every:squares": _where(engine, every, whole * whole),
    }
    for one in items:
        mark, why = words.col(mark_of(one.item)).cast(words.Int64), words.col(why_of(one.item))
        both = ~mark.is_null() & ~whole.is_null()
        parts = {
            "n": mark.count(),
            "sum": mark.sum(),
            "both": both.cast(words.Int64).sum(),
            "x": _where(engine, both, mark),
            "xx": _where(engine, both, mark * mark),
            "t": _where(engine, both, whole),
            "tt": _where(engine, both, whole * whole),
            "xt": _where(engine, both, mark * whole),
            "every:sum": _where(engine, every, mark),
            "every:squares": _where(engine, every, mark * mark),
            **{
                reason.name: (why == int(reason)).cast(words.Int64).sum()
                for reason in Why
                if reason
            },
        }
        if isinstance(cuts, Cuts):
            for name, mine in ((BEST, whole >= cuts.best), (WEAKEST, whole <= cuts.weakest)):
                parts[name] = _where(engine, mine, mark)
                parts[f"{name}:n"] = (mine & ~mark.is_null()).cast(words.Int64).sum()
        found |= {f"{one.item}:{name}": part for name, part in parts.items()}
    return [part.alias(name) for name, part in found.items()]


def _where(engine: Engine, condition: Expr, value: Expr) -> Expr:
    words = engine.words
    return words.when(condition).then(value).otherwise(words.lit(None, dtype=words.Int64)).sum()
