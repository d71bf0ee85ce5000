"""Rates and shares: part ÷ whole, with a base that is named, earlier, summed or not printed.

A rate is called wrong only where its base is certain: named in its clause, or what its sentence
began with, with nothing that narrows it. Elsewhere another base may be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.intervals import (
    HUNDRED,
    bounds,
    fits_rate,
    hidden_bases,
    rate_bounds,
)
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.listing import amount
from xianxue.bureau.audit.relations.sums import MANY_DIGITS, digits
from xianxue.bureau.audit.relations.telling import Telling, Told, akin, between
from xianxue.bureau.audit.wording import places, rounded

_SIBLINGS: Final = 24
"""Rates on each side of one among which its siblings are looked for."""
_NEAR: Final = 4
"""Sentences before a rate in which a named base counts as named."""
_TENTH: Final = 10
_PAIR: Final = 2
_MOST: Final = 3
_BESIDE: Final = (8, 5)
_SEGMENT: Final = 8
_DOUBLE: Final = 200
_OF_AGE: Final = ("入园", "入学")
_POPULATION: Final = (
    "参加", "参考", "报考", "报名", "应考", "考生", "应", "适龄", "计划", "任务", "总数",
    "总人数", "共有", "收回",
    "发放", "有效", "毕业生", "抽检", "抽查", "检查", "参评", "参检", "受理", "排查",
)  # fmt: skip
"""Words for all who could be counted by a rate."""


class Rates:
    """Judges rates one by one."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, telling: Telling) -> None:
        self._ledger = ledger
        self._telling = telling
        self._restrictors = tuple(lexicon.role("restrictor"))
        self._compositions = lexicon.compositions
        self._opposites = lexicon.opposites

    def judge(self, told: Sequence[Told]) -> None:
        """Prove every rate that can be proven, then refute what is certainly wrong."""
        open_ones = [one for one in told if not self.settled(one)]
        for one in open_ones:
            self.proves(one)
        for at, one in enumerate(told):
            if self.settled(one) or one.rate.about or (one.part.about and not one.after):
                continue
            beside = told[max(0, at - _SIBLINGS) : at + _SIBLINGS]
            base = self._sibling_base(one, beside) or self._certain_base(one, beside)
            if base is not None:
                self.refute(one, base)

    def settled(self, told: Told) -> bool:
        """Whether a rate is proven."""
        return self._ledger.is_proven("rate", told.rate)

    def proves(self, told: Told) -> bool:
        """Look for a base that makes a rate true, and enter what was found."""
        rate, part = told.rate, told.part
        if part.value <= 0 or (rate.about and rate.high > _DOUBLE * ONE):
            return False
        for base in (*told.named, *told.bases):
            if not fits_rate(rate, bounds(part), bounds(base)):
                continue
            if not self._believable(told, base):
                continue
            if base not in told.named and told.how.base and self._other_part(told, base):
                self._wrong_part(told, base)
            else:
                self.enter(told, (part,), base)
            return True
        return self._summed(told)

    def _believable(self, told: Told, base: Mention) -> bool:
        """Whether a base that fits can be meant; a round rate is soon hit by chance."""
        rate = told.rate
        if base in told.named:
            return True
        fine = rate.step * _TENTH < ONE
        if told.how.name and not akin(told.how.name, told.part.head):
            return fine
        if base.sent == rate.sent:
            return True
        return rate.step < ONE or (base.para == rate.para and rate.sent - base.sent <= _PAIR)

    def _summed(self, told: Told) -> bool:
        """Try sums: (4482+190)÷4804, and 1628÷(1628+4243) where the base is never printed."""
        rate, part, ledger = told.rate, told.part, self._ledger
        whole_of_it = rate.value == HUNDRED * ONE and not akin(told.how.name or "  ", part.head)
        for base in () if whole_of_it else told.bases:
            if rate.sent - base.sent > 1 or base.index > rate.index:
                continue
            if base.sent != rate.sent and digits(base) < MANY_DIGITS:
                continue  # a round number further off is soon hit by chance
            inner = between(ledger, told, base)
            name = told.how.name.removeprefix("其中")
            called = [one for one in inner if name and name in one.head]
            tails = [inner[-count:] for count in range(_PAIR, min(_MOST, len(inner)) + 1)]
            for chosen in (*tails, called):
                if len(chosen) < _PAIR:
                    continue
                whole = (sum(one.low for one in chosen), sum(one.high for one in chosen))
                if whole[0] <= base.high and fits_rate(rate, whole, bounds(base)):
                    self.enter(told, chosen, base)
                    return True
        return rate.step < ONE and self._with_one_beside(told)

    def _with_one_beside(self, told: Told) -> bool:
        """Try the sum of the part and one amount beside it."""
        rate, part, ledger = told.rate, told.part, self._ledger
        back, ahead = _BESIDE
        for one in ledger.mentions[max(0, rate.index - back) : rate.index + ahead]:
            if one.sent != rate.sent or one is part or not amount(one) or one.dim != part.dim:
                continue
            both = (part.low + one.low, part.high + one.high)
            if both[0] > 0 and fits_rate(rate, bounds(part), both):
                self.enter_hidden(told, (part, one))
                return True
        return False

    # ── what is entered ──

    def enter(self, told: Told, parts: Sequence[Mention], base: Mention) -> None:
        """Enter a rate that a printed base makes true."""
        ledger, rate = self._ledger, told.rate
        low, high = sum(one.low for one in parts), sum(one.high for one in parts)
        value = sum(one.value for one in parts)
        plain = rounded(value * HUNDRED, base.value, places(rate))
        upper = "＋".join(ledger.text(one) for one in parts)
        said = f"（{upper}）" if len(parts) > 1 else upper
        exact = plain == rounded(rate.value, ONE, places(rate))
        message = f"{said}÷{ledger.text(base)}＝{plain}%，与所写的{ledger.text(rate)}一致。"
        limits = rate_bounds((low, high), bounds(base))
        fit = "exact" if exact else "rounding"
        ledger.prove("rate", fit, rate, (*parts, base), message, limits)

    def enter_hidden(self, told: Told, parts: Sequence[Mention]) -> None:
        """Enter a rate that the sum of several amounts makes true."""
        ledger, rate = self._ledger, told.rate
        whole = (sum(one.low for one in parts), sum(one.high for one in parts))
        total = sum(one.value for one in parts)
        plain = rounded(told.part.value * HUNDRED, total, places(rate))
        said = "＋".join(ledger.text(one) for one in parts)
        exact = plain == rounded(rate.value, ONE, places(rate))
        message = (
            f"{ledger.text(told.part)}÷（{said}）＝{plain}%，与所写的{ledger.text(rate)}一致；"
            "总数没有写出。"
        )
        limits = rate_bounds(bounds(told.part), whole)
        terms = (told.part, *(one for one in parts if one is not told.part))
        ledger.prove("rate", "exact" if exact else "rounding", rate, terms, message, limits)

    def refute(self, told: Told, base: Mention) -> None:
        """Call a rate wrong against a base that is certain, unless a sum makes it true."""
        if self._summed(told):
            return
        ledger, rate, part = self._ledger, told.rate, told.part
        low, high = rate_bounds(bounds(part), bounds(base))
        exact = rounded(part.value * HUNDRED, base.value, places(rate) + 1)
        plain = rounded(part.value * HUNDRED, base.value, places(rate))
        wanted = hidden_bases(bounds(part), rate)
        other = f"；若分子无误，总数应约为{wanted[0]}" if wanted and part.whole else ""
        message = (
            f"{ledger.text(part)}÷{ledger.text(base)}＝{exact}%，所写的是{ledger.text(rate)}，"
            "超出四舍五入能解释的范围。"
        )
        do = f"按这两个数应为{plain}%{other}。"
        terms = (part, base)
        ledger.refute(Finding("inconsistent", "rate", rate, terms, message, low, high, do))

    # ── a base that is another part ──

    def _other_part(self, told: Told, base: Mention) -> bool:
        """Whether a rate only fits when divided by another part of the whole it names."""
        for one in self._compositions:
            if any(word in base.head for word in one.whole):
                continue
            if not any(word in told.how.base for word in one.whole):
                continue
            own = _place(one.parts, told.part.head + told.how.part)
            other = _place(one.parts, base.head)
            if own is not None and other is not None and own != other:
                return True
        return False

    def _wrong_part(self, told: Told, base: Mention) -> None:
        ledger, rate, part = self._ledger, told.rate, told.part
        low, high = rate_bounds(bounds(part), (part.low + base.low, part.high + base.high))
        right = rounded(part.value * HUNDRED, part.value + base.value, places(rate))
        one, other, stated = ledger.text(part), ledger.text(base), ledger.text(rate)
        message = (
            f"“占{told.how.base}”应除以总数：{one}÷（{one}＋{other}）＝{right}%；"
            f"所写的{stated}是除以另一部分{other}得来的。"
        )
        do = f"应为{right}%；或改写为两者之比。"
        ledger.refute(Finding("inconsistent", "rate", rate, (part, base), message, low, high, do))

    def _sibling_base(self, told: Told, others: Sequence[Told]) -> Mention | None:
        """Give the base that the shares told beside this one rest on: 占总数的…, …,占…."""
        rate, part = told.rate, told.part
        if not told.how.of or part.sent != rate.sent:
            return None
        found: list[Mention] = []
        near = False
        for other in others:
            if other is told or not other.how.of or other.rate.para != rate.para:
                continue
            alike = (
                told.how.base == other.how.base if told.how.base else other.rate.sent == rate.sent
            )
            if not alike:
                continue
            proof = self._ledger.proven.get(("rate", other.rate.index))
            if proof is None or proof.terms[:-1] != (other.part,):
                continue
            found.append(proof.terms[-1])
            near = near or (other.rate.index < rate.index and bool(other.how.base))
        bases = {one.value for one in found}
        # One sibling is enough where it names the base before this one.
        enough = len(found) >= _PAIR or bool(told.how.base) or near
        if len(bases) != 1 or not enough or found[0].dim != part.dim or found[0].low < part.high:
            return None
        return found[0]

    # ── bases that are certain ──

    def _certain_base(self, told: Told, others: Sequence[Told]) -> Mention | None:
        """Give the one base a rate can have, or None where it may have another."""
        rate, part = told.rate, told.part
        if part.sent != rate.sent:
            return None
        if told.how.base:
            near = [
                one
                for one in told.named
                if rate.sent - one.sent <= _NEAR and self._telling.can_be(told, one)
            ]
            same = [one for one in self._telling.plainly_named(told) if one in near]
            chosen = same or [one for one in near if not self._narrower(told, one)]
            if len({one.value for one in chosen}) > 1:
                # The whole is the greatest of what the words fit beside the rate.
                here = [one for one in chosen if one.sent == rate.sent]
                chosen = [max(here, key=lambda one: one.value)] if here else []
            return chosen[0] if chosen else None
        if told.how.of:
            at = self._ledger.children.get(part.index, -1)
            whole = self._ledger.mentions[at] if at >= 0 else None
            if whole is not None and whole.sent == rate.sent:
                return whole
            return self._listed_under(told, others) or self._segment_base(told)
        return self._population(told, others)

    def _narrower(self, told: Told, base: Mention) -> bool:
        """Whether an amount is of fewer than the base that is named: 民办学校 for 学校."""
        said, head = told.how.base, base.head.replace("中小学", "")
        return any(word in head and word not in said for word in self._restrictors)

    def _population(self, told: Told, others: Sequence[Told]) -> Mention | None:
        """Give what the sentence of an X率 began with, where nothing narrows it."""
        rate, part, name = told.rate, told.part, told.how.name
        if not name:
            return None
        if not akin(name, part.head):
            of_age = (one for one in told.bases if one.sent == rate.sent and "适龄" in one.head)
            return next(of_age, None) if name.endswith(_OF_AGE) else None
        inner = self._ledger.mentions[part.index + 1 : rate.index]
        if any(one.depth <= rate.depth and one.part in ("level", "rate") for one in inner):
            return None
        first = [one for one in told.bases if one.sent == part.sent and one.index < part.index]
        base = first[-1] if first else next(filter(self._is_population, told.smaller), None)
        if base is None or not self._is_population(base):
            return self._established(told, others)
        said = base.head + self._telling.behind(base)
        narrowing = any(
            (word in part.head or word in name) and word not in said for word in self._restrictors
        )
        return None if narrowing else base

    def _is_population(self, base: Mention) -> bool:
        behind = self._telling.behind(base)
        return any(word in base.head or word in behind for word in _POPULATION)

    def _established(self, told: Told, others: Sequence[Told]) -> Mention | None:
        """Give the base that another rate of the name rests on in the sentence."""
        rate, part, name = told.rate, told.part, told.how.name
        if any(word in name or word in part.head for word in self._restrictors):
            return None
        for other in others:
            if other is told or other.rate.sent != rate.sent or other.how.of:
                continue
            if not name[-2:] or other.how.name[-2:] != name[-2:]:
                continue
            proof = self._ledger.proven.get(("rate", other.rate.index))
            if proof is None or len(proof.terms) != _PAIR:
                continue
            one, base = proof.terms
            if base.dim != part.dim or base.value <= max(one.value, part.value):
                continue
            if fits_rate(other.rate, bounds(one), bounds(base)):
                return base
        return None

    def _listed_under(self, told: Told, others: Sequence[Told]) -> Mention | None:
        """Give the whole a part is listed under: 教师1256人,其中…女教师620人,占比49.36%."""
        proven = self._ledger.proven
        listed = proven.get(("part_over_whole", told.part.index))
        if listed is not None and listed.terms[0].sent == told.rate.sent:
            return listed.terms[0]
        for other in others:
            if other is told or other.rate.sent != told.rate.sent or not other.how.of:
                continue
            proof = proven.get(("rate", other.rate.index))
            if proof is None or len(proof.terms) != _PAIR or proof.terms[0] is not other.part:
                continue
            base = proof.terms[1]
            before = base.index < other.part.index < told.part.index
            if base.dim == told.part.dim and before and not other.how.base:
                return base
        return None

    def _segment_base(self, told: Told) -> Mention | None:
        """Give the base of «专任教师500894人中,一级以上414919人,占比82.84%»."""
        rate, part = told.rate, told.part
        levels: list[Mention] = []
        for back in range(rate.index - 1, max(-1, rate.index - _SEGMENT), -1):
            one = self._ledger.mentions[back]
            if one.sent != rate.sent or one.form == "mask":
                break
            if amount(one) and one.depth <= rate.depth and one.dim == part.dim:
                levels.append(one)
            if one.sep in (";", "。", "\n"):
                break
        if len(levels) != _PAIR or levels[0] is not part or part.index != rate.index - 1:
            return None
        base = levels[1]
        if base.dim != part.dim or self._beside(part, base):
            return None
        # A base that is less than its part is wrong, where it says that it is a base.
        said = base.head + self._telling.behind(base)[:1]
        told_so = any(word in said for word in ("全", "总", "共", "中"))
        return base if base.value > part.value or told_so else None

    def _beside(self, part: Mention, base: Mention) -> bool:
        """Whether two amounts are of groups side by side: 初中 is no part of 高中."""
        for listed in self._opposites:
            own = next((word for word in listed if word in part.head), "")
            if own and own not in base.head and any(word in base.head for word in listed):
                return True
        return False


def _place(parts: Sequence[Sequence[str]], text: str) -> int | None:
    found = (at for at, words in enumerate(parts) if any(word in text for word in words))
    return next(found, None)
