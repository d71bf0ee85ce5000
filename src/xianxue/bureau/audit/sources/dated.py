"""Figures that an old report relays: bound by the auditor's own words, dated, never guessed.

What is only estimated, planned or supposed is no figure; what the words do not settle is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, Literal

from xianxue.bureau.audit.sources.sourced import Known, Phrases, clause_of, name_of, named
from xianxue.bureau.audit.sources.years import YearHow, YearSaid, year_of
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.audited import Number
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS

WhyLeft = Literal["unknown", "scope", "undated", "about", "planned", "supposed"]
LEFT: Final[dict[WhyLeft, Sentence]] = {
    "unknown": say("未能认定：说不准是哪一项指标"),
    "scope": say("未能认定：前文说的是一部分单位或者别的地方"),
    "undated": say("未能认定：说不准是哪一年"),
    "about": say("不收：是约数"),
    "planned": say("不收：是目标或打算"),
    "supposed": say("不收：是假设"),
}
"""Why a number is not proposed."""

_WITH_VALUE: Final = frozenset({"cardinal", "percent"})
_ENDS: Final = "。！？!?\n"
_BRACKETS = re.compile("（[^（）]*）")
_PLANNED = re.compile(
    "力争|争取|计划|目标|预计|预期|规划|拟|打算|确保|将(?!军)|要达到|应达到|不低于|不少于|以上$"
)
_SUPPOSED = re.compile("如果|假如|假设|假定|设想|倘若|按.{0,12}(?:测算|推算|预测)")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]+[、章部.．]|[（(][一二三四五六七八九十]+[）)]).*"
)
_PLANS = re.compile("打算|计划|思路|展望|规划|下一步|下步|今后|目标任务|工作安排|工作要点")
_TOTAL: Final = ("合计", "总计", "共计")
_LONGEST_HEADING: Final = 40
_ELSEWHERE = re.compile("全市|我市|全省|我省|全国|其他|周边|兄弟")
_PART = re.compile(
    "学前|幼儿|小学|初中|高中|中学|中职|职业|职高|特教|特殊|民办|公办|义务教育|九年|完中|城区"
    "|农村|乡村|镇区|寄宿"
)
"""Words of a part: after them, in one sentence, a name of the whole may mean that part's."""
_TOWN = re.compile("[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|学区|中心校|联盟|集团)")
_OWN_TOWN: Final = frozenset({"城镇", "乡镇", "各乡", "各镇", "各街道", "全镇", "城乡"})


class Relayed(Record, kw_only=True):
    """A figure that a sentence relays."""

    indicator: str
    stage: str
    """Empty for all stages together."""
    term: str
    """With its stage: 小学在校生数."""
    unit: str
    """As printed, without 万 or 亿."""
    period: str
    how: YearHow
    text: str
    value: Decimal
    low: Decimal
    """The least that its printed digits may stand for."""
    high: Decimal
    sentence: str
    paragraph: int
    """Counts the document's lines from 1."""
    start: int

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a figure of: indicator, stage, period."""
        return self.indicator, self.stage, self.period


class LeftOut(Record):
    """A number that is not proposed."""

    why: WhyLeft
    text: str
    sentence: str
    paragraph: int
    start: int


def names_of(shelf: Shelf, county: str, places: Sequence[str]) -> Phrases:
    """Give what the county's indicators are called, by term and synonym, with and without stage.

    What two of them are called names neither.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    known: dict[tuple[str, str], Known] = {}
    for card in shelf.indicators.values():
        # A slice's words are not settled by a term alone; nor is a rank among unnamed others.
        if "county" not in card.levels or card.slices:
            continue
        for stage, term, said in _called(card):
            unit = UNITS[card.unit].term if card.unit in UNITS else ""
            known[card.indicator, stage] = Known(
                key=f"{card.indicator}/{stage}", term=term, place=county, period="",
                exact="", unit=unit, printed=(),
            )  # fmt: skip
            found.setdefault(said, set()).add((card.indicator, stage))
    own = {name: known[next(iter(keys))] for name, keys in found.items() if len(keys) == 1}
    figures = {("", name): one for name, one in own.items()}
    figures |= {(county, name): one for name, one in own.items()}
    return Phrases(figures, frozenset(places), frozenset())


