"""Places by code while events are applied to them, and why an event is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.places.codes import category_of_type, is_school_code
from xianxue.bureau.places.dated import Dated, Link
from xianxue.bureau.places.events import Becomes, Event
from xianxue.bureau.places.place import Attributes, Level, Place
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say

_ABOVE: Final[dict[Level, frozenset[Level]]] = {
    "school": frozenset({"township", "county"}),
    "township": frozenset({"county"}),
    "county": frozenset(),
}
_TERMS: Final[dict[Level, str]] = {
    "school": say("学校"),
    "township": say("乡镇"),
    "county": say("县"),
}
_COUNTY_DIGITS: Final = 6
_DAY: Final = timedelta(days=1)


class RefusedError(Exception):
    """An event that cannot have happened."""

    def __init__(self, saw: str, required: str, do: str) -> None:
        """Keep the parts of the complaint."""
        super().__init__(saw)
        self.saw = saw
        self.required = required
        self.do = do


class Lives:
    """Places by code, as far as events have happened."""

    def __init__(self, places: dict[str, Place]) -> None:
        """Take the places to start from; the mapping is changed."""
        self.places = places
        self._before: list[tuple[str, Place | None]] = []

    def put(self, place: Place) -> None:
        """Keep a place in its new state."""
        self._before.append((place.code, self.places.get(place.code)))
        self.places[place.code] = place

    def settle(self) -> None:
        """End an event: what it changed stays."""
        self._before.clear()

    def take_back(self) -> None:
        """Undo what the event has changed so far."""
        for code, place in reversed(self._before):
            if place is None:
                del self.places[code]
            else:
                self.places[code] = place

    def known(self, code: str) -> Place:
        """Give a registered place."""
        if code not in self.places:
            do = say("请核对代码；新校先登记开办")
            raise RefusedError(say("代码 {code} 不在名册里", code=code), say("名册中的代码"), do)
        return self.places[code]

    def living(self, code: str, event: Event) -> Place:
        """Give a place that exists on the day of an event, and to which nothing happened later."""
        place, day = self.known(code), event.day
        said = say("{name}（{code}）", name=place.name, code=code)
        if place.opened is not None and day < place.opened:
            saw = say(
                "{said}到 {day} 还没有开办，{opened} 才开办",
                said=said,
                day=day,
                opened=place.opened,
            )
            raise RefusedError(saw, say("事件不早于开办"), say("请核对日期和代码"))
        if place.closed is not None:
            where = joined(
                "、", (link.code for link in place.successors if link.day > place.closed)
            )
            saw = say("{said}已于 {closed} 停办", said=said, closed=place.closed) + (
                say("，去向是 {where}", where=where) if where else ""
            )
            raise RefusedError(
                saw, say("在办的学校（乡镇）"), say("请核对代码；恢复办学的先登记恢复")
            )
        # ``places.csv`` may say how a place stands on a later day. An event before that would be
        # laid over what is newer, and be undone by it without a word.
        newest = place.history[-1].valid_from if place.history else None
        if newest is not None and newest > day:
            saw = say(
                "名册里{said}在 {newest} 还有变更，这件事却在它以前", said=said, newest=newest
            )
            raise RefusedError(saw, say("按日期先后登记"), say("更早的变更请直接写进 places.csv"))
        return place

    def open(
        self, event: Event, code: str, name: str, parent: str, like: Sequence[Place] = ()
    ) -> Place:
        """Open a place; what is not said of it is taken from those it comes from, if they agree."""
        if code in self.places:
            # Closed places keep their codes: used again, a code would join two schools' figures
            # into one.
            old = self.places[code]
            saw = say("代码 {code} 早已是{name}的", code=code, name=old.name)
            required = say("一校一码，终身不变；旧码作废不复用")
            raise RefusedError(saw, required, say("请核对代码；恢复原校请用 restored"))
        # The code says what is opened; there is no other word for it in an event.
        level = _level(code)
        if not name:
            raise RefusedError(
                say("新的{level} {code} 没有写名称", level=_TERMS[level], code=code),
                say("写明全称"),
                say("请填 name（命令行 --name）"),
            )
        self.refuse_other_levels(like, level)
        parent = parent or _agreed([place.parent for place in like])
        if level != "county" or parent:
            self.refuse_above(parent, level, event)
        attributes = _first_attributes(event, code, like) if level == "school" else None
        place = Place(
            code=code,
            name=name,
            level=level,
            parent=parent,
            opened=event.day,
            history=(attributes,) if attributes else (),
        )
        self.put(place)
        return place

    def end(self, place: Place, event: Event, parts: Sequence[tuple[str, bool]]) -> None:
        """End a place's life on the day before."""
        self.refuse_end(place, event)
        self.put(replace(self.linked(place, event, parts), closed=event.day - _DAY))

    def linked(self, place: Place, event: Event, parts: Sequence[tuple[str, bool]]) -> Place:
        """Write down what became of a place: codes, and whether all of it went there."""
        links = [Link(event.day, code, whole, event.kind) for code, whole in parts]
        kept = dict.fromkeys((*place.successors, *links))
        return replace(place, successors=tuple(sorted(kept)))

    def receive(self, code: str, link: Link) -> None:
        """Write down where a place, or a part of it, comes from."""
        place = self.places[code]
        self.put(replace(place, predecessors=tuple(sorted((*place.predecessors, link)))))

    def rename(self, place: Place, name: str, day: date) -> None:
        """Give a place another name."""
        if name == place.name:
            raise RefusedError(
                say("{name} 本来就叫这个名称", name=name),
                say("新名称与原名称不同"),
                say("请核对名称"),
            )
        names = place.names or (Dated(None, place.name),)
        self.put(replace(place, name=name, names=_dated(names, day, name, say("更名"))))

    def move(self, place: Place, parent: str, day: date) -> None:
        """Let a place belong to another."""
        if parent == place.parent:
            raise RefusedError(
                say("{name} 本来就属于 {parent}", name=place.name, parent=parent),
                say("另一个乡镇"),
                say("请核对代码"),
            )
        parents = place.parents or (Dated(None, place.parent),)
        self.put(replace(place, parent=parent, parents=_dated(parents, day, parent, say("改属"))))

    def recode(self, place: Place, event: Event, attributes: Attributes | None) -> None:
        """Let a place go on under a new code: the old one ends and is never used again."""
        new = event.into[0]
        if new in self.places:
            saw = say("代码 {new} 早已是{name}的", new=new, name=self.places[new].name)
            raise RefusedError(saw, say("换发的是没有用过的代码"), say("并入别校请用 merged"))
        self.refuse_other_levels([place], _level(new))
        self.refuse_end(place, event)
        self.put(
            Place(
                code=new,
                name=event.name or place.name,
                level=place.level,
                parent=place.parent,
                opened=event.day,
                history=(attributes,) if attributes else (),
            )
        )
        self.pass_children(place.code, new, event.day)
        self.end(self.places[place.code], event, ((new, True),))
        self.receive(new, Link(event.day, place.code, whole=True, event=event.kind))

    def changed(self, place: Place, event: Event) -> Attributes:
        """Give the attributes a school has from the day of an event on."""
        now, change = place.attributes(event.day), event.change or Becomes()
        if now is None:
            raise RefusedError(
                say("{name} 没有办学类型", name=place.name),
                say("只有学校才变更类型"),
                say("请核对代码"),
            )
        if place.history[-1].valid_from == event.day:
            saw = say("{name} 在 {day} 已有一次变更", name=place.name, day=event.day)
            raise RefusedError(saw, say("一天一次"), say("请并成一行"))
        new = _with(now, change, event.day)
        # A change of nothing is a line for another school, or one entered twice.
        if replace(new, valid_from=now.valid_from) == now:
            raise RefusedError(
                say("{name} 的各项与原来相同", name=place.name),
                say("至少一项不同"),
                say("请核对类型"),
            )
        _refuse_category(place, now, new, event)
        return new

    def pass_children(self, old: str, new: str, day: date) -> None:
        """Move all open places of an area into what the area has become."""
        if self.places[old].level == "school":
            return
        for place in list(self.places.values()):
            if place.parent == old and place.open_on(day):
                newest = place.parents[-1].since if place.parents else place.opened
                # Who moved or was opened on this very day has a line of it already, and there is
                # one a day: that line is changed.
                if newest != day:
                    self.move(place, new, day)
                elif place.parents:
                    parents = (*place.parents[:-1], Dated(day, new))
                    self.put(replace(place, parent=new, parents=parents))
                else:
                    self.put(replace(place, parent=new))

    def refuse_above(self, parent: str, level: Level, event: Event) -> None:
        """Refuse a parent that is not there, or that nothing of this level belongs to."""
        if not parent:
            raise RefusedError(
                say("没有写所属乡镇（县）"),
                say("新的学校写明在哪个乡镇"),
                say("请填 township（命令行 --township）"),
            )
        above = self.living(parent, event)
        if above.level not in _ABOVE[level]:
            saw = say(
                "{name}（{parent}）不是{level}的上级",
                name=above.name,
                parent=parent,
                level=_TERMS[level],
            )
            raise RefusedError(saw, say("学校属于乡镇或县，乡镇属于县"), say("请核对代码"))

    def refuse_end(self, place: Place, event: Event) -> None:
        """Refuse to end a life on the day it began."""
        begins = [place.opened, *(gap[1] + _DAY for gap in place.gaps)]
        if any(day is not None and day >= event.day for day in begins):
            saw = say(
                "{name} 在 {day} 才开办（恢复），同一天又{term}",
                name=place.name,
                day=event.day,
                term=event.kind.term,
            )
            raise RefusedError(
                saw, say("至少存在一天"), say("请核对日期，或直接写到最后留下的学校")
            )

    def refuse_orphans(self, place: Place, event: Event) -> None:
        """Refuse to close an area that open places still belong to."""
        if place.level == "school":
            return
        left = [
            each.name
            for each in self.places.values()
            if each.parent == place.code and each.open_on(event.day)
        ]
        if left:
            saw = say(
                "{name} 还有 {n} 个下属单位（{code} 等）",
                name=place.name,
                n=len(left),
                code=left[0],
            )
            raise RefusedError(saw, say("先改属别处"), say("请先用 moved 登记它们的去向"))

    def refuse_other_levels(self, places: Sequence[Place], level: Level | None = None) -> None:
        """Refuse to join a school with a township."""
        levels: set[Level] = {place.level for place in places}
        if level is not None:
            levels.add(level)
        if len(levels) > 1:
            said = joined("、", sorted(_TERMS[each] for each in levels))
            raise RefusedError(
                say("{said}混在一起", said=said), say("学校对学校，乡镇对乡镇"), say("请核对代码")
            )

    def refuse_description(self, event: Event, code: str) -> None:
        """Refuse to describe a place that is in the register already."""
        if event.name or event.parent or event.change:
            saw = say("{code} 已在名册里，这一行又写了名称、乡镇或类型", code=code)
            raise RefusedError(
                saw, say("只有新校才在这一行写"), say("更名、改属、变更类型请另写一行")
            )


