"""Whether ledgers stand as the journal tells: rows, lines, clocks and evidence, each on its own.

The journal proves the lines, the lines prove the row, the row with the card and the calendar its
clocks; files are proved by their digests. So whatever was set past the deeds is found, and named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.clocks import Clocks, Run
from xianxue.bureau.ledgers.moving import replayed
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ledgers.doing import columns_of, digest_of
from xianxue.desk.actions.ledgers.files import FOLDER
from xianxue.desk.ledgers.entries import lines_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.ledger import (
    EntryClock,
    EntryLine,
    EntryOnce,
    Evidence,
    LedgerEntry,
    changes_of,
    entry_of,
)
from xianxue.desk.models.personal import DIGEST, GONE
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.scans import Scan, ScanFiles

_CHUNK: Final = 5_000
"""Entries that are looked at together."""


class _Told(Record):
    """What the journal tells of the lines of one ledger, by subject and order: a digest."""

    lines: dict[tuple[str, int], tuple[str, frozenset[str]]]
    """With the fields that the journal has a salted digest of, and no value."""


def faults(room: Room) -> Iterator[Issue]:
    """Complain of everything in the ledgers that is not as deeds left it."""
    known = set(room.ground.shelf.ledgers)
    for card in room.ground.shelf.ledgers.values():
        yield from _of_ledger(room, card)
    for name in sorted(set(LedgerEntry.objects.values_list("ledger", flat=True).distinct())):
        if name not in known:
            saw = say("有“{name}”台账的条目，却没有这本台账的卡片", name=name)
            yield _issue("L-CARD", name, "", saw, say("每本台账都有卡片"))
    yield from _of_files(room)


def _of_ledger(room: Room, card: Ledger) -> Iterator[Issue]:
    values = dict(
        PersonalValue.objects.filter(form=card.ledger).values_list("digest", "value").iterator()
    )
    told = _told(card.ledger, values)
    clocks = room.clocks(card.ledger)
    last = 0
    while True:
        mine = LedgerEntry.objects.filter(ledger=card.ledger, pk__gt=last).order_by("pk")
        rows = list(mine[:_CHUNK])
        if not rows:
            break
        last = rows[-1].pk
        keys = [row.pk for row in rows]
        lines, runs, once = lines_of(keys), _clocks_of(keys), _once_of(keys)
        for row in rows:
            yield from _of_entry(
                _Held(card, row, lines[row.pk], runs.get(row.pk, {}), once.get(row.pk, {})),
                clocks,
                told,
            )
    for subject, order in sorted(told.lines):
        yield _gone(subject, order)


class _Held(Record):
    """What is kept of one entry."""

    card: Ledger
    row: LedgerEntry
    lines: Sequence[EntryLine]
    clocks: Mapping[str, Mapping[str, object]]
    once: Mapping[str, str]


def _of_entry(held: _Held, clocks: Clocks, told: _Told) -> Iterator[Issue]:
    unlike = list(_of_lines(held, told))
    yield from unlike
    # Everything else rests on the lines: it would be complained of a second time.
    if unlike:
        return
    card, row = held.card, held.row
    entry = entry_of(row, list(held.lines))
    if replayed(card, entry) is not None:
        saw = say("{subject} 的经过不是卡片上的走法", subject=row.subject)
        yield _issue("L-WAY", card.ledger, row.place, saw, say("每一步都是卡片上写的"))
        return
    for name, value in changes_of(card, entry).items():
        if getattr(row, name) != value:
            saw = say("{subject} 的“{name}”与它的经过不符", subject=row.subject, name=name)
            yield _issue("L-ROW", card.ledger, row.place, saw, say("由经过推出来"))
    yield from _of_clocks(held, clocks.runs(entry))
    alike = _alike(card, entry)
    if alike != {rule: value for rule, value in held.once.items() if rule != "key"}:
        saw = say("{subject} 的防重记录与它的栏目不符", subject=row.subject)
        yield _issue("L-ONCE", card.ledger, row.place, saw, say("由栏目推出来"))


def _of_lines(held: _Held, told: _Told) -> Iterator[Issue]:
    row, found = held.row, False
    for line in held.lines:
        wanted = told.lines.pop((row.subject, line.order), None)
        if wanted is not None and wanted[0] == _digest(_of_line(line, wanted[1])):
            continue
        found = True
        if wanted is None:
            saw = say("{subject} 的第 {n} 步，日志没有说过", subject=row.subject, n=line.order)
        else:
            saw = say("{subject} 的第 {n} 步与日志记的不同", subject=row.subject, n=line.order)
        yield _issue("L-LINE", row.ledger, row.place, saw, _AS_TOLD)
    orders = [line.order for line in held.lines]
    after = len(orders) + 1
    while told.lines.pop((row.subject, after), None) is not None:
        found = True
        yield _gone(row.subject, after)
        after += 1
    if not found and orders != list(range(1, max(len(orders), 1) + 1)):
        saw = say("{subject} 的经过缺了步骤", subject=row.subject)
        yield _issue("L-LINE", row.ledger, row.place, saw, _AS_TOLD)


def _of_clocks(held: _Held, runs: Sequence[Run]) -> Iterator[Issue]:
    wanted = {run.clock: columns_of(run) for run in runs}
    for clock in sorted({*wanted, *held.clocks}):
        if wanted.get(clock) != held.clocks.get(clock):
            named = held.card.clock(clock)
            term = named.term if named is not None else clock
            saw = say("{subject} 的期限“{term}”与日历算的不同", subject=held.row.subject, term=term)
            required = say("由卡片、经过和日历算出来")
            yield _issue("L-CLOCK", held.row.ledger, held.row.place, saw, required)


def _alike(card: Ledger, entry: Entry) -> dict[str, str]:
    return {
        rule: digest_of(said) for rule, said in kept_apart(card, entry).items() if GONE not in said
    }


def _told(ledger: str, values: Mapping[str, str]) -> _Told:
    lines = JournalLine.objects.filter(kind=SUBJECT, ident__startswith=f"{ledger}/").order_by(
        "number"
    )
    found: dict[tuple[str, int], tuple[str, frozenset[str]]] = {}
    for line in lines.iterator():
        detail: dict[str, Any] = line.detail
        if isinstance(detail.get("line"), int):
            said: dict[str, Any] = detail.get("fields", {})
            aside = frozenset(name for name, value in said.items() if isinstance(value, dict))
            whole = _digest(_of_journal(line, detail, values))
            found[line.subject, detail["line"]] = whole, aside
    return _Told(found)


def _of_journal(
    line: JournalLine, detail: Mapping[str, Any], values: Mapping[str, str]
) -> list[object]:
    fields = {
        name: values.get(str(said.get(DIGEST)), GONE) if isinstance(said, dict) else said
        for name, said in detail.get("fields", {}).items()
    }
    step = line.deed.removeprefix(f"{SUBJECT}.")
    parts = (detail.get("on"), detail.get("from"), detail.get("to"), detail.get("second", ""))
    called = {
        digest: values.get(str(said.get(DIGEST)), GONE) if isinstance(said, dict) else said
        for digest, said in detail.get("names", {}).items()
    }
    return [
        *(step, *parts, line.actor, line.why, line.at.isoformat()),
        detail.get("evidence", []),
        called,
        fields,
    ]


def _of_line(line: EntryLine, aside: frozenset[str]) -> list[object]:
    # Beside the journal every value is a text, yes and no too.
    fields = {name: str(said) if name in aside else said for name, said in line.fields.items()}
    parts = (line.on.isoformat(), line.origin, line.to, line.second)
    return [
        *(line.step, *parts, line.actor, line.why, line.at.isoformat()),
        line.evidence,
        line.names,
        fields,
    ]


def _digest(said: list[object]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _clocks_of(keys: Sequence[int]) -> dict[int, dict[str, dict[str, object]]]:
    found: dict[int, dict[str, dict[str, object]]] = {}
    for run in EntryClock.objects.filter(entry__in=keys).values(
        "entry", "clock", "started", "due", "supposed", "open", "paused", "met"
    ):
        said = {name: run[name] for name in run if name not in {"entry", "clock"}}
        found.setdefault(run["entry"], {})[run["clock"]] = said
    return found


def _once_of(keys: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    kept = EntryOnce.objects.filter(entry__in=keys).values_list("entry", "rule", "value")
    for entry, rule, value in kept:
        found.setdefault(entry, {})[rule] = value
    return found


def _of_files(room: Room) -> Iterator[Issue]:
    """Hold each file that a line names against its digest."""
    files = ScanFiles(room.cabinet, FOLDER)
    named: dict[str, str] = {}
    lines = EntryLine.objects.exclude(evidence=[]).select_related("entry").order_by("pk")
    for line in lines.iterator():
        for digest in line.evidence:
            # Destroyed with the name, when the entry's time was over; the journal says so.
            if line.names.get(digest) != GONE:
                named.setdefault(digest, line.entry.subject)
    kept = {row.digest: row for row in Evidence.objects.order_by("pk").iterator()}
    for digest, subject in named.items():
        row = kept.get(digest)
        if row is None:
            saw = say("{subject} 的凭据没有登记", subject=subject)
            yield _issue("L-FILE", *_parts(subject), saw, say("每份凭据都有登记和原文件"))
            continue
        try:
            data = files.read(Scan("", digest, row.kind, row.size))
        except HarmedError as error:
            yield from error.issues
            continue
        if len(data) != row.size:
            saw = say("{subject} 的凭据大小与登记的不符", subject=subject)
            yield _issue("L-FILE", *_parts(subject), saw, say("与登记时一样"))


def _gone(subject: str, order: int) -> Issue:
    saw = say("{subject} 的第 {n} 步不见了，日志里有", subject=subject, n=order)
    return _issue("L-LINE", *_parts(subject), saw, _AS_TOLD)


def _parts(subject: str) -> tuple[str, str]:
    ledger, _, place = subject.split("/")
    return ledger, place


_AS_TOLD: Final = say("台账只经办理改动，每一步日志都有一行")


def _issue(code: str, ledger: str, place: str, saw: str, required: str) -> Issue:
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        form=ledger,
        place=place,
        saw=saw,
        required=required,
        do=say("请封存数据库文件，与备份核对，并报告分管领导"),
    )
