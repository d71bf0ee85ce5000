"""What lies between two releases: returns corrected, places changed, cards and targets others.

Each is a cause with who did it, when and why, as far as the journal knows. Which figures it moved
is asked in ``attribution.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.events import Kind
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.returns.basis.differences import CellChange
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.indicators.counted_by import CountedBy
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.stores.released_rules import CardsKept
from xianxue.desk.stores.releases import Manifest, Published
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import JournalLine

Step = Literal["return", "place", "card", "elsewhere"]
"""The ways in which one release's figures become another's, in the order they are gone through."""

_NOW: Final = 2**62
_CARDS: Final = {
    "indicators": say("指标"),
    "populations": say("统计范围"),
    "splits": say("折算权重"),
    "codes": say("代码表"),
    "forms": say("报表"),
    "declared": say("统计表"),
    "standards": say("标准"),
}
"""The kinds of cards that figures and verdicts follow from."""


class Cause(Record):
    """One thing that changed between two releases."""

    step: Step
    about: str
    """For programs: ``school_annual/2163980001``, ``3163980002``, ``indicators/large_classes``."""
    told: Sentence
    by: str = ""
    at: str = ""
    why: str = ""
    reach: frozenset[str] = frozenset()
    """The places whose figures it can move, with the areas above them; empty for all."""
    fields: frozenset[str] = field(default_factory=frozenset[str])
    """Of a return: the ``sheet.field`` that changed."""


def returned(
    workspace: Workspace, period: Period, cells: Sequence[CellChange], registers: Sequence[Register]
) -> Iterator[Cause]:
    """Give a cause for each return of which any cell is not what it was."""
    by_return: dict[tuple[str, str], list[CellChange]] = {}
    for cell in cells:
        by_return.setdefault((cell.form, cell.place), []).append(cell)
    for (form, place), changed in by_return.items():
        old, new = changed[0].revisions
        term = workspace.shelf.forms[form].term if form in workspace.shelf.forms else form
        who = name_in(registers, place)
        filed = deeds_of(period, form, place, new or old)
        if not new:
            told = say("不再计入：{who}《{form}》第 {n} 版", who=who, form=term, n=old)
        elif not old:
            told = say("新报：{who}《{form}》第 {n} 版", who=who, form=term, n=new)
        else:
            told = say(
                "更正：{who}《{form}》第 {old} 版改为第 {n} 版",
                who=who,
                form=term,
                old=old,
                n=new,
            )
        yield Cause(
            "return",
            f"{form}/{place}",
            told,
            filed.by,
            filed.at,
            filed.why,
            _above(registers, [place], period.reference_day),
            frozenset(f"{cell.sheet}.{cell.field}" for cell in changed),
        )


class Deeds(Record):
    """Who handed a revision in, when, and why, as the journal has it."""

    by: str
    at: str
    why: str


def deeds_of(period: Period, form: str, place: str, number: int) -> Deeds:
    """Ask the record and the journal who brought a revision."""
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models.together import lines_of  # noqa: PLC0415 - as above

    found = Revision.objects.filter(
        form=form, period=period.code, place=place, number=number
    ).first()
    subject = f"{form}/{period.code}/{place}"
    lines = lines_of(subject)
    reasons = [line.why for line in lines if line.detail.get("revision") == number and line.why]
    # Accepted before the time was kept: then it is unknown, and not the beginning of time.
    at = found.at.isoformat() if found is not None and found.at is not None else ""
    return Deeds(found.by if found is not None else "", at, joined("；", dict.fromkeys(reasons)))


# ── places ──────────────────────────────────────────────────────────────────


def placed(
    period: Period, before: Published, after: Published, registers: tuple[Register, Register]
) -> Iterator[Cause]:
    """Give a cause for each place that the later register knows otherwise on the reference day."""
    day = period.reference_day
    old, new = (register.on(day) for register in registers)
    lines = _events_between(before, after)
    for code in dict.fromkeys((*old.places, *new.places)):
        was, now = old.places.get(code), new.places.get(code)
        if was == now:
            continue
        line = next((line for line in lines if code in _codes(line)), None)
        reach = _above(registers, [code], day)
        who = name_in(registers, code)
        if line is None:
            told = say(
                "名册改动：{who}（{changes}）",
                who=who,
                changes=joined("，", _changes(was, now, day)),
            )
            yield Cause("place", code, told, reach=reach)
        else:
            event: Mapping[str, str] = line.detail["event"]
            told = say(
                "{kind}：{who}（{day} 起{document}）",
                kind=Kind(event["event"]).term,
                who=who,
                day=event["day"],
                document=say("，{document}", document=event["document"])
                if event.get("document")
                else "",
            )
            yield Cause("place", code, told, line.actor, line.at.isoformat(), line.why, reach)


def _events_between(before: Published, after: Published) -> list[JournalLine]:
    """Give the events that were recorded after one release and before another, the newest first."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first

    made = {
        line.subject: line.number
        for line in JournalLine.objects.filter(subject__in=(before.name, after.name))
        if line.deed.endswith(".release")
    }
    # By the lines and not by the days: an event may be recorded long after its day.
    # What was not published yet comes after all lines.
    first, last = sorted(made.get(one.name, 0) if one.name else _NOW for one in (before, after))
    lines = JournalLine.objects.filter(kind="places", number__gt=first, number__lt=last)
    found = lines.order_by("-number")
    return [line for line in found if isinstance(line.detail.get("event"), dict)]


