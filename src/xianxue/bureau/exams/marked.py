"""Scaled marks and totals: what a pupil's marks come to, and for whom there is no total."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xianxue.bureau.exams.columns import (
    CLASSES,
    NOT_SITTING,
    SHORT,
    STEPS,
    TOTAL,
    Why,
    mark_of,
    scaled_of,
    why_of,
)
from xianxue.bureau.exams.counting import counts_of, looked_up
from xianxue.bureau.exams.scaling import Scale, scale
from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.records.engine import Engine, Expr, Lines
from xianxue.bureau.values.record import Record


class Marked(Record):
    """The frame of marks with scaled marks, totals, and how many marks a total is short of."""

    lines: Lines
    scales: Mapping[str, Scale]
    """By subject; each says which shares were really reached."""


def marked(
    engine: Engine,
    card: Examination,
    schemes: Mapping[str, Scheme],
    table: Any,  # noqa: ANN401 - as the engine has it
) -> Marked:
    """Scale what the card says is scaled, by all who sat it, and add up what counts.

    KeyError where the card names a scheme that is not handed in.
    """
    lines = engine.opened(table)
    scales = {
        one.subject: scaled_by(engine, lines, one.subject, schemes[one.scheme])
        for one in card.subjects
        if one.scheme
    }
    added = [_scores(engine, subject, made) for subject, made in scales.items()]
    # Codes are a quarter as long as what they stand for, and groups are found by them.
    codes = [engine.coded(engine.words.col(key)).alias(key) for key in CLASSES]
    lines = lines.with_columns(*codes, *added)
    return Marked(lines=engine.kept(with_totals(engine, card, lines)), scales=scales)


def scaled_by(engine: Engine, lines: Lines, subject: str, scheme: Scheme) -> Scale:
    """Lay a scheme over the marks of all who sat a subject, whatever their track."""
    counts = counts_of(engine, lines, mark_of(subject))
    return scale(scheme, {Decimal(mark) / STEPS: many for mark, many in counts.items()})


def _scores(engine: Engine, subject: str, made: Scale) -> Expr:
    scores = {int(mark * STEPS): one.score * STEPS for mark, one in made.marks.items()}
    return looked_up(engine, mark_of(subject), scores).alias(scaled_of(subject))


def enters(subject: ExamSubject) -> str:
    """Name the column by which a subject enters the total."""
    return scaled_of(subject.subject) if subject.scheme else mark_of(subject.subject)


def with_totals(engine: Engine, card: Examination, lines: Lines) -> Lines:
    """Add totals; a mark that should be there and is not leaves a pupil without one.

    ``short`` says how many are not there. Who was to sit nothing at all has no total either.
    """
    words = engine.words
    counted = [one for one in card.subjects if one.counts]
    total = words.sum_horizontal(*(words.col(enters(one)).cast(words.Int64) for one in counted))
    short = words.sum_horizontal(*(_lacks(engine, one.subject) for one in counted))
    marks = words.sum_horizontal(*(_has(engine, one.subject) for one in counted))
    whole = (short == 0) & (marks > 0)
    return lines.with_columns(
        words.when(whole).then(total).otherwise(words.lit(None)).cast(words.Int32).alias(TOTAL),
        short.cast(words.Int32).alias(SHORT),
    )


def _lacks(engine: Engine, subject: str) -> Expr:
    """Say whether a mark is missing that should be there; an exempt pupil's sum is shorter too."""
    why = engine.words.col(why_of(subject))
    missing = why != int(Why.MARK)
    for reason in NOT_SITTING:
        missing &= why != int(reason)
    return missing.cast(engine.words.Int32)


def _has(engine: Engine, subject: str) -> Expr:
    return (~engine.words.col(mark_of(subject)).is_null()).cast(engine.words.Int32)
