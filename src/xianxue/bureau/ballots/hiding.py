"""Which numbers of a ballot are shown to nobody: what few said, and what would tell it.

All tables of one ballot are weighed together. First how many papers there are of each group and
place: a base that is hidden is hidden under every question. Then of each column its answers for all
and by group, and three sums by place: who is favourable, who judged otherwise, who did not judge.
What groups said and what places said meet only in the sums of all; where those are shown, neither
tells more of the other, and where one is not, nothing is shown by place.

Where fewer than twice the smallest number all said one thing, what they said is hidden and only
«the most» is told; where fewer than the smallest number answered a question at all, nothing of it
is. Who left it blank has said nothing: of seven papers, five alike and two blank, the five are
known. Of a place all is told or nothing (``hiding_places``), and only what is good or not. A
question that is asked only after some answers is shown of all together, for by group its base would
be an answer to the question before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.ballots.counting import ANSWERED, BLANK, VALID, VOID, Cells
from xianxue.bureau.ballots.hiding_places import (
    FAVOURABLE,
    OTHERS,
    SILENT,
    narrow_places,
    sum_of,
    told_by_place,
    untold_places,
)
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.suppression.suppress import suppressed

ASKED: Final = "=asked"
_SUMS, _TWICE = (FAVOURABLE, OTHERS, SILENT), 2


class Scope(Record, order=True):
    """Whose answers: all, a group's or a place's."""

    group: str = ""
    place: str = ""

    def holds(self, group: str, place: str) -> bool:
        """Whether papers of a group and place are among them."""
        return self.group in {"", group} and self.place in {"", place}


class Key(Record, order=True):
    """One number that is shown or not."""

    column: Column
    item: str
    """An answer, ``-`` and ``!``, or one of the sums above."""
    scope: Scope


Part = tuple[str, str, str]
"""What was said, by a group, of a place."""
Asked = frozenset[str]
"""The groups that a question is asked of."""


class Hidden(Record, kw_only=True):
    """What is not shown."""

    keys: frozenset[Key]
    unanimous: Mapping[tuple[Column, Scope], str]
    """Where few all said one thing: which."""
    untold: frozenset[tuple[Column, Scope]]
    """Of whom nothing is told of a column, not even which answers nobody gave."""
    open: frozenset[Key]
    """Small numbers that nothing can hide: too few took part in all."""


def scopes_of(opened: Opened, cells: Cells) -> Sequence[Scope]:
    """Give all, each group and each place, as far as there are papers of them."""
    there = [cell for cell in cells if not cell.question and cell.item == VALID]
    groups = [one.group for one in opened.card.groups if len(opened.card.groups) > 1]
    places = sorted({cell.place for cell in there if cell.place})
    return [Scope(), *(Scope(one) for one in groups), *(Scope(place=one) for one in places)]


def hidden(opened: Opened, cells: Cells) -> Hidden:
    """Say which numbers are not shown."""
    scopes = scopes_of(opened, cells)
    small = _bases(opened, cells, scopes)
    found = _Found(opened.card.smallest)
    by_column = _by_column(opened, cells)
    for column, question in opened.columns.items():
        mine = by_column[column]
        where = [Scope()] if question.when else scopes
        asked = _asked(opened, question)
        secret = frozenset(scope for scope in where if (asked, scope) in small)
        if question.when and sum(mine.values()) < opened.card.smallest:
            secret |= {Scope()}
        for table in _tables(question, mine):
            found.weigh(question, column, table, where, secret)
    return Hidden(
        keys=frozenset(found.keys),
        unanimous=found.unanimous,
        untold=frozenset(found.untold),
        open=frozenset(found.open),
    )


class _Found:
    """What has been found not to be shown."""

    def __init__(self, smallest: int) -> None:
        self._smallest = smallest
        self.keys: set[Key] = set()
        self.open: set[Key] = set()
        self.unanimous: dict[tuple[Column, Scope], str] = {}
        self.untold: set[tuple[Column, Scope]] = set()

    def weigh(
        self,
        question: Question,
        column: Column,
        table: Mapping[Part, int],
        scopes: Sequence[Scope],
        secret: frozenset[Scope],
    ) -> None:
        """Weigh what groups said, then what places said in sums."""
        by_group = _summed(table, lambda part: (part[0], part[1], ""))
        groups = [scope for scope in scopes if not scope.place]
        self._hide(column, by_group, groups, secret, _named(question, by_group))
        places = [scope for scope in scopes if scope.place]
        if not places or not told_by_place(question):
            return
        whole = {Key(column, name, Scope()) for name in _sums(question, by_group)}
        if whole & self.keys:
            # What all said is not told: no place's part of it is.
            self._untell(column, places)
            return
        sums: dict[str, dict[str, int]] = {scope.place: {} for scope in places}
        for (item, _, place), many in table.items():
            name = sum_of(question, item)
            sums[place][name] = sums[place].get(name, 0) + many
        known = {place: said for place, said in sums.items() if sum(said.values())}
        small = {scope.place for scope in secret}
        lost = untold_places(known, self._smallest, small, SILENT)
        self._untell(column, [scope for scope in places if scope.place in lost])
        for place in narrow_places(known, lost, self._smallest):
            self.open |= {Key(column, name, Scope(place=place)) for name in _SUMS}

    def _untell(self, column: Column, scopes: Iterable[Scope]) -> None:
        """Tell nothing of a column for some places."""
        for scope in scopes:
            self.keys |= {Key(column, name, scope) for name in _SUMS}
            self.untold.add((column, scope))

    def _hide(
        self,
        column: Column,
        table: Mapping[Part, int],
        scopes: Sequence[Scope],
        secret: frozenset[Scope],
        named: Mapping[str, Collection[str]],
    ) -> None:
        groups: dict[Key, frozenset[Part]] = {}
        for scope in scopes:
            mine = [part for part in table if scope.holds(part[1], part[2])]
            groups[Key(column, ASKED, scope)] = frozenset(mine)
            for item, of in named.items():
                groups[Key(column, item, scope)] = frozenset(part for part in mine if part[0] in of)
        groups = {key: parts for key, parts in groups.items() if parts}
        said = {one: _said(groups, table, column, one) for one in scopes}
        few = {one for one, given in said.items() if 0 < sum(given.values()) < self._smallest}
        alike = dict(_alike(said, column, self._smallest))
        self.unanimous |= alike
        self.untold |= {(column, scope) for scope in secret | few} | alike.keys()
        # Bases are judged once, for all columns; here they are known, or hidden.
        bases = {key for key in groups if key.item == ASKED and key.scope not in secret}
        never = {
            key
            for key in groups
            if key.scope in secret | few or (column, key.scope) in alike or key in self.keys
        }
        never -= bases
        # What all said is asked for first: groups are hidden rather than that, where it is enough.
        whole = {key for key in groups.keys() - never if key.scope == Scope()}
        whole -= {
            key for key in whole if 0 < sum(map(table.__getitem__, groups[key])) < self._smallest
        }
        found = suppressed(table, groups, self._smallest, bases | whole, never)
        if found.open:
            found = suppressed(table, groups, self._smallest, bases, never)
        self.keys |= found.hidden
        self.open |= found.open


def _summed(table: Mapping[Part, int], under: Callable[[Part], Part]) -> dict[Part, int]:
    found: dict[Part, int] = defaultdict(int)
    for part, many in table.items():
        found[under(part)] += many
    return found


def _asked(opened: Opened, question: Question) -> Asked:
    return frozenset(question.asked_of or (one.group for one in opened.card.groups))


def _bases(opened: Opened, cells: Cells, scopes: Sequence[Scope]) -> set[tuple[Asked, Scope]]:
    """Say of whom not even the number of papers is shown."""
    valid: dict[tuple[str, str], int] = defaultdict(int)
    for cell, many in cells.items():
        if not cell.question and cell.item == VALID:
            valid[cell.group, cell.place] += many
    asked = {_asked(opened, one) for one in opened.questions}
    groups = {
        (of, scope): frozenset(part for part in valid if part[0] in of and scope.holds(*part))
        for of in asked
        for scope in scopes
    }
    groups = {key: parts for key, parts in groups.items() if parts}
    return set(suppressed(valid, groups, opened.card.smallest).hidden)


def _by_column(opened: Opened, cells: Cells) -> Mapping[Column, dict[Part, int]]:
    """Put what was said of each column together; of a ranking, whatever rank it had."""
    found: dict[Column, dict[Part, int]] = {column: {} for column in opened.columns}
    for cell, many in cells.items():
        question = opened.by_name.get(cell.question)
        if question is None or (cell.item.startswith("!") and cell.item != VOID):
            continue
        ranked = question.kind == "ranking"
        column = Column(cell.question, cell.about, "" if ranked else cell.row)
        item = f"{cell.row}/{cell.item}" if ranked and cell.row else cell.item
        if column in found:
            found[column][item, cell.group, cell.place] = many
    return found


def _tables(question: Question, mine: Mapping[Part, int]) -> Iterator[dict[Part, int]]:
    """Give the parts that add up: all answers where one is given, else each by itself."""
    if question.kind not in {"several", "ranking"}:
        yield _filled({part: many for part, many in mine.items() if part[0] != ANSWERED})
        return
    base: dict[tuple[str, str], int] = defaultdict(int)
    for (item, group, place), many in mine.items():
        if item in {ANSWERED, BLANK, VOID}:
            base[group, place] += many
    marks = {item: {at: mine.get((item, *at), 0) for at in base} for item in (BLANK, VOID)}
    for item in sorted({item for item, _, _ in mine} - {ANSWERED, BLANK, VOID}):
        of = {at: mine.get((item, *at), 0) for at in base}
        rest = {at: many - of[at] - marks[BLANK][at] - marks[VOID][at] for at, many in base.items()}
        every = {item: of, "": rest, **marks}
        yield {(name, *at): many for name, some in every.items() for at, many in some.items()}


def _filled(table: Mapping[Part, int]) -> dict[Part, int]:
    """Put nobody where an answer was not given by a group at a place."""
    items = {item for item, _, _ in table}
    where = {(group, place) for _, group, place in table}
    return {(item, *at): table.get((item, *at), 0) for item in items for at in where}


def _sums(question: Question, table: Mapping[Part, int]) -> dict[str, frozenset[str]]:
    """Give the sums that are told of a column, each with its answers; together they are all."""
    items = {item for item, _, _ in table}
    if question.kind in {"several", "ranking"}:
        # One answer against all who did not give it.
        given = {item: frozenset({item}) for item in items if item}
        return {**given, OTHERS: frozenset({"", BLANK, VOID} & items)}
    names = (SILENT, FAVOURABLE, OTHERS)
    return {
        name: frozenset(item for item in items if sum_of(question, item) == name) for name in names
    }


def _named(question: Question, table: Mapping[Part, int]) -> dict[str, Collection[str]]:
    items = {item for item, _, _ in table if item}
    return {**{item: {item} for item in sorted(items)}, **_sums(question, table)}


def _said(
    groups: Mapping[Key, frozenset[Part]], table: Mapping[Part, int], column: Column, scope: Scope
) -> dict[str, int]:
    """Give what those said who said anything."""
    found: dict[str, int] = defaultdict(int)
    for part in groups.get(Key(column, ASKED, scope), ()):
        if part[0] not in {BLANK, VOID}:
            found[part[0]] += table[part]
    return found


def _alike(
    said: Mapping[Scope, Mapping[str, int]], column: Column, smallest: int
) -> Iterator[tuple[tuple[Column, Scope], str]]:
    """Say where fewer than twice the smallest number all said one thing; of fewer nothing is."""
    for scope, answers in said.items():
        given = [item for item, many in answers.items() if many]
        if len(given) == 1 and given[0] and smallest <= sum(answers.values()) < _TWICE * smallest:
            yield (column, scope), given[0]
