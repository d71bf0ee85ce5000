"""Changing a value of a rule for this county, and taking the change back (改动本县规则)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.cards.card_deed import CardDeed, digest_of

OVERLAY: Final = "catalogue.overlay"
UNDO: Final = "catalogue.undo"
KIND: Final = "changes"


class RuleCard(Record, kw_only=True):
    """A card that changes a rule, ready to be put in force."""

    ident: str
    term: str
    text: str
    told: Sentence | str
    """What becomes of which value, in a phrase."""


class ChangeRule(CardDeed):
    """Lay a change over a national card, in a file of its own among the county's."""

    def __call__(self, card: RuleCard) -> str:
        """Put it in force and give its file; ComplaintsError where the card is not taken."""
        place = self.cards.place(KIND, card.ident)
        with self.changing(place):
            self.ask(OVERLAY, self.about("catalogue", card.ident, say("“{term}”", term=card.term)))
            self.through_the_door(card.text)
            detail: dict[str, object] = {
                "term": card.term,
                "told": str(card.told),
                "file": place,
                "card": digest_of(card.text),
                "text": card.text,
            }
            self.tell(OVERLAY, card.ident, detail)
            self.cards.put(place, card.text)
        return place

    def undo(self, ident: str, term: str) -> None:
        """Take a change out again; ComplaintsError where another card rests on it."""
        place = self.cards.place(KIND, ident)
        with self.changing(place):
            subject = self.about("catalogue", ident, say("“{term}”", term=term))
            self.ask(OVERLAY, subject)
            path = self.workspace.root / place
            if PurePosixPath(place).name != f"{ident}.yaml" or not path.is_file():
                saw = say("这项改动不在 {file}", file=place)
                self.refuse(subject, saw, say("在网页上做的改动"),
                            say("写在别的文件里的，请系统管理员改那个文件"))  # fmt: skip
            text = path.read_text(encoding="utf-8")
            self.without(place)
            self.tell(UNDO, ident, {"term": term, "file": place, "card": digest_of(text),
                                    "text": text})  # fmt: skip
            self.cards.take(place)
