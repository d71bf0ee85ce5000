"""What the words before a number say of it: an amount, a change, a rate, of which time, of what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import han_year
from xianxue.bureau.audit.reading.quantity import Role
from xianxue.bureau.values.record import Record

_YEAR: Final = r"(?:(?:19|20)[0-9]{2}|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})"
_TIME: Final = (
    rf"(?:截至|截止到?|到|至|在)?{_YEAR}(?:年?[-—~至到]{{1,2}}{_YEAR})?(?:学年度|学年|年度|年|届(?!初|末))?"
    r"(?:上半年|下半年|[秋春]季?|[底末内]|初(?![中级一二三])|[0-9]{1,2}月[底末]?)?"
    r"|(?:截至|截止到?|到|至)?[0-9]{1,2}月(?:[0-9]{1,2}日|[底末份])?"
    r"|[近这]?[一二两三四五六七八九十0-9]{1,3}年(?:时间里?|来|间|内|里|前|多|平均|累计|$)|[近这后前][一二两三四五六七八九十0-9]{1,3}年"
    r"|(?:第?[一二三四1-4]|前[二三两])季度|[上下]半年"
    r"|第[一二三四五六七八九十0-9]{1,2}(?:届|期|批|轮|学期)"
    r"|[“\"]?十[一二三四五]五[”\"]?(?:期间|时期|末|初|以来)?"
)
"""A time: a year, a month, how long a change took (四年间)."""
_BY_FORM: Final[dict[str, Role]] = {
    "ratio": "ratio", "ordinal": "rank", "points": "points", "doublings": "doubled",
}  # fmt: skip
"""Forms and dimensions that say by themselves what a number is."""
_YEARS: Final = re.compile(_YEAR)
_REACHED_WHEN: Final = (
    rf"(?<=[到至为达])(?:{_TIME}|目前|现在|今年|本年|如今"
    r"|(?:每(?:人|生|名|位|月|年|天|班|校|园|户|亩|学期|学年|平方米)|人均|生均){1,2})的?$"
)
"""Between 增加到 and its number may stand of when it is, or of what each."""
_THIS_END: Final = re.compile("(?<![上去前])年末")
_BY_ITSELF: Final = "建办筹有主行治愿动费然学习理查评购营立强身用制收贸信觉考招媒聘"
"""Behind 自 these make one word, and tell no beginning: 自建房."""
_SOME_CHANGE: Final = re.compile(
    r"(?:[比较][^,]{0,20}|^)([增减多少][\u4e00-\u9fff]{1,2})(?<![于数量额年月的是为有名位个人元所校])$"
)
_ON_YEAR: Final = re.compile("[同环]比(?!上|去)")
_FROM_EACH: Final = re.compile(
    r"[由从自]每(?:人|生|名|位|月|年|天|班|校|园|户|亩|吨|度|学期|学年|平方米)+$"
)
"""Behind a name these tell from how much for each of many a change went, and name nothing."""
_PER: Final = re.compile(
    r"(?:^|每[人名生位班校所亩户年月天吨方度件][^,]{0,4})([增减多少](?!媒体|功能|数)[\u4e00-\u9fff]{1,2})(?<![于数额量年月的是为有名位个元所校])$"
)
"""For each there is more or less, whatever it was: 每人每月少交, 每方水多付."""
_LONGEST_ADVERB: Final = 5
_KEPT: Final = 4096
"""Leads remembered: «增长», «其中小学» come back on every page."""


class Said(Record, gc=False):
    """What a lead says."""

    role: Role
    sign: int = 0
    reached: bool = False
    prior: bool = False
    since: str = ""
    own: str = ""
    year: int = 0
    relative: int = 0
    """-1 for a year before, 1 for the time that is told of, 0 where no such word stands."""


class Analyst:
    """Reads leads; what it found is remembered, for leads come back again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._up, self._down = lexicon.role("up"), lexicon.role("down")
        self._gap, self._excess = lexicon.role("gap"), lexicon.role("excess")
        self._verbs = self._up | self._down | self._gap | self._excess
        self._longest = max(map(len, self._verbs), default=0)
        self._adverbs, self._reaching = lexicon.role("adverb"), lexicon.role("reaching")
        other = rf"(?<![实发表体出呈展养敬助尊])(?!{lexicon.any_of('no_time')})"
        self._prior = re.compile(other + lexicon.any_of("prior_time"))
        self._now = re.compile(other + lexicon.any_of("now_time"))
        self._from = re.compile(
            rf"(?!自[{_BY_ITSELF}]|由于){lexicon.any_of('from')}(?!事|业|属|来水|教)[^,;。]*$"
        )
        self._change = re.compile(rf"{lexicon.any_of('change_noun')}$")
        self._grown = re.compile(rf"{lexicon.any_of('grow')}$")
        self._done = re.compile(rf"([多少]{lexicon.any_of('act')})$")
        self._each = re.compile(lexicon.any_of("each"))
        self._against = re.compile(
            r"(?:(?<![占同环对评可])比(?![例率重赛较值价])|(?<!比)较(?![高低大小快好])"
            r"|(?:[与和]|(?<![共相不])同(?![期比步时类级行学等口志样]))(?=.*相比|[^,]*(?:年|期)))(.*)$"
        )
        self._times = re.compile(
            rf"{_TIME}|{other}"
            rf"(?:{lexicon.any_of('prior_time')}(?!人)|{lexicon.any_of('now_time')})"
        )
        self._manner = lexicon.role("manner")
        self._open = re.compile(
            rf"^(?:(?!{lexicon.any_of('no_opening')}){lexicon.any_of('opening')}|[、的\"“”])+"
        )
        self._close = re.compile(rf"(?<=.)(?<!安){lexicon.any_of('closing', 'manner')}+$")
        self.said = lru_cache(_KEPT)(self._said)

    def is_time(self, words: str) -> bool:
        """Whether words tell a time and nothing else: 去年, 2018年秋."""
        return self._times.fullmatch(words) is not None

    def _said(self, lead: str, form: str, dim: str, behind: str) -> Said:
        """Say what a number with these words before it is."""
        rest, reached = self._without_adverbs(
            lead.removesuffix("第") if form == "ordinal" else lead
        )
        named = self._change.search(rest)
        verb = named[0] if named else self._verb(rest)
        grown = self._grown.search(rest) if reached and not verb else None
        core = rest[: len(rest) - len(verb or (grown[0] if grown else ""))]
        since, at = self._since(core)
        years = [
            int(one) if one.isdigit() and one.isascii() else han_year(one)
            for one in _YEARS.findall(lead)
        ]
        relative = -1 if self._prior.search(lead) else (1 if self._now.search(lead) else 0)
        prior = self._is_prior(lead, verb, since, behind, reached=reached)
        role = self._role(form, dim, verb, lead, reached=reached or prior)
        if named and form == "percent":
            role, reached = "growth", False
        elif form == "ordinal":
            reached = reached or bool(verb)  # 跃升第13名: behind a verb a place is always reached
        return Said(
            role,
            self._sign(verb),
            reached and bool(verb or grown),
            prior,
            "prev" if since and self._prior.search(since) else since,
            self._noun(core[:at] if since else core),
            years[-1] if years else 0,
            relative,
        )

    def _amount_role(self, form: str, verb: str, lead: str, *, reached: bool) -> Role:
        """Say of an amount or a rate what it is: itself, a change, a distance, one of many."""
        changes = bool(verb) and not reached
        if changes and verb in self._gap | self._excess:
            return "gap"
        if form == "percent":
            return "growth" if changes else "rate"
        if changes:
            return "delta"
        return "each" if self._each.search(lead) else "level"

    def _role(self, form: str, dim: str, verb: str, lead: str, *, reached: bool) -> Role:
        by_form = _BY_FORM.get(dim) or _BY_FORM.get(form)
        if by_form is not None:
            return by_form
        if dim == "times_over":
            return "more_times" if verb in self._up or verb in self._down else "times"
        if form not in ("cardinal", "percent"):
            return "other"
        return self._amount_role(form, verb, lead, reached=reached)

    def _is_prior(self, lead: str, verb: str, since: str, behind: str, *, reached: bool) -> bool:
        if reached and verb:
            return False
        if behind.startswith("相比"):
            return True
        if since and not verb:
            # 同比增支5万元 with a verb nobody knows is no amount of the year before.
            return not _ON_YEAR.search(lead)
        if verb:
            return False
        return bool(
            self._from.search(lead) or (self._prior.search(lead) and not _THIS_END.search(lead))
        )

    def _since(self, core: str) -> tuple[str, int]:
        """Find what a change is measured against, and where that begins."""
        for word in ("同比", "环比"):
            at = core.rfind(word)
            if at >= 0:
                return "上年" + core[at + 2 :], at
        found = self._against.search(core)
        if found and found[1].strip("的"):
            return found[1].strip("的"), found.start()
        return "", len(core)

    def _verb(self, text: str) -> str:
        for width in range(min(self._longest, len(text)), 0, -1):
            word = text[-width:]
            if word in self._verbs:
                # 至多, 不少 and 提高班 tell no change; 多 and 少 only behind 比 or 较, or where
                # nothing else stands before them: 比B校的95人多25人.
                bare = width == 1 and word in "多少高低大小长差"
                if bare and text != word and not re.search("[比较]", text):
                    return ""
                return word
        # 比上年增产, 同比少支: whatever it was, there is more of it, or less.
        unknown = self._done.search(text) or _SOME_CHANGE.search(text) or _PER.search(text)
        return unknown[unknown.lastindex or 0] if unknown else ""

    def _sign(self, verb: str) -> int:
        if not verb:
            return 0
        down = (
            verb in self._down
            or verb in ("低于", "低", "少于", "落后", "慢于")
            or verb[0] in "降减少"
        )
        return -1 if down or verb.startswith("下降") else 1

    def _without_adverbs(self, lead: str) -> tuple[str, bool]:
        """Take adverbs off the end; say whether one of them says that a level was reached."""
        reached = False
        lead = re.sub(_REACHED_WHEN, "", lead)
        while lead:
            for width in range(min(_LONGEST_ADVERB, len(lead)), 0, -1):
                word = lead[-width:]
                if word in self._adverbs:
                    lead = lead[:-width]
                    reached = reached or word in self._reaching
                    break
            else:
                break
        return lead, reached

    def _noun(self, text: str) -> str:
        """Give what is counted: without times, connectives, 总数 and the like."""
        if not text:
            return ""
        text, before = _FROM_EACH.sub("", text), None
        while text and text != before:
            before = text
            text = self._close.sub("", self._open.sub("", self._times.sub("", text)))
        text = text.strip('、的:"“”')
        return "" if text in self._manner else text
