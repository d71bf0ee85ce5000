"""Where the points of an imported item may come from: guessed by its words, and said why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal

from xianxue.bureau.appraisal.importing.proposal import Item
from xianxue.bureau.appraisal.importing.words import plain
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

Kind = Literal["figure", "count", "poll", "document", "marks", "given", "adjust"]
_EACH: Final = re.compile(r"每[^,。;；,]{0,14}?[扣减]\s*(\d+(?:\.\d+)?)\s*分")
_LINE: Final = re.compile(r"(?:达到|达|不低于|≥|>=|超过|高于)\s*(\d+(?:\.\d+)?)\s*(?:%|个百分点)")
_POLL: Final = re.compile(r"满意度|认可度|满意率|问卷|民主测评|测评结果")
_PAPER: Final = re.compile(
    r"查阅|查看|资料|文件|材料|档案|方案|制度|佐证|台账|记录|报告|印发|出台|证明"
)
_PER_CENT: Final = re.compile(r"率$|比例$|占比$|覆盖面$")
_BETWEEN: Final = re.compile(r"[、;；,,]|和|及(?!格)")
_MOST_PAPERS: Final = 6
_LONGEST: Final = 24
_SHORTEST: Final = 2


class Names(Record, kw_only=True):
    """What the county's own cards offer, by their terms."""

    figures: Mapping[str, tuple[str, bool]]
    """Term to an indicator and whether it is told in per cent."""
    counts: Mapping[str, str]
    """Term to ``ledger.count``."""
    polls: Mapping[str, tuple[str, str]]
    """Term to a ballot and its question."""


class Guess(Record, kw_only=True):
    """A source that is proposed."""

    kind: Kind
    why: Sentence
    name: str = ""
    """The indicator, ``ledger.count``, or ballot."""
    question: str = ""
    line: Fraction | None = None
    """From so many per cent on, all points are given."""
    each: Fraction | None = None
    """So many points are taken for each."""
    papers: tuple[str, ...] = ()
    office: str = ""
    sure: bool = True
    """Whether nothing more is to be said of it; else somebody looks it over."""


def guess(item: Item, names: Names) -> Guess:
    """Propose where the points of a leaf come from: the first that its words speak for."""
    ways = (_beside, _figure, _count, _poll, _rate, _paper)
    found = (way(item, names, " ".join(item.line.how)) for way in ways)
    return next((one for one in found if one is not None), None) or Guess(
        kind="marks", why=say("由评委评分")
    )


def _beside(item: Item, _names: Names, _rules: str) -> Guess | None:
    return Guess(kind="adjust", why=say("名称是加减分"), sure=False) if item.beside else None


def _figure(item: Item, names: Names, rules: str) -> Guess | None:
    term = _named(item.line.term, names.figures)
    if term is None:
        return None
    name, per_cent = names.figures[term]
    line = _line(rules) if per_cent else None
    why = say("与指标“{term}”同名", term=term)
    # Without a line nobody knows what number has all points.
    return Guess(kind="figure", name=name, why=why, line=line, sure=line is not None)


def _count(item: Item, names: Names, rules: str) -> Guess | None:
    each = _EACH.search(rules)
    count = _within(f"{item.line.term} {rules}", names.counts) if each else None
    if each is None or count is None:
        return None
    why = say("办法是每次扣分，台账统计“{term}”", term=count)
    return Guess(kind="count", name=names.counts[count], each=Fraction(each[1]), why=why)


def _poll(item: Item, names: Names, _rules: str) -> Guess | None:
    line = item.line
    if not _POLL.search(" ".join([line.term, *line.whence])):
        return None
    known = _within(line.term, names.polls)
    if known is None:
        why = say("是满意度一类，没有同名的问卷：由股室报数")
        return Guess(kind="given", why=why, sure=False, office=line.office)
    ballot, question = names.polls[known]
    why = say("与问卷“{term}”相合", term=known)
    return Guess(kind="poll", name=ballot, question=question, why=why, sure=False)


def _rate(item: Item, _names: Names, rules: str) -> Guess | None:
    if not _PER_CENT.search(item.line.term):
        return None
    why = say("是一个比率，没有同名的指标：由股室报数")
    return Guess(kind="given", why=why, line=_line(rules), sure=False, office=item.line.office)


def _paper(item: Item, _names: Names, rules: str) -> Guess | None:
    papers = tuple(_papers(item.line.whence))
    if papers:
        return Guess(kind="document", why=say("来源一栏写的是材料"), papers=papers)
    if not _PAPER.search(rules) or _EACH.search(rules):
        return None
    paper = (f"{item.line.term}的材料",)
    return Guess(kind="document", why=say("办法里说看材料"), papers=paper, sure=False)


def _named(term: str, known: Iterable[str]) -> str | None:
    """Find the name that a term is, without its ornaments."""
    bare = re.sub(r"[《》“”\s]|达标$|情况$", "", term)
    return next((one for one in known if one in {term, bare}), None)


def _within(text: str, known: Iterable[str]) -> str | None:
    found = [one for one in known if len(one) > 1 and one in text]
    return max(found, key=len, default=None)


def _line(rules: str) -> Fraction | None:
    found = _LINE.search(plain(rules))
    return Fraction(found[1]) if found else None


def _papers(whence: Iterable[str]) -> Iterable[str]:
    found: dict[str, None] = {}
    for text in whence:
        if not _PAPER.search(text):
            continue
        for part in _BETWEEN.split(re.sub(r"^(查阅|查看|提供)(相关)?", "", text)):
            bare = re.sub(r"^(查阅|查看|提供)|等(相关)?(资料|材料)?$", "", part).strip(" :。")
            if _SHORTEST <= len(bare) <= _LONGEST:
                found[bare] = None
    return list(found)[:_MOST_PAPERS]
