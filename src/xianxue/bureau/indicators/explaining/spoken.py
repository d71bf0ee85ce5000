"""A formula in Chinese, in words and with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from xianxue.bureau.indicators.explaining.wording import Piece, Wording, added, scaled
from xianxue.bureau.indicators.formulas import Formula
from xianxue.bureau.indicators.parts import Own
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS

_SPREAD = say("√［Σ（P÷ΣP）×（x−x̄）²］÷x̄，x̄＝Σ（P×x）÷ΣP")
_DIGITS: Final = 4
"""Digits of a number that does not end: two more than most figures are printed with."""


def in_words(formula: Formula, formulas: Mapping[str, Formula], wording: Wording) -> str:
    """Say a formula in the official terms of its fields."""
    said = _whole_in_words(formula, formulas, wording)
    if formula.slice is not None:
        of = formula.slice
        return said + say("；只计{dimension}为{value}的", dimension=of.of, value=of.term)
    return said


def _whole_in_words(formula: Formula, formulas: Mapping[str, Formula], wording: Wording) -> str:
    card = formula.card
    base = formulas[formula.rests_on] if formula.rests_on else None
    if base is not None and formula.spread_of:
        pupils = added(_pieces(_terms(base, "denominator"), wording))
        return say(
            "{spread}；x为各校{ratio}，P为{pupils}",
            spread=_SPREAD,
            ratio=base.card.term,
            pupils=pupils,
        )
    if base is not None and card.share_of is not None:
        where = wording.where(card.share_of.where, None)
        bound = wording.bound(card.share_of.meets, UNITS[base.card.unit].term)
        return say(
            "{ratio}{bound}的单位数÷有{ratio}的单位数{where}{scale}",
            ratio=base.card.term,
            bound=bound,
            where=where,
            scale=scaled(card),
        )
    words = [added(_pieces(_terms(formula, name), wording)) for name in formula.parts]
    said: Sentence = joined("÷", words) + scaled(card)
    if formula.weights is not None:
        split = wording.shelf.splits[formula.weights.split]
        said += say("；一校有几个学段的，分子按学生数×权重分给各学段（{split}）", split=split.term)
    if formula.counted is not None:
        said += say("；只计{population}内的学校", population=formula.counted.card.term)
    return said


def in_numbers(
    formula: Formula,
    figure: Figure,
    members: Sequence[Own],
    total: Callable[[str, int], Fraction],
) -> str:
    """Say a formula with the numbers in it; empty where the figure has no value.

    ``total`` gives what one term of a part (by its place in the card) adds to it.
    """
    if figure.value is None:
        return ""
    result = say("＝{value}{unit}", value=figure.shown, unit=UNITS[figure.unit].term)
    if formula.spread_of:
        return _spread_numbers(members) + result
    if figure.numerator is None:
        return ""
    if formula.met is not None or any(own.divided for own in members):
        numbers = [_divided(figure.numerator, members)]
        if figure.denominator is not None:
            numbers.append(plain(figure.denominator))
    else:
        numbers = [
            added(
                Piece(plain(total(name, index) / times), times)
                for index, (_, times) in enumerate(_read(_terms(formula, name)))
            )
            for name in formula.parts
        ]
    return joined("÷", numbers) + scaled(formula.card) + result


def _divided(numerator: Fraction, members: Sequence[Own]) -> str:
    """Keep apart what is a stage's own and what schools have divided among theirs."""
    shares = [own for own in members if own.divided]
    # Of a single school there is no rest to set apart.
    if not shares or len(members) == 1:
        return plain(numerator, _DIGITS)
    rest = sum((own.part for own in members if not own.divided), Fraction(0))
    return say(
        "（{own}＋折算所得{divided}）",
        own=plain(rest, _DIGITS),
        divided=plain(numerator - rest, _DIGITS),
    )


def _spread_numbers(members: Sequence[Own]) -> str:
    counted = [own for own in members if own.denominator > 0 and not own.void]
    pupils = sum((own.share for own in counted), Fraction(0))
    total = sum((own.part for own in counted), Fraction(0))
    squares = sum(
        (own.share * (own.numerator / own.denominator) ** 2 for own in counted), Fraction(0)
    )
    return say(
        "ΣP＝{pupils}，Σ（P×x）＝{total}，Σ（P×x²）＝{squares}；√［{pupils}×{squares}÷{total}²−1］",
        pupils=plain(pupils),
        total=plain(total, _DIGITS),
        squares=plain(squares, _DIGITS),
    )


def _terms(formula: Formula, name: str) -> list[str | Term]:
    card = formula.card
    of = card.denominator if name == "denominator" else card.numerator or card.of
    return list(of.sum) if of is not None else []


def _read(terms: Iterable[str | Term]) -> list[tuple[Term, Fraction]]:
    read = (Term(field=term) if isinstance(term, str) else term for term in terms)
    return [(term, Fraction(term.times)) for term in read]


def _pieces(terms: Iterable[str | Term], wording: Wording) -> list[Piece]:
    """Say terms, those of one sheet and condition that follow each other together."""

    def together(read: tuple[Term, Fraction]) -> tuple[str, str]:
        term = read[0]
        sheet = term.field.partition(".")[0] if term.field else f"{term.count}#"
        return sheet, repr(term.where)

    found: list[Piece] = []
    for _, group in groupby(_read(terms), together):
        same = list(group)
        # Brackets that begin with a minus would hide what is taken away; rows that are counted have
        # no field to be named in brackets.
        if len(same) == 1 or same[0][1] < 0 or not same[0][0].field:
            found += [Piece(wording.term(term), times) for term, times in same]
            continue
        fields = [Piece(wording.field(term), times) for term, times in same]
        found.append(Piece(wording.around(same[0][0], added(fields)), Fraction(1)))
    return found
