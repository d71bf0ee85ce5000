"""Points of a section: sentences that have something to say, set by the style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.kinds.outlines.deeds import Point, Style
from xianxue.bureau.report import grammar, sentence
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.values.sentence import Phrase

PLAIN: Final = Style(style="", term=Phrase(""), leads="none")
"""How points are set in an outline that has no styles."""
_END: Final = "。"


def sentences(template: str) -> list[str]:
    """Split a template at its full stops; one inside brackets ends no sentence.

    >>> sentences("办了{a}[，其中{b}]。[另有{c}。]共{d}。")
    ['办了{a}[，其中{b}]。', '[另有{c}。]共{d}。']
    """
    found, depth, start = list[str](), 0, 0
    for at, sign in enumerate(template):
        depth += (sign in "[{") - (sign in "]}")
        if sign == _END and not depth:
            found.append(template[start : at + 1])
            start = at + 1
    return [*found, template[start:]] if template[start:].strip() else found


def told(context: Context, template: str) -> list[str]:
    """Give the sentences of a template that have something to say."""
    return [one for one in sentences(template) if _says(context, one)]


def _says(context: Context, template: str) -> bool:
    parts = grammar.parse(template)
    needed = [one for one in parts if isinstance(one, Slot)]
    if not all(sentence.has_something(context, one) for one in needed):
        return False
    # A sentence of which every number could be left out tells nothing.
    every = [one for one in grammar.slots(parts) if not context.word(one.name)]
    return any(sentence.has_something(context, one) for one in every)


def templates(context: Context, points: Sequence[Point], style: Style) -> list[str]:
    """Give the paragraphs as templates, without what would be left out: editing begins here."""
    found = [(one.lead, "".join(told(context, one.text))) for one in points]
    there = [(lead, text) for lead, text in found if text]
    if style.leads == "class":
        return [f"{lead}。{text}" for lead, text in there]
    if style.leads == "ordinal" and len(there) > 1:
        numbered = enumerate(there, start=1)
        return ["".join(f"{chinese(at)}是{lead}。{text}" for at, (lead, text) in numbered)]
    return ["".join(text for _, text in there)] if there else []


def style_of(styles: Sequence[Style], name: str = "") -> Style:
    """Give a style by its name, the first where none is asked for; KeyError for an unknown one."""
    if not name:
        return styles[0] if styles else PLAIN
    for one in styles:
        if one.style == name:
            return one
    raise KeyError(name)
