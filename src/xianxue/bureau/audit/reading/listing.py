"""Lists in words: «一是…；二是…», «(1)…(2)…», «甲、乙和丙», and how many things they list."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.reading.numerals import ONE, han
from xianxue.bureau.values.record import Record

_NUMERAL: Final = "一二三四五六七八九十"
MARKER: Final = re.compile(
    rf"(?<=[\n。;:,!?>)”》、— ])(?:(?P<told>[{_NUMERAL}]{{1,3}})"
    r"(?P<verb>[是要抓为看查靠建促强重严讲比保有])"
    rf"|第(?P<nth>[{_NUMERAL}]{{1,3}})(?=[、,是:要])"
    rf"|其(?P<of>[{_NUMERAL}])(?=[、,是:要])"
    rf"|(?P<section>[{_NUMERAL}]{{1,3}})、"
    r"|(?P<digit>[0-9]{1,2})[.、](?![0-9]))"
    r"|\((?P<arabic>[0-9]{1,2})\)"
    rf"|\((?P<bracket>[{_NUMERAL}]{{1,3}})\)"
    r"|(?P<circled>[①-⑳])"
)
"""What stands before a thing that is listed."""
MANY: Final = 30
"""Things that are announced and listed, at most."""
ITEM: Final = 2000
"""Characters of one thing told at length, at most."""
_SECTION: Final = 20_000
"""Characters of a section that is numbered 一、 or (一), at most."""
_QUOTED: Final = re.compile(r"“[^”\n]{0,30}”|\([^()\n]{0,60}\)")
_AND: Final = re.compile(r"(?<=..)(?:以及|和|及|与|暨)(?=..)")
_FEW: Final = 2
_LONGEST: Final = 24
"""Characters of a thing in a list of names; a longer one is a sentence."""
_EVEN: Final = 2

"""How much longer one name of a list may be than another, where they share no word."""


class Marker(Record):
    """One marker of a list."""

    start: int
    end: int
    kind: str
    value: int


class Listed(Record):
    """Names in a row."""

    names: tuple[str, ...]
    joined: bool
    """Whether the last two are joined by 和, which may stand inside a name as well."""
    shared: bool
    """Whether all of them begin or end alike."""
    ended: bool
    """Whether all of them end alike."""
    even: bool
    """Whether they are about as long, but for the first; where two are joined, just as long."""


def markers(norm: str) -> dict[str, list[Marker]]:
    """Give the markers of each kind, in the order of the text."""
    found: dict[str, list[Marker]] = {}
    for one in MARKER.finditer(norm):
        kind = str(one.lastgroup)
        text = one[kind]
        if kind == "verb":
            kind, text = f"told{one['verb']}", one["told"]
        if kind == "circled":
            value = ord(text) - ord("①") + 1
        elif text.isascii():
            value = int(text)
        else:
            read = han(text)
            value = read.value // ONE if read else 0
        found.setdefault(kind, []).append(Marker(one.start(), one.end(), kind, value))
    return found


class Markers:
    """The markers of one text, looked for when the first list is met."""

    def __init__(self, norm: str) -> None:
        self._norm = norm
        self._kinds: dict[str, list[Marker]] | None = None
        self._places: dict[int, tuple[str, int]] = {}

    def at(self, place: int) -> list[Marker]:
        """Give the markers 1, 2, 3 … of the list that begins at a place."""
        if self._kinds is None:
            self._kinds = markers(self._norm)
            self._places = {
                one.start: (kind, number)
                for kind, some in self._kinds.items()
                for number, one in enumerate(some)
            }
        kind, number = self._places.get(place, ("", 0))
        found: list[Marker] = []
        for one in self._kinds.get(kind, [])[number : number + MANY + 1]:
            if one.value != len(found) + 1 or (found and not _is_near(found[-1], one)):
                break
            found.append(one)
        return found

    def goes_on(self, last: Marker) -> bool:
        """Whether the next marker, or any of the same kind near behind, follows the last thing."""
        kind, number = self._places[last.start]
        behind = (self._kinds or {})[kind][number + 1 : number + 2]
        return any(_is_near(last, one) or one.value == last.value + 1 for one in behind)

    def value_before(self, place: int) -> int:
        """Give the value of the marker of the same kind before a list; 0 where there is none."""
        kind, number = self._places[place]
        return (self._kinds or {})[kind][number - 1].value if number else 0


def _is_near(first: Marker, second: Marker) -> bool:
    most = _SECTION if first.kind in ("section", "bracket") else ITEM
    return second.start - first.end <= most


def names_in(text: str, sign: str = "、") -> Listed | None:
    """Take a list of names apart; None for what is none.

    >>> names_in("问题台账、责任台账和销号台账").names
    ('问题台账', '责任台账', '销号台账')
    >>> names_in("全面从严治党") is None
    True
    """
    plain = _QUOTED.sub(lambda found: "“" * len(found[0]), text)
    cuts = [at for at, letter in enumerate(plain) if letter == sign]
    names = [
        text[first:last]
        for first, last in zip([0, *(at + 1 for at in cuts)], [*cuts, len(text)], strict=True)
    ]
    last = _AND.search(plain, cuts[-1] + 1 if cuts else 0)
    if cuts and _AND.search(plain[: cuts[-1]]):
        last = None  # 文化和科技、文化和旅游: it stands inside each
    if last is not None and last.start() == (cuts[-1] + 1 if cuts else 0):
        last = None  # 昭忠祠小学、和平街小学
    if last is not None:
        names[-1:] = [text[cuts[-1] + 1 if cuts else 0 : last.start()], text[last.end() :]]
    names = [one.strip(' “”"') for one in names]
    if len(names) < _FEW or not all(names) or max(map(len, names[1:])) > _LONGEST:
        return None
    joined = last is not None
    ended = len({one[-1] for one in names}) == 1
    begun = len({one[0] for one in names}) == 1
    even = _even(names, 0 if joined else _EVEN)
    return Listed(tuple(names), joined, ended or begun, ended, even)


def _even(names: list[str], most: int) -> bool:
    # What leads to a list stands in its first name: 实施引智、培训、科研.
    lengths = [len(one) for one in names[1:]]
    return len(lengths) > 1 and max(lengths) - min(lengths) <= most
