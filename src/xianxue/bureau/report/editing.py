"""Prose with live numbers, as people edit it: «在园幼儿{在园幼儿数＝4482人}» for a template's slot.

What is kept is the template; what is typed names a number as its card does and shows what it is
now. What stands behind the sign is for the reader: it is never taken for the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.kinds.resting import slice_named
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure, in_a_sentence
from xianxue.bureau.report import grammar, sentence
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Option, Slot
from xianxue.bureau.report.text import plain
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

SHOWS: Final = "＝"
"""Between a number's name and what it is now."""
OPEN: Final = "未定"
"""What a number is that nobody can tell yet."""

_TOKEN: Final = re.compile(r"\{([^{}]*)\}")
_FACETS: Final = {
    "numerator": "分子",
    "denominator": "分母",
    "reported": "已报数",
    "expected": "应报数",
    "missing": "缺报数",
    "limit": "标准",
    "margin": "与标准比",
    "verdict": "判定",
    "lacking": "还缺",
    "judged": "纳入评估数",
    "met": "达标数",
    "not_met": "未达标数",
    "undetermined": "无法判定数",
    "lacking_total": "共缺",
    "need": "至少达标项数",
    "of": "总项数",
    "others_reach": "其余项底线",
}
_FORMS: Final = {"bare": "不写单位", "wan": "以万计", "whole": "取整数", "moved": "写增减"}
_WORDS: Final = {
    "county": "县名",
    "period": "学年",
    "next_period": "下一学年",
    "year": "年份",
    "next_year": "下一年",
    "reference_day": "时点",
    "day": "成文日期",
    "next_table": "下一张表",
}


class Typed(Record):
    """What somebody has typed, read."""

    text: str
    """Paragraph by line, as templates."""
    faults: tuple[Sentence, ...] = ()
    """Names of numbers that there are none of."""
    altered: tuple[Sentence, ...] = ()
    """Numbers that were changed inside their braces, where nothing can be changed."""


class Names:
    """What people call the numbers that a document may hold, both ways."""

    def __init__(self, outline: Outline, shelf: Shelf, figures: Mapping[str, Figure]) -> None:
        """Take the outline, the cards, and the figures of which the county's own may be named."""
        self._shelf = shelf
        self._outline = outline
        self._by_name: dict[str, str] = {}
        for slot in self._known(outline, figures):
            # The first of a name has it; another is named by its key alone.
            self._by_name.setdefault(self._called(slot), written(slot))

    def name(self, slot: Slot) -> str:
        """Name a slot; its key where its name is another's."""
        called, key = self._called(slot), written(slot)
        return called if self._by_name.get(called, key) == key else key

    def slot(self, name: str) -> str | None:
        """Give the key of a name, or of a key itself; None where there is nothing so called."""
        said = name.strip()
        if said in self._by_name:
            return self._by_name[said]
        try:
            (part,) = grammar.parse(f"{{{said}}}")
        except ValueError:
            return None
        return said if isinstance(part, Slot) else None

    def _known(self, outline: Outline, figures: Mapping[str, Figure]) -> Iterator[Slot]:
        for block in outline.blocks:
            for template in (block.text, *(point.text for point in block.points)):
                try:
                    yield from grammar.slots(grammar.parse(template))
                except grammar.TemplateError:
                    continue
        for figure in figures.values():
            yield Slot(figure.indicator, figure.stage, slice=str(figure.slice or ""))

    def _called(self, slot: Slot) -> str:
        parts = [_FACETS.get(slot.facet, ""), _FORMS.get(slot.form, ""), slot.place]
        more = "，".join(filter(None, parts))
        return self._term(slot) + (f"（{more}）" if more else "")

    def _term(self, slot: Slot) -> str:
        if slot.name in _WORDS:
            return _WORDS[slot.name]
        own = {one.phrase: f"{one.term}（按情形写）" for one in self._outline.phrases}
        own |= {one.deed: f"{one.term}（按规则选写）" for one in self._outline.deeds}
        if slot.name in own:
            return own[slot.name]
        ledger = self._shelf.ledgers.get(slot.standard)
        if ledger is not None:
            return _of_ledger(ledger, slot)
        standard = self._shelf.standards.get(slot.standard or slot.name)
        if standard is not None:
            every = (*standard.criteria, *standard.spread, *standard.combine)
            one = next((each for each in every if each.criterion == slot.criterion), None)
            term = one.term if one is not None else standard.term
            return str(in_a_sentence(term, slot.stage, None))
        card = self._shelf.indicator(slot.name)
        if card is None:
            return written(slot)
        slice_of = slice_named(slot.slice, card, self._shelf) if slot.slice else None
        return str(in_a_sentence(card.term, slot.stage, slice_of))