def _called(card: Indicator) -> Iterator[tuple[str, str, str]]:
    # «在校生合计» would lose what tells it from any other 在校生.
    synonyms = [word for word in card.synonyms if not word.endswith(_TOTAL)]
    said = {name_of(word) for word in (card.term, _BRACKETS.sub("", card.term), *synonyms)}
    if not card.stages:
        yield from (("", card.term, name) for name in sorted(said))
    for stage in card.stages:
        for name in sorted(said):
            whole = name if name.startswith(stage.term) else stage.term + name
            term = card.term if card.term.startswith(stage.term) else stage.term + card.term
            yield stage.value, term, whole


def dated(
    text: str, numbers: Sequence[Number], names: Phrases, whole: YearSaid | None
) -> tuple[tuple[Relayed, ...], tuple[LeftOut, ...]]:
    """Give the figures that a document relays, and its other numbers with why they are left."""
    plans = list(_planning(text))
    figures: list[Relayed] = []
    left: list[LeftOut] = []
    for number in numbers:
        if number.form not in _WITH_VALUE or number.value is None or number.text[:1] == "第":
            continue
        start, end = _sentence(text, number)
        sentence, line = text[start:end].strip(), text.count("\n", 0, number.start) + 1
        known = named(text, number, names)
        why = _left(text, number, start, end, known)
        if not why and any(first <= number.start < last for first, last in plans):
            why = "planned"
        when = year_of(text[start : number.start], whole)
        if not why and when is None:
            why = "undated"
        if why or known is None or when is None:
            left.append(LeftOut(why or "unknown", number.text, sentence, line, number.start))
            continue
        indicator, _, stage = known.key.partition("/")
        figures.append(
            Relayed(
                indicator=indicator, stage=stage, term=known.term,
                unit="%" if number.form == "percent" else number.unit,
                period=when.code, how=when.how, text=number.text, value=number.value,
                low=number.low if number.low is not None else number.value,
                high=number.high if number.high is not None else number.value,
                sentence=sentence, paragraph=line, start=number.start,
            )
        )  # fmt: skip
    return tuple(figures), tuple(left)


def _left(text: str, number: Number, start: int, end: int, known: Known | None) -> WhyLeft | None:
    before, behind = text[start : number.start], text[number.end : end]
    if _SUPPOSED.search(before):
        return "supposed"
    if _PLANNED.search(before) or behind.startswith("的目标"):
        return "planned"
    if number.approximate or behind.startswith(("左右", "上下", "以上", "以下")):
        return "about"
    if known is None:
        return "unknown"
    return (
        "scope" if _elsewhere(before, text[clause_of(text, number) : number.start], known) else None
    )


def _elsewhere(before: str, own: str, known: Known) -> bool:
    """Whether the sentence speaks of another place, or of a part whose number this may be."""
    earlier = before[: len(before) - len(own)]
    # A county-level city may say 全市 of itself; a county means the city above it.
    if _ELSEWHERE.search(before) and not known.place.endswith("市"):
        return True
    if any(found[0] not in _OWN_TOWN for found in _TOWN.finditer(before)):
        return True
    return _PART.search(earlier) is not None and _PART.search(own) is None


def _sentence(text: str, number: Number) -> tuple[int, int]:
    start, end = number.start, number.end
    while start > 0 and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    return start, min(end + 1, len(text))


def _planning(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches under headings of what is still to come: whole where the title says so."""
    at, since, first = 0, -1, True
    for line in text.splitlines(keepends=True):
        said = line.strip()
        heading = bool(said) and len(said) <= _LONGEST_HEADING and (first or _HEADING.match(said))
        if heading and not said.startswith(("（", "(")):
            if since >= 0 and not first:
                yield since, at
                since = -1
            if _PLANS.search(said) and "总结" not in said:
                since = at
        first = first and not said
        at += len(line)
    if since >= 0:
        yield since, at
