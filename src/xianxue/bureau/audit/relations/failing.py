"""Lists whose parts do not make their whole.

A list after 其中 need not be complete. It is called wrong only where something says that it is
complete, where its parts make more than the whole, or where a single slip would put it right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.listing import COMPLETE_WORDS, PART_WORDS, Listing, Listings
from xianxue.bureau.audit.relations.partition import Partition
from xianxue.bureau.audit.relations.said import Speaker, misses, proven
from xianxue.bureau.audit.relations.sums import FEW_DIGITS, MANY_DIGITS, alike, digits

_PAIR: Final = 2
_TENTH: Final = 10
_STAGES: Final = ("小学", "初中", "高中", "中学")
_BROAD: Final = ("基础教育", "各级各类", "各类", "教育系统")
"""Wholes that hold more than 小学 and 初中."""
_LONGEST: Final = 24
_WITH: Final = "含"
"""What a bracket opens with that need not tell everything: 350人(含应届80人)."""
_HALF: Final = 2
_BEFORE: Final = 60
_BACK: Final = 3
_NESTED: Final = ("以上", "以下", "累计")
"""Parts told so hold each other: 本科以上 and 专科以上."""
_DONE: Final = ("已", "现已", "目前已")
"""An item told so may be a part of the item before it: 建设20个,已开工8个."""
_BY: Final = re.compile(r"按[^,。;:()]{1,6}分[:,]")
"""«按科类分:» begins another division of a total that may not be printed."""
_OPEN_WORDS: Final = ("等", "另", "以上", "还有", "为主")


class Failing:
    """Judges the lists that no reading has proven."""

    def __init__(self, ledger: Ledger, partition: Partition, speaker: Speaker) -> None:
        self._ledger = ledger
        self._partition = partition
        self._speaker = speaker

    def judge(self, listings: Listings) -> None:
        """Judge every list."""
        for listing in listings.find():
            if not self._speaker.silent(listing.whole):
                self._judge(listing)

    def _judge(self, listing: Listing) -> None:
        whole, parts = listing.whole, listing.parts
        first = parts[0]
        told = listing.bracket or listing.cue in PART_WORDS
        if self._divided_again(listing):
            return
        if any(_nested(part) for part in parts):
            self._within(listing)
        elif first.low > whole.high and first.dim == whole.dim and told:
            if not self._other_whole(first, whole):
                self._too_great(first, whole)
        elif len(parts) < _PAIR or any(part.about for part in parts):
            self._within(listing)
        else:
            self._judge_sum(listing)

    def _divided_again(self, listing: Listing) -> bool:
        """Whether a list divides the same as its whole's own list: «按层次分:…;按科类分:…»."""
        start = listing.whole.start
        before = self._ledger.norm[max(0, start - _BEFORE) : start].rsplit("。", 1)[-1]
        return bool(_BY.search(listing.text) and _BY.search(before))

    def _other_whole(self, part: Mention, whole: Mention) -> bool:
        """Whether the amount before the whole may be meant: «抽测甲班90人和乙班60人,其中甲班…»."""
        return any(
            one.sent == whole.sent and one.dim == whole.dim and one.high >= part.low
            for one in self._ledger.mentions[max(0, whole.index - _BACK) : whole.index]
            if one.form == whole.form and one.part == whole.part
        )

    def _too_great(self, part: Mention, whole: Mention) -> None:
        text = self._ledger.text
        message = f"部分{text(part)}大于总数{text(whole)}。"
        do = "核对这两个数，以及二者是不是部分与总数的关系。"
        finding = Finding(
            "inconsistent", "part_over_whole", part, (whole,), message, 0, whole.high, do
        )
        self._ledger.refute(finding)

    def _judge_sum(self, listing: Listing) -> None:
        whole, parts = listing.whole, listing.parts
        own = self._partition.before_crosscut(parts)
        over = len(own) == len(parts) and sum(part.low for part in own) > whole.high
        if not alike(whole, parts):
            if over:
                self._speaker.enter(whole, own, "possible")
            return
        items = [part for part in parts if part is parts[0] or not part.lead.startswith(_DONE)]
        if _PAIR <= len(items) < len(parts) and not misses(whole, items):
            proven(self._ledger, whole, items)
            return
        for reading in (own, parts):
            if self._complete(listing, reading) and misses(whole, reading):
                self._speaker.enter(whole, reading, "inconsistent")
                return
        if over:
            self._speaker.enter(whole, own, "inconsistent")
        elif not self._but_for_a_slip(listing, own):
            self._within(listing)

    def _but_for_a_slip(self, listing: Listing, own: list[Mention]) -> bool:
        whole, known = listing.whole, digits(listing.whole)
        for reading in self._readings(listing, own):
            if len(reading) < _PAIR or not misses(whole, reading):
                continue
            if not self._speaker.slips(whole, reading):
                continue
            # A great number is hardly one slip away from a sum by chance; a small one often is.
            if known >= MANY_DIGITS:
                self._speaker.enter(whole, reading, "inconsistent")
                return True
            if known >= FEW_DIGITS and len(reading) > _PAIR:
                self._speaker.enter(whole, reading, "possible")
                return True
        return False

    def _readings(self, listing: Listing, own: list[Mention]) -> list[list[Mention]]:
        """Give the ways to end a list: before a group across it, at a semicolon, where it stops."""
        parts = listing.parts
        ends = [at for at, part in enumerate(parts) if part.sep == ";" and at >= _PAIR]
        return [own, *(parts[:at] for at in ends[:1]), parts]

    def _complete(self, listing: Listing, parts: Sequence[Mention]) -> bool:
        """Whether something says that these parts are all there are."""
        partition = self._partition
        if len(parts) < _PAIR or any(word in listing.text for word in _OPEN_WORDS):
            return False
        if listing.cue == _WITH:
            return False
        if listing.cue in COMPLETE_WORDS:
            return True
        if partition.opposed(parts) or partition.composed(parts):
            return not _broader(listing.whole, parts)
        if partition.rest(parts) or partition.learned(parts):
            return True
        bare = listing.bracket and not listing.cue and len(parts) == len(listing.parts)
        bare = bare and sum(part.high for part in parts) * _HALF >= listing.whole.low
        return bare and len(partition.before_crosscut(parts)) == len(parts)

    def _within(self, listing: Listing) -> None:
        """Say that each part is no more than the whole: that much can be said of an open list."""
        ledger, whole = self._ledger, listing.whole
        for part in listing.parts[:_LONGEST]:
            if part.sep == ";" and part is not listing.parts[0]:
                return
            if part.dim == whole.dim and part.high <= whole.low and not part.about:
                message = f"部分{ledger.text(part)}不超过总数{ledger.text(whole)}。"
                ledger.prove("part_over_whole", "exact", part, (whole,), message, (0, whole.high))


def _nested(part: Mention) -> bool:
    return any(word in part.lead for word in _NESTED)


def _broader(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a whole may hold more stages than its parts: 基础教育 than 小学 and 初中."""
    if not all(any(word in part.head for word in _STAGES) for part in parts):
        return False
    short = (whole.low - sum(part.high for part in parts)) * _TENTH > whole.low
    return short or any(word in whole.head for word in _BROAD)
