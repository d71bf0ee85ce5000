"""Every card's way walked at random: what is refused changes nothing, what is done was proved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.ledgers.moving import Wanted, replayed
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.workflow.subject import Actor, Attempt

SHELF = national().shelf
FIRST = date(2025, 3, 3)
ROLES = ["school_clerk", "school_head", "central_school", "inspector", "office_clerk", "leader"]
OWN = {"central_school": "639900100", "inspector": "district_one"}
NUMBERS = {
    "id_number": "11010519491231002X",
    "student_number": "G11010519491231002X",
    "telephone": "13800000000",
}


def some(field, place: str, day: date, seed: int):
    """A value that a field can have."""
    later = timedelta(days=5 if field.ahead else 0)
    made = {
        "code": lambda: SHELF.codes[field.codes].entries[seed % 2 - 1].code,
        "date": (day + later).isoformat,
        "yes_no": lambda: seed % 2,
        "year": lambda: 2025,
        "integer": lambda: int(field.min or 0) * field.measured_in.step + seed % 3,
        "measure": lambda: int(field.min or 0) * field.measured_in.step + seed % 3,
        "text": partial(text_of, field, place, seed),
    }
    return made[field.type]()


def text_of(field, place: str, seed: int) -> str:
    if field.holds == "place":
        return place
    # A pattern is the card's own; its example shows what fits.
    return NUMBERS.get(field.holds, field.example if field.pattern else f"内容{seed}")


MOVES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from(ROLES),
        st.sampled_from("甲乙丙"),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.integers(-1, 9),
    ),
    max_size=25,
)


@pytest.mark.parametrize("name", sorted(SHELF.ledgers))
@settings(max_examples=25)
@given(moves=MOVES)
def test_a_history_is_the_cards_own_and_what_is_done_was_proved(walked, name, moves):
    ledger = walked(name, today=date(2025, 12, 31))
    card = ledger.card
    place = {"county": "639900"}.get(card.kept_by, "2163990001")

    def who(role: str, person: str) -> Actor:
        return Actor(
            f"{role}{person}", role, OWN.get(role, place if role.startswith("school") else "")
        )

    def values(names, day, seed):
        fields = [card.field(one) for one in names]
        return {one.field: some(one, place, day, seed) for one in fields}

    recorder = card.records[0]
    # Every number the least it may be: sums that are held against each other then agree.
    first = ledger.moving.record(
        place,
        Wanted(
            attempt=Attempt(RECORD, who(recorder, "甲")),
            on=FIRST,
            given=values(
                [one.field for one in card.fields if one.required and not one.history], FIRST, 3
            ),
        ),
    )
    assert not isinstance(first, list), [one.message for one in first]
    entry, day = Entry(ledger=name, number="2025-0001", place=place, history=(first,)), FIRST
    for pick, role, person, files, why, second, later in moves:
        step = card.steps[pick % len(card.steps)]
        day += timedelta(days=later)
        carried = ({"evidence"} if files else set()) | ({"reason", "comment"} if why else set())
        before = entry
        made = ledger.moving.step(
            entry,
            Wanted(
                attempt=Attempt(
                    step.step, who(role, person), frozenset(carried), "同办人" if second else ""
                ),
                on=day,
                given=values(step.asks, day, pick),
                why="理由" if why else "",
                evidence={"摘要": "凭据"} if files else {},
            ),
        )
        if isinstance(made, list):
            assert made
            assert all(one.message for one in made)
            assert entry == before
            day = max(day, entry.history[-1].on)
            continue
        entry = Entry(ledger=name, number=entry.number, place=place, history=(*entry.history, made))
        # A step of one name may go another way from each state.
        taken = card.lifecycle.step(step.step, before.state)
        assert taken is not None
        assert (made.origin, made.to) == (before.state, taken.to)
    holds(ledger, entry)
    for on in (FIRST - timedelta(days=1), FIRST, day):
        then = entry.as_of(on)
        assert (then is None) == (on < FIRST)
        if then is not None:
            assert then.state == [one.to for one in entry.history if one.on <= on][-1]


def holds(ledger, entry: Entry) -> None:
    """What must be true of every history, whatever was tried."""
    way, done = ledger.card.lifecycle, ledger.card.lifecycle.marked("done")
    assert replayed(ledger.card, entry) is None
    assert [one.on for one in entry.history] == sorted(one.on for one in entry.history)
    for at, one in enumerate(entry.history):
        if ledger.card.verified and one.to in done and one.origin not in done:
            apart = way.step(one.step, one.origin).apart_from
            earlier = [each for each in entry.history[:at] if each.step in apart]
            assert one.evidence
            assert not {name for each in earlier for name in each.people} & one.people
    for run in ledger.clocks.runs(entry):
        assert run.due is None or run.due >= run.started or run.length.field
        assert not (run.paused and run.over(date(2025, 12, 31)))
        assert run.met is None or not run.open
