"""Rates of opinion beside the number of answers: «回收37份，满意率91.3%» is no share of 37.

Which share of how many people was satisfied is a whole number of them, so that of few answers only
some rates are possible. Only the plain rate of all is looked at: what groups said, what was
weighted and what is a mean of points may be any number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_FEW: Final = 100 * ONE * ONE
"""Of more answers than there are rates with so many decimals, each rate is possible."""


class Answers:
    """The words for answers that came back, and for what they say."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.back = re.compile(f"{lexicon.any_of('answers_back')}[\\u4e00-\\u9fff]{{0,6}}$")
        self.valid = re.compile(f"{lexicon.any_of('answers_valid')}[\\u4e00-\\u9fff]{{0,6}}$")
        all_of = lexicon.any_of("opinion_of_all")
        self.rate = re.compile(
            f"^{all_of}?{lexicon.any_of('opinion_rate')}[为是达到仅只有]{{0,2}}$"
        )


def bind_answers(reading: Reading) -> Iterator[Candidate]:
    """Give every plain rate of opinion with the answers it is of."""
    words = reading.lexicon.made(Answers)
    for sentence in reading.sentences:
        for at, one in enumerate(sentence):
            if one.form != "percent" or one.about or not words.rate.search(one.lead):
                continue
            many = _answers(words, sentence[:at])
            if many is not None and 0 < many.value * one.step < _FEW:
                yield Candidate("grim_rate", one, (many,), ("rate_of_answers",))


def _answers(words: Answers, before: Sequence[Quantity]) -> Quantity | None:
    """Give how many answers there were: the valid ones, else those that came back; of one kind."""
    counts = [one for one in before if one.whole and not one.about and one.form == "cardinal"]
    for asked in (words.valid, words.back):
        found = [one for one in counts if asked.search(one.lead)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
