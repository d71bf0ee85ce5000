"""Rates as they are told: of which amount, as a share of what, under which name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.cores import Cores
from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.phrases import Share, names, share
from xianxue.bureau.audit.relations.listing import amount, kin

_REACH: Final = 12
_BACK: Final = 80
_CLAUSE: Final = 60
_AMONG: Final = re.compile(
    r"(?:^|,)([^,:()]{2,14}?)(?<![初高其])中(?![学小职专等级考])[^,]{0,20},?[^,]{0,20}$"
)
_BEHIND: Final = 8
_MARK: Final = "大关"
_CLOSE: Final = 4
_SHARES: Final = ("的比例", "的比重", "的份额", "比例", "比重")
_BETWEEN: Final = 3
_PLACES: Final = (
    "全国", "全省", "全市", "全县", "全区", "全州", "全镇", "全乡", "全校",
    "我国", "我省", "我市", "我县", "我区",
)  # fmt: skip
"""Words for where: a share of 全国 is no share of what stands for 全省."""
_ANDS: Final = frozenset("和及与、")
_AFTER: Final = frozenset("约大有为达即共计")
"""What a number behind its share begins with: 占71.4%,大约有721万人."""


@dataclass(slots=True)
class Told:
    """A rate, the amount it is told of and how."""

    rate: Mention
    part: Mention
    how: Share
    bases: list[Mention] = field(default_factory=list[Mention])
    """Amounts it may be a rate of, the nearest first."""
    named: list[Mention] = field(default_factory=list[Mention])
    """Those of them that its words name."""
    smaller: list[Mention] = field(default_factory=list[Mention])
    """Amounts of its sentence before it that are less than its part, which no base can be."""
    after: bool = False
    """Whether the amount stands behind the rate."""


class Telling:
    """Reads how the rates of a text are told."""

    def __init__(self, ledger: Ledger, cores: Cores) -> None:
        self._ledger = ledger
        self._cores = cores

    def read(self, rate: Mention) -> Told | None:
        """Read one rate; None where nothing says what it is of."""
        how = self._inside(rate) or (share(rate.lead) if rate.lead else Share("", "", "", of=False))
        if how is None:
            return None
        part, after = self._part(rate, how)
        if part is None:
            return None
        if how.of and not how.base and not after:
            how = how._replace(base=_among(part))
        told = Told(rate, part, how, after=after)
        self._find_bases(told)
        return told

    def _inside(self, rate: Mention) -> Share | None:
        """Read a share whose base stands in it: «教育经费占支出500万元的比例为14.75%»."""
        before = self._ledger.mentions[rate.index - 1] if rate.index else None
        if before is None or before.sent != rate.sent or rate.sep or "占" not in before.lead:
            return None
        if not rate.lead.startswith(_SHARES) or not amount(before):
            return None
        part, _, base = before.lead.rpartition("占")
        return Share(part, base, "", of=True) if part and base else None

    def can_be(self, told: Told, base: Mention) -> bool:
        """Whether a named base can be the one: no restatement, no other place, year or mixture."""
        phrase, head = told.how.base, base.head
        if base.value == told.part.value and self._cores.plain(head) == self._cores.plain(
            told.part.head
        ):
            return False
        if base.year and told.rate.year and base.year != told.rate.year:
            return False
        place = next((word for word in _PLACES if phrase.startswith(word)), "")
        other = next((word for word in _PLACES if word in head), "")
        if place and other and place != other:
            return False
        before = head[: -len(phrase)] if head.endswith(phrase) else ""
        return before[-1:] not in _ANDS

    def behind(self, mention: Mention) -> str:
        """Give the words right behind a number: 6302人参加高考."""
        text = self._ledger.norm[mention.end : mention.end + _BEHIND]
        return text.split(",", 1)[0].split("。", 1)[0]

    def plainly_named(self, told: Told) -> list[Mention]:
        """Give the bases that are named in full, not by the general word they end in."""
        plain = self._cores.plain(told.how.base)
        return [one for one in told.named if self._cores.plain(one.head) == plain]

    def _part(self, rate: Mention, how: Share) -> tuple[Mention | None, bool]:
        mentions = self._ledger.mentions
        if how.of and rate.index + 1 < len(mentions):
            following = mentions[rate.index + 1]
            near = following.sent == rate.sent and following.sep == ","
            if near and amount(following) and not following.head and following.lead[:1] in _AFTER:
                return following, True
        if how.part:
            return self._called(rate, how.part), False
        return self._before(rate, how), False

    def _called(self, rate: Mention, name: str) -> Mention | None:
        """Find the amount a clause names: «职业中专招生占…»."""
        mentions = self._ledger.mentions
        plain = self._cores.plain(name)
        for back in range(rate.index - 1, max(-1, rate.index - _BACK), -1):
            one = mentions[back]
            if one.doc == rate.doc and amount(one) and self._cores.plain(one.head) == plain:
                return one
        # «骨干教师、名师173人,骨干教师占…»: the words name one of those just told.
        word = plain.removesuffix("人")
        for one in reversed(mentions[max(0, rate.index - _CLOSE) : rate.index]):
            if one.para == rate.para and amount(one) and len(word) > 1 and word in one.head:
                return one
        return None

    def _before(self, rate: Mention, how: Share) -> Mention | None:
        """Find the amount right before a rate, past what is told of its change."""
        mentions = self._ledger.mentions
        for back in range(rate.index - 1, max(-1, rate.index - _REACH), -1):
            one = mentions[back]
            if one.sent != rate.sent or one.form == "mask":
                return None
            if one.after.startswith(_MARK):
                continue  # «首破五千人大关» says which mark was passed
            if not amount(one) or one.depth > rate.depth:
                other = one.form == "percent" and one.part == "rate" and one.depth <= rate.depth
                if other and not how.of and one.index < rate.index - _BETWEEN:
                    return None
                continue
            inside = one.index == rate.index - 1 and not rate.sep
            if inside and one.end > rate.start - len(rate.lead) - 1 and rate.lead[:1] != "占":
                continue  # the base stands inside the rate's own clause
            return one
        return None

    # ── bases ──

    def _find_bases(self, told: Told) -> None:
        rate, part = told.rate, told.part
        mentions = self._ledger.mentions
        kind = kin(part)
        found: list[Mention] = []
        for back in range(rate.index - 1, max(-1, rate.index - _BACK), -1):
            one = mentions[back]
            if one.doc != rate.doc:
                break
            if one is part or one.about or one.form != "cardinal" or one.value <= 0:
                continue
            if one.part not in ("level", "prior") or kin(one) != kind:
                continue
            named = bool(told.how.base) and self._is_named(told.how.base, one)
            if named:
                told.named.append(one)
            if one.high >= part.low or (named and rate.index - one.index < _REACH):
                found.append(one)
            elif one.sent == part.sent and one.index < part.index and one.part == "level":
                told.smaller.append(one)
        behind = mentions[rate.index + 1 : rate.index + 1 + _BETWEEN]
        found += [
            one
            for one in behind
            if one.sent == rate.sent
            and amount(one)
            and one is not part
            and kin(one) == kind
            and one.value >= part.value
            and not one.about
        ]
        told.bases = found

    def _is_named(self, base: str, mention: Mention) -> bool:
        plain = self._cores.plain(base)
        if names(plain, self._cores.plain(mention.head)):
            return True
        return len(plain) > 1 and plain in self.behind(mention)


def _among(part: Mention) -> str:
    """Give what «流动儿童中入团的有20人,占…» or «教师中,高级20人,占…» takes its parts from."""
    clause = part.gap[-_CLAUSE:]
    found = _AMONG.search(clause[max(clause.rfind(stop) for stop in "。;\n") + 1 :])
    return found[1] if found else ""


def akin(name: str, head: str) -> bool:
    """Whether the name of a rate and a head speak of one thing: 上线率 and 上组档线人数.

    >>> akin("上线", "上组档线人数"), akin("满意", "收回有效问卷")
    (True, False)
    """
    if any(name[at : at + 2] in head for at in range(max(1, len(name) - 1))):
        return True
    return len(name) > 1 and all(one in head for one in name[-2:])


def between(ledger: Ledger, told: Told, base: Mention) -> Sequence[Mention]:
    """Give the amounts between a base and a rate that may be added up: 在园4482人,赴外地190人."""
    return [
        one
        for one in ledger.mentions[base.index + 1 : told.rate.index]
        if amount(one)
        and one.dim == told.part.dim
        and one.depth <= told.rate.depth
        and one.sent == told.rate.sent
    ]
