"""Documents and citations."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Seen(StrEnum):
    """How well a rule's text has been seen by whoever wrote the card."""

    ORIGINAL = "original"
    """The official text itself was read."""
    RELAYED = "relayed"
    """Other publications repeat it; the original was not read."""
    UNVERIFIED = "unverified"
    """From memory, from one weak source, or the sources disagree."""
    OWN = "own"
    """A definition of this project's own or invented data; no document is claimed."""

    @property
    def term(self) -> Sentence:
        """The words shown beside a value."""
        return _SEEN_TERMS[self]

    @property
    def doubtful(self) -> bool:
        """Whether a report that leans on it has to say so."""
        return self is Seen.UNVERIFIED


_SEEN_TERMS = {
    Seen.ORIGINAL: say("已核对原文"),
    Seen.RELAYED: say("据转述，未见原文"),
    Seen.UNVERIFIED: say("未核实"),
    Seen.OWN: say("本系统自定"),
}


class Source(Record):
    """One document that rules are taken from."""

    id: str
    title: str
    issuer: str
    number: str = ""
    """The document number with hexagonal brackets, 教督〔2017〕6号; empty where there is none."""
    issued: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    seen: Seen = Seen.UNVERIFIED
    note: str = ""

    @property
    def name(self) -> str:
        """Title and number as a Chinese text cites them.

        >>> Source("x", "某办法", "某部", "教督〔2017〕6号").name
        '《某办法》（教督〔2017〕6号）'

        What this program set itself is no document: it has neither number nor day, and no
        title's brackets. A county's own rule has one of them.

        >>> Source("own", "本系统自定", "县学", seen=Seen.OWN).name
        '本系统自定'
        """
        if self.seen is Seen.OWN and not self.number and self.issued is None:
            return self.title
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")


class Citation(Record):
    """A place in a document, and how well that very value has been seen there."""

    document: str
    """The id of a source card."""
    seen: Seen
    article: str = ""
    note: str = ""
    local: str = ""
    """What a county calls its own change, where the value is one of a change."""
    loosens: str = ""
    """Why the county asks for less than the value it is laid over, or for so unusual an amount."""
