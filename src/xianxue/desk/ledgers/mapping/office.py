"""A ledger that an office has kept in a workbook: proposed, corrected, taken in, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.mapping import MappedValue, MappedWord
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.mapping.decisions import card_of
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.keep_mapping import KeepMapping
from xianxue.desk.actions.ledgers.bring_over import BringOver, Brought
from xianxue.desk.database.transactions import writing
from xianxue.desk.ledgers.mapping.by_values import by_values
from xianxue.desk.ledgers.mapping.looked import Looked, look_at
from xianxue.desk.ledgers.mapping.reading import read
from xianxue.desk.ledgers.mapping.records import Left, Read, Said
from xianxue.desk.ledgers.mapping.words import Words
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.typed import lookup_of
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.mappings import MappingsFolder


class TableSaid(Record, kw_only=True):
    """What somebody has said of one table."""

    ledger: str = ""
    """Another ledger than is proposed; ``-`` for a table that is not taken in."""
    columns: Mapping[int, str] = field(default_factory=dict[int, str])
    said: Said = field(default_factory=Said)


NOT_TAKEN: Final = "-"
Answers = Mapping[tuple[str, int], TableSaid]
"""By the sheet and which table of it."""


class Proposed(Record, kw_only=True):
    """One table as it would be taken in."""

    looked: Looked
    said: Said
    read: Read
    rows: tuple[int, ...]
    """The lines of the sheet that are entries, in order."""
    brought: Brought

    @property
    def key(self) -> tuple[str, int]:
        """How it is spoken of: its sheet and which table of it."""
        return self.looked.block.tab, self.looked.block.nth

    @property
    def issues(self) -> dict[int, list[Issue]]:
        """What keeps lines out, by the line of the sheet."""
        return {self.rows[at]: found for at, found in self.brought.issues.items()}

    @property
    def open(self) -> int:
        """How many things somebody has to say first."""
        words = sum(not one.value for one in self.read.words)
        return words + len(self.read.lacking) + len(self.issues) + len(self.read.refused)


def _remembered(looked: Looked, said: Said, place: str) -> Said:
    """Add to what somebody says now what was said of the same table before."""
    kept = looked.kept
    words = {(one.field, bare(one.word)): one.value for one in kept.words} if kept else {}
    fixed = {one.field: one.value for one in kept.fixed} if kept else {}
    return replace(
        said,
        words={**words, **said.words},
        fixed={**fixed, **said.fixed},
        place=said.place or place,
    )


class Taken(Record, kw_only=True):
    """What came of a workbook."""

    added: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Ledger to the numbers of its new entries."""
    unchanged: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    left: list[tuple[Left, str]] = field(default_factory=list[tuple[Left, str]])
    """Cells that have no place in an entry, each with the number of the entry of its line."""


class Office(Record, kw_only=True):
    """One person who brings over an office's workbook."""

    room: Room
    actor: Actor
    at: datetime
    why: str = ""

    def bring(self, looked: Looked) -> BringOver:
        """Give the deed by which one table is taken in."""
        card = looked.card
        lookups = {one.field: lookup_of(self.room, one) for one in card.fields}
        return BringOver(self.room.ground, card, self.actor, self.at, lookups, self.why)

    def propose(  # noqa: PLR0913 - what may be said beforehand
        self,
        data: bytes,
        file: str,
        answers: Answers,
        *,
        ledger: str = "",
        tab: str = "",
        place: str = "",
    ) -> list[Proposed]:
        """Propose what becomes of each table of a workbook, by what was said before and now."""
        found: list[Proposed] = []
        for first in look_at(self.room, data, file, ledger, tab):
            answer = answers.get((first.block.tab, first.block.nth), TableSaid())
            if answer.ledger == NOT_TAKEN:
                continue
            looked = first
            if answer.ledger not in {"", first.card.ledger}:
                own = look_at(self.room, data, file, answer.ledger, first.block.tab)
                looked = next((one for one in own if one.block.nth == first.block.nth), first)
            words = Words(self.room, looked.card, answer.said.words)
            looked = by_values(looked, words)
            looked = looked.having(answer.columns) if answer.columns else looked
            found.append(self._proposed(looked, _remembered(looked, answer.said, place)))
        return found

    def _proposed(self, looked: Looked, said: Said) -> Proposed:
        words = Words(self.room, looked.card, said.words)
        result = read(looked, words, said, day_of(self.at))
        rows = tuple(sorted(result.entries))
        brought = self.bring(looked).look([result.entries[row] for row in rows])
        return Proposed(looked=looked, said=said, read=result, rows=rows, brought=brought)

    def take_in(
        self, data: bytes, tables: Sequence[Proposed], *, leave: bool, keep: Path | None
    ) -> Taken:
        """Take in all tables or none; ``leave``: lines that cannot be are left and listed.

        ``keep``: the folder in which what was confirmed is remembered.

        ComplaintsError with whatever keeps a line out, where it may not be left.
        """
        taken = Taken()
        digest = hashlib.sha256(data).hexdigest()
        with writing():
            for one in tables:
                self._take(one, digest, taken, leave=leave)
        if keep is not None:
            for one in tables:
                self._remember(one, MappingsFolder(keep))
        return taken

    def _take(self, one: Proposed, digest: str, taken: Taken, *, leave: bool) -> None:
        out = one.issues if leave else {}
        rows = [row for row in one.rows if row not in out]
        name = one.looked.card.ledger
        about = {"table": str(one.looked.named), "file": digest, "left": len(one.read.left)}
        brought = self.bring(one.looked).bring([one.read.entries[row] for row in rows], about)
        numbers = {rows[at]: number for at, number in (brought.added | brought.unchanged).items()}
        taken.added.setdefault(name, []).extend(brought.added.values())
        taken.unchanged.setdefault(name, []).extend(brought.unchanged.values())
        taken.left.extend((left, numbers.get(left.row, "")) for left in one.read.left)
        for row in out:
            taken.left.extend((left, "") for left in left_of(one, row))

    def _remember(self, one: Proposed, folder: MappingsFolder) -> None:
        looked, said = one.looked, one.said
        card = card_of(looked.form, looked.block.table, looked.proposals, str(looked.named))
        decided = {(word.field, word.text): word.value for word in one.read.words if word.value}
        kept = msgspec.structs.replace(
            card,
            # An id has no full stop.
            mapping=card.mapping.replace(".", "_"),
            words=[MappedWord(field=f, word=w, value=v) for (f, w), v in decided.items()],
            fixed=[MappedValue(field=f, value=v) for f, v in said.fixed.items()],
        )
        KeepMapping(folder, self.room.ground, self.actor, self.at)(kept)


def left_of(one: Proposed, row: int) -> list[Left]:
    """Give the cells of a line that is left out, with what keeps it out."""
    block = one.looked.block
    why = "；".join(dict.fromkeys(issue.saw for issue in one.issues.get(row, ())))
    at_row = row - block.first - 1
    known = {left.cell for left in one.read.left}
    return [
        Left(
            tab=block.tab,
            cell=block.cell(at_row, at),
            head=block.head(at),
            text=block.text(at_row, at),
            why=why or say("没有收"),
            row=row,
        )
        for at in block.filled(at_row)
        if block.cell(at_row, at) not in known
    ]
