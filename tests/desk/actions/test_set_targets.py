"""Setting and withdrawing targets: each line kept, each line told, and who may."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions import set_targets
from xianxue.desk.actions.set_targets import Found, SetTargets, target_title
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalLine, TargetLine

COUNTY = "639900"
PUPILS = Target(
    indicator="pupils",
    place=COUNTY,
    stage=Stage.PRIMARY,
    period="2026",
    amount=Fraction(197, 2),
    goal="at_least",
    origin=Origin.HANDED_DOWN,
    source="虚构教字〔2026〕1号",
)
SCHOOLS = replace(PUPILS, indicator="institutions_total", stage=None, amount=Fraction(7))


def deed(desk, actor=None, why=""):
    return SetTargets(desk.ground, actor or desk.office(), desk.tick(), why)


def newest(key):
    """The last line of a key, asked as a deed asks: while nobody else writes."""
    with writing():
        return set_targets.newest(key)


def lines():
    """All lines kept, oldest first, without their row numbers."""
    rows = list(TargetLine.objects.order_by("id").values())
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def written(desk, **more):
    """The first line of PUPILS, as it is kept."""
    return {
        "indicator": "pupils",
        "place": COUNTY,
        "stage": "primary",
        "slice": "",
        "period": "2026",
        "revision": 1,
        "amount": "98.5",
        "goal": "at_least",
        "origin": "handed_down",
        "source": "虚构教字〔2026〕1号",
        "cell": "",
        "digest": "",
        "withdrawn": False,
        "at": desk.at,
        "by": "赵六（虚构）",
    } | more


SET = {
    "revision": 1,
    "amount": "98.5",
    "goal": "at_least",
    "origin": "handed_down",
    "source": "虚构教字〔2026〕1号",
    "role": "office_clerk",
}


def test_a_target_is_kept_and_told(desk, told):
    assert deed(desk, why="年初下达")([PUPILS]) == [PUPILS]
    assert lines() == [written(desk)]
    assert told() == {
        "at": desk.at,
        "actor": "赵六（虚构）",
        "deed": "targets.set",
        "subject": "pupils/639900/primary/2026",
        "detail": SET,
        "why": "年初下达",
    }


def test_a_target_of_no_stage_is_found_again(desk, told):
    deed(desk)([SCHOOLS])
    (line,) = lines()
    assert (line["stage"], line["amount"]) == ("", "7")
    assert told()["subject"] == "institutions_total/639900/all/2026"
    assert deed(desk)([SCHOOLS]) == []
    assert newest(SCHOOLS.key).target == SCHOOLS


def test_where_it_was_read_is_kept_beside_it(desk, told):
    """The cell of each target, and the digest of the workbook."""
    found = Found("d" * 64, {PUPILS.key: "目标.xlsx〔年度目标〕E5"})
    deed(desk)([PUPILS, SCHOOLS], found)
    assert [(line["cell"], line["digest"]) for line in lines()] == [
        ("目标.xlsx〔年度目标〕E5", "d" * 64),
        ("", "d" * 64),
    ]
    first, second = JournalLine.objects.order_by("number")
    assert first.detail == SET | {"cell": "目标.xlsx〔年度目标〕E5", "file": "d" * 64}
    assert second.detail == SET | {"amount": "7"}


def test_who_set_it_from_where(desk, told):
    """A leader who names office and machine; what is not known is not told."""
    leader = Actor("孙八（虚构）", "leader", COUNTY, "局长室")
    deed(desk, leader)([PUPILS])
    assert told()["detail"] == SET | {"role": "leader", "of": COUNTY, "where": "局长室"}


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Fraction(99)},
        {"goal": "at_most"},
        {"origin": Origin.OWN},
        {"source": "虚构教字〔2026〕2号"},
    ],
)
def test_whatever_of_a_target_changes_is_a_new_line(desk, told, change):
    deed(desk)([PUPILS])
    changed = replace(PUPILS, **change)
    assert deed(desk)([changed, PUPILS][:1]) == [changed]
    plain = {name: str(value) for name, value in change.items()}
    assert lines()[1] == written(desk, revision=2, **plain)
    before = {"amount": "98.5", "source": "虚构教字〔2026〕1号"}
    assert told()["detail"] == SET | {"revision": 2, **plain, "before": before}


def test_the_same_again_is_no_deed(desk, everything):
    deed(desk)([PUPILS])
    before = everything()
    assert deed(desk)([PUPILS]) == []
    assert everything() == before


def test_of_a_list_only_what_is_new_is_written(desk):
    deed(desk)([PUPILS])
    later = replace(PUPILS, period="2027")
    assert deed(desk)([PUPILS, later, SCHOOLS]) == [later, SCHOOLS]
    assert TargetLine.objects.count() == JournalLine.objects.count() == 3
    assert deed(desk)([]) == []


def test_who_sets_none(desk, refused):
    """Not even the first of a list is set where the second is somebody else's."""
    issue = refused(deed(desk, desk.clerk()), [PUPILS])
    assert (issue.code, issue.form, issue.place) == ("F-ROLE", "pupils", COUNTY)
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县小学在校生数的目标设定；"
        "要求：由股室业务员、分管领导办理。"
    )


