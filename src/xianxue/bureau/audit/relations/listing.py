"""Lists that are told as the parts of a whole: after 其中, in brackets, behind a colon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.partition import Partition
from xianxue.bureau.audit.relations.sums import KIN

PART_WORDS: Final = ("其中", "包括", "包含", "含")
COMPLETE_WORDS: Final = ("分为", "分别为", "分别是", "组成", "即", "共分")
TOTAL_WORDS: Final = ("共", "合计", "总计")
_LONGEST: Final = 72
"""Numbers within which a list ends."""
_BACK: Final = 12
_KINDS: Final = 3
_STOPS: Final = ("。", "\n", ")", ";")


@dataclass(slots=True)
class Listing:
    """A whole and the list that is told as its parts."""

    whole: Mention
    parts: list[Mention]
    bracket: bool = False
    cue: str = ""
    text: str = ""
    """Everything between the whole and the last part."""


def kin(mention: Mention) -> str:
    """Give the kind of thing a number counts, as lists mix them."""
    return KIN.get(mention.dim, mention.dim)


def amount(mention: Mention) -> bool:
    """Whether a number is an amount that may be a whole or a part."""
    return mention.part == "level" and mention.form == "cardinal"


class Listings:
    """Finds the lists of a text."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, partition: Partition) -> None:
        self._ledger = ledger
        self._outside = tuple(lexicon.role("outside"))
        self._partition = partition

    def find(self) -> list[Listing]:
        """Give every list, in the order they begin."""
        mentions = self._ledger.mentions
        found: list[Listing] = []
        seen: set[tuple[int, bool]] = set()
        for at, first in enumerate(mentions):
            if not at or not amount(first) or first.series >= 0:
                continue
            bracket = _opens_behind(mentions, first)
            cue = _cue(first)
            if not (cue or bracket or first.sep == ":" or self._pair_behind(at)):
                continue
            for kind in self._kinds(at, bracket=bracket):
                whole = self._owner(first, kind) if bracket else self._whole(at, kind)
                if whole is None or (whole.index, bracket) in seen:
                    continue
                if first.depth > whole.depth and not bracket:
                    continue  # each item has a bracket of its own
                listing = self._list(whole, at, kind, bracket=bracket, cue=cue)
                if listing is not None:
                    seen.add((whole.index, bracket))
                    found.append(listing)
        return found

    def _pair_behind(self, at: int) -> bool:
        """Whether two opposites stand right behind a total: 考生共98人,文科28人,理科70人."""
        three = self._ledger.mentions[at - 1 : at + 2]
        if len(three) < _KINDS or any(not amount(one) for one in three):
            return False
        whole, first, second = three
        if len({(one.dim, one.sent, one.depth) for one in three}) > 1:
            return False
        total = any(word in whole.lead for word in TOTAL_WORDS)
        near = first.sep in (",", "、") and second.sep in (",", "、")
        return total and near and self._partition.opposed([first, second])

    def _kinds(self, at: int, *, bracket: bool) -> list[str]:
        """Give the kinds told in the list that begins here: 小学312所,学生91635人 tells two."""
        mentions = self._ledger.mentions
        first = mentions[at]
        kinds: list[str] = []
        for one in mentions[at : at + _KINDS]:
            if one.sent != first.sent or one.depth != first.depth:
                break
            if one is not first and one.sep not in (",", "、"):
                break
            if amount(one) and kin(one) not in kinds:
                kinds.append(kin(one))
        return kinds[:1] if bracket else kinds

    def _owner(self, first: Mention, kind: str) -> Mention | None:
        owner = self._ledger.mentions[first.owner]
        return owner if amount(owner) and kin(owner) == kind else None

    def _whole(self, at: int, kind: str) -> Mention | None:
        """Find the amount of a kind that a list behind it divides."""
        mentions = self._ledger.mentions
        first = mentions[at]
        for back in range(at - 1, max(-1, at - _BACK), -1):
            one = mentions[back]
            if one.form == "mask" or first.sent - one.sent > 1:
                return None
            if one.sent != first.sent and not self._goes_on(one, first):
                return None
            if amount(one) and one.depth <= first.depth and kin(one) == kind:
                return one
        return None

    def _goes_on(self, one: Mention, first: Mention) -> bool:
        """Whether a list in a new sentence still divides the total of the one before it."""
        if first.gap.rsplit("。", 1)[-1].strip().startswith("其中"):
            return True
        # «共16350人次发放1271万元。学前:386人…»: the total word may stand at the other number.
        before = self._ledger.mentions[one.index - 1] if one.index and not one.sep else one
        told = any(word in other.lead for other in (one, before) for word in TOTAL_WORDS)
        return first.sep == ":" and told

    def _list(
        self, whole: Mention, at: int, kind: str, *, bracket: bool, cue: str
    ) -> Listing | None:
        mentions = self._ledger.mentions
        first = mentions[at]
        children = self._ledger.children
        alone = bracket or self._is_first(whole, kind)
        parts: list[Mention] = []
        for one in mentions[at : at + _LONGEST]:
            if one.sent != first.sent or one.depth < first.depth or one.doc != first.doc:
                break
            if one.form == "mask" and one.depth == first.depth:
                return None
            if one.depth > first.depth:
                continue
            if one is not first:
                part_of = children.get(one.index, whole.index)
                if part_of != whole.index and part_of < one.index:
                    continue  # an item of a list within this one, or around it
                if self._ends(whole, one, parts, alone=alone):
                    break
            if amount(one) and kin(one) == kind:
                parts.append(one)
        if not parts or parts[0].about or whole.about:
            return None
        text = self._ledger.norm[whole.end : parts[-1].start]
        return Listing(whole, parts, bracket=bracket, cue=cue, text=text)

    def _ends(self, whole: Mention, one: Mention, parts: Sequence[Mention], *, alone: bool) -> bool:
        """Whether a list has ended before a number."""
        if "其中" in one.gap or any(word in one.gap for word in self._outside):
            return True
        if parts and one.lead.startswith(("共", "合计", "总计", "总共", "总数")):
            return True
        if one.sep != ";":
            return False
        if not alone:
            return bool(parts)
        same = bool(one.core) and one.core == whole.core
        return same or (bool(parts) and one.low > whole.high)

    def _is_first(self, whole: Mention, kind: str) -> bool:
        """Whether a whole is the first amount of its kind in its sentence, no item of a list."""
        for back in range(whole.index - 1, max(-1, whole.index - _BACK), -1):
            one = self._ledger.mentions[back]
            if one.sent != whole.sent:
                return True
            if amount(one) and kin(one) == kind:
                return False
        return True


def _opens_behind(mentions: Sequence[Mention], first: Mention) -> bool:
    at = first.index - 1
    if first.depth == 0 or first.owner != at or at < 0 or not first.gap.lstrip().startswith("("):
        return False
    return mentions[at].depth < first.depth


def _cue(first: Mention) -> str:
    """Give the word that opens a list right before its first part; not one in a closed bracket."""
    gap = first.gap
    gap = gap[max(gap.rfind(stop) for stop in _STOPS) + 1 :]
    # 含 in prose is part of other words; in a bracket it opens a list.
    words = PART_WORDS if first.depth else PART_WORDS[:-1]
    return next((word for word in (*words, *COMPLETE_WORDS) if word in gap), "")
