"""Blanks in sentences: forms that ask within the text, «专任教师＿＿人，其中持证＿＿人».

Each blank is a field: what stands before it names it, what stands behind it is its unit.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from xianxue.bureau.values.record import Record

# The longest first: 个班 begins with 个.
_UNITS: Final = (
    *("平方米", "个班", "万元", "人", "名", "所", "个", "间", "元"),
    *("年", "级", "册", "份", "次", "天", "％", "%", "分"),
)
_UNIT = "|".join(map(re.escape, _UNITS))
# Underlines, or a gap before a unit: typed forms leave room by spaces.
_BLANK = re.compile(rf"[＿_]+|(?<=[^\s\d.])\s{{2,}}(?=(?:{_UNIT}))")
_STOPS = re.compile(r"[，,。;；：:（）()、]")
_CLAUSES = re.compile(r"[，,。;；]")
_BEHIND = re.compile(rf"\s*({_UNIT})")
_GAP = re.compile(r"\s+")
_EMPTY: Final = frozenset({"", "其中", "共", "为", "和", "及"})
_TAIL = re.compile(r"(?:分别为|分别|为|共|有|约|的)$")
JOINT: Final = "·"


class Blank(Record):
    """A field that a sentence asks for."""

    term: str
    unit: str


def blanks_of(sentence: str) -> list[Blank]:
    """Give the fields that a sentence asks for, in order; no two have the same term.

    >>> blanks_of("在岗专任教师__人，其中持证的专任教师__人， 占比__%")
    [Blank(term='在岗专任教师', unit='人'), Blank(term='其中持证的专任教师', unit='人'),
     Blank(term='占比', unit='%')]
    >>> [blank.term for blank in blanks_of("骨干教师数：小学＿＿人；初中＿＿人。")]
    ['骨干教师数·小学', '骨干教师数·初中']
    >>> [blank.term for blank in blanks_of("语文＿＿级、差异率＿＿；数学＿＿级、差异率____ ;")]
    ['语文', '语文·差异率', '数学', '数学·差异率']
    """
    raw: list[tuple[str, str, str, str]] = []
    subject = segment = ""
    last = 0
    for part in _BLANK.finditer(sentence):
        before = sentence[last : part.start()]
        behind = _BEHIND.match(sentence, part.end())
        last = behind.end() if behind else part.end()
        subject = "" if "。" in before else subject
        pieces, subject = _pieces(before, subject)
        term = _term(pieces[-1]) if pieces else ""
        # A new clause begins a new segment, which names blanks that say nothing themselves.
        if not raw or re.search(r"[；;。]", before):
            segment = term or subject
        unit = behind[1].replace("％", "%") if behind else ""
        raw.append((subject, segment, term, unit))
    return _distinct(raw)


def _pieces(before: str, subject: str) -> tuple[list[str], str]:
    """Divide what stands before a blank; what stands before a colon is the subject of the rest."""
    head, colon, rest = before.rpartition("：") if "：" in before else before.rpartition(":")
    if colon:
        clauses = (_bare(piece).lstrip("（(") for piece in _CLAUSES.split(head))
        said = [piece for piece in clauses if piece not in _EMPTY]
        if said:
            subject = _term(said[-1])
        before = rest
    return [piece for piece in map(_bare, _STOPS.split(before)) if piece not in _EMPTY], subject


def _bare(text: str) -> str:
    return _GAP.sub("", text)


def _term(text: str) -> str:
    return _TAIL.sub("", text)


def _distinct(raw: list[tuple[str, str, str, str]]) -> list[Blank]:
    often = Counter((subject, term) for subject, _, term, _ in raw)
    found: list[Blank] = []
    seen: Counter[str] = Counter()
    for subject, segment, term, unit in raw:
        levels = [subject, term]
        # 差异率 stands behind each subject taught: what it is of stands before it in the clause.
        if not subject and often[subject, term] > 1 and segment != term:
            levels = [segment, term]
        name = JOINT.join(level for level in levels if level) or segment
        seen[name] += 1
        found.append(
            Blank(
                name if seen[name] == 1 else f"{name}（{seen[name]}）",
                unit,
            )
        )
    return found
