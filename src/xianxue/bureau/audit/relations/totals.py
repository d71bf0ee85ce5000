"""Totals told behind their parts, or at the end of a document: «A 3人,B 4人,共7人»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.listing import TOTAL_WORDS, amount
from xianxue.bureau.audit.relations.measures import Measures
from xianxue.bureau.audit.relations.partition import Partition
from xianxue.bureau.audit.relations.said import Speaker, misses, proven
from xianxue.bureau.audit.relations.sums import MANY_DIGITS, digits

_PAIR: Final = 2
_SOME: Final = 3
_BACK: Final = 30
_LINE: Final = 12
_REST: Final = ("其余", "剩余", "余下")
_BARE: Final = frozenset(
    {"共", "共计", "合计", "总计", "一共", "总共", "共有", "合计为", "总计为", "共计为"}
)
_ALL: Final = ("各级各类", "全县", "全市", "全区", "全省", "全国", "总", "共", "合计")


class Totals:
    """Judges totals that no reading has proven."""

    def __init__(self, ledger: Ledger, partition: Partition, speaker: Speaker) -> None:
        self._ledger = ledger
        self._partition = partition
        self._speaker = speaker

    def judge(self, measures: Measures) -> None:
        """Judge every total."""
        for whole in self._ledger.mentions:
            if not amount(whole) or whole.about or self._speaker.silent(whole):
                continue
            if whole.index in self._ledger.children:
                continue
            if whole.sep in (",", ";") and any(word in whole.lead for word in TOTAL_WORDS):
                self._total(whole)
            if whole.core and digits(whole) > MANY_DIGITS:
                self._run(whole)
        for rest in self._ledger.mentions:
            if amount(rest) and rest.lead.startswith(_REST) and not rest.about:
                self._left_over(rest)
        for line in measures.lines():
            self._grand_totals(line)

    def _total(self, whole: Mention) -> None:
        """Judge a total against the amounts of its sentence before it."""
        parts = self._before(whole)
        if len(parts) < _PAIR:
            return
        told = all(part.head for part in parts) or parts[0].series >= 0
        certain = whole.lead.startswith(TOTAL_WORDS) and told
        known = self._partition.opposed(parts) or self._partition.composed(parts)
        if known or (certain and whole.lead in _BARE):
            if misses(whole, parts):
                self._speaker.enter(whole, parts, "inconsistent")
            return
        many = digits(whole)
        for count in range(len(parts), 1, -1):
            chosen = parts[-count:]
            if many < MANY_DIGITS or not self._speaker.slips(whole, chosen):
                continue
            sure = certain and (many > MANY_DIGITS or count == len(parts))
            sure = sure or _suffix([part.head for part in (*chosen, whole)]) >= _SOME
            if misses(whole, chosen):
                self._speaker.enter(whole, chosen, "inconsistent" if sure else "possible")
            return

    def _before(self, whole: Mention) -> list[Mention]:
        """Give the amounts of a total's sentence before it; none where one is masked or vague."""
        ledger = self._ledger
        parts: list[Mention] = []
        for back in range(whole.index - 1, max(-1, whole.index - _BACK), -1):
            one = ledger.mentions[back]
            if one.sent != whole.sent:
                break
            if one.form == "mask":
                return []
            part_of = ledger.children.get(one.index, whole.index)
            if one.depth > whole.depth or part_of < whole.index or not amount(one):
                continue
            if one.dim == whole.dim:
                if one.about:
                    return []
                parts.append(one)
        return parts[::-1]

    def _left_over(self, rest: Mention) -> None:
        """Judge «隐患326处,整改318处,其余8处»: what is left makes the first number whole."""
        before = [one for one in self._before(rest) if one.index != rest.index]
        if len(before) < _PAIR or rest.index in self._ledger.children:
            return
        for first in range(len(before) - 1):
            whole, parts = before[first], [*before[first + 1 :], rest]
            if not misses(whole, parts) and not self._speaker.silent(whole):
                proven(self._ledger, whole, parts)
                return
        whole, parts = before[-_PAIR], [before[-1], rest]
        if not self._speaker.silent(whole) and before[-1].high <= whole.low:
            self._speaker.enter(whole, parts, "inconsistent")

    def _run(self, whole: Mention) -> None:
        """Judge a total of many digits behind a run of its measure, but for one slip."""
        parts = self._before(whole)
        for skip in (0, 1):
            chosen = parts[: len(parts) - skip]
            if len(chosen) <= _SOME or chosen[0].core != whole.core:
                continue
            if misses(whole, chosen) and self._speaker.slips(whole, chosen):
                self._speaker.enter(whole, chosen, "inconsistent")
                return

    def _grand_totals(self, line: Sequence[Mention]) -> None:
        """Judge 全市各级各类学校在校生 against all amounts of that measure before it."""
        for at, whole in enumerate(line):
            if at < _PAIR or digits(whole) < MANY_DIGITS or whole.about:
                continue
            if self._speaker.silent(whole) or not any(word in whole.lead for word in _ALL):
                continue
            before = [
                one
                for one in line[max(0, at - _LINE) : at]
                if one.depth <= whole.depth
                and one.index not in self._ledger.children
                and not one.about
                and amount(one)
            ]
            if len(before) >= _PAIR:
                self._but_for_a_slip(whole, before)

    def _but_for_a_slip(self, whole: Mention, before: list[Mention]) -> None:
        choices = [before]
        if len(before) >= MANY_DIGITS:
            # One amount may be told again for a group across the others.
            choices += [[one for one in before if one is not left] for left in before]
        for chosen in choices:
            if misses(whole, chosen) and self._speaker.slips(whole, chosen):
                self._speaker.enter(whole, chosen, "inconsistent")
                return


def _suffix(heads: Sequence[str]) -> int:
    """Count the characters that all heads end in.

    >>> _suffix(["文理本科进线", "艺体类本科进线"])
    4
    """
    plain = [head.replace("共", "") for head in heads]
    count = 0
    while all(len(head) > count for head in plain):
        if len({head[-1 - count] for head in plain}) > 1:
            break
        count += 1
    return count
