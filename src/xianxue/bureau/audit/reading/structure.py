"""From tokens to quantities: sentences, clauses, brackets, lists; and whose subject goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.reading.layout import other_texts
from xianxue.bureau.audit.reading.quantity import Quantity, Role
from xianxue.bureau.audit.reading.roles import Analyst, Said
from xianxue.bureau.audit.reading.token import Token

VALUED: Final = frozenset({"cardinal", "percent", "points", "ratio", "range", "mask", "ordinal"})
_STOPS = re.compile(r"[。!?！？\n;,:()]")
_SENTENCE_ENDS: Final = frozenset("。!?！？\n")
_LAST_STOP = re.compile(r".*[。!?！？\n;,:()]", re.DOTALL)
_BEHIND: Final = re.compile(r"[^。!?\n;,:()0-9]{0,12}")
_INLINE = re.compile(r"(?<=[\u4e00-\u9fff])\(([\u4e00-\u9fff]{1,2})\)(?=[\u4e00-\u9fff])")
"""A bracket inside a word: 退(离)休."""
_ASIDE = re.compile(r"\([^()0-9。\n]{0,24}\)|\[[0-9]{1,2}\]")
"""A bracket without a number: it parts nothing."""
_BETWEEN = re.compile(r"[ ]*(?:、|和|及|与|以及|,|、和)[ ]*")
"""Between two members of a list."""
_TURN = re.compile(r"(?:、|和|,)[增减上下提降升][\u4e00-\u9fff]{1,2}(?:了)?")
_STEPS: Final = frozenset({"delta", "growth", "points"})
_WHEN: Final = re.compile(r"(?:^|[。!?\n;,:])([^。!?\n;,:()]{2,12}),$")
_BEFORE: Final = re.compile(r"([^。!?\n;,:()]{2,30})\($")
_NAMED_BEHIND: Final = re.compile(r"(?![和及与同、])[\u4e00-\u9fff]{2}")
"""A clause that goes on with a noun tells a number of its own: «寄宿生745人,745名寄宿生全部…»."""
_WINDOW: Final = 100
"""Characters before a number that can say what it is."""


class Brackets:
    """Which bracket a place stands in, asked from left to right."""

    def __init__(self, norm: str) -> None:
        self._pairs = brackets(norm)
        self._next = 0
        self._inside: list[tuple[int, int]] = []

    def enter(self, start: int, before: int) -> tuple[int, int]:
        """Give depth and the index of the number before the innermost bracket of a place."""
        inside, pairs = self._inside, self._pairs
        while inside and inside[-1][0] <= start:
            inside.pop()
        while self._next < len(pairs) and pairs[self._next][0] < start:
            if pairs[self._next][1] > start:
                inside.append((pairs[self._next][1], before))
            self._next += 1
        return len(inside), inside[-1][1] if inside else -1


_BRACKET = re.compile(r"[()。\n]")


def brackets(norm: str) -> list[tuple[int, int]]:
    """Give every pair of brackets that is closed within its sentence, in the order they open.

    >>> brackets("a(b(c)d)e(f。g)")
    [(1, 7), (3, 5)]
    """
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for found in _BRACKET.finditer(norm):
        if found[0] == "(":
            waiting.append(found.start())
        elif found[0] == ")" and waiting:
            pairs.append((waiting.pop(), found.start()))
        elif found[0] != ")":
            waiting.clear()
    pairs.sort()
    return pairs


class _State:
    """What is known when the next number is met."""

    def __init__(self) -> None:
        self.sentence = self.paragraph = self.clause = 0
        self.end = self.seen = 0
        """Where the last number with a value ends, and the last of any form."""
        self.last: Quantity | None = None
        self.label = ""
        self.year = self.base = 0
        """The year that holds here; the one that 去年 is one less than."""
        self.nouns: dict[int, str] = {}
        """Depth to the noun told last at it."""
        self.runs = 0


class Structure:
    """Makes the quantities of one text."""

    def __init__(self, norm: str, analyst: Analyst) -> None:
        self._norm, self._analyst = norm, analyst
        self._others = other_texts(norm)
        self._brackets = Brackets(norm)
        self._state = _State()

    def quantities(self, tokens: Sequence[Token]) -> list[Quantity]:
        """Freeze tokens into quantities, in the order of the text."""
        made: list[Quantity] = []
        for index, token in enumerate(tokens):
            if token.cell:
                made.append(self._cell(index, token))
            elif token.form == "name" and not token.dim:
                made.append(self._name(index, token))
            else:
                made.append(self._quantity(index, token))
        return made

    def _name(self, index: int, token: Token) -> Quantity:
        """Freeze what counts nothing: its words are those of the number behind it."""
        state = self._state
        return Quantity(
            index, token.start, token.end, token.form, 0, 0, 0, 0,
            clause=state.clause, sentence=state.sentence, paragraph=state.paragraph,
        )  # fmt: skip

    def _cell(self, index: int, token: Token) -> Quantity:
        """Freeze a number of a table: no sentence tells of it, its heads do."""
        state = self._state
        state.runs += 1
        state.last = None
        role: Role = "rate" if token.form == "percent" else "level"
        if token.form not in ("cardinal", "percent"):
            role = "ratio" if token.form == "ratio" else "other"
        return Quantity(
            index, token.start, token.end, token.form, token.value, token.low, token.high,
            token.step, token.unit, token.dim, token.whole, token.about, token.sign, role,
            clause=state.clause, sentence=-1 - index, paragraph=state.paragraph,
            document=bisect_right(self._others, token.start), run=state.runs, cell=True,
        )  # fmt: skip

    def _quantity(self, index: int, token: Token) -> Quantity:
        norm, state = self._norm, self._state
        # Never more than a window: of a page without a number nothing is a number's own words.
        gap = window = norm[max(state.end, token.start - _WINDOW) : token.start]
        if "(" in window or "[" in window:
            window = _ASIDE.sub("", _INLINE.sub(r"\1", window))
        stops = _STOPS.findall(window)
        # What stood before a year or a name is not told again of the number behind it.
        since = max(state.end, state.seen)
        fresh = (
            stops
            if since == state.end and window is gap and token.start - since <= _WINDOW
            else _STOPS.findall(norm, since, token.start)
        )
        state.seen = token.end
        last = _LAST_STOP.match(window) if stops else None
        lead = window[last.end() :] if last else window
        if (
            last
            and (when := _WHEN.search(window, 0, last.end()))
            and self._analyst.is_time(when[1])
        ):
            # 去年,全县招生1200人: a time by itself belongs to what follows.
            lead, stops = when[1] + lead, stops[:-1]
        elif not lead and last and (before := _BEFORE.search(window, 0, last.end())):
            lead = before[1]  # 比全市平均(92.0%): the bracket is told of by the words before it
        if " " in lead:
            lead = lead.replace(" ", "")
        lead = lead.lstrip("、")
        if fresh:
            self._advance(fresh)
        depth, owner = self._brackets.enter(token.start, state.last.index if state.last else -1)
        behind = _BEHIND.match(norm, token.end)
        after = behind[0].strip() if behind else ""
        said = self._analyst.said(lead, token.form, token.dim, after[:2])
        run, place, said = self._run(gap, token, depth, said)
        noun = self._noun(said, depth)
        quantity = Quantity(
            index, token.start, token.end, token.form, token.value, token.low, token.high,
            token.step, token.unit, token.dim, token.whole, token.about,
            token.sign or said.sign, said.role, said.reached, said.prior, said.since,
            self._year(said, token), lead, after, said.own, noun, "".join(stops),
            state.clause, state.sentence, state.paragraph,
            bisect_right(self._others, token.start), depth, owner, run, place,
        )  # fmt: skip
        if token.form in VALUED and not (token.form == "ordinal" and not token.value):
            state.end, state.last = token.end, quantity
            state.nouns[depth] = noun
        return quantity

    def _advance(self, stops: Sequence[str]) -> None:
        state = self._state
        state.clause += 1
        if not _SENTENCE_ENDS.isdisjoint(stops):
            state.sentence += 1
            state.nouns.clear()
            state.last = None
            state.year = 0
            if "\n" in stops:
                state.paragraph += 1
                state.base = 0

    def _run(self, gap: str, token: Token, depth: int, said: Said) -> tuple[int, int, Said]:
        """Put a number into the list of the one before it, where nothing stands between them."""
        state, last, turned = self._state, self._state.last, False
        if (
            last is None
            or last.form != token.form
            or token.form not in ("cardinal", "percent", "points")
            or last.depth != depth
            or (last.dim != token.dim and last.dim)
            or not (_BETWEEN.fullmatch(gap) or (turned := self._turned(gap, last)))
            or ("," in gap and _NAMED_BEHIND.match(self._norm, token.end))
        ):
            state.runs += 1
            return state.runs, 0, said
        if turned:
            return last.run, last.place + 1, said
        told = Said(last.role, last.sign, last.reached, last.prior, last.since, "", last.year)
        return last.run, last.place + 1, told

    def _turned(self, gap: str, last: Quantity) -> bool:
        """Whether a member of a list tells its own direction: 分别增加60人、减少20人."""
        listed = last.place > 0 or "分别" in last.lead
        return listed and last.role in _STEPS and _TURN.fullmatch(gap) is not None

    def _noun(self, said: Said, depth: int) -> str:
        state = self._state
        if said.own:
            return said.own
        if depth in state.nouns:
            return state.nouns[depth]
        return state.nouns.get(depth - 1, "")

    def _year(self, said: Said, token: Token) -> int:
        state = self._state
        if token.form == "year":
            state.year = state.base = token.value
            return token.value
        if said.year:
            state.year = said.year
        elif said.relative:
            state.year = (
                state.base + said.relative if said.relative < 0 and state.base else state.base
            )
        return state.year
