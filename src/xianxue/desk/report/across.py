"""What two sections of a report say of one quantity, and not alike: their owners have to agree.

Each section may hold by itself; only read as a whole do they contradict each other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.sources.sourced import name_of
from xianxue.bureau.records.audited import Number, Operand
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.report.live import Flat, audited

_WITH_VALUE: Final = frozenset({"cardinal", "percent"})
_SENTENCE_END: Final = "。！？!?\n\t"
_CLAUSE_END: Final = _SENTENCE_END + "，,；;：:、（()）"
_COUNTY: Final = re.compile(r"(?:全县|我县|全区|我区|全市|我市)的?(?:目前|现有|共有|现|共|有)*")
_OTHERWISE: Final = re.compile(
    r"20\d\d|[上去前明下](?:一|个)?(?:学)?年|[比较]|新[增招]|增|减|升|降|计划|力争|将|拟|目标|年均|累计|以来"
)
"""Words by which a sentence speaks of another year, of a change or of what is planned."""
_LEAST: Final = 2
"""Characters of a name that comes again: one comes again by chance."""


class Said(Record):
    """What one section says of it."""

    section: str
    numbers: tuple[str, ...]


class Across(Record):
    """One quantity of which sections speak otherwise."""

    said: tuple[Said, ...]
    """The section whose number does not hold stands first."""
    message: str
    quote: str = ""
    certain: bool = True
    """Whether the numbers cannot all be right; else they may be of different things."""

    @property
    def sections(self) -> tuple[str, ...]:
        """Give the sections it is between."""
        return tuple(one.section for one in self.said)


def across(sections: Mapping[str, Flat], words: Lexicon) -> tuple[Across, ...]:
    """Read a report as a whole and give what its sections contradict each other in."""
    names = [name for name, flat in sections.items() if flat.text]
    starts: list[int] = []
    at = 0
    for name in names:
        starts.append(at)
        at += len(sections[name].text) + 1
    whole = "\n".join(sections[name].text for name in names)
    found = list(_found(whole, names, starts, words))
    told = {section for one in found for section in one.sections}
    # What is proved already is not asked once more.
    found += [one for one in _alike(sections, words) if not told.issuperset(one.sections)]
    return tuple(found)


def _found(
    whole: str, names: Sequence[str], starts: Sequence[int], words: Lexicon
) -> Iterator[Across]:
    for one in audited(whole, words).findings:
        if one.verdict != "inconsistent":
            continue
        by_section: dict[str, list[str]] = {}
        for operand in (one.stated, *one.terms):
            name = names[bisect_right(starts, operand.start) - 1]
            by_section.setdefault(name, []).append(_printed(operand))
        if len(by_section) > 1:
            said = tuple(Said(name, tuple(found)) for name, found in by_section.items())
            yield Across(said, one.message, " ".join(one.quote.split()))


def _printed(operand: Operand) -> str:
    text = " ".join(operand.text.split())
    # In a table its unit stands at the head of the column.
    return text if text.endswith(operand.unit) else f"{text}{operand.unit}"


def _alike(sections: Mapping[str, Flat], words: Lexicon) -> Iterator[Across]:
    """Give what several sections say of the county in the same words, with other numbers.

    Strictly: «全县», the same name, the same unit, and no word of another year, of a change or of a
    plan in the sentence.
    """
    found: dict[tuple[str, str], dict[str, Number]] = {}
    for section, flat in sections.items():
        for number in audited(flat.text, words).numbers if flat.text else ():
            name = _named(flat.text, number)
            if len(name) >= _LEAST:
                found.setdefault((name, number.unit), {}).setdefault(section, number)
    for (name, _), by_section in found.items():
        numbers = list(by_section.values())
        if any(_apart(numbers[0], one) for one in numbers[1:]):
            yield Across(
                tuple(Said(section, (one.text,)) for section, one in by_section.items()),
                say("都说的是全县“{name}”；请核对是不是同一口径，改成一个数", name=name),
                certain=False,
            )


def _named(text: str, number: Number) -> str:
    """Say what of the whole county a number is by its clause; empty where that is not plain."""
    if number.form not in _WITH_VALUE or number.low is None or number.high is None:
        return ""
    start = _after(text, number.start, _SENTENCE_END)
    end = min((at for sign in "。！？\n" if (at := text.find(sign, number.end)) >= 0), default=None)
    if _OTHERWISE.search(text, start, end if end is not None else len(text)):
        return ""
    clause = text[_after(text, number.start, _CLAUSE_END) : number.start]
    county = _COUNTY.match(clause)
    return name_of(clause[county.end() :]) if county is not None else ""


def _after(text: str, at: int, signs: str) -> int:
    """Give where a piece of text begins: behind the last of some signs."""
    return max(text.rfind(sign, 0, at) for sign in signs) + 1


def _apart(one: Number, other: Number) -> bool:
    """Whether two numbers cannot be one, however they were rounded."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.high < other.low or other.high < one.low
