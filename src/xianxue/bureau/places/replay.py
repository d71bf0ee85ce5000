"""The register as events leave it: nothing is deleted, and what was stays as it was.

``replay`` takes the places as they stood before the first event and lets the events happen one
by one, by day. An event that cannot have happened comes back as a fault and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xianxue.bureau.places.dated import Link
from xianxue.bureau.places.events import Event, Fault, Kind, in_order
from xianxue.bureau.places.lives import Lives, RefusedError
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.shape import misshapen
from xianxue.bureau.places.succession import Ways
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say


class Replayed(Record):
    """A register after its events, and the events that could not have happened."""

    register: Register
    faults: tuple[Fault, ...]
    """By line."""


def replay(register: Register, events: Iterable[Event]) -> Replayed:
    """Apply events to the places of a register; the register given stays as it is."""
    lives = Lives(dict(register.places))
    faults: list[Fault] = []
    ordered, circular = in_order(events)
    for event in circular:
        saw = say(
            "{codes} 同一天互相{term}，绕成了一圈",
            codes=joined("、", event.codes),
            term=event.kind.term,
        )
        faults.append(
            _fault(
                event,
                saw,
                say("同一天的合并、分设有先后"),
                say("请按批文核对，直接写到最后留下的学校"),
            )
        )
    for event in ordered:
        # The parts are looked at first: what happens below takes it that they are there.
        wrong = [_fault(event, *said) for said in misshapen(event)]
        if not wrong:
            try:
                _HAPPENS[event.kind](lives, event)
            except RefusedError as refused:
                # An event may be refused halfway; what is refused changes nothing.
                lives.take_back()
                wrong = [_fault(event, refused.saw, refused.required, refused.do)]
            lives.settle()
        faults += wrong
    # Found by day, listed by line: a file is mended from top to bottom.
    faults.sort(key=lambda fault: fault.line)
    return Replayed(Register(lives.places), tuple(faults))


def _fault(event: Event, saw: str, required: str, do: str) -> Fault:
    code = event.codes[0] if event.codes else ""
    return Fault(line=event.line, code=code, saw=saw, required=required, do=do)


def _open(lives: Lives, event: Event) -> None:
    lives.open(event, event.codes[0], event.name, event.parent)


def _close(lives: Lives, event: Event) -> None:
    place = lives.living(event.codes[0], event)
    lives.refuse_orphans(place, event)
    lives.end(place, event, ())


def _rename(lives: Lives, event: Event) -> None:
    lives.rename(lives.living(event.codes[0], event), event.name, event.day)


def _move(lives: Lives, event: Event) -> None:
    place = lives.living(event.codes[0], event)
    lives.refuse_above(event.parent, place.level, event)
    lives.move(place, event.parent, event.day)


def _retype(lives: Lives, event: Event) -> None:
    place = lives.living(event.codes[0], event)
    attributes = lives.changed(place, event)
    if event.into:
        lives.recode(place, event, attributes)
    else:
        lives.put(replace(place, history=(*place.history, attributes)))


def _recode(lives: Lives, event: Event) -> None:
    place = lives.living(event.codes[0], event)
    now = place.attributes(event.day)
    lives.recode(place, event, replace(now, valid_from=event.day) if now else None)


def _merge(lives: Lives, event: Event) -> None:
    target = event.into[0]
    former = [lives.living(code, event) for code in event.codes]
    if target in lives.places:
        into = lives.living(target, event)
        lives.refuse_description(event, target)
        lives.refuse_other_levels([*former, into])
    else:
        lives.refuse_other_levels(former)
        into = lives.open(event, target, event.name, event.parent, former)
    # Before anything moves: else a township that cannot end would be told by one of its schools.
    for place in former:
        lives.refuse_end(place, event)
    for place in former:
        lives.pass_children(place.code, target, event.day)
        lives.end(lives.places[place.code], event, ((target, True),))
        lives.receive(target, Link(event.day, place.code, whole=True, event=event.kind))


def _split(lives: Lives, event: Event) -> None:
    code = event.codes[0]
    place = lives.living(code, event)
    # All links of one day are read as one step: two divisions could not be told from one.
    if any(link.day == event.day and link.event is event.kind for link in place.successors):
        raise RefusedError(
            say("{name} 同一天已经登记过分设", name=place.name),
            say("同一天分设只登记一次"),
            say("请并成一行"),
        )
    new = [each for each in event.into if each not in lives.places]
    # A line has one name, one township and one type.
    if len(new) > 1:
        raise RefusedError(
            say("{codes} 都不在名册里", codes=joined("、", new)),
            say("分设出的新校只有一所时可写在这一行"),
            say("请先用 opened 逐校登记同一天开办的新校"),
        )
    others = [each for each in event.into if each not in {*new, code}]
    lives.refuse_other_levels([place, *(lives.living(each, event) for each in others)])
    if code not in event.into:
        lives.refuse_end(place, event)
        lives.refuse_orphans(place, event)
    if new:
        lives.open(event, new[0], event.name, event.parent, [place])
    else:
        lives.refuse_description(event, joined("、", event.into))
    parts = tuple((each, False) for each in event.into)
    if code in event.into:
        lives.put(lives.linked(lives.places[code], event, parts))
    else:
        lives.end(lives.places[code], event, parts)
    for each in event.into:
        if each != code:
            lives.receive(each, Link(event.day, code, whole=False, event=event.kind))


def _restore(lives: Lives, event: Event) -> None:
    place = lives.known(event.codes[0])
    if place.closed is None or place.closed >= event.day:
        saw = say(
            "{name}（{code}）到 {day} 没有停办", name=place.name, code=place.code, day=event.day
        )
        raise RefusedError(saw, say("只有停办的学校才能恢复"), say("请核对代码和日期"))
    # Those by which it ended; what it was divided into while it lived on is older.
    ended = [link for link in place.successors if link.day > place.closed]
    if any(link.event in {Kind.RECODED, Kind.RETYPED} for link in ended):
        now = joined("、", (link.code for link in ended))
        saw = say("{name} 的代码 {code} 已换发为 {now}", name=place.name, code=place.code, now=now)
        raise RefusedError(saw, say("旧码作废不复用"), say("请按现代码登记"))
    # A school that was merged comes out of the one that has its pupils; one that was closed comes
    # from nowhere.
    whence = _whence(lives, place, event.day) if ended else ()
    parent = event.parent or _heir(lives, place.parent, event.day)
    # A county belongs to nothing.
    if place.parent or event.parent:
        lives.refuse_above(parent, place.level, event)
    day = event.day
    gap = (date.fromordinal(place.closed.toordinal() + 1), date.fromordinal(day.toordinal() - 1))
    lives.put(replace(place, closed=None, gaps=(*place.gaps, gap)))
    if parent != place.parent:
        lives.move(lives.places[place.code], parent, day)
    for code in whence:
        lives.put(lives.linked(lives.places[code], event, ((place.code, False), (code, False))))
        lives.receive(place.code, Link(day, code, whole=False, event=event.kind))


def _whence(lives: Lives, place: Place, day: date) -> tuple[str, ...]:
    """Give the places that a merged school is taken out of again."""
    found = Ways(lives.places, place.closed or day, day).of(place.code).codes
    return tuple(code for code in found if code != place.code and lives.places[code].open_on(day))


def _heir(lives: Lives, code: str, day: date) -> str:
    """Give the township that a township became, if all of it became one."""
    if code not in lives.places or lives.places[code].open_on(day):
        return code
    found = Ways(lives.places, lives.places[code].closed or day, day).of(code)
    return found.codes[0] if found.whole else code


_HAPPENS = {
    Kind.OPENED: _open,
    Kind.RESTORED: _restore,
    Kind.RENAMED: _rename,
    Kind.MOVED: _move,
    Kind.RETYPED: _retype,
    Kind.RECODED: _recode,
    Kind.MERGED: _merge,
    Kind.SPLIT: _split,
    Kind.CLOSED: _close,
}
