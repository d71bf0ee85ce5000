"""Whether parts are all there is: opposites, known compositions, groups across a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.cores import Cores
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention

_PAIR: Final = 2
_PEOPLE: Final = frozenset({"people", "person_times"})
_NOT: Final = "非"
_REST: Final = ("其他", "其它", "其余")


class Partition:
    """What the lexicon knows of parts that make up a whole."""

    def __init__(self, lexicon: Lexicon, cores: Cores) -> None:
        self._opposites = lexicon.opposites
        self._compositions = lexicon.compositions
        self._crosscut = tuple(lexicon.role("crosscut"))
        self._cores = cores
        self._proven: set[frozenset[str]] = set()

    def learn(self, parts: Sequence[Mention]) -> None:
        """Note parts that were proven to make up a whole in this text."""
        if all(part.head for part in parts):
            self._proven.add(self._whom(parts))

    def learned(self, parts: Sequence[Mention]) -> bool:
        """Whether parts of the same names made up a whole elsewhere in this text."""
        return self._whom(parts) in self._proven

    def _whom(self, parts: Sequence[Mention]) -> frozenset[str]:
        split = [self._cores.of(part) for part in parts]
        return frozenset(whom or what for whom, what in split)

    def opposed(self, parts: Sequence[Mention]) -> bool:
        """Whether parts are opposites, one of which everything is: 男 and 女, 寄宿 and 非寄宿."""
        heads = [part.head for part in parts]
        if len(heads) == _PAIR and any(_negated(one, other) for one, other in (heads, heads[::-1])):
            return True
        for words in self._opposites:
            if len(words) != len(heads):
                continue
            longest = sorted(words, key=len, reverse=True)
            matched = {next((word for word in longest if word in head), "") for head in heads}
            if len(matched) == len(heads) and "" not in matched:
                return True
        return False

    def composed(self, parts: Sequence[Mention]) -> bool:
        """Whether parts are those of a known composition: 小学 and 初中."""
        heads = [part.head for part in parts]
        return any(
            len(one.parts) == len(heads)
            and all(any(word in head for head in heads for word in words) for words in one.parts)
            for one in self._compositions
        )

    def rest(self, parts: Sequence[Mention]) -> bool:
        """Whether the last part is everything else: 其他学校."""
        return parts[-1].head.startswith(_REST)

    def before_crosscut(self, parts: Sequence[Mention]) -> list[Mention]:
        """Give the parts before the first that is a group across the others: 残疾儿童, 党员."""
        if self.opposed(parts):
            return list(parts)
        own: list[Mention] = []
        for part in parts:
            if part.dim in _PEOPLE and any(word in part.head for word in self._crosscut):
                break
            own.append(part)
        return own


def _negated(one: str, other: str) -> bool:
    """Whether a head denies another: 非寄宿生 and 寄宿生.

    >>> _negated("寄宿生", "非寄宿生"), _negated("寄宿生", "走读生")
    (True, False)
    """
    return other.startswith(_NOT) and bool(other[1:3]) and other[1:3] in one
