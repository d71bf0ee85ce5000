"""What comes of each line of a workbook: a new entry, a correction, nothing, or a complaint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.kinds.ledgers.ledger import LedgerField, LedgerStep
from xianxue.bureau.kinds.ledgers.sheet import NUMBER, PLACE, RECORDED, STATE
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.ledgers.identity import masked
from xianxue.bureau.ledgers.lines import Line, key_of, tidy
from xianxue.bureau.ledgers.moving import Wanted
from xianxue.bureau.records.entry import Entry, Happened, Value
from xianxue.bureau.returns.contents.strict import read_text
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.desk.actions.ledgers.alike import Alike, chunks
from xianxue.desk.models.ledger import EntryLine, LedgerEntry, entry_of, number_of, parts_of

Lookups = Mapping[str, Mapping[str, str]]
"""Field to the words by which its codes may be written."""


class Plan(Record, kw_only=True):
    """What comes of the lines of a workbook."""

    new: list[tuple[Line, Happened]] = field(default_factory=list["tuple[Line, Happened]"])
    corrected: list[tuple[LedgerEntry, Entry, Happened]] = field(
        default_factory=list["tuple[LedgerEntry, Entry, Happened]"]
    )
    unchanged: list[str] = field(default_factory=list[str])
    issues: list[Issue] = field(default_factory=list[Issue])


class Planning(Alike):
    """Looks at all lines before the first is written."""

    lookups: Lookups
    why: str = ""
    """Why entries are corrected; asked for only where some are."""

    def plan(self, lines: Sequence[Line]) -> Plan:
        """Say what comes of lines, and everything that is amiss with them."""
        plan = Plan()
        known = self._numbered([line.number for line in lines if line.number])
        there = self.registered({line.place for line in lines if not line.number})
        claimed: dict[tuple[str, str], Line] = {}
        for line in lines:
            if not line.place:
                # Nobody knows whose it is: that has been said already.
                continue
            if line.number:
                self._numbered_line(line, known.get(line.number), plan)
                continue
            if there[line.key]:
                plan.unchanged.append(there[line.key].pop(0))
                continue
            actor = self.ground.actor(self.actor, line.place)
            on = line.on or self.moving.filling.today
            given = {name: said for name, said in line.given.items() if said is not None}
            wanted = Wanted(attempt=Attempt(RECORD, actor), on=on, given=given)
            happened = self.moving.record(line.place, wanted)
            if isinstance(happened, list):
                plan.issues.extend(map(line.of, happened))
            else:
                plan.issues.extend(self.twice(line, claimed))
                plan.new.append((line, happened))
        plan.issues.extend(self.held(claimed))
        return plan

    def _numbered(self, numbers: Sequence[str]) -> dict[str, tuple[LedgerEntry, Entry]]:
        years = {parts[0] for number in numbers if (parts := parts_of(number)) is not None}
        wanted = set(numbers)
        rows = {
            row.pk: row
            for row in LedgerEntry.objects.filter(ledger=self.ledger.ledger, year__in=years)
            if row.number in wanted
        }
        lines: dict[int, list[EntryLine]] = defaultdict(list)
        for some in chunks(list(rows)):
            for line in EntryLine.objects.filter(entry__in=some).order_by("order"):
                lines[line.entry_id].append(line)
        return {row.number: (row, entry_of(row, lines[key])) for key, row in rows.items()}

    def registered(self, places: set[str]) -> dict[tuple[object, ...], list[str]]:
        """Give what registrations of some places say, with the numbers of those that say so."""
        found: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for some in chunks(sorted(places)):
            rows = EntryLine.objects.filter(
                order=1, entry__ledger=self.ledger.ledger, entry__place__in=some
            ).values_list("entry__place", "on", "fields", "entry__year", "entry__serial")
            for place, on, fields, year, serial in rows.order_by("entry__year", "entry__serial"):
                found[key_of(place, on, fields)].append(number_of(year, serial))
        return found

    def _numbered_line(
        self, line: Line, known: tuple[LedgerEntry, Entry] | None, plan: Plan
    ) -> None:
        if known is None:
            saw = say("{ledger}里没有{number}号", ledger=self.ledger.term, number=line.number)
            required = say("台账里有的编号；新登记的空着")
            plan.issues.append(line.of(self.issue("L-ENTRY", NUMBER, saw, required)))
            return
        row, entry = known
        issues = list(self._fixed(line, entry))
        changes = self._changes(line, entry, issues)
        plan.issues.extend(map(line.of, issues))
        if issues:
            return
        if not changes:
            plan.unchanged.append(row.number)
            return
        happened = self._corrected(entry, changes)
        if isinstance(happened, list):
            plan.issues.extend(map(line.of, happened))
            return
        history = (*entry.history, happened)
        after = Entry(ledger=entry.ledger, number=entry.number, place=entry.place, history=history)
        plan.corrected.append((row, after, happened))

    def _fixed(self, line: Line, entry: Entry) -> Iterator[Issue]:
        """Complain of what a workbook cannot change: whose it is, since when, where it stands."""
        stands = self.ledger.lifecycle.state_term(entry.state)
        number = entry.number
        if line.place and line.place != entry.place:
            name = self.ground.name(entry.place)
            saw = say("{number}号是{name}的，表里换了单位", number=number, name=name)
            yield self.issue("L-LOCKED", PLACE, saw, say("单位和原来一样"))
        if line.on is not None and line.on != entry.recorded:
            day = entry.recorded.isoformat()
            saw = say("{number}号是 {day} 登记的，表里换了日期", number=number, day=day)
            yield self.issue("L-LOCKED", RECORDED, saw, say("登记日期和原来一样"))
        if line.state and line.state != stands:
            saw = say("{number}号现在是“{state}”，表里换了状态", number=number, state=stands)
            required = say("状态和原来一样；要变状态，请一步一步地办")
            yield self.issue("L-LOCKED", STATE, saw, required)

    def _changes(self, line: Line, entry: Entry, issues: list[Issue]) -> dict[str, Value | None]:
        fields = entry.fields
        found: dict[str, Value | None] = {}
        for name, said in line.given.items():
            card = self.ledger.field(name)
            now = fields.get(name)
            if card is None or self._covered(card, said, now):
                continue
            value = said
            if card.personal and said is not None and card.type != "text":
                read = read_text(str(said), card, self.lookups.get(name, {}))
                if isinstance(read, Missing):
                    saw = say("“{term}”填了“{text}”，看不懂", term=card.term, text=said)
                    issues.append(self.issue("L-VALUE", name, saw, card.help or say("规定的格式")))
                    continue
                value = read
            if (None if now is None else tidy(now)) != value:
                found[name] = value
        return found

    def _covered(self, card: LedgerField, said: Value | None, now: Value | None) -> bool:
        """Whether what stands there is covered: nobody wrote it, and it says nothing new."""
        if not card.personal or said is None or now is None:
            return False
        return said == masked(str(tidy(self.moving.filling.shown(card, now))))

    def _corrected(
        self, entry: Entry, changes: Mapping[str, Value | None]
    ) -> Happened | list[Issue]:
        step = self._step(entry.state, set(changes))
        if step is None:
            term = next(card.term for card in self.ledger.fields if card.field in changes)
            stands = self.ledger.lifecycle.state_term(entry.state)
            saw = say(
                "{number}号（{state}）的“{term}”与台账不同，这里不能在表里更正",
                number=entry.number,
                state=stands,
                term=term,
            )
            issue = self.issue("L-LOCKED", next(iter(changes)), saw, say("与台账一致"))
            return [issue]
        needs: frozenset[Need] = frozenset({"reason", "comment"} if self.why.strip() else ())
        actor = self.ground.actor(self.actor, entry.place)
        today = self.moving.filling.today
        wanted = Wanted(
            attempt=Attempt(step.step, actor, needs), on=today, given=changes, why=self.why
        )
        return self.moving.step(entry, wanted)

    def _step(self, state: str, names: set[str]) -> LedgerStep | None:
        """Give the step by which an entry is put right where it stands."""
        steps = [
            one
            for one in self.ledger.steps
            if one.act == "amend" and state in one.origins and one.to == state
        ]
        fit = [one for one in steps if names <= {*one.asks, *one.may}]
        return next(iter(fit or steps), None)
