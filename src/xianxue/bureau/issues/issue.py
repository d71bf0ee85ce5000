"""A complaint that a clerk can act on."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

_FULL_STOPS: Final = ("。", "？", "！")


class Severity(StrEnum):
    """Two grades in the users' own words, and a remark."""

    MUST_FIX = "must_fix"
    """逻辑校验: cannot be accepted as it is."""
    EXPLAIN = "explain"
    """经验校验: fix it or explain it."""
    NOTE = "note"
    """Something to know; nothing has to be done."""

    @property
    def term(self) -> Sentence:
        """The grade.

        >>> Severity.MUST_FIX.term
        '逻辑校验'
        """
        return _TERMS[self]


_TERMS: Final = {
    Severity.MUST_FIX: say("逻辑校验"),
    Severity.EXPLAIN: say("经验校验"),
    Severity.NOTE: say("提示"),
}


class End(Record):
    """One term of a comparison that does not hold: what it is called, and the cells it adds up."""

    right: bool
    """Whether it stands behind the sign."""
    name: str
    sheet: str
    """The tab its cells stand on."""
    shown: str
    """What it comes to."""
    cells: tuple[tuple[str, str], ...] = ()
    """Address and what was written there."""


class Issue(Record, kw_only=True):
    """One complaint; every part that is not known is an empty string.

    >>> print(Issue(code="R-RANGE", severity=Severity.MUST_FIX, file="a.xlsx", sheet="学生",
    ...     cell="C4", field="students.enrolled", saw="一年级在校生数填了“-3”",
    ...     required="不小于 0 的整数", do="请改为实际人数").message)
    a.xlsx〔学生〕C4：一年级在校生数填了“-3”；要求：不小于 0 的整数。请改为实际人数。
    """

    code: str
    severity: Severity
    saw: str
    """What was found, naming the thing by its official term."""
    required: str = ""
    """What the rule asks for."""
    do: str = ""
    """What the reader can do about it."""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    """In Excel letters; a card's line number for catalogue issues (``line 7``)."""
    place: str = ""
    """The code of the school or county."""
    form: str = ""
    field: str = ""
    citation: str = ""
    """The name of the document that asks for it."""
    value: str = ""
    """What an explanation of it speaks of, where that is not one cell's value: a total."""
    about: str = ""
    """What an explanation of it is kept under: ``sheet.row.field``."""
    cause: str = ""
    """Names the mistake that it follows from, for programs …"""
    cause_of: str = ""
    """… and the one that it is itself, where others follow from it."""
    measures: str = ""
    """What a statistical complaint rests on, for programs: ``modified_z=5.1;limit=3.5``."""
    ends: tuple[End, ...] = ()
    """Both ends of a comparison that does not hold, for pages that show them; empty for others."""
    relation: str = ""
    """How the two ends have to stand to each other: ``at_most``, ``at_least``, ``equal``."""

    @property
    def where(self) -> str:
        """File, sheet and cell as one phrase, in every language as the file itself has them."""
        where = self.file
        if self.sheet:
            where = where + "〔" + str(self.sheet) + "〕"
        if self.cell:
            where = where + ("" if self.sheet else " ") + self.cell
        return where

    @property
    def message(self) -> Sentence:
        """The whole complaint as sentences."""
        said: list[str] = [self._found()]
        if self.do:
            # A question («是不是…？») is closed by its own mark; a full stop behind it would be a
            # second one.
            said.append(self.do if self.do.endswith(_FULL_STOPS) else say("{do}。", do=self.do))
        if self.citation:
            said.append(say("依据：{citation}。", citation=self.citation))
        return joined("", said)

    def _found(self) -> Sentence:
        """Say what was found and what is required.

        Four templates, for other languages begin a sentence with a capital letter, but not a file's
        name.
        """
        where, saw, required = self.where, self.saw, self.required
        if where and required:
            return say(
                "{where}：{saw}；要求：{required}。", where=where, saw=saw, required=required
            )
        if where:
            return say("{where}：{saw}。", where=where, saw=saw)
        if required:
            return say("{saw}；要求：{required}。", saw=saw, required=required)
        return say("{saw}。", saw=saw)

    def as_dict(self) -> dict[str, str]:
        """Give the fields of ``--json``, in the order of the command-line contract.

        What is a sentence stays one: the encoder tells it in the reader's language.
        """
        order = ("code", "severity", "file", "sheet", "cell", "place", "form", "field", "saw")
        order += ("required", "citation", "do")
        parts: dict[str, str] = {name: getattr(self, name) for name in order}
        parts |= {"message": self.message, "cause": self.cause, "cause_of": self.cause_of}
        return parts | {"measures": self.measures}


def worst(issues: list[Issue]) -> Severity | None:
    """Give the gravest grade among complaints; None where there are none."""
    for severity in (Severity.MUST_FIX, Severity.EXPLAIN, Severity.NOTE):
        if any(issue.severity is severity for issue in issues):
            return severity
    return None
