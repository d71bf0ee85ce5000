"""What a document is written about: one place or one entry, and what is owed there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.outline import PLACES, Outline
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.records.occasion import Concern, Occasion, Owed
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.values.period_rules import found
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.desk.ledgers.room import Room


class Asked(Record):
    """Which place or entry somebody asks for; both empty for a document about the county."""

    place: str = ""
    entry: str = ""


THE_COUNTY = Asked()


def occasion_of(
    river: River, outline: Outline, asked: Asked, on: date, owed: Sequence[Owed] | None = None
) -> Occasion:
    """Give what a document speaks of as of a day; MisusedError where it is not said of what.

    ``owed`` is what all places owe, where somebody has looked already.
    """
    ground = open_ground(river.workspace)
    subject = _subject(river, ground, outline, asked, on)
    place = subject.place if subject is not None else ""
    return replace(
        river.year.occasion,
        subject=subject,
        owed=lambda: [
            one
            for one in (owed if owed is not None else owed_by_all(river, ground, on))
            if not place or one.place == place
        ],
    )


def owed_by_all(river: River, ground: Ground, on: date) -> list[Owed]:
    """List what places have not handed in or done by a day, the soonest due first."""
    found = (*_returns(river, ground, on), *_matters(river, ground, on))
    return sorted(found, key=lambda one: (one.due or date.max, one.what))


def places_of(river: River) -> list[str]:
    """Give the places of which a document can be written, one each, in the register's order."""
    return [place.code for place in river.register.schools(river.period.reference_day)]


def _subject(
    river: River, ground: Ground, outline: Outline, asked: Asked, on: date
) -> Concern | None:
    if not outline.about:
        if asked.place or asked.entry:
            saw = say("《{term}》写的是全县，不写 --place、--entry", term=outline.term)
            raise MisusedError(saw)
        return None
    if outline.about == PLACES:
        if asked.place not in river.register:
            do = say("用 --place 写明哪一所学校的代码，或用 --each 每校写一份")
            saw = (
                say("名册里没有“{place}”", place=asked.place) if asked.place else say("没有写学校")
            )
            raise MisusedError(say("《{term}》：{saw}；{do}", term=outline.term, saw=saw, do=do))
        return Concern(place=asked.place)
    return _entry(river, ground, outline, asked.entry, on)


def _entry(river: River, ground: Ground, outline: Outline, number: str, on: date) -> Concern:
    from xianxue.bureau.ledgers.counting import facts_of  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.ledgers.due import why_due  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.entries import held_of, row_of  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - as above

    card = river.workspace.shelf.ledgers[outline.about]
    row = row_of(outline.about, number) if number else None
    if row is None:
        do = say("用 --entry 写明{ledger}里的编号", ledger=card.term)
        saw = say("没有{number}号", number=number) if number else say("没有写编号")
        raise MisusedError(say("《{term}》：{saw}；{do}", term=outline.term, saw=saw, do=do))
    entry = held_of(row)[1]
    room = Room(ground, river.workspace.store / "cabinet")
    clocks = room.clocks(card.ledger)
    runs = [(run.due, run) for run in clocks.runs(entry) if run.open and run.due is not None]
    words = {
        "state": str(card.lifecycle.state_term(entry.state)),
        "recorded": chinese_day(entry.recorded),
    }
    if runs:
        due, run = min(runs, key=lambda one: one[0])
        words["why"] = str(why_due(room, card, run)).partition("：")[2]
        words["due" if due >= on else "missed"] = chinese_day(due)
        words |= {"over": f"{(on - due).days}天"} if due < on else {}
    happening = Happening(entry, facts_of(clocks, entry, on), None)
    return Concern(place=entry.place, ledger=card.ledger, entry=happening, words=words)


def _matters(river: River, ground: Ground, on: date) -> Iterator[Owed]:
    """Go through matters of ledgers whose last day has passed."""
    from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - as above

    room = Room(ground, river.workspace.store / "cabinet")
    # What only some may see stands in no paper that others may come to read.
    open_to_all = [name for name, card in room.ledgers.items() if not card.restricted]
    theirs = set(_waiting(room, open_to_all))
    for one in due_on(room, on, open_to_all, reasons=False):
        if one.due < on and (not one.entry or (one.ledger, one.entry) in theirs):
            term = room.ledger(one.ledger).term
            number = f"{one.entry}号" if one.entry else ""
            yield Owed(
                place=one.place,
                what=f"{term}{number}：{one.title}",
                due=one.due,
                days_over=(on - one.due).days,
                state=str(one.what),
            )


def _waiting(room: Room, ledgers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Go through the entries of which it is the place's turn, by ledger and number."""
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - needs Django set up first

    marked = {
        (name, state.state)
        for name in ledgers
        for state in room.ledger(name).states
        if "waiting" in state.marks
    }
    for row in LedgerEntry.objects.filter(open=True, ledger__in=ledgers):
        if (row.ledger, row.state) in marked:
            yield row.ledger, row.number


def _returns(river: River, ground: Ground, on: date) -> Iterator[Owed]:
    """Go through returns that are not handed in, of forms that have been asked for."""
    from xianxue.desk.models import Filing, Window  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.returns.progress import progress_of, window_of  # noqa: PLC0415 - as above

    for form in ground.shelf.forms.values():
        try:
            period = found(form.period, river.period)
        except ValueError:
            continue
        collected = {"form": form.form, "period": period.code}
        # A form that nobody has begun to collect is owed by nobody.
        if not (
            Window.objects.filter(**collected).exists()
            or Filing.objects.filter(**collected).exists()
        ):
            continue
        window = window_of(form, period)
        for one in progress_of(ground, form, period, on):
            if one.waiting:
                yield Owed(
                    place=one.place,
                    what=f"《{form.term}》（{period.term}）",
                    due=one.extended_until or window.due,
                    days_over=one.days_over,
                    state="尚未报送" if not one.revision else str(one.term),
                    form=form.form,
                )
