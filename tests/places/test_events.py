"""What events make of places, by hand: each state on both sides of its day."""

import pytest

from xianxue.bureau.places.dated import Dated, Link
from xianxue.bureau.places.events import Kind
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage


def open_codes(register, on):
    return sorted(place.code for place in register.schools(on))


def test_an_opened_school_lives_from_its_day_on(made, three):
    event = made.event(
        "opened", "2024-09-01", made.D, name="丁小学", parent=made.WEST, change=made.PRIMARY
    )
    register = made.happened(three, event)

    assert not register[made.D].open_on(made.day("2024-08-31"))
    assert register[made.D].open_on(made.day("2024-09-01"))
    assert register[made.D].stages(made.day("2024-09-01")) == (Stage.PRIMARY,)
    assert register.township_of(register[made.D]) == made.WEST


def test_a_closed_school_lived_to_the_day_before_and_is_not_deleted(made, three):
    register = made.happened(three, made.event("closed", "2024-09-01", made.A))

    assert register[made.A].open_on(made.day("2024-08-31"))
    assert not register[made.A].open_on(made.day("2024-09-01"))
    assert register[made.A].closed == made.day("2024-08-31")
    assert register[made.A].name == "甲小学"


def test_a_renamed_school_keeps_its_code_and_both_names(made, three):
    register = made.happened(
        three,
        made.event("renamed", "2020-09-01", made.A, name="第一小学"),
        made.event("renamed", "2024-09-01", made.A, name="实验小学"),
    )
    school = register[made.A]

    assert school.name == "实验小学"
    assert [school.name_on(made.day(on)) for on in ("2020-08-31", "2020-09-01", "2024-09-01")] == [
        "甲小学",
        "第一小学",
        "实验小学",
    ]
    assert school.names[0] == Dated(None, "甲小学")


def test_a_moved_school_belongs_to_each_township_on_its_days(made, three):
    register = made.happened(three, made.event("moved", "2024-09-01", made.A, parent=made.WEST))
    before, after = made.day("2024-08-31"), made.day("2024-09-01")

    assert register.township_of(register[made.A], before) == made.EAST
    assert register.township_of(register[made.A], after) == made.WEST
    assert open_codes(register, before) == [made.A, made.B, made.C]
    assert [one.code for one in register.schools(before, made.EAST)] == [made.A, made.B, made.C]
    assert [one.code for one in register.schools(after, made.EAST)] == [made.B, made.C]


def test_a_change_within_the_category_keeps_the_code(made, three):
    """小学 211 becomes 小学教学点 218: both are of the category 21."""
    point = type(made.PRIMARY)(school_type="218", stages=(Stage.PRIMARY,), boarding=True)
    register = made.happened(three, made.event("retyped", "2024-09-01", made.A, change=point))
    school = register[made.A]

    before, after = (school.attributes(made.day(on)) for on in ("2024-08-31", "2024-09-01"))
    assert (before.school_type, after.school_type) == ("211", "218")
    assert (before.boarding, after.boarding) == (False, True)
    # What the event does not speak of stays.
    assert after.sponsor == "831"


def test_a_change_of_category_gives_another_code(made, three):
    """小学 211 becomes 九年一贯制 312: judged as a primary school before, by both stages after."""
    register = made.happened(
        three, made.event("retyped", "2024-09-01", made.A, made.NINE, change=made.BOTH)
    )
    before, after = made.day("2024-08-31"), made.day("2024-09-01")

    assert open_codes(register, before) == [made.A, made.B, made.C]
    assert open_codes(register, after) == [made.B, made.C, made.NINE]
    assert register[made.A].stages(before) == (Stage.PRIMARY,)
    assert register[made.NINE].stages(after) == (Stage.PRIMARY, Stage.LOWER_SECONDARY)
    assert register[made.NINE].stages(before) == ()
    assert register[made.NINE].name == "甲小学"
    assert register[made.A].successors == (Link(after, made.NINE, True, Kind.RETYPED),)
    assert register[made.NINE].predecessors == (Link(after, made.A, True, Kind.RETYPED),)


def test_one_school_goes_into_another(made, three):
    register = made.happened(three, made.event("merged", "2024-03-01", made.B, made.A))

    assert open_codes(register, made.day("2024-02-29")) == [made.A, made.B, made.C]
    assert open_codes(register, made.day("2024-03-01")) == [made.A, made.C]
    assert [link.code for link in register[made.B].successors] == [made.A]
    assert [link.code for link in register[made.A].predecessors] == [made.B]


