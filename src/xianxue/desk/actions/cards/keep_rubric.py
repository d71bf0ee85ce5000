"""Taking in a rubric that was imported (收下评价卡片)."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.card_deed import CardDeed, digest_of
from xianxue.desk.actions.cards.change_rule import OVERLAY

KIND: Final = "rubrics"


class ImportedRubric(Record, kw_only=True):
    """A rubric's card that somebody has looked over."""

    ident: str
    term: str
    text: str


class KeepRubric(CardDeed):
    """Put a rubric among the county's own cards, in a file of its own."""

    def __call__(self, card: ImportedRubric) -> str:
        """Put it in force and give its file; ComplaintsError where the card is not taken."""
        place = self.cards.place(KIND, card.ident)
        with self.changing(place):
            subject = self.about("catalogue", card.ident, say("“{term}”", term=card.term))
            self.ask(OVERLAY, subject)
            if (self.workspace.root / place).exists():
                saw = say("已经有 {file}", file=place)
                do = say("另取一个编号（--rubric），或直接改那个文件")
                self.refuse(subject, saw, say("一个文件一张卡片"), do)
            self.through_the_door(card.text)
            self.tell(
                OVERLAY,
                card.ident,
                {"term": card.term, "file": place, "card": digest_of(card.text),
                 "text": card.text},
            )  # fmt: skip
            self.cards.put(place, card.text)
        return place
