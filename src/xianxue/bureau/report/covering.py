"""Whether every statement has a producer that yields something: each asked once, all told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

FREE: str = "free_text"


class Stated(Record):
    """A statement of the list that is gone through."""

    id: str
    office: str


class Answer(Record):
    """What came of asking one producer."""

    producer: str
    """In one line."""
    sort: str
    lacking: Sentence | str = ""
    """Why nothing comes of it; empty where something does."""


class Lacking(Record):
    """A statement that nothing states."""

    id: str
    office: str
    reason: Sentence | str


class Office(Record, kw_only=True):
    """The statements of one office, in numbers."""

    statements: int
    produced: int
    free_text: int
    missing: int


class Covered(Record):
    """What a list of statements comes to: ``statements = produced + free_text + missing``."""

    offices: Mapping[str, Office]
    missing: tuple[Lacking, ...]

    @property
    def whole(self) -> Office:
        """All offices together."""
        every = self.offices.values()
        return Office(
            statements=sum(one.statements for one in every),
            produced=sum(one.produced for one in every),
            free_text=sum(one.free_text for one in every),
            missing=len(self.missing),
        )

    @property
    def as_dict(self) -> dict[str, object]:
        """Give the fields of ``--json``."""
        whole = self.whole
        return {
            "statements": whole.statements,
            "produced": whole.produced,
            "free_text": whole.free_text,
            "missing": [{"id": one.id, "reason": one.reason} for one in self.missing],
            "by_office": {
                name: {
                    "statements": one.statements,
                    "produced": one.produced,
                    "free_text": one.free_text,
                    "missing": one.missing,
                }
                for name, one in self.offices.items()
            },
        }


def cover(statements: Sequence[Stated], answers: Mapping[str, Sequence[Answer]]) -> Covered:
    """Go through the statements; ``answers`` has those of the producers of each id.

    >>> told = {"004-010": [Answer("indicator x", "indicator")]}
    >>> cover([Stated("004-010", "学前"), Stated("004-011", "学前")], told).whole
    Office(statements=2, produced=1, free_text=0, missing=1)
    """
    missing: list[Lacking] = []
    kinds: dict[str, list[str]] = {}
    for one in statements:
        found = answers.get(one.id, ())
        reason = _reason(found)
        if reason:
            missing.append(Lacking(one.id, one.office, reason))
        kind = "missing" if reason else FREE if found[0].sort == FREE else "produced"
        kinds.setdefault(one.office, []).append(kind)
    offices = {
        name: Office(
            statements=len(told),
            produced=told.count("produced"),
            free_text=told.count(FREE),
            missing=told.count("missing"),
        )
        for name, told in kinds.items()
    }
    return Covered(offices, tuple(missing))


def _reason(found: Sequence[Answer]) -> Sentence | str:
    if not found:
        return say("还没有卡片写明由什么得出")
    lacking = [
        say("{producer}：{why}", producer=one.producer, why=one.lacking)
        for one in found
        if one.lacking
    ]
    return joined("；", lacking) if lacking else ""
