"""Amounts by what they measure and by sentence, for relations over some distance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xianxue.bureau.audit.mention import Mention

Key = tuple[int, str, str, str]
"""Text, measure, part of the sentence (amount or change), dimension."""


class Measures:
    """An index of the amounts of a text."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._lines: dict[Key, list[Mention]] = {}
        self._sentences: dict[int, list[Mention]] = {}
        for one in mentions:
            if one.core and one.part in ("level", "delta"):
                self._lines.setdefault((one.doc, one.core, one.part, one.dim), []).append(one)
                self._sentences.setdefault(one.sent, []).append(one)

    def lines(self) -> Iterable[list[Mention]]:
        """Give the amounts of each measure."""
        return self._lines.values()

    def like(self, mention: Mention) -> Sequence[Mention]:
        """Give all amounts of the same measure."""
        return self._lines.get((mention.doc, mention.core, mention.part, mention.dim), ())

    def sentence(self, sentence: int) -> dict[tuple[str, str, str], Mention]:
        """Give the measures that a sentence tells once."""
        found: dict[tuple[str, str, str], Mention | None] = {}
        for one in self._sentences.get(sentence, ()):
            if one.depth:
                continue
            key = (one.core, one.dim, one.part)
            found[key] = None if key in found else one
        return {key: one for key, one in found.items() if one is not None}
