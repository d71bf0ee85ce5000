"""Lines of a ledger's workbook: whose they are, which entry they speak of, what they say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.ledgers.sheet import HEAD, NAME, NUMBER, PLACE, RECORDED, STATE
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.entry import Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say

_KNOWN: Final = say("名册里的单位代码，或名册里的名称")
_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")


class Line(Record, kw_only=True):
    """One line of a workbook, as far as it could be read."""

    number: str = ""
    """The entry's number; empty for one that is new."""
    place: str = ""
    """The code; empty where nobody could say whose it is."""
    on: date | None = None
    """The day of registration."""
    state: str = ""
    """What the workbook calls its state."""
    given: Mapping[str, Value | None]
    """Field to what stands in its column; None where it stands empty."""
    cells: Mapping[str, str]
    """Column to the address of its cell."""
    file: str = ""
    tab: str = ""

    def of(self, issue: Issue) -> Issue:
        """Say of a complaint in which cell it belongs."""
        first = next(iter(self.cells.values()), "")
        cell = issue.cell or self.cells.get(issue.field, first)
        place = issue.place or self.place
        return replace(issue, file=self.file, sheet=self.tab, cell=cell, place=place)

    @property
    def key(self) -> tuple[object, ...]:
        """What a registration says, so that the same one is known again."""
        return key_of(self.place, self.on, self.given)


def key_of(place: str, on: date | None, given: Mapping[str, Value | None]) -> tuple[object, ...]:
    """Give what a registration says, without what is only written otherwise."""
    said = {name: tidy(value) for name, value in given.items() if value is not None}
    return (place, on, tuple(sorted(said.items())))


def tidy(value: Value) -> Value:
    r"""Give a value as a cell holds it: a text on one line.

    >>> tidy(" 一楼\n  走廊"), tidy(3)
    ('一楼走廊', 3)
    """
    return _BREAK.sub("", value).strip() if isinstance(value, str) else value


class Reader(Record):
    """Reads lines of one ledger against one register."""

    ledger: Ledger
    register: Register
    names: Mapping[str, list[Place]]
    """What places are called to those that are called so."""

    @classmethod
    def of(cls, ledger: Ledger, register: Register) -> Reader:
        """Give a reader."""
        names: dict[str, list[Place]] = {}
        for place in register:
            for name in {place.name, *(str(one.value) for one in place.names)}:
                names.setdefault(name, []).append(place)
        return cls(ledger, register, names)

    def read(self, returned: Return) -> tuple[list[Line], list[Issue]]:
        """Read the lines of a workbook, and complain of those whose place nobody knows."""
        issues: list[Issue] = []
        lines: list[Line] = []
        for row in returned.tables.get(self.ledger.ledger, ()):
            line, issue = self._line(row, returned)
            lines.append(line)
            if issue is not None:
                issues.append(line.of(issue))
        return lines, issues

    def _line(self, row: Row, returned: Return) -> tuple[Line, Issue | None]:
        said = {name: _value(row, name) for name in row.cells}
        found = self._place(_text(said, PLACE), _text(said, NAME))
        recorded = _text(said, RECORDED)
        line = Line(
            number=_text(said, NUMBER),
            place=found.code if isinstance(found, Place) else "",
            on=date.fromisoformat(recorded) if recorded else None,
            state=_text(said, STATE),
            given={name: value for name, value in said.items() if name not in HEAD},
            cells={name: cell.address for name, cell in row.cells.items()},
            file=returned.file,
            tab=returned.tabs.get(self.ledger.ledger, self.ledger.term),
        )
        return line, found if isinstance(found, Issue) else None

    def _place(self, code: str, name: str) -> Place | Issue:
        """Say whose a line is: by its code, else by a name that only one place has."""
        named = self.names.get(name, [])
        if code:
            return self._coded(code, name, named)
        if len(named) == 1:
            return named[0]
        if named:
            saw = say("名册里叫“{name}”的不止一个", name=name)
            return self._issue(saw, say("写单位代码"), NAME)
        saw = say("名册里没有“{name}”", name=name) if name else say("没有写是哪个单位的")
        return self._issue(saw, _KNOWN, NAME if name else PLACE)

    def _coded(self, code: str, name: str, named: Sequence[Place]) -> Place | Issue:
        place = self.register.places.get(code)
        if place is None:
            return self._issue(say("名册里没有代码“{code}”", code=code), _KNOWN, PLACE)
        if not name or place in named:
            return place
        saw = say("代码{code}是{right}，名称写的是“{name}”", code=code, right=place.name, name=name)
        return self._issue(saw, say("代码和名称是同一个单位"), NAME)

    def _issue(self, saw: Sentence, required: Sentence, column: str) -> Issue:
        return Issue(
            code="L-PLACE",
            severity=Severity.MUST_FIX,
            form=self.ledger.ledger,
            field=column,
            saw=saw,
            required=required,
        )


def refused_cells(issues: Iterable[Issue]) -> set[str]:
    """Give the cells that are complained of, so that nothing is said of them twice."""
    return {issue.cell for issue in issues if issue.cell}


def _value(row: Row, name: str) -> Value | None:
    value = row.cells[name].value
    if isinstance(value, Missing):
        # A word for a number that is not there is a word like others where text is asked.
        return value.value if row.cells[name].written == value.value else None
    return value


def _text(said: Mapping[str, Value | None], name: str) -> str:
    value = said.get(name)
    return str(value).strip() if value is not None else ""