def _codes(line: JournalLine) -> set[str]:
    event: Mapping[str, str] = line.detail["event"]
    said = (event.get("code", ""), event.get("into", ""))
    return {code for one in said for code in one.replace(";", " ").replace("+", " ").split()}


def _changes(was: Place | None, now: Place | None, day: date) -> list[Sentence]:
    if was is None:
        return [say("新增")]
    if now is None:
        return [say("删去")]
    of_old, of_new = _spoken(was, day), _spoken(now, day)
    return [
        say(
            "{what}由“{before}”改为“{after}”",
            what=what,
            before=of_old[what] or say("无"),
            after=of_new[what] or say("无"),
        )
        for what in of_old
        if of_old[what] != of_new[what]
    ] or [say("历史记录有改动")]


def _spoken(place: Place, day: date) -> dict[Sentence, str]:
    known = place.attributes(day) or Attributes(valid_from=day, school_type="")
    return {
        say("名称"): place.name,
        say("上级"): place.parent,
        say("开办日期"): str(place.opened or ""),
        say("停办日期"): str(place.closed or ""),
        say("办学类型"): known.school_type,
        say("举办者"): known.sponsor,
        say("城乡分类"): known.urban_rural,
        say("学段"): joined("、", (stage.term for stage in known.stages)),
        say("寄宿制"): say("是") if known.boarding else say("否"),
    }


# ── rules ───────────────────────────────────────────────────────────────────


def ruled(
    workspace: Workspace, rules: tuple[CountedBy, CountedBy], releases: tuple[Published, Published]
) -> Iterator[Cause]:
    """Give a cause for each card that is another, and each choice that was taken otherwise."""
    then, now = (one.workspace.shelf for one in rules)
    # Read from the same cards: nothing can differ, and going through all of them takes time.
    if then is now:
        return
    files = _changed_files(workspace, releases)
    for kind, word in _CARDS.items():
        old: Mapping[str, object] = getattr(then, kind)
        new: Mapping[str, object] = getattr(now, kind)
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) == new.get(name):
                continue
            term = getattr(new.get(name) or old.get(name), "term", name)
            what = say("{kind}“{term}”", kind=word, term=term)
            where = next((shown for shown, text in files.items() if name in text), None)
            yield Cause("card", f"{kind}/{name}", _rule(what, where, name in old, name in new))
    yield from _choices(then, now)


def _rule(what: Sentence, where: str | None, was: bool, is_now: bool) -> Sentence:  # noqa: FBT001 - whether it was there, and is
    how = say("规则改动") if was and is_now else say("规则新增") if is_now else say("规则停用")
    if where is None:
        return say("{how}：{what}", how=how, what=what)
    return say("{how}：{what}（{where}）", how=how, what=what, where=where)


def _changed_files(workspace: Workspace, releases: tuple[Published, Published]) -> dict[str, str]:
    """Give the card files that differ, the county's own first: shown as to the texts of both."""
    found = [folder_of(workspace).rules(one.digest, one.manifest) for one in releases]
    old, new = (_files(kept[0]) if kept is not None else {} for kept in found)
    return {
        shown: old.get(shown, "") + new.get(shown, "")
        for shown in dict.fromkeys((*new, *old))
        if old.get(shown) != new.get(shown)
    }


def _files(cards: CardsKept) -> dict[str, str]:
    own: dict[str, str] = {
        say("本地卡片 {file}", file=f"{folder}/{name}"): text
        for folder, files in cards.overlays
        for name, text in files.items()
    }
    return own | {say("全国卡片 {file}", file=name): text for name, text in cards.national.items()}


def _choices(then: Shelf, now: Shelf) -> Iterator[Cause]:
    for name, card in now.choices.items():
        taken = [one.chosen.get(name, card.options[0]) for one in (then, now)]
        if taken[0] != taken[1]:
            terms = [
                found.term if (found := now.indicators.get(one)) is not None else one
                for one in taken
            ]
            told = say(
                "口径改选：{term}由“{before}”改为“{after}”",
                term=card.term,
                before=terms[0],
                after=terms[1],
            )
            yield Cause("card", f"choices/{name}", told)


# ── what lies outside the period ────────────────────────────────────────────


def elsewhere(before: Manifest, after: Manifest) -> Iterator[Cause]:
    """Give a cause for other periods that are known otherwise, and for other targets."""
    old, new = ({one.period: one for one in manifest.earlier} for manifest in (before, after))
    for code in dict.fromkeys((*old, *new)):
        if old.get(code) != new.get(code):
            told = say("所比的{period}的数另有更正或发布", period=Period.parse(code).term)
            yield Cause("elsewhere", f"periods/{code}", told)
    if before.targets != after.targets:
        yield Cause("elsewhere", "targets", say("年度目标有改动"))
    if before.entries.lines != after.entries.lines:
        yield Cause("elsewhere", "ledgers", say("台账里另有登记或办理"))


# ── what causes have in common ──────────────────────────────────────────────


def name_in(registers: Sequence[Register], code: str) -> str:
    """Name a place as the later of two registers does that knows it."""
    found = (register.places.get(code) for register in reversed(registers))
    return next((place.name for place in found if place is not None), code)


def _above(registers: Sequence[Register], codes: Sequence[str], day: date) -> frozenset[str]:
    """Give places with all areas above them, in any of the registers."""
    return frozenset(
        area.code
        for register in registers
        for area in register
        for code in codes
        if code in register and register.lies_in(register[code], area.code, day)
    ) | frozenset(codes)


def figure_key(finding: Finding | None) -> str:
    """Give the key of the figure that a finding was judged by; empty for a joint one."""
    return finding.figure.key if finding is not None and finding.figure is not None else ""
