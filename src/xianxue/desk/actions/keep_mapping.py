"""Keeping what was decided of a table's columns (保存列对应)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import RETURNS, Ground, granted
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.stores.mappings import MappingsFolder, text_of


class KeepMapping(Record):
    """Write a mapping's card into the workspace, with a line in the journal.

    The line says what the card holds and what its file comes to. A card of the same table is
    replaced: the journal keeps what it was.
    """

    folder: MappingsFolder
    ground: Ground
    actor: Actor
    at: datetime

    def __call__(self, card: Mapping) -> Path:
        """Keep the card; give its file. ComplaintsError where the actor may not."""
        county = self.ground.register.county
        title = say("{name}“{term}”", name=county.name, term=card.term)
        subject = Subject(RETURNS, card.form, county.code, title=title)
        granted(self.ground.authority.may(self.actor, f"{RETURNS}.map", subject))
        text = text_of(card)
        with writing():
            write_down(
                Deed(
                    at=self.at,
                    actor=self.actor.name,
                    name="returns.map",
                    subject=card.mapping,
                    detail={
                        "table": card.term,
                        "columns": {
                            f"{column.column}#{column.nth}": column.field + _unit(column.unit)
                            for column in card.columns
                        },
                        "skipped": card.skipped,
                        **({"words": len(card.words)} if card.words else {}),
                        "file": hashlib.sha256(text.encode()).hexdigest(),
                    },
                    why="",
                )
            )
            return self.folder.write(card, text)


def _unit(unit: str) -> str:
    return say("（{unit}）", unit=unit) if unit else ""
