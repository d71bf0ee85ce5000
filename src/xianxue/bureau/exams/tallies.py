"""Counts and sums of groups: whole numbers of which every statistic is made.

All pupils are gone through by school and track; groups of schools, tracks and the county
are added up of that. Classes are gone through when they are asked for: a country has so many that
their counts would be larger than the table. A column is ``SUBJECT:WHAT`` or ``WHAT:LINE``;
``named`` spells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from xianxue.bureau.exams.columns import (
    CLASSES,
    ENTERED,
    SCHOOL,
    SHORT,
    TOTAL,
    TRACK,
    Why,
    mark_of,
    scaled_of,
    why_of,
)
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.heights import (
    Height,
    any_of,
    in_base,
    lines_of,
    near_above,
    near_below,
    reached,
)
from xianxue.bureau.exams.levels import Level
from xianxue.bureau.exams.marked import enters
from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.records.engine import Engine, Expr, Lines
from xianxue.bureau.values.record import Record

SCHOOLS: Final = (SCHOOL, TRACK)
PUPILS: Final = "pupils"
OUT: Final = "out"
"""Those who should have a total and lack a mark of it."""
_LEAST, _MOST = "min", "max"
_AT_ONCE: Final = 24
"""Counts that pupils are gone through for at a time: more would be wider than the table itself."""
REASONS: Final = {why: why.name.lower() for why in Why if why is not Why.MARK}


def named(*parts: str) -> str:
    """Spell a column.

    >>> named("chinese", "sum"), named("over", "undergraduate")
    ('chinese:sum', 'over:undergraduate')
    """
    return ":".join(parts)


class Asked(Record, kw_only=True):
    """What is to be counted besides marks."""

    card: Examination
    levels: Sequence[Level] = ()
    heights: Sequence[Height] = ()
    first: Mapping[int, int] = {}
    """Among how many of the best → the least total that is among them."""


def tallied(engine: Engine, lines: Lines, asked: Asked, keys: Sequence[str] = SCHOOLS) -> Lines:
    """Count all pupils by ``SCHOOLS`` or ``CLASSES``; the lines have totals already."""
    counts = {**_pupils(engine, asked), **_of_total(engine, asked)}
    for subject in asked.card.subjects:
        counts |= _of_subject(engine, subject, asked.levels)
    for line, heights in lines_of(asked.heights).items():
        counts |= _of_line(engine, asked.card, line, heights)
    first, *others = (_counted(engine, lines, part, keys) for part in _parts(counts))
    for one in others:
        first = first.join(one, on=list(keys), how="inner")
    return engine.kept(first) if others else first


def _parts(counts: Mapping[str, Expr]) -> Iterator[dict[str, Expr]]:
    names = list(counts)
    for at in range(0, len(names), _AT_ONCE):
        yield {name: counts[name] for name in names[at : at + _AT_ONCE]}


def _counted(
    engine: Engine, lines: Lines, counts: Mapping[str, Expr], keys: Sequence[str]
) -> Lines:
    made = lines.group_by(*keys).agg(*(one.alias(name) for name, one in counts.items()))
    texts = [engine.words.col(key).cast(engine.words.String) for key in keys]
    return engine.kept(_as_whole(engine, made.with_columns(*texts), counts))


def rolled(engine: Engine, tallies: Lines, keys: Sequence[str]) -> Lines:
    """Add the tallies up to larger groups; no keys give one line of all."""
    names = tallies.collect_schema().names()
    names = [name for name in names if name not in CLASSES and name not in keys]
    made = tallies.group_by(*keys) if keys else None
    parts = [_part(engine, name).alias(name) for name in names]
    return _as_whole(engine, tallies.select(*parts) if made is None else made.agg(*parts), names)


def _part(engine: Engine, name: str) -> Expr:
    column = engine.words.col(name)
    kind = name.rpartition(":")[2]
    return {_LEAST: column.min, _MOST: column.max}.get(kind, column.sum)()


def grouped(engine: Engine, tallies: Lines, group: str, groups: Mapping[str, str]) -> Lines:
    """Add schools up to the groups they are handed in with; a school in none is in none."""
    beside = engine.made({SCHOOL: list(groups), group: list(groups.values())})
    return rolled(engine, tallies.join(beside, on=SCHOOL, how="inner"), [group])


def _as_whole(engine: Engine, lines: Lines, names: Iterable[str]) -> Lines:
    # Engines have types of their own: DuckDB's sum of whole numbers is a decimal.
    return lines.with_columns(*(engine.words.col(name).cast(engine.words.Int64) for name in names))


def _true(engine: Engine, condition: Expr) -> Expr:
    return condition.cast(engine.words.Int32).sum()


def _moments(engine: Engine, column: str, name: str) -> dict[str, Expr]:
    whole = engine.words.col(column).cast(engine.words.Int64)
    return {
        named(name, "n"): engine.words.col(column).count(),
        named(name, "sum"): whole.sum(),
        named(name, "squares"): (whole * whole).sum(),
        named(name, _LEAST): whole.min(),
        named(name, _MOST): whole.max(),
    }


def _pupils(engine: Engine, asked: Asked) -> dict[str, Expr]:
    words = engine.words
    why = [words.col(why_of(one.subject)) for one in asked.card.subjects if one.counts]
    entered = [_any(one == int(reason) for reason in ENTERED) for one in why]
    return {
        PUPILS: words.len(),
        "entered": _true(engine, _any(entered)),
        "sat": _true(engine, _any(one == int(Why.MARK) for one in why)),
        OUT: _true(engine, words.col(SHORT) > 0),
    }


def _any(conditions: Iterable[Expr]) -> Expr:
    first, *others = conditions
    for one in others:
        first |= one
    return first


def _of_total(engine: Engine, asked: Asked) -> dict[str, Expr]:
    words = engine.words
    total = words.col(TOTAL)
    found = _moments(engine, TOTAL, TOTAL)
    for first, least in asked.first.items():
        found[named("first", str(first))] = _true(engine, total >= least)
    counted = [one for one in asked.card.subjects if one.counts]
    for level in asked.levels:
        if not level.below:
            failed = _any(_fails(engine, one, level) for one in counted)
            # Null where a pupil has no mark in a subject that is not to be sat: no failure either.
            every = ~total.is_null() & ~failed.fill_null(value=False)
            found[named("all", level.mark)] = _true(engine, every)
    return found


def _fails(engine: Engine, subject: ExamSubject, level: Level) -> Expr:
    return engine.words.col(mark_of(subject.subject)) < level.least(subject.full)


def _of_subject(engine: Engine, subject: ExamSubject, levels: Sequence[Level]) -> dict[str, Expr]:
    code = subject.subject
    mark, why = engine.words.col(mark_of(code)), engine.words.col(why_of(code))
    found = _moments(engine, mark_of(code), code)
    for reason, name in REASONS.items():
        found[named(code, name)] = _true(engine, why == int(reason))
    for level in levels:
        least = level.least(subject.full)
        found[named(code, level.mark)] = _true(
            engine, mark < least if level.below else mark >= least
        )
    if subject.counts:
        both = ~mark.is_null() & ~engine.words.col(TOTAL).is_null()
        found[named(code, "in_total")] = _true(engine, both)
    if subject.scheme:
        found |= _moments(engine, scaled_of(code), named(code, "scaled"))
    return found


def _of_line(
    engine: Engine, card: Examination, line: str, heights: Sequence[Height]
) -> dict[str, Expr]:
    words, near = engine.words, card.near * 100
    over = any_of(words, heights, reached(words))
    base = any_of(words, heights, in_base(words))
    found = {
        named("base", line): _true(engine, base),
        named("over", line): _true(engine, over),
        named("above", line): _true(engine, any_of(words, heights, near_above(words, near))),
        named("under", line): _true(engine, any_of(words, heights, near_below(words, near))),
    }
    for subject in card.subjects:
        mine = [height for height in heights if subject.subject in height.effective]
        if mine:
            single = base & any_of(words, mine, _effective(engine, subject))
            found[named(subject.subject, "single", line)] = _true(engine, single)
            found[named(subject.subject, "both", line)] = _true(engine, single & over)
    return found


def _effective(engine: Engine, subject: ExamSubject) -> Callable[[Height], Expr]:
    column = engine.words.col(enters(subject))
    return lambda height: column >= height.effective[subject.subject]


class Tally(Record):
    """The counts of one group."""

    keys: Mapping[str, str]
    counts: Mapping[str, int | None]

    def __getitem__(self, name: str) -> int:
        """Give a count; 0 where nobody was there to be counted, KeyError where none was asked."""
        return self.counts[name] or 0


def read(lines: Lines, keys: Sequence[str]) -> list[Tally]:
    """Give tallies one by one, in the order of their keys."""
    found = [
        Tally(
            {key: cast("str", row[key]) for key in keys},
            {name: one for name, one in row.items() if name not in keys},
        )
        for row in rows_of(lines)
    ]
    return sorted(found, key=lambda one: tuple(one.keys.values()))
