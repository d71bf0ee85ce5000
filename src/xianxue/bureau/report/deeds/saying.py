"""Lists of deeds in a sentence: «A、B、C等8项», every name and number a claim on its entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.outlines.deeds import Deed
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.report import grammar
from xianxue.bureau.report.context import Choice, Context, Group, Row, chinese_day
from xianxue.bureau.report.deeds.choosing import choose
from xianxue.bureau.report.grammar import Option, Slot
from xianxue.bureau.report.naming import name_of
from xianxue.bureau.report.text import Run, Runs, plain
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import plain as digits
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.units import UNITS

PLACE: Final = "place"
_WAN: Final = 10_000
_WAN_DECIMALS: Final = 2
_LEAST: Final = 100
"""In yuan: what is less is printed as 0.00 or 0.01 ten thousands."""
_MARKS: Final = frozenset({"“”", "《》"})
_INVENTED: Final = "（虚构）"


def choice_of(context: Context, deed: Deed) -> Choice:
    """Give which entries of a list are named, chosen once a document."""
    found = context.chosen.get(deed.deed)
    if found is None:
        here = [one for one in context.happenings(deed.of) if matches(deed.where, one.facts)]
        found = choose(deed, ((one, _entry(context, deed, one)) for one in here))
        context.chosen[deed.deed] = found
    return found


def concerns(context: Context, slot: Slot) -> bool:
    """Whether a slot names one of the outline's lists."""
    return slot.name in context.deeds


def exists(context: Context, slot: Slot, row: Row | None = None) -> bool:
    """Whether there is an entry that can be named."""
    del row
    return bool(choice_of(context, context.deeds[slot.name]).named)


def say(context: Context, slot: Slot, row: Row | None = None) -> Runs:
    """Name the first, and count all where not all are named."""
    del row
    deed = context.deeds[slot.name]
    choice = choice_of(context, deed)
    runs: list[Run] = [deed.all if choice.whole else deed.some]
    for position, group in enumerate(choice.named):
        # Behind a school's name a bare title would be read as the school's too.
        bare = all(plain(one.runs)[:1] in {"《", "“"} for one in choice.named)
        runs += ["、"] if position and not (bare and _quoted(runs, group.runs)) else []
        runs += group.runs
        if len(group.entries) > 1:
            many = _many(context, deed, len(group.entries), group)
            runs += ["（", many, "）"]
    if not choice.whole:
        runs += ["等", _many(context, deed, choice.total)]
    return tuple(runs)


def _quoted(before: Sequence[Run], after: Runs) -> bool:
    """Whether two titles stand side by side: no 顿号 between them (GB/T 15834)."""
    return plain((before[-1],))[-1:] in {"》", "”"} and plain(after)[:1] in {"《", "“"}


def _many(context: Context, deed: Deed, many: int, group: Group | None = None) -> Claim:
    facet = f"{deed.deed}.{group.entries[0].entry.number}" if group else deed.deed
    return Claim(
        text=f"{many}{(deed.again if group else '') or deed.measure}",
        name=deed.of,
        facet=facet,
        place=context.county,
        stage=None,
        period=context.period.code,
        term=f"{deed.term}（{plain(group.runs)}）" if group else deed.term,
        value=Fraction(many),
        unit="item",
        shown=str(many),
    )


def _entry(context: Context, deed: Deed, happening: Happening) -> Runs | None:
    """Say one entry; None where something it needs was not filled in."""
    ledger = context.shelf.ledgers[deed.of.partition(".")[0]]
    runs: list[Run] = []
    for part in grammar.parse(deed.said):
        inner = part.parts if isinstance(part, Option) else (part,)
        said = [said_field(context, ledger, happening, one) for one in inner]
        if all(one is not None for one in said):
            runs += [one for one in said if one]
        elif not isinstance(part, Option):
            return None
    return _with_quotes(runs) or None


def _with_quotes(runs: Sequence[Run]) -> Runs:
    """Put each title's quotation marks into its control.

    Outside of it they would be left behind at the end of a line.
    """
    made = list(runs)
    for at, run in enumerate(made):
        before = made[at - 1] if at else ""
        after = made[at + 1] if at + 1 < len(made) else ""
        if not isinstance(run, Claim) or not isinstance(before, str) or not isinstance(after, str):
            continue
        marks = f"{before[-1:]}{after[:1]}"
        if marks in _MARKS:
            made[at] = replace(run, text=f"{marks[0]}{run.text}{marks[1]}")
            made[at - 1], made[at + 1] = before[:-1], after[1:]
    return tuple(run for run in made if run != "")


def said_field(
    context: Context, ledger: Ledger, happening: Happening, part: str | Slot
) -> Run | None:
    """Say a field of an entry; None where it was not filled in."""
    if isinstance(part, str):
        return part
    entry = happening.entry
    if part.name == PLACE:
        # What the county itself does has no school to be named.
        known = entry.place in context.register and entry.place != context.county
        return name_of(entry.place, context.register) if known else None
    field, fact = ledger.field(part.name), happening.facts.get(part.name)
    if field is None or fact is None or fact == "":
        return None
    if field.type in {"integer", "measure"}:
        return _amount(context, ledger, happening, field, part) if fact else None
    return _claim(context, ledger, happening, field, words_of(context, ledger, field, str(fact)))


def words_of(context: Context, ledger: Ledger, field: LedgerField, fact: str) -> str:
    """Give what a field says as people read it: a code's term, a day, the text itself."""
    if field.type == "date":
        return chinese_day(date.fromisoformat(fact))
    known = context.shelf.codes.get(ledger.codes_of(field)) if field.type == "code" else None
    entry = known.entry(fact) if known is not None else None
    # That it is invented is said once, by the county's own name.
    return str(entry.term) if entry is not None else fact.replace(_INVENTED, "")


def _amount(
    context: Context, ledger: Ledger, happening: Happening, field: LedgerField, slot: Slot
) -> Claim:
    unit = UNITS[field.unit]
    value = unit.in_whole_units(int(happening.facts[field.field]))
    # So little that it would be printed as nothing is written in full.
    wan = slot.form == "wan" and value >= _LEAST
    said = shown(value / _WAN, _WAN_DECIMALS) if wan else digits(value)
    word = "" if slot.form == "bare" else f"万{unit.term}" if wan else unit.term
    return _claim(context, ledger, happening, field, said, f"{said}{word}", value)


def _claim(  # noqa: PLR0913, PLR0917 - the parts of a claim
    context: Context,
    ledger: Ledger,
    happening: Happening,
    field: LedgerField,
    said: str,
    text: str = "",
    value: Fraction | None = None,
) -> Claim:
    entry = happening.entry
    return Claim(
        text=text or said,
        name=ledger.ledger,
        facet=f"{entry.number}.{field.field}",
        place=entry.place,
        stage=None,
        period=context.period.code,
        term=f"{ledger.term}{entry.number}{field.term}",
        value=value,
        unit=field.unit if value is not None else "one",
        shown=said,
    )
