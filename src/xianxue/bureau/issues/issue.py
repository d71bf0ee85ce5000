"""A complaint that a clerk can act on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

_FULL_STOPS = ("。", "？", "！")


class Severity(StrEnum):
    """Two grades in the users' own words, and a remark."""

    MUST_FIX = "must_fix"
    """逻辑校验: cannot be accepted as it is."""
    EXPLAIN = "explain"
    """经验校验: fix it or explain it."""
    NOTE = "note"
    """Something to know; nothing has to be done."""

    @property
    def term(self) -> str:
        """The Chinese grade.

        >>> Severity.MUST_FIX.term
        '逻辑校验'
        """
        return {"must_fix": "逻辑校验", "explain": "经验校验", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
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

    @property
    def where(self) -> str:
        """File, sheet and cell as one phrase."""
        where = self.file
        if self.sheet:
            where += f"〔{self.sheet}〕"
        if self.cell:
            where += self.cell if self.sheet else f" {self.cell}"
        return where

    @property
    def message(self) -> str:
        """The whole complaint as Chinese sentences."""
        text = f"{self.where}：{self.saw}" if self.where else self.saw
        if self.required:
            text += f"；要求：{self.required}"
        text += "。"
        if self.do:
            text += self.do if self.do.endswith(_FULL_STOPS) else f"{self.do}。"
        if self.citation:
            text += f"依据：{self.citation}。"
        return text

    def as_dict(self) -> dict[str, str]:
        """Give the fields of ``--json``, in the order of the command-line contract."""
        parts = asdict(self)
        order = ("code", "severity", "file", "sheet", "cell", "place", "form", "field", "saw")
        order += ("required", "citation", "do")
        return {name: str(parts[name]) for name in order} | {"message": self.message}


def worst(issues: list[Issue]) -> Severity | None:
    """Give the gravest grade among complaints; None where there are none."""
    for severity in (Severity.MUST_FIX, Severity.EXPLAIN, Severity.NOTE):
        if any(issue.severity is severity for issue in issues):
            return severity
    return None
