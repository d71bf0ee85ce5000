"""Many places marked by several assessors each, counted in an engine, in whole numbers.

For a rubric whose leaves are all points given by assessors: a province's schools at once. What
``scoring`` gives place by place with reasons, this gives as columns, with the same numbers.

| column | type | what |
|---|---|---|
| ``place`` | Int32 | its number among those who are judged |
| ``item`` | Int32 | the leaf's number in the card's order, from 0 |
| ``mark`` | Int32 | hundredths of a point |

A mean of three is a third: all points are kept as so many parts of a hundredth (``parts``), the
least common multiple of how many marks were kept, so that nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Final

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import Panel
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.records.engine import Done, Engine, Expr, Lines
from xianxue.bureau.values.record import Record

PLACE: Final = "place"
ITEM: Final = "item"
MARK: Final = "mark"
_TENTHS: Final = 10


class Standings(Record, kw_only=True):
    """Totals and places of all who have a mark in every leaf."""

    totals: Done
    """``place``, ``total`` (in parts of a hundredth), ``rank``."""
    points: Lines
    """``place``, ``item``, ``points``, ``total``, ``rank``: one line a leaf, in the same parts."""
    parts: int
    """How many parts make a hundredth of a point."""


def fits(rubric: Rubric) -> bool:
    """Whether a rubric can be counted so: all leaves are points by assessors, for everybody.

    At most one mark is dropped at either end, and panels are not brought to one measure.
    """
    return all(
        (gives := node.item.gives) is not None
        and gives.kind == "marks"
        and gives.gives == "points"
        and not gives.panel.standardise
        and max(gives.panel.drop_highest, gives.panel.drop_lowest) <= 1
        and not node.item.where
        for node in leaves_of(rubric)
    )


def standings(engine: Engine, rubric: Rubric, marks: Lines) -> Standings:
    """Count totals and places by the card."""
    return _standings(engine, _gathered(engine, marks), _panels(rubric))


def standings_under_all(
    engine: Engine, rubric: Rubric, marks: Lines
) -> tuple[Standings, Mapping[str, Done]]:
    """Count by the card, and by each other rule: how many have another place, and how far.

    ``drop.none`` (or ``drop.one``) has one line a place that moved; ``weights`` one line a leaf
    and sign: ``item``, ``sign``, ``moved``, ``furthest``.
    """
    gathered = engine.kept(_gathered(engine, marks))
    panels = _panels(rubric)
    base = _standings(engine, gathered, panels)
    dropping = any(panel.drop_highest or panel.drop_lowest for panel in panels)
    end = 0 if dropping else 1
    other = _standings(engine, gathered, [Panel(drop_highest=end, drop_lowest=end)] * len(panels))
    found = {"drop.none" if dropping else "drop.one": _against(engine, base, other)}
    return base, found | {"weights": _weights(engine, base)}


def _panels(rubric: Rubric) -> list[Panel]:
    if not fits(rubric):
        message = f"{rubric.rubric} has leaves that are no plain marks"
        raise ValueError(message)
    return [node.item.gives.panel for node in leaves_of(rubric) if node.item.gives is not None]


def _gathered(engine: Engine, marks: Lines) -> Lines:
    """Gather the marks of each leaf of each place: their sum, the ends, how many."""
    words = engine.words
    mark = words.col(MARK)
    return marks.group_by(PLACE, ITEM).agg(
        mark.sum().cast(words.Int64).alias("sum"),
        mark.min().cast(words.Int64).alias("low"),
        mark.max().cast(words.Int64).alias("high"),
        words.len().cast(words.Int64).alias("many"),
    )


def _standings(engine: Engine, gathered: Lines, panels: Sequence[Panel]) -> Standings:
    words = engine.words
    col = words.col
    # Items of the same rule are one condition: mostly there is one rule for all.
    lines = gathered.select(PLACE, ITEM, *_kept(engine, panels))
    lines = engine.kept(lines)
    counts = [row[0] for row in lines.select("kept").unique().collect().rows()]
    parts = lcm(*(int(one) for one in counts)) if counts else 1
    points = lines.select(
        PLACE, ITEM, (col("sum") * words.lit(parts) // col("kept")).alias("points")
    )
    totals = (
        points.group_by(PLACE)
        .agg(col("points").sum().alias("total"), words.len().cast(words.Int64).alias("leaves"))
        .filter(col("leaves") == words.lit(len(panels)))
        .select(PLACE, "total")
    )
    ranked = totals.with_columns(_place(engine, col("total")).alias("rank")).collect()
    return Standings(
        totals=ranked,
        points=engine.kept(points.join(ranked.lazy(), on=PLACE, how="inner")),
        parts=parts,
    )


def _kept(engine: Engine, panels: Sequence[Panel]) -> list[Expr]:
    """Give sum and number of the marks that are kept, by the rule of each item."""
    words = engine.words
    col, lit = words.col, words.lit
    total, many = col("sum"), col("many")
    rules: dict[Panel, list[int]] = {}
    for at, panel in enumerate(panels):
        rules.setdefault(panel, []).append(at)
    sums, counts = total, many
    for panel, items in rules.items():
        low, high = panel.drop_lowest, panel.drop_highest
        if not low and not high:
            continue
        drops = many > lit(max(panel.drop_above, low + high))
        if len(rules) > 1:
            drops = drops & col(ITEM).is_in(items)
        less = col("low") * lit(low) + col("high") * lit(high)
        sums = words.when(drops).then(total - less).otherwise(sums)
        counts = words.when(drops).then(many - lit(low + high)).otherwise(counts)
    return [sums.alias("sum"), counts.alias("kept")]


def _place(engine: Engine, total: Expr) -> Expr:
    return total.rank("min", descending=True).cast(engine.words.Int64)


def _against(engine: Engine, base: Standings, other: Standings) -> Done:
    """Give those who have another place under another rule."""
    col = engine.words.col
    after = other.totals.lazy().select(PLACE, col("rank").alias("after"))
    both = base.totals.lazy().join(after, on=PLACE, how="inner")
    return both.filter(col("rank") != col("after")).select(PLACE, "rank", "after").collect()


def _weights(engine: Engine, base: Standings) -> Done:
    """Give for each leaf, a tenth heavier and lighter, how many have another place and how far.

    All others' weights move in proportion, which is the same for everybody: the order is that of
    ten totals and the leaf's points, added or taken away.
    """
    words = engine.words
    col, lit = words.col, words.lit
    found: list[Lines] = []
    for sign in (1, -1):
        moved = col("total") * lit(_TENTHS) + col("points") * lit(sign)
        shift = (_place(engine, moved).over(ITEM) - col("rank")).abs()
        lines = base.points.select(ITEM, shift.alias("shift"))
        found.append(
            lines.group_by(ITEM)
            .agg(
                (col("shift") > lit(0)).cast(words.Int64).sum().alias("moved"),
                col("shift").max().alias("furthest"),
            )
            .with_columns(lit(sign).cast(words.Int64).alias("sign"))
        )
    return words.concat(found).sort(ITEM, "sign").collect()
