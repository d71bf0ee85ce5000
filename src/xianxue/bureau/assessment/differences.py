"""Which verdicts two judgements of a standard differ in."""

from __future__ import annotations

from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.record import Record


class VerdictChange(Record):
    """A verdict that turned; None where there was or is none."""

    before: Finding | None
    after: Finding | None


def changed_verdicts(before: Assessment, after: Assessment) -> list[VerdictChange]:
    """List the findings whose verdict or shortfall is not what it was, in the later order."""
    old = {_which(one): one for one in (*before.findings, *before.spread)}
    new = {_which(one): one for one in (*after.findings, *after.spread)}
    pairs = (VerdictChange(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)))
    return [pair for pair in pairs if _said(pair.before) != _said(pair.after)]


def _which(finding: Finding) -> tuple[str, str, str]:
    stage = finding.stage.value if finding.stage else ""
    return finding.place, stage, finding.criterion


def _said(finding: Finding | None) -> object:
    # Not the value: it moves with every correction, and people ask which verdicts have turned.
    return None if finding is None else (finding.verdict, finding.lacking)
