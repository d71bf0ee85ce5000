"""From a text to everything that can be said of its numbers."""

from __future__ import annotations

from decimal import Decimal

from xianxue.bureau.audit.clauses import Sorter
from xianxue.bureau.audit.cores import Cores
from xianxue.bureau.audit.frames import frames
from xianxue.bureau.audit.layout import unwrap
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.apart import judge_apart
from xianxue.bureau.audit.relations.completion import judge_completion
from xianxue.bureau.audit.relations.compound import judge_compound
from xianxue.bureau.audit.relations.counts import judge_counts, judge_quoted
from xianxue.bureau.audit.relations.excess import judge_excess
from xianxue.bureau.audit.relations.failing import Failing
from xianxue.bureau.audit.relations.groups import Groups
from xianxue.bureau.audit.relations.growth import judge_changes
from xianxue.bureau.audit.relations.hidden import judge_answers, judge_hidden
from xianxue.bureau.audit.relations.hundred import judge_hundred
from xianxue.bureau.audit.relations.listing import Listings
from xianxue.bureau.audit.relations.measures import Measures
from xianxue.bureau.audit.relations.paired import judge_paired
from xianxue.bureau.audit.relations.partition import Partition
from xianxue.bureau.audit.relations.plain import judge_plain
from xianxue.bureau.audit.relations.products import judge_products
from xianxue.bureau.audit.relations.rates import Rates
from xianxue.bureau.audit.relations.repeats import judge_repeats
from xianxue.bureau.audit.relations.said import Speaker
from xianxue.bureau.audit.relations.series import find_series, judge_series
from xianxue.bureau.audit.relations.shares import Shares
from xianxue.bureau.audit.relations.sums import Sums
from xianxue.bureau.audit.relations.tables import find_tables, judge_tables
from xianxue.bureau.audit.relations.telling import Telling
from xianxue.bureau.audit.relations.totals import Totals
from xianxue.bureau.audit.relations.years import judge_years
from xianxue.bureau.audit.scan import scan
from xianxue.bureau.audit.wording import decimal
from xianxue.bureau.records.audited import Audit, Computed, Number, Operand, Proof

_LONGEST_LEAD = 60
_NO_VALUE = frozenset({"name", "mask", "date", "ordinal", "year"})


def audit(text: str, lexicon: Lexicon) -> Audit:
    """Read the numbers of a plain text and judge every relation between them."""
    ledger = judge(text, lexicon)
    numbers = tuple(_number(text, one) for one in ledger.mentions)
    related = {one.index for finding in ledger.findings for one in (finding.stated, *finding.terms)}
    findings = tuple(_proof(text, ledger.norm, one) for one in sorted(ledger.findings, key=_place))
    unrelated = tuple(
        number
        for number, mention in zip(numbers, ledger.mentions, strict=True)
        if mention.form not in _NO_VALUE and mention.index not in related
    )
    return Audit(text, numbers, findings, unrelated)


def judge(text: str, lexicon: Lexicon) -> Ledger:
    """Give the ledger of a text: all mentions and findings as the detectors see them."""
    norm = unwrap(text.translate(lexicon.table))
    mentions = scan(norm, lexicon)
    cores = Cores(lexicon)
    sorter = Sorter(lexicon)
    sorter.place(norm, mentions)
    for mention in mentions:
        sorter.sort(mention)
    ledger = Ledger(norm, mentions)
    tables = find_tables(norm, mentions)
    judge_tables(ledger, tables)
    series = find_series(mentions)
    cores.tell(mentions)
    _judge_sums(ledger, lexicon, cores)
    told = frames(mentions)
    judge_changes(ledger, told)
    judge_years(ledger, told)
    judge_compound(ledger)
    judge_apart(ledger)
    judge_series(ledger, cores, series)
    judge_paired(ledger, cores, series)
    _judge_rates(ledger, lexicon, cores)
    judge_products(ledger)
    judge_counts(ledger)
    judge_quoted(ledger)
    judge_plain(ledger)
    judge_repeats(ledger)
    judge_hundred(ledger, lexicon)
    return ledger


def _judge_sums(ledger: Ledger, lexicon: Lexicon, cores: Cores) -> None:
    sums = Sums(ledger)
    sums.prove()
    partition = Partition(lexicon, cores)
    for one in sums.found:
        partition.learn(one.parts)
    speaker = Speaker(ledger)
    measures = Measures(ledger.mentions)
    groups = Groups(ledger, lexicon, speaker, sums.found)
    groups.judge_neighbours()
    Failing(ledger, partition, speaker).judge(Listings(ledger, lexicon, partition))
    Totals(ledger, partition, speaker).judge(measures)
    groups.judge_measures(measures)
    groups.judge_strangers()


def _judge_rates(ledger: Ledger, lexicon: Lexicon, cores: Cores) -> None:
    judge_excess(ledger)
    telling = Telling(ledger, cores)
    read = (
        telling.read(one)
        for one in ledger.mentions
        if one.form == "percent" and one.part == "rate" and one.series < 0
    )
    told = [one for one in read if one is not None]
    rates = Rates(ledger, lexicon, telling)
    Shares(ledger, rates).judge(told)
    rates.judge(told)
    judge_completion(ledger)
    judge_answers(ledger)
    judge_hidden(ledger, lexicon, told)


def _place(finding: Finding) -> tuple[int, str]:
    return finding.stated.start, finding.kind


def _number(text: str, mention: Mention) -> Number:
    value = low = high = None
    if mention.form not in _NO_VALUE:
        value = low = high = decimal(mention.value)
        if mention.low != mention.high:
            low, high = decimal(mention.low), decimal(mention.high)
    return Number(
        text[mention.start : mention.end],
        mention.start,
        mention.end,
        mention.form,
        value,
        low,
        high,
        mention.unit,
        mention.dim,
        mention.head,
        mention.about,
    )


def _operand(text: str, mention: Mention) -> Operand:
    return Operand(
        text[mention.start : mention.end],
        # A year's value is the year itself, not so many of the smallest parts.
        Decimal(mention.value) if mention.form == "year" else decimal(mention.value),
        mention.unit,
        mention.start,
        mention.end,
    )


def _proof(text: str, norm: str, finding: Finding) -> Proof:
    stated = finding.stated
    start, end = _span(norm, finding)
    computed = None
    if finding.low is not None and finding.high is not None:
        computed = Computed(decimal(finding.low), decimal(finding.high))
    return Proof(
        finding.verdict,
        finding.kind,
        text[start:end],
        start,
        end,
        _operand(text, stated),
        tuple(_operand(text, one) for one in finding.terms),
        computed,
        finding.suggestion,
        finding.message,
    )


def _span(norm: str, finding: Finding) -> tuple[int, int]:
    """Give the words that tell a relation: those of one sentence, from the first clause on."""
    stated = finding.stated
    near = [one for one in (stated, *finding.terms) if one.sent == stated.sent]
    first = min(near, key=lambda one: one.start)
    least = max(0, first.start - _LONGEST_LEAD)
    start = max(norm.rfind(one, least, first.start) for one in "。!?\n;,:") + 1
    return max(start, least), max(one.end for one in near)
