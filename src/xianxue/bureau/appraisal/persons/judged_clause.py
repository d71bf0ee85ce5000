"""What a clause comes to for one person on one day."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.appraisal.persons.career import Shown
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Phrase, Sentence, say

Verdict = Literal["met", "not_met", "undetermined", "explain"]
"""``explain``: a soft clause (原则上) is not met; they say why, and it is decided."""

TERMS: dict[Verdict, Sentence] = {
    "met": say("符合"),
    "not_met": say("不符合"),
    "undetermined": say("不能确定"),
    "explain": say("原则上不符合，要说明理由"),
}


class Finding(Record, kw_only=True):
    """What looking at a career came to, before it is known whether the clause is soft."""

    verdict: Verdict
    because: Sentence
    """Counted out, with what is required."""
    shown: tuple[Shown, ...] = ()


class JudgedClause(Record, kw_only=True):
    """One clause with its verdict and what shows it."""

    clause: str
    term: Sentence
    verdict: Verdict
    because: Sentence
    shown: tuple[Shown, ...] = ()
    citation: Citation | None
    note: Sentence = Phrase("")


def either(*, surely: bool, possibly: bool) -> Verdict:
    """Give the verdict where the least and the most that can be so are known.

    >>> either(surely=False, possibly=True)
    'undetermined'
    """
    if surely:
        return "met"
    return "undetermined" if possibly else "not_met"
