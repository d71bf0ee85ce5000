"""Laws of replaying, for any events at all: legal ones happen, the others change nothing."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.places.basis import basis
from xianxue.bureau.places.events import Becomes, Event, Kind
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import replace

COUNTY = "639900"
TOWNS = ["639900100", "639900101", "639900102"]
OLD = [f"216399000{number}" for number in range(1, 6)]
NEW = ["2163990006", "2163990007", "3163990001", "3163990002"]
BEGIN = date(2020, 1, 1)
DAYS = st.integers(0, 12).map(lambda number: BEGIN + timedelta(days=number))
CHANGES = [
    Becomes(school_type="218", stages=(Stage.PRIMARY,)),
    Becomes(school_type="211", stages=(Stage.PRIMARY,)),
    Becomes(school_type="312", stages=(Stage.PRIMARY, Stage.LOWER_SECONDARY)),
]


def register():
    attributes = Attributes(valid_from=date(2000, 9, 1), school_type="211", stages=(Stage.PRIMARY,))
    return Register.of(
        [
            Place(code=COUNTY, name="虚构县", level="county"),
            *(
                Place(code=code, name=f"{code[-1]}镇", level="township", parent=COUNTY)
                for code in TOWNS[:2]
            ),
            *(
                Place(
                    code=code,
                    name=f"{code[-1]}小学",
                    level="school",
                    parent=TOWNS[number % 2],
                    history=(attributes,),
                )
                for number, code in enumerate(OLD)
            ),
        ]
    )


@st.composite
def _histories(draw):
    """Events as a county lives through them, most of them legal, entered in any order."""
    events, day = [], BEGIN
    for _ in range(draw(st.integers(0, 9))):
        day += timedelta(days=draw(st.sampled_from([0, 1, 2])))
        events.append(_one(draw, replay(register(), events).register, day))
    order = draw(st.permutations(events))
    return [replace(event, line=number) for number, event in enumerate(order, 2)]


def _one(draw, so_far, day):
    """An event among what lives on its day; now and then among anything."""
    kind = draw(st.sampled_from([*Kind, Kind.MERGED, Kind.MERGED, Kind.SPLIT, Kind.RESTORED]))
    areas = draw(st.integers(0, 6)) == 0
    every = TOWNS if areas else OLD + NEW
    living = [code for code in every if code in so_far and so_far[code].open_on(day)]
    gone = [code for code in every if code in so_far and code not in living]
    unused = [code for code in every if code not in so_far]
    if draw(st.integers(0, 9)) == 0:
        living = gone = unused = every
    former = {Kind.OPENED: unused, Kind.RESTORED: gone}.get(kind, living) or every
    most = 2 if kind is Kind.MERGED else 1
    codes = tuple(draw(st.lists(st.sampled_from(former), min_size=1, max_size=most, unique=True)))
    others = [code for code in living if code not in codes]
    new = draw(st.sampled_from(unused)) if unused else NEW[0]
    fresh = draw(st.booleans()) or not others
    into = {
        Kind.MERGED: (new if fresh else draw(st.sampled_from(others or every)),),
        Kind.SPLIT: (
            draw(st.sampled_from([*codes, *others])),
            new if fresh else draw(st.sampled_from(others or every)),
        ),
        Kind.RECODED: (new,),
        Kind.RETYPED: (new,) if new.startswith("31") else (),
    }.get(kind, ())
    described = fresh and kind in {Kind.MERGED, Kind.SPLIT}
    placed = kind in {Kind.OPENED, Kind.MOVED} or described
    typed = not areas and (kind in {Kind.OPENED, Kind.RETYPED} or described)
    named = kind in {Kind.OPENED, Kind.RENAMED} or described
    nine = kind is Kind.RETYPED and bool(into)
    return Event(
        day=day,
        kind=kind,
        codes=codes,
        into=into,
        name=draw(st.sampled_from(["新校", "实验学校"])) if named else "",
        parent=(COUNTY if areas else draw(st.sampled_from(TOWNS))) if placed else "",
        change=(CHANGES[-1] if nine else draw(st.sampled_from(CHANGES))) if typed else None,
    )


HISTORIES = _histories()


def test_the_events_of_these_laws_are_not_all_refused():
    """Every kind happens now and then, or the laws would say nothing."""
    happened = set()

    # The same examples each time, and enough of them: chance must not fail a promise about chance.
    @settings(max_examples=300, derandomize=True)
    @given(HISTORIES)
    def look(events):
        wrong = {fault.line for fault in replay(register(), events).faults}
        happened.update(event.kind for event in events if event.line not in wrong)

    look()
    assert happened == set(Kind)


@given(HISTORIES, st.randoms())
def test_the_order_of_entry_changes_nothing(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)

    assert replay(register(), shuffled) == replay(register(), events)


@given(HISTORIES)
def test_what_was_refused_changes_nothing(events):
    """Without the refused events the register is the same, and nothing is refused any more."""
    first = replay(register(), events)
    wrong = {fault.line for fault in first.faults}
    again = replay(register(), [event for event in events if event.line not in wrong])

    assert again.register == first.register
    assert again.faults == ()


@given(HISTORIES)
def test_entering_everything_twice_changes_nothing(events):
    twice = [*events, *(replace(event, line=event.line + 100) for event in events)]

    assert replay(register(), twice).register == replay(register(), events).register


@given(HISTORIES, DAYS)
def test_later_events_leave_the_past_as_it_was(events, day):
    past = [event for event in events if event.day <= day]

    before, after = replay(register(), past).register, replay(register(), events).register
    for each in (day, day - timedelta(days=1)):
        assert after.on(each) == before.on(each)


@given(HISTORIES, DAYS)
def test_a_register_can_be_taken_up_again_where_it_was_left(events, day):
    past = [event for event in events if event.day < day]
    rest = [event for event in events if event.day >= day]

    halfway = replay(register(), past)
    end = replay(halfway.register, rest)
    whole = replay(register(), events)
    assert end.register == whole.register
    assert sorted((*halfway.faults, *end.faults), key=lambda one: one.line) == list(whole.faults)


@given(HISTORIES)
def test_nothing_is_deleted_and_no_code_is_used_twice(events):
    after = replay(register(), events).register

    assert {place.code for place in register()} <= {place.code for place in after}
    for place in after:
        assert place.closed is None or place.opened is None or place.opened <= place.closed


@given(HISTORIES)
def test_every_link_has_its_other_end(events):
    after = replay(register(), events).register

    forth = {
        (place.code, link.code, link.day, link.event)
        for place in after
        for link in place.successors
        if link.code != place.code
    }
    back = {
        (link.code, place.code, link.day, link.event)
        for place in after
        for link in place.predecessors
    }
    assert forth == back


@given(HISTORIES, DAYS, DAYS)
def test_everyone_counts_exactly_once_on_either_basis(events, one, other):
    start, as_of = sorted((one, other))
    after = replay(register(), events).register
    there = sorted(place.code for place in after if place.open_on(start))

    found = basis(after, start, as_of)
    assert sorted(code for members in found.units.values() for code in members) == there
    schools = {code for code in found.units if after[code].level == "school"}
    assert {place.code for place in found.register.schools(start)} == schools
    assert basis(after, start, start).register == after.on(start)


@given(HISTORIES, DAYS, DAYS)
def test_a_basis_knows_nothing_of_what_came_later(events, one, other):
    start, as_of = sorted((one, other))
    past = [event for event in events if event.day <= as_of]

    now = basis(replay(register(), events).register, start, as_of)
    then = basis(replay(register(), past).register, start, as_of)
    assert now == then


@given(HISTORIES, DAYS, DAYS, DAYS)
def test_two_steps_lead_where_one_leads(events, first, second, third):
    """Counting as of a day in between and going on from there comes to the same places."""
    start, between, end = sorted((first, second, third))
    after = replay(register(), events).register
    whole, half = basis(after, start, end), basis(after, start, between)
    rest = basis(after, between, end)
    for code, way in whole.ways.items():
        middle = half.ways[code]
        if way.whole and middle.whole and middle.codes[0] in rest.ways:
            onward = rest.ways[middle.codes[0]]
            if onward.whole:
                assert onward.codes == way.codes
