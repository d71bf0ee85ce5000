"""Wordlists: their source, and that no word of a unit is claimed by two dimensions."""

from __future__ import annotations

from xianxue.bureau.kinds.wordlist import Wordlist
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look


def check_wordlists(look: Look) -> None:
    """Check every wordlist."""
    card: Wordlist
    claimed: dict[str, str] = {}
    for at, card in look.each("wordlist"):
        check_cited(look, at.at("source"), card.source)
        for index, unit in enumerate(card.units):
            for word in unit.words:
                earlier = claimed.setdefault(word, unit.dimension)
                if earlier != unit.dimension:
                    saw = say("“{word}”已经是 {earlier} 的单位", word=word, earlier=earlier)
                    at.at("units", index).complain("C-TWICE", saw, say("一个词只属于一种量"))
        for index, pair in enumerate(card.traditional):
            if len(pair) != len("萬万"):
                saw = say("“{pair}”不是一对字", pair=pair)
                at.at("traditional", index).complain("C-PAIR", saw, say("先繁后简，共两个字"))