def test_two_schools_go_into_a_new_one_that_takes_after_them(made, three):
    register = made.happened(
        three, made.event("merged", "2024-09-01", f"{made.A} {made.B}", made.D, name="东镇小学")
    )
    new = register[made.D]

    assert open_codes(register, made.day("2024-09-01")) == [made.C, made.D]
    assert new.opened == made.day("2024-09-01")
    assert new.parent == made.EAST
    assert new.attributes(made.day("2024-09-01")).school_type == "211"
    assert [link.code for link in new.predecessors] == [made.A, made.B]


def test_a_school_is_split_and_lives_on(made, three):
    register = made.happened(
        three, made.event("split", "2024-09-01", made.A, f"{made.A} {made.D}", name="新区小学")
    )

    assert open_codes(register, made.day("2024-09-01")) == [made.A, made.B, made.C, made.D]
    assert [link.code for link in register[made.A].successors] == [made.A, made.D]
    assert not any(link.whole for link in register[made.A].successors)


def test_a_school_is_split_among_others_and_ends(made, three):
    register = made.happened(three, made.event("split", "2024-09-01", made.A, f"{made.B} {made.C}"))

    assert open_codes(register, made.day("2024-08-31")) == [made.A, made.B, made.C]
    assert open_codes(register, made.day("2024-09-01")) == [made.B, made.C]


def test_a_restored_school_has_its_old_code_and_a_gap(made, three):
    register = made.happened(
        three,
        made.event("closed", "2020-09-01", made.A),
        made.event("restored", "2024-09-01", made.A),
    )
    days = ("2020-08-31", "2020-09-01", "2024-08-31", "2024-09-01")

    assert [register[made.A].open_on(made.day(on)) for on in days] == [True, False, False, True]
    assert register.on(made.day("2022-01-01"))[made.A].closed == made.day("2020-08-31")


def test_a_township_takes_the_schools_of_the_one_that_went_into_it(made, three):
    register = made.happened(three, made.event("merged", "2024-09-01", made.EAST, made.WEST))
    before, after = made.day("2024-08-31"), made.day("2024-09-01")

    assert [one.code for one in register.townships(after)] == [made.WEST]
    assert register.township_of(register[made.A], before) == made.EAST
    assert register.township_of(register[made.A], after) == made.WEST


def test_what_happened_to_the_past_is_nothing(made, three):
    """The register of the day before is the one without the event."""
    event = made.event("merged", "2024-09-01", f"{made.A} {made.B}", made.D, name="东镇小学")
    register = made.happened(three, event)

    assert register.on(made.day("2024-08-31")) == three.on(made.day("2024-08-31"))
    assert register.on(made.day("2024-09-01")) != three.on(made.day("2024-09-01"))


def test_events_of_one_day_follow_one_another(made, three):
    """B goes into A, and A gets another code on the same day: B ends up under the new one."""
    register = made.happened(
        three,
        made.event("recoded", "2024-09-01", made.A, made.D),
        made.event("merged", "2024-09-01", made.B, made.A),
    )

    assert open_codes(register, made.day("2024-09-01")) == [made.C, made.D]


