"""What is written beside a number in the user's own document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xianxue.bureau.audit.shown import JUDGEMENTS, KINDS, QUIET, computed
from xianxue.bureau.documents.comments import Comment
from xianxue.bureau.records.audited import Proof

AUTHOR: Final = "县学审核"
INITIALS: Final = "审"


def comments(findings: Iterable[Proof], *, everything: bool = False) -> list[Comment]:
    """Make the comments: on each number that asks something of the reader, or on all."""
    return [
        Comment(one.stated.start, one.stated.end, _said(one))
        for one in findings
        if everything or one.verdict not in QUIET
    ]


def _said(proof: Proof) -> str:
    lines = [f"【{JUDGEMENTS[proof.verdict]}·{KINDS[proof.kind]}】{proof.message}"]
    result = computed(proof)
    if result:
        lines.append(f"文中：{' '.join(proof.stated.text.split())}；算得：{result}")
    if proof.suggestion is not None:
        lines.append(proof.suggestion)
    return "\n".join(lines)
