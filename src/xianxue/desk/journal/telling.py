"""Lines of the journal in their parts: searched, counted, told a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast, overload

from django.db.models import Count, Q, QuerySet

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.journal import account_lines, card_lines, report_lines
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.many_told import each_told, first_place, title_of_many
from xianxue.desk.journal.of_rooms import title_in_room, told_in_room
from xianxue.desk.journal.verification import CALLED, OTHERS, shown, term_of, told_of
from xianxue.desk.models import JournalLine
from xianxue.desk.models.subject import RETURN
from xianxue.desk.models.together import LEFT, MANY, RETURNS, apart, of_place


class Line(Record, kw_only=True):
    """One line in words."""

    number: int
    at: datetime
    by: str
    role: Sentence | str
    stead: str
    """代理: in whose stead."""
    where: str
    """The machine or address it came from."""
    deed: str
    term: Sentence | str
    kind: str
    ident: str
    place: str
    period: str
    subject: Sentence | str
    """What it was done to."""
    changed: Sentence | str
    why: str
    digest: str


class Detail(Record, kw_only=True):
    """One line with all that it keeps."""

    line: Line
    previous: str
    whole: bool
    """Whether it is as it was written, by its own seal."""
    kept: list[tuple[str, str]]
    """What it keeps beside its words: a name and a value a row, personal values hidden."""
    each: list[tuple[str, str]]
    """Of a deed on many returns: each school, and what became of its return."""
    last: int
    """The number of the journal's last line."""


class Wanted(Record, kw_only=True):
    """What a page asks for."""

    asked: Asked = Asked()
    deed: str = ""
    words: tuple[str, ...] = ()
    """Words that must all stand in a line: in its subject, reason, actor or deed."""
    meant: tuple[tuple[str, ...], ...] = ()
    """For each word the codes of places that are called so."""
    terms: tuple[tuple[str, ...], ...] = ()
    """For each word the deeds that are called so."""

    def found(self) -> QuerySet[JournalLine]:
        """Give the lines, the newest first."""
        lines = self.asked.found()
        if self.deed:
            lines = lines.filter(deed=self.deed)
        for at, word in enumerate(self.words):
            here = Q(subject__icontains=word) | Q(why__icontains=word) | Q(actor__icontains=word)
            if word.isdecimal():
                here |= Q(number=int(word)) if len(word) < len(str(10**12)) else Q()
            if at < len(self.meant) and self.meant[at]:
                here |= of_place(*self.meant[at])
            if at < len(self.terms) and self.terms[at]:
                here |= Q(deed__in=self.terms[at])
            lines = lines.filter(here)
        return lines.order_by("-number")


class Lines(Sequence[Line]):
    """The lines of a search, read only as far as they are looked at."""

    def __init__(self, ground: Ground, wanted: Wanted) -> None:
        """Take what is asked for."""
        self._ground = ground
        self._found = wanted.found()
        self._many: int | None = None

    def __len__(self) -> int:
        """Count them."""
        if self._many is None:
            self._many = self._found.count()
        return self._many

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        """Give one, or some."""
        if isinstance(at, slice):
            return [told_line(line, self._ground) for line in self._found[at]]
        return told_line(self._found[at], self._ground)

    def __iter__(self) -> Iterator[Line]:
        """Give all, one after another."""
        for line in self._found.iterator():
            yield told_line(line, self._ground)

    def counts(self, column: str) -> list[tuple[str, int]]:
        """Say how many lines each value of a column has, the most first; equals by their value."""
        rows = self._found.order_by().values_list(column).annotate(many=Count("id"))
        found = Counter({str(value): many for value, many in rows})
        if column == "place" and found.pop(MANY, 0):
            # A deed on many schools is a deed on each of them.
            for line in self._found.filter(place=MANY):
                found.update(one.place for one in apart(line))
        return sorted(found.items(), key=lambda row: (-row[1], row[0]))


def told_line(line: JournalLine, ground: Ground) -> Line:
    """Tell one line in its parts."""
    role = ground.policy.role(line.detail.get("role", ""))
    card = ground.card(first_place(line))
    return Line(
        number=line.number,
        at=line.at,
        by=line.actor,
        role=role.term if role is not None else "",
        stead=line.detail.get("acting_for", ""),
        where=line.detail.get("where", ""),
        deed=line.deed,
        term=term_of(line, card),
        kind=line.kind,
        ident=line.ident,
        place=line.place,
        period=line.period,
        subject=subject_of(line, ground),
        changed=_changed(line, ground),
        why=line.why,
        digest=line.digest,
    )


def subject_of(line: JournalLine, ground: Ground) -> Sentence | str:
    """Name what a line is about."""
    kind, name, place, period = line.about
    of_room = title_in_room(line, ground)
    if of_room is not None:
        return of_room
    if place == MANY:
        return title_of_many(line, ground)
    if kind == RETURN:
        return ground.title(Key(name, period, place))
    if name in ground.shelf.forms:
        term = ground.form_term(name)
        return say("{term}（{period}）", term=term, period=period) if period else term
    return ground.name(place) if place else line.subject


def _changed(line: JournalLine, ground: Ground) -> Sentence | str:
    of_room = told_in_room(line, ground)
    if of_room is not None:
        return of_room
    return told_of(line, ground.card(first_place(line)), ground, comments=True)


def terms_of(ground: Ground) -> dict[str, Sentence | str]:
    """Give what each deed that the journal may name is called."""
    found: dict[str, Sentence | str] = {one.deed: one.term for one in ground.policy.deeds}
    for card in ground.shelf.lifecycles.values():
        kind = card.subject
        found |= {f"{kind}.{step.step}": step.term for step in card.steps}
        found |= {f"{kind}.{duty.duty}": duty.term for duty in card.duties}
    for deed, name in CALLED.items():
        if f"returns.{name}" in found:
            found[deed] = found[f"returns.{name}"]
    found |= OTHERS
    found |= {deed: account_lines.term(deed) for deed in account_lines.TELLING}
    written = {*report_lines.STATED, *report_lines.ASKED, *report_lines.ISSUED}
    found |= {deed: report_lines.term(deed) for deed in written}
    found |= card_lines.TERMS
    return found


def detail_of(ground: Ground, number: int) -> Detail | None:
    """Give one line whole; None where there is none of that number."""
    line = JournalLine.objects.filter(number=number).first()
    if line is None:
        return None
    last = JournalLine.objects.order_by("-number").values_list("number", flat=True).first()
    return Detail(
        line=told_line(line, ground),
        previous=line.previous,
        whole=line.whole(),
        kept=[
            (name, str(_plain(value)))
            for name, value in sorted(line.detail.items())
            # Told return by return, in words.
            if line.place != MANY or name not in {RETURNS, LEFT}
        ],
        each=each_told(line, ground, lambda one, of: told_of(one, of, ground)),
        last=last or number,
    )


def _plain(value: object) -> Sentence | str:
    """Write a value of a line's detail as text: nothing of a personal one but that it is one."""
    if isinstance(value, list):
        return joined("；", [_plain(one) for one in cast("list[object]", value)])
    if isinstance(value, dict):
        said = cast("dict[str, Any]", value)
        if "personal" in said:
            return shown(said)
        return joined(
            "，", [say("{name}：{value}", name=k, value=_plain(v)) for k, v in said.items()]
        )
    return str(value) if not isinstance(value, bool) else (say("是") if value else say("否"))
