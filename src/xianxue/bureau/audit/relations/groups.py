"""Sums held up by other sums: the neighbours of parts, groups of sentences, known compositions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.listing import amount
from xianxue.bureau.audit.relations.measures import Measures
from xianxue.bureau.audit.relations.said import Speaker, least, misses, most, proven, signed
from xianxue.bureau.audit.relations.sums import FAR, FEW_DIGITS, MANY_DIGITS, Sum, digits
from xianxue.bureau.audit.wording import shown

_PAIR: Final = 2
_OFFSETS: Final = (1, -1, 2, -2)
_NEXT: Final = 4
_NARROWER: Final = ("中小学", "公办", "民办", "农村", "城区", "乡镇", "普惠")


class Groups:
    """Judges sums that other sums of the text hold up."""

    def __init__(
        self, ledger: Ledger, lexicon: Lexicon, speaker: Speaker, found: Sequence[Sum]
    ) -> None:
        self._ledger = ledger
        self._speaker = speaker
        self._found = found
        self._compositions = lexicon.compositions
        self._opposites = lexicon.opposites
        self._excluding = lexicon.role("excluding")
        self._witnesses: dict[tuple[int, int, int], int] = {}

    # ── the second number of each item ──

    def judge_neighbours(self) -> None:
        """Judge 91635人 of «小学312所,学生91635人;…», where the 所 add up."""
        mentions = self._ledger.mentions
        for one in self._found:
            if digits(one.whole) < FEW_DIGITS:
                continue
            for offset in _OFFSETS:
                whole = _beside(mentions, one.whole, offset)
                if whole is None or whole.dim == one.whole.dim or self._speaker.silent(whole):
                    continue
                beside = [_beside(mentions, part, offset) for part in one.parts]
                parts = [part for part in beside if part is not None and part.dim == whole.dim]
                if len(parts) == len(one.parts) and self._is_list(whole, parts):
                    # People helped by two programmes are counted once: only a slip is certain.
                    slip = self._speaker.slips(whole, parts) or whole.sent == parts[0].sent
                    self._speaker.enter(whole, parts, "inconsistent" if slip else "possible")

    def _is_list(self, whole: Mention, parts: Sequence[Mention]) -> bool:
        children = self._ledger.children
        if whole.about or any(part.about or part.index in children for part in parts):
            return False
        if whole.value < max(part.value for part in parts):
            return False
        places = {part.index for part in parts}
        outside = whole.index < min(places) or whole.index > max(places)
        return outside and len(places) == len(parts) and misses(whole, parts)

    # ── one measure over several sentences ──

    def judge_measures(self, measures: Measures) -> None:
        """Judge measures of groups whose other measures add up: 小学 and 初中."""
        support: dict[tuple[int, tuple[int, ...]], int] = {}
        for one in self._found:
            sentences = tuple(part.sent for part in one.parts)
            if len(set(sentences)) == len(sentences) and one.whole.sent not in sentences:
                key = (one.whole.sent, sentences)
                support[key] = support.get(key, 0) + 1
        for (sentence, sentences), count in support.items():
            if count >= _PAIR:
                self._group(measures, sentence, sentences)
        wholes = [
            one
            for one in self._ledger.mentions
            if one.part in ("level", "delta") and one.form == "cardinal"
            if one.core and not one.about
        ]
        # First what holds, so that it can bear witness against what does not.
        for settle in (False, True):
            for whole in wholes:
                if not self._speaker.silent(whole):
                    self._composed(measures, whole, settle=settle)

    def _group(self, measures: Measures, sentence: int, sentences: tuple[int, ...]) -> None:
        sides = [measures.sentence(one) for one in sentences]
        for key, whole in measures.sentence(sentence).items():
            parts = [side[key] for side in sides if key in side]
            if len(parts) != len(sides) or any(one.about for one in (whole, *parts)):
                continue
            if self._speaker.silent(whole):
                continue
            if _holds(whole, parts):
                proven(self._ledger, whole, parts)
            else:
                self._speaker.enter(whole, parts, "inconsistent")

    def _composed(self, measures: Measures, whole: Mention, *, settle: bool) -> None:
        """Judge 义务教育在校生 against 小学在校生 and 初中在校生, wherever they stand."""
        for place, composition in enumerate(self._compositions):
            if not any(word in whole.subject for word in composition.whole):
                continue
            parts = [_nearest(measures, whole, words) for words in composition.parts]
            known = [part for part in parts if part is not None]
            if len(known) != len(parts):
                continue
            witness = (whole.doc, whole.para, place)
            if _holds(whole, known):
                if digits(whole) >= FEW_DIGITS:
                    proven(self._ledger, whole, known)
                    self._witnesses[witness] = self._witnesses.get(witness, 0) + 1
            elif settle:
                held = self._witnesses.get(witness, 0) + self._held(whole, known)
                if held >= _PAIR or self._certainly_wrong(measures, whole, known):
                    self._speaker.enter(whole, known, "inconsistent")
            return

    def _held(self, whole: Mention, parts: Sequence[Mention]) -> int:
        """Count the other measures of the same passage that add up over the same passages."""
        places = [part.para for part in parts]
        return sum(
            1
            for one in self._found
            if one.whole.para == whole.para
            and one.whole.core != whole.core
            and digits(one.whole) >= FEW_DIGITS
            and one.whole.subject == whole.subject
            and [part.para for part in one.parts] == places
        )

    def _certainly_wrong(
        self, measures: Measures, whole: Mention, parts: Sequence[Mention]
    ) -> bool:
        """Whether one slip explains it, and no further amount: 九年一贯制, special schools."""
        if whole.dim == "institutions" or digits(whole) < MANY_DIGITS:
            return False
        if not self._speaker.slips(whole, parts):
            return False
        missing = whole.value - sum(signed(part.value, part) for part in parts)
        return not any(
            one.value == missing and one not in parts and abs(one.sent - whole.sent) <= FAR
            for one in measures.like(whole)
        )

    # ── parts that cannot be parts ──

    def judge_strangers(self) -> None:
        """Find a part that the whole's own words shut out: 民办学校 among 公办学校."""
        ledger = self._ledger
        told: set[int] = set()
        for one in self._found:
            whole, last = one.whole, one.parts[-1]
            words = [word for word in self._excluding if word in whole.head]
            if not words:
                continue
            for part in ledger.mentions[last.index + 1 : last.index + _NEXT]:
                if (
                    part.sent != last.sent
                    or part.depth != last.depth
                    or part.sep not in (",", "、")
                ):
                    break
                if part.dim != whole.dim or not amount(part):
                    break
                shut = self._shut_out(words, part)
                if shut and part.index not in told and part.index not in ledger.children:
                    told.add(part.index)
                    self._enter_stranger(one, part, shut)

    def _shut_out(self, words: Sequence[str], part: Mention) -> str:
        for word in words:
            for listed in self._opposites:
                if word not in listed or word in part.head:
                    continue
                other = next((one for one in listed if one != word and one in part.head), "")
                if other:
                    return other
        return ""

    def _enter_stranger(self, one: Sum, stranger: Mention, shut: str) -> None:
        ledger, whole = self._ledger, one.whole
        said = "＋".join(ledger.text(part) for part in one.parts)
        total = sum(part.value for part in (*one.parts, stranger))
        text = ledger.text(whole)
        message = (
            f"总数说的是“{whole.head}”，所列各项里却有“{shut}”的{ledger.text(stranger)}；"
            f"不算它，{said}正好是{text}，算上它就是{shown(total, whole, text)}。"
        )
        do = "把这一项移到总数之外，或改总数的说法。"
        terms = (*one.parts, stranger)
        ledger.refute(Finding("inconsistent", "sum", whole, terms, message, total, total, do))


def _holds(whole: Mention, parts: Sequence[Mention]) -> bool:
    low, high = sum(least(part) for part in parts), sum(most(part) for part in parts)
    return low <= most(whole) and high >= least(whole)


def _nearest(measures: Measures, whole: Mention, words: Sequence[str]) -> Mention | None:
    """Find the one amount of a measure and a stage near a whole; None where there are several."""
    found = [
        one
        for one in measures.like(whole)
        if one is not whole
        and abs(one.sent - whole.sent) <= FAR
        and one.depth <= whole.depth
        and not one.about
        and one.subject.endswith(tuple(words))
        and not any(word in one.subject for word in _NARROWER)
    ]
    return found[0] if len(found) == 1 else None


def _beside(mentions: Sequence[Mention], mention: Mention, offset: int) -> Mention | None:
    at = mention.index + offset
    if not 0 <= at < len(mentions):
        return None
    one = mentions[at]
    near = one.sent == mention.sent and one.depth == mention.depth
    return one if near and amount(one) else None
