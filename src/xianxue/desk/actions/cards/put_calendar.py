"""Putting a year's calendar among the county's own cards (登记节假日安排)."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.card_deed import CardDeed, digest_of
from xianxue.desk.actions.cards.change_rule import OVERLAY

KIND: Final = "calendars"


class PutCalendar(CardDeed):
    """Lay a calendar's card beside the national ones, in a file of its own."""

    def __call__(self, ident: str, term: str, text: str) -> str:
        """Put it in force and give its file; ComplaintsError where the card is not taken."""
        place = self.cards.place(KIND, ident)
        with self.changing(place):
            self.ask(OVERLAY, self.about("catalogue", ident, say("“{term}”", term=term)))
            self._through(place, text)
            detail: dict[str, object] = {
                "term": term,
                "told": term,
                "file": place,
                "card": digest_of(text),
                "text": text,
            }
            self.tell(OVERLAY, ident, detail)
            self.cards.put(place, text)
        return place

    def _through(self, place: str, text: str) -> None:
        """Read it with all that is in force; one of the same year that stood there goes."""
        folder = self.workspace.root / self.cards.folder
        if not (self.workspace.root / place).is_file():
            self.through_the_door(text)
            return
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / folder.name
            shutil.copytree(folder, copy)
            (copy / Path(place).relative_to(self.cards.folder)).write_text(text, encoding="utf-8")
            self.read_with(folder, copy)
