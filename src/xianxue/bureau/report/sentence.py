"""Templates filled: what stands in braces is said, what is left out leaves no stray comma."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report import grammar, idioms
from xianxue.bureau.report.context import Context, Row
from xianxue.bureau.report.deeds import saying
from xianxue.bureau.report.grammar import Option, Slot
from xianxue.bureau.report.statements import of_appraisals, of_figures, of_findings, of_ledgers
from xianxue.bureau.report.text import Run, Runs

_ROOMS: Final = (saying, of_ledgers, of_appraisals, of_findings)
"""Who may be meant by a slot, before it is taken for a figure's."""
_OPENERS: Final = "：（，；、。"
_JOINTS: Final = "、，；"
_CLOSERS: Final = "。）；"
_ENDS: Final = frozenset("。；，）")
_OPEN_END: Final = re.compile("，?其中：?$")
_LEAD: Final = re.compile("(^|[。；])[^。；]*：$")
"""Words that lead to a list of which nothing is left, with the mark before them."""


def write(context: Context, template: str, row: Row | None = None) -> Runs:
    """Fill a template; what cannot be written becomes an issue of the context."""
    try:
        parts = grammar.parse(template)
    except grammar.TemplateError as error:
        context.refuse("W-TEMPLATE", f"文稿模板“{template}”有误：{error}", "按模板写法改正")
        return ()
    line = Line()
    for part in parts:
        if not isinstance(part, Option):
            line.add(*said(context, part, row))
        elif worth_saying(context, part, row):
            for inner in part.parts:
                line.add(*said(context, inner, row))
    return line.runs


@dataclass
class Line:
    """A sentence being put together."""

    _runs: list[Run] = field(default_factory=list[Run])

    def add(self, *runs: Run) -> Line:
        """Append runs; texts are joined, and a joint beside something left out is dropped."""
        for run in runs:
            if run == "":
                continue
            last = self._runs[-1] if self._runs else ""
            # A number is never joined with text: it has to stay a run of its own to bear its tag.
            if isinstance(run, Claim) or isinstance(last, Claim):
                self._runs.append(run)
                continue
            text, before = run, last
            # Brackets of which nothing is left go as a pair.
            if text[:1] == "）" and before[-1:] == "（":
                text, before = text[1:], before[:-1]
            if text[:1] in _ENDS:
                # «其中» of which nothing is left is no end of a sentence.
                before = _OPEN_END.sub("", before)
            if text[:1] == "。" and before.endswith("："):
                # After any other mark the list may still go on.
                before = self._led_to_nothing(before)
            opens = before[-1] in _OPENERS if before else not last
            if text[:1] and text[:1] in _JOINTS and opens:
                text = text[1:]
            if text and text[0] in _CLOSERS and before[-1:] and before[-1:] in _JOINTS:
                before = before[:-1]
            if text[:1] == "。" and (before.endswith("。") if before else self._begins):
                text = text[1:]
            self._runs[-1:] = [before + text]
        return self

    @property
    def _begins(self) -> bool:
        """Whether no number stands yet, and the text that is being added to is the first."""
        return len(self._runs) <= 1

    def _led_to_nothing(self, before: str) -> str:
        """Drop the words that lead to a list of which nothing is left; never a number."""
        lead = _LEAD.search(before)
        if lead is None or not (lead[1] or self._begins):
            return before.removesuffix("：")
        return before[: lead.end(1)]

    @property
    def runs(self) -> Runs:
        """The sentence."""
        return tuple(run for run in self._runs if run != "")


def said(context: Context, part: str | Slot, row: Row | None = None) -> Runs:
    """Say one part of a template: words as they are, a slot by what it is about."""
    if isinstance(part, str):
        return (part,)
    if word := context.word(part.name):
        return (word,)
    own = None if row is None else row.words.get(part.name)
    if tell := own or context.subject.get(part.name):
        return tell(part)
    for room in _ROOMS:
        if room.concerns(context, part):
            return room.say(context, part, row)
    if part.name in context.phrases:
        return idioms.say(context, context.phrases[part.name])
    return of_figures.say(context, part, row)


def worth_saying(context: Context, option: Option, row: Row | None = None) -> bool:
    """Whether all figures of what stands in square brackets are there."""
    return all(has_something(context, one, row) for one in option.parts if isinstance(one, Slot))


def has_something(context: Context, slot: Slot, row: Row | None = None) -> bool:
    """Whether a slot has something to say: a word, a number that is there, a list of deeds."""
    if context.word(slot.name) or (row is not None and slot.name in row.words):
        return True
    if slot.name in context.subject:
        return bool(context.subject[slot.name](slot))
    if slot.name in context.phrases:
        return idioms.exists(context, context.phrases[slot.name])
    for room in _ROOMS:
        if room.concerns(context, slot):
            return room.exists(context, slot, row)
    return of_figures.exists(context, slot, row)
