"""How verdicts are said to a reader: their Chinese names, where they stand, what was computed."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from xianxue.bureau.audit.telling.literal import decimals_of
from xianxue.bureau.audit.telling.wording import magnitude
from xianxue.bureau.documents.document import Document
from xianxue.bureau.records.audited import Judgement, Proof, RelationKind
from xianxue.bureau.values.sentence import Sentence, say

JUDGEMENTS: Final[dict[Judgement, Sentence]] = {
    "inconsistent": say("不一致"),
    "possible": say("可能有误"),
    "remark": say("提示"),
    "rounding": say("舍入内一致"),
    "consistent": say("一致"),
}
"""Gravest first."""
QUIET: Final[frozenset[Judgement]] = frozenset({"consistent", "rounding"})
"""Verdicts that ask nothing of the reader."""
KINDS: Final[dict[RelationKind, Sentence]] = {
    "sum": say("合计"),
    "rate": say("比率"),
    "growth": say("增长率"),
    "difference": say("增减量"),
    "points": say("百分点"),
    "product": say("倍数与平均"),
    "compare": say("比较"),
    "duplicate": say("前后重复"),
    "direction": say("升降用语"),
    "part_over_whole": say("部分与总体"),
    "unit": say("计量单位"),
    "grim": say("平均数"),
    "count": say("列举个数"),
}
WHY: Final = "依据：{reason}。"
"""Why the auditor believes that a relation is meant: shown with whatever asks something."""
_TOLD_IN: Final = {"%": "%", "成": "%", "番": "倍"}
"""Units of what is computed for 百分之六十, 七成 and 翻一番."""
_RATIO: Final = re.compile("[0-9][:：∶比][0-9]")
_ONE_FIRST: Final = re.compile("[^0-9]*1[:：∶比]")
"""So the other side is computed: 1:13.5."""
_LONG: Final = 200
"""Letters of a line in which nobody finds a number by the line alone."""
_MORE: Final = 2
"""So many decimals more than printed are shown of what was computed."""
_WIDE: Final = Context(prec=200)


class Lines:
    """Says where an offset is: by the line, which is a paragraph of a Word document or a row."""

    def __init__(self, document: Document) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", document.text))]
        self._end = len(document.text)
        self._word = document.kind == "word"

    def where(self, offset: int) -> Sentence:
        r"""Name the line, counted from 1, and in a long one the letter too.

        >>> Lines(Document("text", "甲\n乙\n")).where(2)
        '第 2 行'
        >>> Lines(Document("word", "甲" * 300)).where(299)
        '第 1 段第 300 字'
        """
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else self._end
        named = say("第 {line} 段", line=line) if self._word else say("第 {line} 行", line=line)
        if end - start <= _LONG:
            return named
        return say("{line}第 {letter} 字", line=named, letter=offset - start + 1)


def plain(value: Decimal) -> str:
    """Write a number without an exponent and without zeros that say nothing.

    >>> plain(Decimal("5.774E+5")), plain(Decimal("97.250")), plain(Decimal(300))
    ('577400', '97.25', '300')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def computed(proof: Proof) -> str:
    """Write what the other numbers allow, with 万 or 亿 as in the text; empty for nothing."""
    if proof.computed is None:
        return ""
    scale, ones = magnitude(proof.stated.text)
    power = len(str(ones)) - 1
    step = Decimal(1).scaleb(-decimals_of(proof.stated.text) - _MORE)
    low = plain(proof.computed.low.scaleb(-power).quantize(step, ROUND_FLOOR, _WIDE))
    high = plain(proof.computed.high.scaleb(-power).quantize(step, ROUND_CEILING, _WIDE))
    unit = proof.stated.unit
    if _RATIO.search(proof.stated.text):
        first = _ONE_FIRST.match(proof.stated.text)
        low, high = (f"1:{one}" if first else f"{one}:1" for one in (low, high))
        return low if low == high else f"{low}～{high}"
    tail = _TOLD_IN.get(unit) or scale + (unit if unit in proof.stated.text else "")
    return f"{low}{tail}" if low == high else f"{low}～{high}{tail}"