def _level(code: str) -> Level:
    if is_school_code(code):
        return "school"
    return "county" if len(code) == _COUNTY_DIGITS else "township"


def _agreed(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _dated(history: tuple[Dated, ...], day: date, value: str, what: str) -> tuple[Dated, ...]:
    newest = history[-1].since
    if newest is not None and newest >= day:
        raise RefusedError(
            say("{newest} 已经{what}过一次", newest=newest, what=what),
            say("一天一次，按日期先后"),
            say("请并成一行"),
        )
    return (*history, Dated(day, value))


def _first_attributes(event: Event, code: str, like: Sequence[Place]) -> Attributes:
    """Give a new school's attributes: what is said, else what those it comes from agree on."""
    before = [found for place in like if (found := place.attributes(event.day)) is not None]
    change = event.change or Becomes()
    # Of two kinds of schools the new one could be either; a type is never taken from the name.
    agree = len({(each.school_type, each.stages) for each in before}) == 1
    if not change.school_type and not agree:
        saw = say("新校 {code} 没有写办学类型", code=code)
        raise RefusedError(
            saw, say("办学类型照批文填，不按校名猜"), say("请填 school_type（命令行 --type）")
        )
    return Attributes(
        valid_from=event.day,
        school_type=change.school_type or before[0].school_type,
        # Stages follow from the type, so they come from where it comes from.
        stages=change.stages if change.school_type else before[0].stages,
        sponsor=change.sponsor or _agreed([each.sponsor for each in before]),
        urban_rural=change.urban_rural or _agreed([each.urban_rural for each in before]),
        boarding=any(each.boarding for each in before)
        if change.boarding is None
        else change.boarding,
    )


def _with(now: Attributes, change: Becomes, day: date) -> Attributes:
    return Attributes(
        valid_from=day,
        school_type=change.school_type or now.school_type,
        stages=change.stages if change.school_type else now.stages,
        sponsor=change.sponsor or now.sponsor,
        urban_rural=change.urban_rural or now.urban_rural,
        boarding=now.boarding if change.boarding is None else change.boarding,
    )


def _refuse_category(place: Place, now: Attributes, new: Attributes, event: Event) -> None:
    """Apply the rule of codes: another 学校类别 gets another code, the same keeps it."""
    old, wanted = (category_of_type(each.school_type) for each in (now, new))
    if old == wanted and event.into:
        saw = say("{name} 的学校类别仍是 {old}，却换了代码", name=place.name, old=old)
        raise RefusedError(
            saw,
            say("类别不变的不换码"),
            say("请不要写 into（命令行 --into）；确实换发了代码的用 recoded"),
        )
    if old != wanted and not event.into:
        saw = say(
            "{name} 的学校类别由 {old} 变为 {wanted}，没有写新代码",
            name=place.name,
            old=old,
            wanted=wanted,
        )
        raise RefusedError(
            saw,
            say("改类别的重编代码，旧码作废"),
            say("请在 into（命令行 --into）填新的 10 位代码"),
        )
    if event.into and not event.into[0].startswith(wanted):
        saw = say("新代码 {code} 的类别不是 {wanted}", code=event.into[0], wanted=wanted)
        raise RefusedError(saw, say("代码前两位是学校类别"), say("请核对新代码"))
