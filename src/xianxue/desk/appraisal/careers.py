"""From the ledgers' entries on one person to a career, as the room is handed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from xianxue.bureau.appraisal.persons.career import (
    Absence,
    Career,
    Fact,
    Freeze,
    Shown,
    Stint,
    Title,
    YearResult,
)
from xianxue.bureau.appraisal.persons.service import runs
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.records.entry import Entry, Happened, Value
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.persons import MOVES, ROSTER, Known
from xianxue.desk.ledgers.room import Room

_CITY, _TOWN, _RURAL = "11", "12", "2"
"""How codes of 城乡分类 begin."""
_TERMS: Final = {"city": say("城区"), "town": say("镇区"), "rural": say("乡村")}
_AWAY: Final = frozenset({"exchange", "support", "aid_far", "secondment"})
"""Moves that lead somewhere and back; a transfer is told by the two registers themselves."""
_RAN: Final = frozenset({"running", "finished", "broken"})
_LAST_YEARS_UNTIL: Final = 6
"""A result that is dated up to June is that of the year before: a year is judged when it is over,
or in the last weeks of it."""
_RECORDING: Final = frozenset({"record", "correct"})
"""Steps that say again what was so; any other tells of something new."""


def career_of(room: Room, known: Known, on: date) -> Career:
    """Give the career of somebody whose entries were found."""
    return _Reading(room, known, on).career()


class _Reading:
    def __init__(self, room: Room, known: Known, on: date) -> None:
        self.room, self.known, self.on = room, known, on
        self.card = room.ledgers[ROSTER]
        self.filling = Filling(self.card, room.ground.shelf.codes, room.ground.register, on)

    def career(self) -> Career:
        fields = {name: one for entry in self.known.roster for name, one in self._facts(entry)}
        moves = tuple(self._moves())
        return Career(
            person=self.known.said,
            born=_day(fields.get("born_on")),
            started=_day(fields.get("started_on")),
            stints=(*self._stints(moves), *moves),
            absences=tuple(one for entry in self.known.roster for one in self._absences(entry)),
            titles=tuple(self._titles()),
            results=tuple(self._results()),
            freezes=tuple(one for entry in self.known.roster for one in self._freezes(entry)),
            facts=fields,
        )

    def _facts(self, entry: Entry) -> Iterator[tuple[str, Fact]]:
        for name, value in entry.fields.items():
            field = self.card.field(name)
            if field is not None:
                told = self.filling.shown(field, value)
                says = say("{term}：{told}", term=field.term, told=told)
                yield name, Fact(value=value, term=says, shown=self._shown(entry, says))

    def _shown(self, entry: Entry, says: Sentence, card: Ledger | None = None) -> Shown:
        held = card or self.card
        told = say("{ledger}{number}号：{says}", ledger=held.term, number=entry.number, says=says)
        return Shown(f"{held.ledger}/{entry.number}", told)

    def _stints(self, moves: tuple[Stint, ...]) -> Iterator[Stint]:
        """Give service at the schools of the roster, without the time they were sent elsewhere."""
        sent = [(one.begins, one.ends or date.max) for one in moves]
        for entry in self.known.roster:
            begins, ends = _day_of(entry, "joined_on"), _day_of(entry, "left_on")
            if begins is None:
                continue
            stage = str(entry.fields.get("stage", ""))
            like = {"setting": self._setting(entry.place, begins), "stage": stage}
            for first, last in runs([(begins, ends or date.max)], sent):
                over = None if last == date.max else last
                where = self._named(entry.place, like["setting"])
                says = self._span_told(where, first, over)
                shown = self._shown(entry, says)
                yield Stint(begins=first, ends=over, like=like, shown=shown)

    def _moves(self) -> Iterator[Stint]:
        card = self.room.ledgers.get(MOVES)
        for entry in self.known.moves:
            begins = _day_of(entry, "from_on")
            fits = entry.state in _RAN and entry.fields.get("kind") in _AWAY
            if card is None or begins is None or not fits:
                continue
            ends = _day_of(entry, "ended_on") or _day_of(entry, "until_on")
            to = str(entry.fields.get("to_place", ""))
            rural = entry.fields.get("direction") == "to_rural"
            like = {
                "setting": "rural" if rural else self._setting(to, begins),
                "stage": str(entry.fields.get("stage", "")),
            }
            outside = str(entry.fields.get("to_outside", ""))
            where = self._named(to, like["setting"]) if to else outside
            says = self._span_told(where, begins, ends)
            yield Stint(begins=begins, ends=ends, like=like, shown=self._shown(entry, says, card))

    def _setting(self, place: str, on: date) -> str:
        """Say what a school was like on a day; empty where the register does not."""
        register = self.room.ground.register
        known = register[place].attributes(on) if place in register else None
        code = "" if known is None else known.urban_rural
        for begins, setting in ((_CITY, "city"), (_TOWN, "town"), (_RURAL, "rural")):
            if code.startswith(begins):
                return setting
        return ""

    def _named(self, place: str, setting: str) -> Sentence | str:
        name = self.room.ground.name(place)
        return say("{name}（{setting}）", name=name, setting=_TERMS[setting]) if setting else name

    def _span_told(self, where: str, begins: date, ends: date | None) -> Sentence:
        if ends is None:
            return say("{where}，{begins}起", where=where, begins=begins)
        return say("{where}，{begins}到{ends}", where=where, begins=begins, ends=ends)

    def _absences(self, entry: Entry) -> Iterator[Absence]:
        gone: Happened | None = None
        for one in entry.history:
            if one.step == "go_away":
                gone = one
            elif gone is not None and one.origin == "away" and one.to != "away":
                yield self._absence(entry, gone, one.on)
                gone = None
        if gone is not None:
            yield self._absence(entry, gone, None)

    def _absence(self, entry: Entry, gone: Happened, back: date | None) -> Absence:
        says = self._span_told(say("离岗"), gone.on, back)
        return Absence(begins=gone.on, ends=back, kind="away", shown=self._shown(entry, says))

    def _titles(self) -> Iterator[Title]:
        """Give titles by their days; what a second school's register repeats is one title."""
        found: dict[tuple[str, date | None], Title] = {}
        for entry in self.known.roster:
            mine: list[Title] = []
            for one in entry.history:
                code = one.fields.get("title")
                field = self.card.field("title")
                if code is None or field is None:
                    continue
                since = _day_said(one.fields.get("titled_on"))
                told = self.filling.shown(field, code)
                says = say("{title}，{since}取得", title=told, since=since or say("没有写日期"))
                if mine and one.step in _RECORDING:
                    mine.pop()
                shown = self._shown(entry, says)
                mine.append(Title(title=str(code), term=told, since=since, shown=shown))
            found.update({(one.title, one.since): one for one in mine})
        yield from found.values()

    def _results(self) -> Iterator[YearResult]:
        """Give each year's result; the last that was written down of a year holds."""
        found: dict[int, YearResult] = {}
        field = self.card.field("annual")
        for entry in self.known.roster:
            for one in entry.history:
                code, day = one.fields.get("annual"), _day_said(one.fields.get("annual_on"))
                if code is None or day is None or field is None or day > self.on:
                    continue
                year = day.year - (day.month <= _LAST_YEARS_UNTIL)
                told = self.filling.shown(field, code)
                says = say("{year}年考核{told}", year=year, told=told)
                shown = self._shown(entry, says)
                found[year] = YearResult(year=year, result=str(code), term=told, shown=shown)
        yield from sorted(found.values(), key=lambda one: one.year)

    def _freezes(self, entry: Entry) -> Iterator[Freeze]:
        barred: tuple[date, Happened] | None = None
        for one in entry.history:
            if one.step == "fail_ethics":
                barred = (_day_said(one.fields.get("ethics_on")) or one.on, one)
            elif one.step == "lift" and barred is not None:
                yield self._freeze(entry, barred[0], one.on)
                barred = None
        if barred is not None:
            yield self._freeze(entry, barred[0], None)

    def _freeze(self, entry: Entry, begins: date, lifted: date | None) -> Freeze:
        says = (
            say("师德考核不合格，{begins}起受限", begins=begins)
            if lifted is None
            else say("师德考核不合格，{begins}起受限，{lifted}解除", begins=begins, lifted=lifted)
        )
        return Freeze(begins=begins, lifted=lifted, shown=self._shown(entry, says))


def _day(fact: Fact | None) -> date | None:
    return None if fact is None else _day_said(fact.value)


def _day_of(entry: Entry, name: str) -> date | None:
    fields: Mapping[str, Value] = entry.fields
    return _day_said(fields.get(name))


def _day_said(value: Value | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