ILLEGAL = {
    "closed twice": (
        [("closed", "2023-09-01", "A"), ("closed", "2024-09-01", "A")],
        ["3：甲小学（2163990001）已于 2023-08-31 停办"],
    ),
    "merged into itself": (
        [("merged", "2024-09-01", "A B", "A")],
        ["2：2163990001 合并到了自己"],
    ),
    "before it was opened": (
        [("closed", "1999-09-01", "A")],
        ["2：甲小学（2163990001）到 1999-09-01 还没有开办，2000-09-01 才开办"],
    ),
    "a code used again": (
        [("closed", "2020-09-01", "A"), ("opened", "2024-09-01", "A", "", "新校", "EAST", True)],
        ["3：代码 2163990001 早已是甲小学的"],
    ),
    "into each other on one day": (
        [("merged", "2024-09-01", "A", "B"), ("merged", "2024-09-01", "B", "A")],
        [
            "2：2163990001 同一天互相合并，绕成了一圈",
            "3：2163990002 同一天互相合并，绕成了一圈",
        ],
    ),
    "into a school that is closed": (
        [("merged", "2023-09-01", "B", "A"), ("merged", "2024-09-01", "C", "B")],
        ["3：乙小学（2163990002）已于 2023-08-31 停办，去向是 2163990001"],
    ),
    "into a school nobody knows": (
        [("merged", "2024-09-01", "A", "D")],
        ["2：新的学校 2163990004 没有写名称"],
    ),
    "another category without a code": (
        [("retyped", "2024-09-01", "A", "", "", "", "BOTH")],
        ["2：甲小学 的学校类别由 21 变为 31，没有写新代码"],
    ),
    "the same category with another code": (
        [("retyped", "2024-09-01", "A", "D", "", "", "POINT")],
        ["2：甲小学 的学校类别仍是 21，却换了代码"],
    ),
    "a name with a change that leaves the code": (
        [("retyped", "2024-09-01", "A", "", "新名称", "", "POINT")],
        ["2：变更类型写了 name"],
    ),
    "a code of another category": (
        [("retyped", "2024-09-01", "A", "D", "", "", "BOTH")],
        ["2：新代码 2163990004 的类别不是 31"],
    ),
    "a split into one": (
        [("split", "2024-09-01", "A", "D", "丁小学")],
        ["2：分设只写了一所学校"],
    ),
    "a split into two that nobody knows": (
        [("split", "2024-09-01", "A", "D NINE", "丁小学")],
        ["2：2163990004、3163990001 都不在名册里"],
    ),
    "restored while it lives": (
        [("restored", "2024-09-01", "A")],
        ["2：甲小学（2163990001）到 2024-09-01 没有停办"],
    ),
    "restored under a code that was replaced": (
        [("recoded", "2023-09-01", "A", "D"), ("restored", "2024-09-01", "A")],
        ["3：甲小学 的代码 2163990001 已换发为 2163990004"],
    ),
    "a township with schools left in it": (
        [("closed", "2024-09-01", "EAST")],
        ["2：东镇 还有 3 个下属单位（甲小学 等）"],
    ),
    "a school into a township": (
        [("merged", "2024-09-01", "A", "EAST")],
        ["2：乡镇、学校混在一起"],
    ),
    "opened in a school": (
        [("opened", "2024-09-01", "D", "", "丁小学", "A", True)],
        ["2：甲小学（2163990001）不是学校的上级"],
    ),
    "opened without a type": (
        [("opened", "2024-09-01", "D", "", "丁小学", "EAST")],
        ["2：新校 2163990004 没有写办学类型"],
    ),
    "renamed to what it was called": (
        [("renamed", "2024-09-01", "A", "", "甲小学")],
        ["2：甲小学 本来就叫这个名称"],
    ),
    "opened and gone on one day": (
        [
            ("opened", "2024-09-01", "D", "", "丁小学", "EAST", True),
            ("merged", "2024-09-01", "D", "A"),
        ],
        ["3：丁小学 在 2024-09-01 才开办（恢复），同一天又合并"],
    ),
    "more than it has a use for": (
        [("closed", "2024-09-01", "A", "B", "乙小学")],
        ["2：撤销写了 into", "2：撤销写了 name"],
    ),
    "two schools on a line": (
        [("closed", "2024-09-01", "A B")],
        ["2：撤销写了 2 个代码"],
    ),
}


@pytest.mark.parametrize(("told", "saw"), ILLEGAL.values(), ids=ILLEGAL)
def test_what_cannot_have_happened_is_told_with_its_line(told, saw, made, three):
    """And it changes nothing."""
    changes = {
        True: made.PRIMARY,
        "BOTH": made.BOTH,
        "POINT": type(made.PRIMARY)(school_type="218", stages=(Stage.PRIMARY,)),
    }

    def codes(names):
        return " ".join(getattr(made, name) for name in names.split())

    events = []
    for kind, on, names, *more in told:
        into, name, parent, change = [*more, "", "", "", None][:4] if len(more) < 4 else more
        events.append(
            made.event(
                kind,
                on,
                codes(names),
                codes(into),
                name=name,
                parent=codes(parent),
                change=changes.get(change) if change else None,
            )
        )
    assert made.refused(three, *events) == saw
    good = [
        event
        for number, event in enumerate(events, 2)
        if not any(said.startswith(f"{number}：") for said in saw)
    ]
    assert replay(three, events).register == replay(three, good).register


def test_every_kind_of_event_has_a_chinese_word():
    for kind in Kind:
        assert kind.term.isalpha()
        assert not kind.term.isascii()
