"""Item analysis: how hard an item is, how well it tells pupils apart, how well all hang together.

An item is laid out as a subject is (``m.ITEM``, ``w.ITEM``), beside it ``o.ITEM``, the option that
was chosen, for items that have options. Credit may be partial: everything is held against the
item's own full mark, never against the best that was reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import STEPS, Why, why_of
from xianxue.bureau.exams.counting import counts_of, rows_of
from xianxue.bureau.exams.item_sums import (
    ALIKE,
    BEST,
    NONE_WHOLE,
    WEAKEST,
    WHOLE,
    Cuts,
    Item,
    Rules,
    asked,
    cuts_of,
    option_of,
    with_whole,
)
from xianxue.bureau.exams.statistics import NOBODY, OverRoot, Share
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

ONE_ITEM: Final = say("只有一道题，信度算不出")
ITEM_ALIKE: Final = say("本题所有人得分相同，相关算不出")
WITH_SCORE: Final = say("本题有得分的考生")


class Analysed(Record, kw_only=True):
    """What is known of one item."""

    item: str
    missing: Mapping[Why, int]
    """Pupils without a mark, by reason; a blank is there even where it is worth nothing."""
    share: Share
    """Points reached of those that could be, in hundredths: 难度 as its share, high is easy."""
    discrimination: Fraction | Sentence
    """区分度: the best ones' mean less the weakest ones', as a share of the full mark."""
    correlation: OverRoot | Sentence
    """Of the item with the sum of all others: what it adds is not counted on both sides."""
    options: Sequence[Chosen]


class Chosen(Record):
    """How many chose an option, and how many of the best and of the weakest."""

    option: str
    """Empty where nothing was chosen."""
    pupils: int
    best: int
    weakest: int


class Paper(Record, kw_only=True):
    """A whole paper."""

    pupils: int
    """Those with a sum over the items."""
    cuts: Cuts | Sentence
    rules: Rules
    alpha: Fraction | Sentence
    """Cronbach's α among those who have a mark in every item."""
    every: int
    """How many these are."""
    items: Sequence[Analysed]

    @property
    def method(self) -> Sentence:
        """How the groups that are compared were made, as it is printed."""
        percent = self.rules.extreme
        if self.rules.all_in:
            return say("高低分组各取 {percent}%，组界上同分的全部计入", percent=percent)
        return say("高低分组各取 {percent}%，组界上同分的放不下就全部不计", percent=percent)


def analysed(engine: Engine, items: Sequence[Item], table: Lines, rules: Rules) -> Paper:
    """Analyse a paper; lines have the columns of its items."""
    lines = engine.kept(with_whole(engine, items, rules, table))
    cuts = cuts_of(counts_of(engine, lines, WHOLE), rules)
    (sums,) = rows_of(lines.select(*asked(engine, items, cuts)))
    found = {name: int(one or 0) for name, one in sums.items()}
    return Paper(
        pupils=found["pupils"],
        cuts=cuts,
        rules=rules,
        alpha=_alpha(items, found),
        every=found["every"],
        items=[
            Analysed(
                item=one.item,
                missing={why: found[f"{one.item}:{why.name}"] for why in Why if why},
                share=_share(one, found),
                discrimination=_discrimination(one, found, cuts),
                correlation=_correlation(one, found),
                options=_options(engine, one, lines, cuts) if one.options else (),
            )
            for one in items
        ],
    )


def _share(one: Item, found: Mapping[str, int]) -> Share:
    full = int(Fraction(one.full) * STEPS)
    return Share(found[f"{one.item}:sum"], full * found[f"{one.item}:n"], WITH_SCORE)


def _discrimination(
    one: Item, found: Mapping[str, int], cuts: Cuts | Sentence
) -> Fraction | Sentence:
    if isinstance(cuts, Sentence):
        return cuts
    best, weakest = (found[f"{one.item}:{name}:n"] for name in (BEST, WEAKEST))
    if not best or not weakest:
        return NOBODY
    apart = Fraction(found[f"{one.item}:{BEST}"], best)
    apart -= Fraction(found[f"{one.item}:{WEAKEST}"], weakest)
    return apart / (Fraction(one.full) * STEPS)


def _correlation(one: Item, found: Mapping[str, int]) -> OverRoot | Sentence:
    many, x, xx, t, tt, xt = (
        found[f"{one.item}:{name}"] for name in ("both", "x", "xx", "t", "tt", "xt")
    )
    if not many:
        return NONE_WHOLE
    # y is the sum of all other items.
    y, yy, xy = t - x, tt - 2 * xt + xx, xt - xx
    own, others = many * xx - x * x, many * yy - y * y
    if not own:
        return ITEM_ALIKE
    return OverRoot(Fraction(many * xy - x * y), Fraction(own * others)) if others else ALIKE


def _alpha(items: Sequence[Item], found: Mapping[str, int]) -> Fraction | Sentence:
    many, count = found["every"], len(items)
    if not many:
        return NONE_WHOLE
    if count == 1:
        return ONE_ITEM
    whole = many * found["every:squares"] - found["every:sum"] ** 2
    if not whole:
        return ALIKE
    # The divisor of the variances is the same above and below: it falls out.
    own = sum(
        many * found[f"{one.item}:every:squares"] - found[f"{one.item}:every:sum"] ** 2
        for one in items
    )
    return Fraction(count, count - 1) * (1 - Fraction(own, whole))


def _options(engine: Engine, one: Item, lines: Lines, cuts: Cuts | Sentence) -> list[Chosen]:
    words = engine.words
    chosen = words.col(option_of(one.item)).fill_null("")
    extremes = [words.lit(0).alias(name) for name in (BEST, WEAKEST)]
    if isinstance(cuts, Cuts):
        extremes = [
            (words.col(WHOLE) >= cuts.best).cast(words.Int64).alias(BEST),
            (words.col(WHOLE) <= cuts.weakest).cast(words.Int64).alias(WEAKEST),
        ]
    # Who was absent, exempt or void, or had another item to answer, chose nothing here.
    there = words.col(why_of(one.item)).is_in([int(Why.MARK), int(Why.BLANK)])
    mine = lines.filter(there).select(chosen.alias("option"), *extremes)
    made = mine.group_by("option").agg(
        words.len().alias("pupils"), *(words.col(name).sum() for name in (BEST, WEAKEST))
    )
    found = {
        row["option"]: Chosen(
            row["option"], int(row["pupils"]), int(row[BEST] or 0), int(row[WEAKEST] or 0)
        )
        for row in rows_of(made)
    }
    # An option that nobody chose is a finding too.
    for option in one.options:
        found.setdefault(option, Chosen(option, 0, 0, 0))
    return [found[option] for option in sorted(found)]
