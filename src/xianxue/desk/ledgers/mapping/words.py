"""What the words of an office's ledger mean: states, codes of lists, names of places, colours.

Each different word is proposed once, with how many lines have it; the clerk confirms or corrects
the word, not the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, Literal

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.ledgers.sheet import NAME, STATE
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.room import Room

COLOUR: Final = "_colour"
"""In place of a field: the colour with which a line is filled."""
WORDS: Final = "state_words"
COLOURS: Final = "state_colours"
"""What colours mostly mean: each entry's first other word is a kind of state."""
Certainty = Literal["said", "sure", "ask", "unknown"]
_SHORT: Final = 2
"""Letters that a name within another must have to say anything."""
_TAILS: Final = ("学校", "小学", "中学", "幼儿园")


class Word(Record, kw_only=True):
    """One word, and what it is taken for."""

    field: str
    text: str
    value: str
    """A state, a code, a place's code; empty where nobody knows."""
    certainty: Certainty
    why: Sentence | str = ""
    lines: int = 0


class Words(Record, dict=True):
    """What words mean in one ledger; ``said`` is what somebody has confirmed."""

    room: Room
    card: Ledger
    said: Mapping[tuple[str, str], str]

    def of(self, field: str, text: str) -> Word:
        """Say what a word of a column means."""
        key = (field, bare(text))
        if key in self.said:
            return self._word(field, text, self.said[key], "said", say("已确认"))
        if field in {STATE, COLOUR}:
            return self._state(field, text)
        if field == NAME:
            return self._place(text)
        return self._code(field, text)

    def _word(
        self, field: str, text: str, value: str, certainty: Certainty, why: Sentence | str = ""
    ) -> Word:
        return Word(field=field, text=text, value=value, certainty=certainty, why=why)

    # ── states ──────────────────────────────────────────────────────────────

    def _state(self, field: str, text: str) -> Word:
        said = bare(text)
        for state in self.card.states:
            if said in {bare(str(state.term)), state.state}:
                return self._word(field, text, state.state, "sure", say("名称相同"))
        kind, exact = self._meant_by_colour(said) if field == COLOUR else self._kind(said)
        value = self.state_of(kind)
        if not value:
            return self._word(field, text, "", "unknown")
        why = say("颜色常见的意思") if field == COLOUR else say("常见说法")
        # A colour means something else in each office: it is always asked.
        certainty: Certainty = "sure" if exact and field == STATE else "ask"
        return self._word(field, text, value, certainty, why)

    def _kind(self, said: str) -> tuple[str, bool]:
        """Say what kind of state a word is of, and whether it is that very word."""
        best, length = "", 0
        for entry in self._kinds.entries if self._kinds is not None else ():
            for word in map(bare, entry.also):
                if word == said:
                    return entry.code, True
                # «未整改到位» is no «整改到位»: the longest word that is in it says what it means.
                if word in said and len(word) > max(length, 1):
                    best, length = entry.code, len(word)
        return best, False

    def _meant_by_colour(self, colour: str) -> tuple[str, bool]:
        known = self.room.ground.shelf.codes.get(COLOURS)
        entry = known.entry(colour) if known is not None else None
        return (entry.also[0], False) if entry is not None else ("", False)

    @cached_property
    def _kinds(self) -> CodeList | None:
        return self.room.ground.shelf.codes.get(WORDS)

    def state_of(self, kind: str) -> str:
        """Give the state of this ledger that is of a kind; empty where it has none."""
        way = self.card.lifecycle
        marked = {
            mark: [one.state for one in self.card.states if mark in one.marks]
            for mark in ("waiting", "returned", "up", "end", "done")
        }
        middle = [
            one.state
            for one in self.card.states
            if not {"start", "end", "waiting", "returned", "up"} & set(one.marks)
        ]
        working = [one for one in marked["waiting"] if one not in {*marked["returned"], way.start}]
        found = {
            "start": [way.start],
            "waiting": working or middle or [way.start],
            "check": middle or working,
            "returned": marked["returned"],
            "up": marked["up"],
            "done": marked["done"],
            "void": [one for one in marked["end"] if one not in marked["done"]],
        }.get(kind, [])
        return found[0] if found else ""

    # ── lists and places ────────────────────────────────────────────────────

    def _code(self, field: str, text: str) -> Word:
        known = self._list(field)
        if known is None:
            return self._word(field, text, text, "sure")
        said = bare(text)
        near: set[str] = set()
        for entry in known.entries:
            names = [bare(str(name)) for name in (entry.term, entry.code, *entry.also)]
            if said in names:
                return self._word(field, text, entry.code, "sure", say("名称相同"))
            if any(_within(said, name) for name in names):
                near.add(entry.code)
        if len(near) == 1:
            return self._word(field, text, near.pop(), "ask", say("名称相近"))
        return self._word(field, text, "", "unknown")

    def _list(self, field: str) -> CodeList | None:
        card = self.card.field(field)
        return self.room.ground.shelf.codes.get(self.card.codes_of(card)) if card else None

    def _place(self, text: str) -> Word:
        said = bare(text)
        exact = self._places.get(said, set())
        if len(exact) == 1:
            return self._word(NAME, text, next(iter(exact)), "sure", say("名称相同"))
        if exact:
            return self._word(NAME, text, "", "unknown", say("名册里不止一个"))
        near = {
            code
            for name, codes in self._places.items()
            if len(said) >= _SHORT and said not in _TAILS and (_within(said, name))
            for code in codes
        }
        if len(near) == 1:
            return self._word(NAME, text, near.pop(), "ask", say("名称相近"))
        return self._word(NAME, text, "", "unknown", say("名册里没有，或不止一个相近"))

    def place_in(self, title: str) -> str:
        """Give the one place that a title names; of names within each other the longest."""
        said = bare(title)
        named = {name: codes for name, codes in self._places.items() if name in said}
        longest = {
            code
            for name, codes in named.items()
            if not any(name != other and name in other for other in named)
            for code in codes
        }
        return longest.pop() if len(longest) == 1 else ""

    @cached_property
    def _places(self) -> Mapping[str, set[str]]:
        register = self.room.ground.register
        levels = {"school": {"school"}, "county": {"county"}}.get(self.card.kept_by)
        found: dict[str, set[str]] = {}
        for place in register:
            if levels is None or place.level in levels:
                for name in names_of(place):
                    found.setdefault(bare(name), set()).add(place.code)
        return found


def names_of(place: Place) -> Iterable[str]:
    """Give all names that a place has and had."""
    return {place.name, *(str(one.value) for one in place.names)}


def _within(one: str, two: str) -> bool:
    """Whether a short word stands in a longer one, or its letters in their order.

    >>> _within("消防安全", "消防"), _within("东街小学", "虚构县东街中心小学"), _within("a", "ab")
    (True, True, False)
    """
    short, long = sorted((one, two), key=len)
    if len(short) < _SHORT:
        return False
    letters = iter(long)
    return short in long or (len(short) > _SHORT + 1 and all(each in letters for each in short))
