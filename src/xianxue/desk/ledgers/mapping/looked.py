"""Which ledger a table is of, and what its columns hold: proposed by its headers and its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.ledgers.sheet import LISTS
from xianxue.bureau.kinds.mapping import Mapping as Kept
from xianxue.bureau.returns.contents.texts import bare, readings
from xianxue.bureau.returns.files.fills import fills_of
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.mapping.decisions import decided, fingerprint_of, from_card
from xianxue.bureau.returns.mapping.ledger_columns import map_form
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals
from xianxue.bureau.returns.mapping.proposing import propose
from xianxue.bureau.returns.mapping.targets import Codes, target_named
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.mapping.blocks import Block, blocks_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.workspace import MisusedError

_TITLED: Final = 2.0
"""What a title that names the ledger is worth: as much as two columns with its very names."""
_ENDS: Final = ("台账", "登记表", "登记", "一览", "名册", "名单", "清单", "记录", "情况")


class Looked(Record, kw_only=True):
    """One table, the ledger it is of, and what its columns hold."""

    block: Block
    card: Ledger
    form: Form
    proposals: Proposals
    kept: Kept | None = None
    """The mapping by which it was known again."""
    others: tuple[str, ...] = ()
    """Ledgers that it may be as well."""

    @property
    def named(self) -> Sentence | str:
        """File, tab and which table of it."""
        block = self.block
        if not block.tab:
            return block.file
        if block.nth == 1:
            return say("{file}〔{tab}〕", file=block.file, tab=block.tab)
        return say("{file}〔{tab}〕第 {n} 张表", file=block.file, tab=block.tab, n=block.nth)

    def field_of(self, each: Proposal) -> str:
        """Give the name of the field that a column holds; empty for none."""
        return each.target.reference.partition(".")[2] if each.target is not None else ""

    def column(self, field: str) -> Proposal | None:
        """Give the column that holds a field."""
        return next((one for one in self.proposals.columns if self.field_of(one) == field), None)

    def having(self, chosen: Mapping[int, str]) -> Looked:
        """Take over what somebody said of columns: a field's name, or empty for not read."""
        codes: Codes = {}
        targets = {
            at: target
            for at, name in chosen.items()
            if name
            and (target := target_named(self.form, codes, f"{self.card.ledger}.{name}")) is not None
        }
        skipped = [at for at in chosen if at not in targets]
        return replace(self, proposals=decided(self.proposals, targets, skipped))


def look_at(room: Room, data: bytes, file: str, ledger: str = "", tab: str = "") -> list[Looked]:
    """Look at every table of a workbook; ``ledger`` and ``tab`` where somebody says which."""
    book = open_book(data, file)
    if tab and tab not in book.tabs:
        known = joined("、", book.tabs)
        raise MisusedError(say("没有工作表“{tab}”；现有：{known}", tab=tab, known=known))
    cards = [room.ledger(ledger)] if ledger else list(room.ledgers.values())
    forms = {card.ledger: map_form(card) for card in cards}
    names, codes = _names(forms), spelled(room)
    fills = fills_of(data)
    found: list[Looked] = []
    for name in [tab] if tab else book.tabs:
        for block in blocks_of(
            book, file, name, None if fills is None else fills.get(name, {}), names
        ):
            looked = _look(room, block, cards, forms, codes)
            if looked is not None:
                found.append(looked)
    return found


def _names(forms: Mapping[str, Form]) -> frozenset[str]:
    """Give everything that a column may be called, reduced."""
    return frozenset(
        core
        for form in forms.values()
        for field in form.sheets[0].fields
        for word in (field.term, *field.synonyms)
        for core, _ in readings(str(word))
    )


def spelled(room: Room) -> Codes:
    """Give the lists of codes with every other word for a code as an entry of its own."""
    return {
        name: msgspec.structs.replace(
            codes,
            entries=[
                *codes.entries,
                *(
                    msgspec.structs.replace(entry, term=word)
                    for entry in codes.entries
                    for word in entry.also
                ),
            ],
        )
        for name, codes in room.ground.shelf.codes.items()
    }


def _look(
    room: Room, block: Block, cards: Sequence[Ledger], forms: Mapping[str, Form], codes: Codes
) -> Looked | None:
    digest = fingerprint_of(block.table)
    for kept in room.ground.shelf.mappings.values():
        name = kept.form.removeprefix(LISTS)
        if kept.fingerprint == digest and kept.form.startswith(LISTS) and name in forms:
            card, form = room.ledgers[name], forms[name]
            found = from_card(kept, block.table, block.full, form, codes)
            return Looked(block=block, card=card, form=form, proposals=found, kept=kept)
    readings_ = [
        Looked(
            block=block,
            card=card,
            form=forms[card.ledger],
            proposals=propose(block.table, block.full, forms[card.ledger], codes, tab=block.tab),
        )
        for card in cards
    ]
    worth = {one.card.ledger: _worth(one) for one in readings_}
    best = max(readings_, key=lambda one: worth[one.card.ledger], default=None)
    if best is None or not best.proposals.values:
        return None
    rivals = [
        one.card.ledger
        for one in readings_
        if one is not best and worth[one.card.ledger] > worth[best.card.ledger] - 1
    ]
    return replace(best, others=tuple(rivals))


def _worth(looked: Looked) -> float:
    """Say how much of a table a ledger explains, and whether its title says that it is this one."""
    columns = sum(one.score for one in looked.proposals.values)
    asked = {one.field for one in looked.card.fields if one.required and not one.history}
    found = {looked.field_of(one) for one in looked.proposals.values}
    # A card that asks for much of which nothing is there is another ledger's.
    share = len(asked & found) / len(asked) if asked else 0.0
    return columns + share + (_TITLED if _titled(looked) else 0.0)


def _titled(looked: Looked) -> bool:
    core = bare(str(looked.card.term))
    for end in _ENDS:
        core = core.removesuffix(end)
    return len(core) > 1 and core in bare(looked.block.title)