# ── withdrawing ─────────────────────────────────────────────────────────────


def test_a_withdrawn_target_stays_in_the_record(desk, told):
    found = Found("d" * 64, {PUPILS.key: "目标.xlsx〔年度目标〕E5"})
    deed(desk)([PUPILS], found)
    leader = Actor("孙八（虚构）", "leader")
    assert deed(desk, leader, "重复下达").withdraw(PUPILS.key) is True
    # The withdrawal was read in no workbook.
    assert lines()[1] == written(desk, revision=2, withdrawn=True, by="孙八（虚构）")
    assert told() == {
        "at": desk.at,
        "actor": "孙八（虚构）",
        "deed": "targets.withdraw",
        "subject": "pupils/639900/primary/2026",
        "detail": {"revision": 2, "role": "leader"},
        "why": "重复下达",
    }


def test_there_is_nothing_to_withdraw_twice(desk, everything):
    deed(desk)([PUPILS])
    deed(desk).withdraw(PUPILS.key)
    before = everything()
    assert deed(desk).withdraw(PUPILS.key) is False
    assert deed(desk).withdraw(SCHOOLS.key) is False
    # Where there is nothing, nobody is refused either.
    assert deed(desk, desk.clerk()).withdraw(SCHOOLS.key) is False
    assert everything() == before


def test_who_withdraws_none(desk, refused):
    deed(desk)([PUPILS])
    issue = refused(deed(desk, desk.clerk()).withdraw, PUPILS.key)
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县小学在校生数的目标撤销；"
        "要求：由股室业务员、分管领导办理。"
    )


def test_what_was_withdrawn_is_set_anew_without_a_before(desk, told):
    """The same amount as the one withdrawn: nothing stood there, so it is new."""
    deed(desk)([PUPILS])
    deed(desk).withdraw(PUPILS.key)
    assert deed(desk)([PUPILS]) == [PUPILS]
    assert told()["detail"] == SET | {"revision": 3}
    assert (newest(PUPILS.key).revision, newest(PUPILS.key).withdrawn) == (3, False)


# ── finding and naming ──────────────────────────────────────────────────────


def test_the_newest_line_of_each_key_is_found(desk):
    others = [
        replace(PUPILS, stage=Stage.LOWER_SECONDARY),
        replace(PUPILS, period="2027"),
        replace(PUPILS, place="639900101"),
        SCHOOLS,
    ]
    deed(desk)([PUPILS])
    deed(desk)([replace(PUPILS, amount=Fraction(99))])
    deed(desk)(others)
    assert [newest(one.key).revision for one in [PUPILS, *others]] == [2, 1, 1, 1, 1]
    assert newest(PUPILS.key).target == replace(PUPILS, amount=Fraction(99), revision=2)
    assert newest("pupils/639900/primary/2030") is None


def test_a_target_is_named_by_place_stage_and_indicator(desk):
    shelf = desk.ground.shelf
    assert target_title(PUPILS, shelf, "虚构县") == "虚构县小学在校生数"
    assert target_title(SCHOOLS, shelf, "虚构县") == "虚构县各级各类学校（机构）总数"
    unknown = replace(PUPILS, indicator="no_such_indicator")
    assert target_title(unknown, shelf, "虚构县") == "虚构县小学no_such_indicator"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.none(), st.integers(1, 3)), max_size=6))
def test_the_last_word_holds_and_every_word_is_kept(desk, words):
    """Amounts set and withdrawals (None), in any order: counted beside the deed by hand."""
    stands, kept = None, 0
    with transaction.atomic():
        for word in words:
            changed = word != stands
            kept += changed
            if word is None:
                assert deed(desk).withdraw(PUPILS.key) is changed
            else:
                target = replace(PUPILS, amount=Fraction(word))
                assert deed(desk)([target]) == ([target] if changed else [])
            stands = word
        assert TargetLine.objects.count() == JournalLine.objects.count() == kept
        last = newest(PUPILS.key)
        assert (last.revision if last else 0) == kept
        assert (None if last is None or last.withdrawn else last.target.amount) == stands
        transaction.set_rollback(True)
