"""From a text to everything that can be said of its numbers: read, bind, test, choose, tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_FLOOR, Decimal
from math import ceil, floor
from typing import Final

from xianxue.bureau.audit.binding.amounts.apiece import bind_apiece
from xianxue.bureau.audit.binding.amounts.per import bind_per
from xianxue.bureau.audit.binding.amounts.products import bind_products
from xianxue.bureau.audit.binding.amounts.ratios import bind_ratios
from xianxue.bureau.audit.binding.amounts.repeats import bind_repeats
from xianxue.bureau.audit.binding.changes.balance import bind_balances
from xianxue.bureau.audit.binding.changes.changes import bind_changes
from xianxue.bureau.audit.binding.changes.gaps import bind_gaps
from xianxue.bureau.audit.binding.changes.multiples import bind_multiples
from xianxue.bureau.audit.binding.counts import bind_counts
from xianxue.bureau.audit.binding.rates.against import bind_against
from xianxue.bureau.audit.binding.rates.answers import bind_answers
from xianxue.bureau.audit.binding.rates.rates import bind_rates
from xianxue.bureau.audit.binding.rates.sets import bind_sets
from xianxue.bureau.audit.binding.remarks import bind_remarks
from xianxue.bureau.audit.binding.sums.sections import bind_sections
from xianxue.bureau.audit.binding.sums.sums import bind_sums
from xianxue.bureau.audit.binding.sums.within import bind_within
from xianxue.bureau.audit.binding.tables.columns import bind_table_columns
from xianxue.bureau.audit.binding.tables.prose import bind_table_prose
from xianxue.bureau.audit.binding.tables.stocks import bind_stocks
from xianxue.bureau.audit.binding.tables.totals import bind_tables
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.choosing import Chosen, choose
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading, read
from xianxue.bureau.audit.telling.sentences import told
from xianxue.bureau.audit.telling.wording import decimal
from xianxue.bureau.records.audited import Audit, Computed, Number, Operand, Proof

BINDERS: Final[tuple[Callable[[Reading], Iterator[Candidate]], ...]] = (
    bind_changes,
    bind_counts,
    bind_rates,
    bind_against,
    bind_answers,
    bind_sums,
    bind_sets,
    bind_within,
    bind_tables,
    bind_table_columns,
    bind_table_prose,
    bind_sections,
    bind_per,
    bind_apiece,
    bind_products,
    bind_ratios,
    bind_repeats,
    bind_gaps,
    bind_multiples,
    bind_balances,
    bind_stocks,
    bind_remarks,
)
"""Each finds relations of one family; none knows of another, and their order says nothing."""
_NO_VALUE: Final = frozenset({"name", "mask", "date", "ordinal", "year"})
_LONGEST_LEAD: Final = 60
_LONGEST_ROW: Final = 160
_SURENESS: Final = Decimal("0.01")


def audit(text: str, lexicon: Lexicon) -> Audit:
    """Read the numbers of a plain text and judge every relation that its words mean."""
    reading = read(text, lexicon)
    chosen = sorted(judge(reading), key=_place)
    numbers = tuple(_number(text, one) for one in reading.quantities)
    related = {
        number.index
        for one in chosen
        for number in (one.tested.candidate.stated, *one.tested.candidate.terms)
    }
    unrelated = tuple(
        number
        for number, one in zip(numbers, reading.quantities, strict=True)
        if one.form not in _NO_VALUE and one.index not in related
    )
    return Audit(text, numbers, tuple(_proof(text, reading, one) for one in chosen), unrelated)


def judge(reading: Reading) -> Iterator[Chosen]:
    """Give the verdicts on a text that was read."""
    return choose((one for bind in BINDERS for one in bind(reading)), reading.lexicon)


def _place(one: Chosen) -> tuple[int, str]:
    return one.tested.candidate.stated.start, one.tested.candidate.relation


def _number(text: str, one: Quantity) -> Number:
    value = low = high = None
    if one.form not in _NO_VALUE:
        value = low = high = decimal(one.value)
        if one.low != one.high:
            low, high = decimal(one.low), decimal(one.high)
    return Number(
        text[one.start : one.end], one.start, one.end, one.form, value, low, high,
        one.unit, one.dim, one.lead, one.about,
    )  # fmt: skip


def _operand(text: str, one: Quantity) -> Operand:
    # A year's value is the year itself, not so many of the smallest parts.
    value = Decimal(one.value) if one.form == "year" else decimal(one.value)
    return Operand(text[one.start : one.end], value, one.unit, one.start, one.end)


def _proof(text: str, reading: Reading, one: Chosen) -> Proof:
    candidate, computed = one.tested.candidate, one.tested.computed
    start, end = _span(reading.norm, candidate)
    message, suggestion = told(reading, one)
    return Proof(
        one.verdict,
        RELATIONS[candidate.relation].kind,
        text[start:end],
        start,
        end,
        _operand(text, candidate.stated),
        tuple(_operand(text, term) for term in candidate.terms),
        Computed(decimal(floor(computed.low)), decimal(ceil(computed.high))),
        suggestion,
        message,
        Decimal(one.certainty).quantize(_SURENESS, ROUND_FLOOR),
        one.reason,
    )


def _span(norm: str, one: Candidate) -> tuple[int, int]:
    """Give the words that tell a relation: those of one sentence, from the first clause on."""
    stated = one.stated
    if stated.cell:
        # The row up to the number, with its name.
        row = norm.rfind("\n", max(0, stated.start - _LONGEST_ROW), stated.start) + 1
        return row or max(0, stated.start - _LONGEST_ROW), stated.end
    near = [each for each in (stated, *one.terms) if each.sentence == stated.sentence]
    first = min(near, key=lambda each: each.start)
    least = max(0, first.start - _LONGEST_LEAD)
    start = max(norm.rfind(stop, least, first.start) for stop in "。!?\n;,:") + 1
    return max(start, least), max(each.end for each in near)