def _of_ledger(ledger: Ledger, slot: Slot) -> str:
    count = ledger.count(slot.criterion)
    rate = next((one for one in ledger.rates if one.rate == slot.criterion), None)
    term = count.term if count is not None else rate.term if rate is not None else ""
    return f"《{ledger.term}》{term}{f'（{slot.slice}）' if slot.slice else ''}"


def written(slot: Slot) -> str:
    """Write a slot as templates have it.

    >>> written(Slot("pupils", form="wan")), written(Slot("a.b", facet="limit"))
    ('pupils|wan', 'a.b#limit')
    """
    said = slot.name
    for mark, part in (
        ("/", slot.stage.value if slot.stage else ""),
        (":", slot.slice),
        ("#", slot.facet),
        ("@", slot.place),
        ("|", slot.form),
    ):
        said += f"{mark}{part}" if part else ""
    return said


def unfolded(context: Context, template: str) -> str:
    """Give a template without what would be left out now: this is where editing begins."""
    line = sentence.Line()
    for part in grammar.parse(template):
        if not isinstance(part, Option):
            line.add(_kept(context, part))
        elif sentence.worth_saying(context, part):
            for inner in part.parts:
                line.add(_kept(context, inner))
    return plain(line.runs)


def _kept(context: Context, part: str | Slot) -> str | Claim:
    if isinstance(part, str):
        return part
    if part.name == "next_table" or context.word(part.name):
        return context.word(part.name)
    # A slot of which nothing is said leaves its place as it does in a document.
    if not plain(sentence.said(context, part)) and not context.gaps:
        return ""
    context.gaps.clear()
    # As a number it stays a piece of its own, so that commas beside it are as in the document.
    return Claim(
        text=f"{{{written(part)}}}", name="", place="", stage=None, period="", term="",
        value=None, unit="", shown="",
    )  # fmt: skip


def shown(context: Context, names: Names, text: str) -> str:
    """Give kept text as it is edited: each number by its name, with what it is now."""

    def token(found: re.Match[str]) -> str:
        try:
            (part,) = grammar.parse(found[0])
        except ValueError:
            return found[0]
        if not isinstance(part, Slot):
            return found[0]
        return f"{{{names.name(part)}{SHOWS}{value(context, part)}}}"

    return _TOKEN.sub(token, text)


def value(context: Context, slot: Slot) -> str:
    """Say what a slot is now."""
    issues = len(context.issues)
    said = plain(sentence.said(context, slot))
    unknown = bool(context.gaps) or len(context.issues) > issues
    context.gaps.clear()
    del context.issues[issues:]
    return OPEN if unknown or not said else said


def typed(context: Context, names: Names, text: str) -> Typed:
    """Read what was typed; what is wrong in it is told and stays as it was typed."""
    faults: list[Sentence] = []
    altered: list[Sentence] = []

    def token(found: re.Match[str]) -> str:
        name, _, was = found[1].partition(SHOWS)
        key = names.slot(name)
        if key is None:
            faults.append(say("没有叫“{name}”的数", name=name.strip()))
            return f"｛{found[1]}｝"
        (part,) = grammar.parse(f"{{{key}}}")
        now = value(context, part) if isinstance(part, Slot) else ""
        if was and was.strip() != now:
            altered.append(
                say(
                    "“{name}”写成了{was}，系统里是{now}：花括号里的数由系统填，改了不算",
                    name=name.strip(),
                    was=was.strip(),
                    now=now,
                )
            )
        return f"{{{key}}}"

    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    read = [_TOKEN.sub(token, _plain_brackets(line)) for line in lines if line]
    return Typed("\n".join(read), tuple(faults), tuple(altered))


def _plain_brackets(line: str) -> str:
    """Square brackets mean something in templates; people write them as signs."""
    line = line.replace("[", "［").replace("]", "］")
    pieces = re.split(r"(\{[^{}]*\})", line)
    # A brace that is not closed is no number.
    return "".join(
        piece if at % 2 else piece.replace("{", "｛").replace("}", "｝")
        for at, piece in enumerate(pieces)
    )
