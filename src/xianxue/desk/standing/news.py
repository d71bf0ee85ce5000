"""通知: what others have done lately that concerns somebody, as the journal tells it.

What is no longer so is told no more: a return that was sent back and has been handed in again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.personal.unmask import UNMASKED
from xianxue.desk.models import JournalLine
from xianxue.desk.models.subject import BEHALF
from xianxue.desk.models.together import each
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores import clock

LASTS: Final = timedelta(days=30)
"""How long something stays news."""
MOST: Final = 60
"""Lines shown; older ones are in the journal and on each return's own page."""

_EACH: Final = 3
"""Schools that are named one by one; more of them on one day are one line."""
_LOOKED_AT: Final = 3000
"""Lines read for them: a busy month of a county."""

Told = Callable[[str], Sentence]
"""Says what was done, of what."""

_OWN: Final[Mapping[str, Told]] = {
    "returns.send_back": lambda what: say("退回了：{what}", what=what),
    "returns.approve": lambda what: say("通过了：{what}", what=what),
    "returns.take_back": lambda what: say("撤回了审批：{what}", what=what),
    "returns.extend": lambda what: say("准予延期：{what}", what=what),
    "returns.accept": lambda what: say("代为收取：{what}", what=what),
}
"""What a place hears of its own returns."""
_ALL: Final[Mapping[str, Told]] = {
    "returns.release": lambda what: say("发布了：{what}", what=what),
    "returns.set_window": lambda what: say("设定了报送期限：{what}", what=what),
    "places.record": lambda what: say("登记了学校变动：{what}", what=what),
    "targets.set": lambda what: say("设定了目标：{what}", what=what),
}
"""What everybody hears who may see it."""
_BUREAU: Final[Mapping[str, Told]] = {
    "returns.submit": lambda what: say("报送了：{what}", what=what),
    "returns.withdraw": lambda what: say("撤回了：{what}", what=what),
    "returns.pass_on": lambda what: say("转报了：{what}", what=what),
}
"""What those hear who deal with what comes in."""
_TOLD: Final = {**_OWN, **_ALL, **_BUREAU}


class News(Record):
    """One thing that somebody else has done."""

    number: int
    """The journal's line."""
    at: datetime
    by: str
    said: Sentence
    why: str
    room: str
    """``returns`` with the address of a return or a round, or the room where it is shown."""
    ids: tuple[str, ...] = ()


class Line(Record):
    """What is told of a line of the journal."""

    number: int
    at: datetime
    actor: str
    deed: str
    kind: str
    ident: str
    place: str
    period: str
    why: str
    behalf: bool
    """Whether another place has handed in for the one it tells of."""

    @classmethod
    def of(cls, line: JournalLine) -> Line:
        """Take what is told of a line."""
        return cls(
            number=line.number,
            at=line.at,
            actor=line.actor,
            deed=line.deed,
            kind=line.kind,
            ident=line.ident,
            place=line.place,
            period=line.period,
            why=line.why,
            behalf=BEHALF in line.detail,
        )


def news(standing: Standing, actor: Actor, at: datetime) -> tuple[News, ...]:
    """Give what concerns somebody, the newest first; several of one matter are its last one."""
    return standing.answer(
        ("news", actor.name, actor.role, actor.place, clock.day_of(at)),
        lambda: tuple(islice(_folded(standing, actor, at), MOST)),
    )


def _folded(standing: Standing, actor: Actor, at: datetime) -> Iterator[News]:
    """Give the news; what many schools did alike on one day is one line."""
    ground = standing.ground()
    lines = list(_lines(standing, actor, at))
    alike = Counter(_alike(line) for line in lines)
    said: set[tuple[object, ...]] = set()
    for line in lines:
        kind = _alike(line)
        if alike[kind] <= _EACH or line.deed not in _BUREAU or line.ident not in ground.shelf.forms:
            yield _told(ground, actor, line)
        elif kind not in said:
            said.add(kind)
            yield _together(ground, line, alike[kind])


def _alike(line: Line) -> tuple[object, ...]:
    return line.deed, line.ident, line.period, clock.day_of(line.at)


def _together(ground: Ground, line: Line, many: int) -> News:
    """Tell of many at once, by the one that came last."""
    what = say(
        "{name}等 {n} 所的{form}",
        name=ground.name(line.place),
        n=many,
        form=ground.form_term(line.ident),
    )
    ids = (line.ident, line.period)
    return News(line.number, line.at, "", _BUREAU[line.deed](what), "", "returns", ids)


def _lines(standing: Standing, actor: Actor, at: datetime) -> Iterator[Line]:
    ground = standing.ground()
    deals = _deals(ground, actor)
    wanted = {*_OWN, *_ALL, *(_BUREAU if deals else ())}
    for line in _last_lines(standing, at):
        wants = line.deed in wanted or _for_place(actor, line)
        mine = line.actor == actor.name or line.at < at - LASTS or not wants
        if mine or not _concerns(ground, actor, line):
            continue
        yield line


def _last_lines(standing: Standing, at: datetime) -> tuple[Line, ...]:
    """Give the last line of each matter, the newest first: read once for all who ask.

    What came after has taken the place of what was before.
    """
    today = clock.day_of(at)

    def make() -> tuple[Line, ...]:
        told: set[str] = set()
        found: list[Line] = []
        lines = JournalLine.objects.filter(at__gte=at - LASTS).order_by("-number")
        # Who has looked at something has changed nothing of it: what was told before still holds.
        for line in each(lines.exclude(deed=UNMASKED)[:_LOOKED_AT]):
            if line.subject not in told:
                told.add(line.subject)
                found.append(Line.of(line))
        return tuple(one for one in found if one.deed in _TOLD)

    return standing.answer(("last lines", today), make)


def _deals(ground: Ground, actor: Actor) -> bool:
    return bool(ground.policy.scopes(actor.role, "returns.review"))


def _concerns(ground: Ground, actor: Actor, line: Line) -> bool:
    kind = line.deed.partition(".")[0]
    deed = "releases.view" if line.deed == "returns.release" else f"{kind}.view"
    place = line.place or ground.register.county.code
    if line.deed in _ALL:
        # Told to whoever may see anything of the kind at all.
        return bool(ground.policy.scopes(actor.role, deed))
    if line.deed not in _BUREAU and place != actor.place:
        return False
    subject = Subject(kind, line.ident, place, line.period)
    return not isinstance(ground.authority.may(actor, deed, subject), Issue)


def _behalf(what: str) -> Sentence:
    return say("替本校代报了：{what}", what=what)


def _for_place(actor: Actor, line: Line) -> bool:
    """Whether another place has handed in for the actor's own."""
    return line.behalf and line.place == actor.place


def _told(ground: Ground, actor: Actor, line: Line) -> News:
    told = _TOLD[line.deed]
    if _for_place(actor, line):
        told = _behalf
    what: str = line.ident
    room, ids = line.deed.partition(".")[0], ()
    if line.ident in ground.shelf.forms:
        what = ground.form_term(line.ident)
        if line.place:
            what = ground.title(Key(line.ident, line.period, line.place))
            ids = (line.ident, line.period, line.place)
    elif line.deed == "returns.release":
        room = "releases"
    elif line.place in ground.register:
        what = ground.name(line.place)
    return News(line.number, line.at, line.actor, told(what), line.why, room, ids)
