"""The same number told twice: again with «上述», «全部», «中», or in another unit.

«中小学校医98人。89名中小学校医全部参加了培训»: the second number comes first and its noun behind,
and a word says that all of them are meant. Without such a word it may be some of them, and all
that is known is that they are no more than all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import same_kind, timeless
from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import replace

_BACK: Final = 10
"""Quantities back in which the first telling is looked for."""
_NEAR: Final = 2
"""Sentences between two tellings, at most."""
_LEAST: Final = 2
"""Characters of a noun that comes again: one comes again by chance."""
_LONGEST: Final = 10
_TEN: Final = 10
_TWO_HUNDREDTH: Final = 200
"""How far a land area in another unit may be off: 667 for 666.67."""
_AMONG: Final = re.compile(r"(?:当中|之中|里|中)(?:有|共|$)")
_IN: Final = re.compile(r"当中|之中|里|中")
_GREAT: Final = re.compile("[百千万亿]+")
_DIGITS: Final = re.compile("[0-9]")


class _Words:
    def __init__(self, lexicon: Lexicon) -> None:
        self.same = lexicon.same
        self.converted = re.compile(rf"{lexicon.any_of('converted')}?")
        again = lexicon.any_of("again")
        leading = lexicon.any_of("again_leading", "whole_scope")
        self.lead = re.compile(rf"(?:{leading}|,)*(?P<again>{again})?的?")
        self.whole = re.compile(
            rf"(?:{leading}|年底前|按期|如期|按时|[要将须应]|经[^,]{{1,6}}?)*{lexicon.any_of('again_whole')}"
        )
        self.pointing = re.compile(rf"{again}(?P<noun>.{{2,10}})")
        self.planned = re.compile(rf"{lexicon.any_of('planned')}(?![的内中书])")
        self.changing = re.compile(lexicon.any_of("changing"))
        self.gained = re.compile(
            rf"^(?:{lexicon.any_of('gained')})|(?:{lexicon.any_of('gained')})[了共]?$"
        )


def bind_repeats(reading: Reading) -> Iterator[Candidate]:
    """Give every number that tells another one again."""
    words = reading.lexicon.made(_Words)
    known: list[Quantity] = []
    for sentence in reading.sentences:
        for at, one in enumerate(sentence):
            if one.form not in ("cardinal", "percent") or not one.dim:
                continue
            if at:
                yield from _converted(reading, words, sentence[at - 1], one)
            if one.form == "percent":
                continue
            if one.role == "level" and one.size == 1:
                yield from _again(words, known, one)
            known = [*known[1 - _BACK :], one]


# ── in another unit ──


def _converted(
    reading: Reading, words: _Words, first: Quantity, one: Quantity
) -> Iterator[Candidate]:
    """Give «0.86亿元(8600万元)», «45亩,约合30000平方米»."""
    if first.form != one.form or not same_kind(first.dim, one.dim) or first.role == "other":
        return
    bracket = one.depth == first.depth + 1 and one.owner == first.index and one.stop == "("
    closed = bracket and reading.norm[one.end : one.end + 1] == ")"
    said = words.converted.fullmatch(one.lead)
    if said is None or not (closed or (said[0] and one.depth == first.depth)):
        return
    if reading.between(first, one).strip("(,、 " + one.lead):
        return
    if _form(reading, first) == _form(reading, one):
        return
    cues = ("other_unit", "unit_in_bracket" if bracket else "unit_converted")
    if one.form == "percent":
        yield Candidate("same", one, (first,), cues)
    else:
        yield Candidate("same", _as_printed(one), (_as_printed(first),), cues)


def _form(reading: Reading, one: Quantity) -> tuple[str, bool, str]:
    """Give how a number is written: its unit, its digits, its 万."""
    said = reading.said(one)
    great = _GREAT.search(said)
    written = bool(_DIGITS.search(said))
    return one.unit, written, great[0] if great and written else ""


def _as_printed(one: Quantity) -> Quantity:
    """Give a number with the bounds of its printed digits: what is measured is rounded."""
    if one.whole and not one.about:
        return one
    step = one.step
    while one.about and one.value and not one.value % (step * _TEN):
        step *= _TEN
    near = step // 2 if one.about or one.dim != "money" or step < 10**12 else 0
    if one.dim in ("land", "area"):
        near = max(near, one.value // _TWO_HUNDREDTH)
    return replace(one, low=one.value - near, high=one.value + near)


# ── again, of the same thing ──


def _again(words: _Words, known: Sequence[Quantity], one: Quantity) -> Iterator[Candidate]:
    """Give the earlier number that a number with its noun behind it tells again."""
    lead, behind = words.lead.fullmatch(timeless(one.lead)), _behind(one)
    if len(behind) < _LEAST:
        return
    for place in range(len(known) - 1, -1, -1):
        first = known[place]
        if one.sentence - first.sentence > _NEAR or one.document != first.document:
            return
        if not _like(first, one) or not _same_time(words, first, one):
            continue
        noun, rest = _noun(words, first, behind)
        if not noun and not (place == len(known) - 1 and one.unit == "人"):
            continue
        told = _is_told_again(words, lead, first, one, behind[len(noun) :])
        whole = not rest or bool(words.gained.search(rest)) or (
            told == "again_among" and _is_alone(known[:place], noun)
        )  # fmt: skip
        if not whole and told != "again":
            continue
        if any(_changes(words, between, first) for between in known[place + 1 :]):
            return
        if told and (told == "again" or not _is_told_of_parts(known[:place], first)):
            yield Candidate("same", one, (first,), ("told_again", told))
        elif not told and noun and lead and first.own and not first.after:
            yield Candidate("at_most", one, (first,), ("some_of_them",))
        return


def _behind(one: Quantity) -> str:
    """Give the noun behind a number with what follows it; a unit may be the noun: 540个教学班."""
    return one.unit.removeprefix("个") + one.after if one.dim == "classes" else one.after


def _like(first: Quantity, one: Quantity) -> bool:
    same = first.dim == one.dim or {first.dim, one.dim} == {"things", "classes"}
    return same and first.role == "level" and first.size == 1


def _is_alone(known: Sequence[Quantity], noun: str) -> bool:
    """Whether no other number was told of such: 小学教师620人、初中教师480人."""
    return not any(one.own.endswith(noun) for one in known)


def _same_time(words: _Words, first: Quantity, one: Quantity) -> bool:
    if first.prior or one.prior or (first.year and one.year and first.year != one.year):
        return False
    return bool(words.planned.search(first.lead)) == bool(
        words.planned.search(one.lead + one.after)
    )


def _noun(words: _Words, first: Quantity, behind: str) -> tuple[str, str]:
    """Give the noun that comes again, and what stands before it where it was told first."""
    name = first.own
    if not name:
        width = _common(first.after, behind)
        return (behind[:width], "") if width >= _LEAST else ("", "")
    for width in range(min(_LONGEST, len(behind)), _LEAST - 1, -1):
        noun = behind[:width]
        if name.endswith(noun):
            return noun, name[: len(name) - width]
        same = words.same.get(noun)
        if same is not None:
            for other in range(min(_LONGEST, len(name)), _LEAST - 1, -1):
                if words.same.get(name[-other:]) == same:
                    return noun, name[: len(name) - other]
    # 督导经费 of 教育督导经费预算: enough where a word points back.
    return (behind[:_LEAST], name) if akin(behind[:_LEAST], name) else ("", "")


def _common(first: str, second: str) -> int:
    width = 0
    while width < min(len(first), len(second)) and first[width] == second[width]:
        width += 1
    return width


def _is_told_again(
    words: _Words, lead: re.Match[str] | None, first: Quantity, one: Quantity, behind: str
) -> str:
    """Say which word tells that all of the first number are meant; nothing where none does."""
    verb = one.own.rstrip("出到了") if one.lead.endswith("的") else ""
    if len(verb) >= _LEAST and verb in first.lead:
        return "again"
    if lead is None:
        return ""
    if lead["again"]:
        return "again"
    if _AMONG.match(behind) or (one.lead.endswith("在") and _IN.match(behind)):
        return "again_among"
    return "all_of_them" if words.whole.match(behind) else ""


def _is_told_of_parts(known: Sequence[Quantity], first: Quantity) -> bool:
    """Whether the same was told of another part: 第一批12所、第二批16所."""
    return bool(first.own) and any(
        one.own == first.own and _like(one, first) and one.value != first.value for one in known
    )


def _changes(words: _Words, one: Quantity, first: Quantity) -> bool:
    """Whether a number between may have changed the first one: 新增36处, 报到842名."""
    if one.dim != first.dim:
        return False
    return (
        one.role != "level"
        or not one.own
        or one.own == first.own
        or bool(words.changing.search(one.lead))
    )
