"""What is asked of whoever records an event, before stages disappear unsaid. All of it 虚构."""

import pytest

from xianxue.bureau.places.afterthoughts import questions_of
from xianxue.bureau.places.events import Becomes
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import replace

DAY = "2024-09-01"


def asked(made, register, *earlier, event, **more):
    """Give what is said of a place in the questions about an event."""
    before = replay(register, earlier).register
    after = replay(register, [*earlier, event])
    assert after.faults == ()
    return [fault.saw for fault in questions_of(event, before, after.register, **more)]


def becomes(*stages, school_type="211"):
    return Becomes(school_type=school_type, stages=stages)


def with_stages(register, code, *stages):
    """Give the register with other stages of one school."""
    place = register[code]
    history = tuple(replace(each, stages=stages) for each in place.history)
    return type(register)({**register.places, code: replace(place, history=history)})


def test_a_merger_across_kinds_is_asked_about(made, three):
    register = with_stages(three, made.A, Stage.PRESCHOOL)
    event = made.event("merged", DAY, made.A, into=made.B)
    assert asked(made, register, event=event) == ["甲小学有学前，并入的乙小学没有"]


def test_what_keeps_every_stage_is_asked_nothing(made, three):
    event = made.event("merged", DAY, made.A, into=made.B)
    assert asked(made, three, event=event) == []
    both = with_stages(three, made.B, Stage.PRESCHOOL, Stage.PRIMARY)
    young = with_stages(both, made.A, Stage.PRESCHOOL)
    assert asked(made, young, event=event) == []
    assert asked(made, three, event=made.event("closed", DAY, made.A)) == []


@pytest.mark.parametrize(("meant", "asks"), [(False, 1), (True, 0)])
def test_attached_classes_are_never_dropped_in_silence(meant, asks, made, three):
    register = with_stages(three, made.A, Stage.PRESCHOOL, Stage.PRIMARY)
    change = becomes(Stage.PRIMARY, school_type=made.PRIMARY.school_type)
    change = replace(change, sponsor="99")
    event = made.event("retyped", DAY, made.A, change=change)
    said = asked(made, register, event=event, none_attached=meant)
    assert said == ["甲小学原来有学前，变更后没有"][:asks]


def test_a_change_that_says_no_type_keeps_its_stages(made, three):
    register = with_stages(three, made.A, Stage.PRESCHOOL, Stage.PRIMARY)
    event = made.event("retyped", DAY, made.A, change=Becomes(boarding=True))
    assert asked(made, register, event=event) == []
