"""Handing in: submitting and collecting, what each writes and what each refuses."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.submission import hand_in_all, key_of, standing
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.models import Filing, JournalLine, Revision
from xianxue.desk.stores.cabinet import Kept, content_digest
from xianxue.desk.stores.cell_lines import cells_digest

EAST_RETURN = "东村小学《学校年度报表》（2025—2026学年）"


def rows(model, **only):
    return [
        {name: value for name, value in row.items() if name not in {"id", "batch"}}
        for row in model.objects.filter(**only).order_by("pk").values()
    ]


def accept(desk):
    desk.do(Review, desk.office())(desk.key())
    desk.do(Approve, desk.office())(desk.key())


def test_which_return_it_is(desk):
    assert key_of(desk.filed()) == Key("school_annual", "2025-2026", desk.EAST)


# ── what is written ─────────────────────────────────────────────────────────


def test_a_first_submission_word_by_word(desk, told):
    """The revision, the filing and the line of the journal, whole."""
    filed, clerk = desk.filed(pupils=40), Actor(desk.CLERK, "school_clerk", desk.EAST, "微机室")
    handed = desk.submitter(clerk, "首次")([filed])
    assert handed.refused == []
    (done,) = handed.done
    assert (done.filed, done.number, done.unchanged, done.state) == (filed, 1, False, "submitted")
    key = {"form": "school_annual", "period": "2025-2026", "place": desk.EAST}
    content = content_digest(filed)
    assert rows(Revision) == [
        key
        | {
            "number": 1,
            "content": content,
            "file": "2163990001_40.xlsx",
            "digest": f"{40:064d}",
            "at": desk.at,
            "by": "张三（虚构）",
            "clerk": "张三（虚构）",
            "head": "李四（虚构）",
        }
    ]
    assert rows(Filing) == [
        key
        | {
            "state": "submitted",
            "current_id": Revision.objects.get().pk,
            "accepted_id": None,
            "first_submitted_at": desk.at,
            "submitted_at": desk.at,
            "times_returned": 0,
            "changed_at": desk.at,
            "changed_by": "张三（虚构）",
        }
    ]
    assert told() == {
        "at": desk.at,
        "actor": "张三（虚构）",
        "deed": "returns.submit",
        "subject": "school_annual/2025-2026/2163990001",
        "detail": {
            "revision": 1,
            "from": "draft",
            "to": "submitted",
            "file": "2163990001_40.xlsx",
            "digest": f"{40:064d}",
            "content": content,
            "batch": Revision.objects.get().batch,
            "cells": cells_digest(filed),
            "clerk": "张三（虚构）",
            "head": "李四（虚构）",
            "role": "school_clerk",
            "of": desk.EAST,
            "where": "微机室",
        },
        "why": "首次",
    }


def test_a_second_submission_keeps_the_day_of_the_first(desk):
    """Three minutes: handed in, sent back, handed in again."""
    desk.submit(40)
    first = desk.at
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(41)
    filing = desk.filing()
    assert (filing.first_submitted_at, filing.submitted_at) == (first, first + timedelta(minutes=2))
    assert (filing.changed_at, filing.changed_by) == (filing.submitted_at, desk.CLERK)
    assert (filing.current.number, filing.times_returned) == (2, 1)


def test_collecting_is_signed_by_nobody_and_accepted_at_once(desk, told):
    handed = desk.collector()([desk.filed(pupils=40)])
    assert [(one.number, one.unchanged, one.state) for one in handed.done] == [
        (1, False, "accepted")
    ]
    (revision,) = Revision.objects.all()
    assert (revision.clerk, revision.head, revision.by) == ("", "", "赵六（虚构）")
    filing = desk.filing()
    assert filing.accepted == filing.current == revision
    assert told()["deed"] == "returns.accept"
    assert told()["detail"] == {
        "revision": 1,
        "from": "draft",
        "to": "accepted",
        "file": "2163990001_40.xlsx",
        "digest": f"{40:064d}",
        "content": content_digest(desk.filed(pupils=40)),
        "batch": revision.batch,
        "cells": cells_digest(desk.filed(pupils=40)),
        "override": {
            "rules": ["returns.collect"],
            "reason": "学校没有自己报送，由教育局代收",
        },
        "role": "office_clerk",
    }


def test_what_was_collected_with_signatures_says_them(desk, told):
    deed = desk.collector()
    object.__setattr__(deed, "signed", Signatures(desk.CLERK, desk.HEAD))
    assert deed([desk.filed()]).refused == []
    assert (told()["detail"]["clerk"], told()["detail"]["head"]) == (desk.CLERK, desk.HEAD)


@pytest.mark.parametrize("signed", [Signatures("张三（虚构）", ""), Signatures("", "李四（虚构）")])
def test_half_a_signature_is_none(desk, everything, signed):
    deed = desk.submitter()
    object.__setattr__(deed, "signed", signed)
    before = everything()
    (issue,) = deed([desk.filed()]).refused
    assert issue.message == (
        f"2163990001_40.xlsx：报送{EAST_RETURN}：缺填报人或校长的签名；要求：填报人和校长都签名。"
        "补上签名再办（--clerk 填报人 --head 校长，两个都要写）。"
    )
    assert everything() == before


def test_a_policy_without_a_stand_in_makes_collecting_no_override(desk, told, monkeypatch):
    """A county whose card does not call it one: the line says nothing of overrides."""
    ground = desk.ground
    policy = msgspec.structs.replace(ground.policy, stand_ins=[])
    shelf = replace(ground.shelf, policies={"own": policy})
    monkeypatch.setattr(type(desk), "ground", type(ground)(shelf, ground.register))
    assert desk.collector()([desk.filed()]).refused == []
    assert "override" not in told()["detail"]


# ── what stands already ─────────────────────────────────────────────────────


@pytest.mark.parametrize("state", ["submitted", "in_review", "accepted"])
def test_submitting_what_stands_changes_nothing(desk, everything, state):
    desk.submit(40)
    if state != "submitted":
        desk.do(Review, desk.office())(desk.key())
    if state == "accepted":
        desk.do(Approve, desk.office())(desk.key())
    before = everything()
    (again,) = desk.submitter()([desk.filed(pupils=40)]).done
    assert (again.number, again.unchanged, again.state) == (1, True, state)
    assert everything() == before


def test_the_same_values_are_a_new_submission_while_it_is_the_schools_turn(desk):
    """Sent back, then withdrawn: each time the school stands by its numbers and signs anew."""
    desk.submit(40)
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    (again,) = desk.submitter()([desk.filed(pupils=40)]).done
    assert (again.number, again.unchanged, again.state) == (2, False, "submitted")
    desk.do(Withdraw, desk.clerk(), "再看看")(desk.key())
    assert desk.submit(40).number == 3


def test_submitting_what_only_was_accepted_is_a_new_revision(desk):
    """40 was accepted, 41 corrected it and came back: 40 again is the third revision."""
    desk.submit(40)
    accept(desk)
    desk.submit(41, why="更正")
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    assert desk.submit(40).number == 3


def test_collecting_what_is_accepted_changes_nothing(desk, everything):
    desk.collector()([desk.filed(pupils=40)])
    before = everything()
    (again,) = desk.collector()([desk.filed(pupils=40)]).done
    assert (again.number, again.unchanged, again.state) == (1, True, "accepted")
    assert everything() == before


def test_collecting_what_was_sent_back_accepts_it_anew(desk):
    """The same values, but they count no more: collecting them is a deed."""
    desk.collector()([desk.filed(pupils=40)])
    desk.do(SendBack, desk.office(), "有误", remarks=[Remark("请核对")])(desk.key())
    assert desk.filing().accepted is None
    (again,) = desk.collector()([desk.filed(pupils=40)]).done
    assert (again.number, again.unchanged) == (2, False)
    assert desk.filing().accepted.number == 2


def test_collecting_the_accepted_values_while_a_correction_is_out(desk):
    """The correction was sent back; what counts still is the first, but the state is not."""
    desk.collector()([desk.filed(pupils=40)])
    desk.submit(41, why="更正")
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    (again,) = desk.collector()([desk.filed(pupils=40)]).done
    assert (again.number, again.unchanged, again.state) == (3, False, "accepted")


# ── who may, and in which state ─────────────────────────────────────────────


def test_a_correction_is_a_step_of_its_own(desk, told, everything):
    """From «通过» only with a reason; the journal calls it a submission, as it always has."""
    desk.submit(40)
    accept(desk)
    before = everything()
    (issue,) = desk.submitter()([desk.filed(pupils=41)]).refused
    assert issue.message == (
        f"2163990001_41.xlsx：报送更正{EAST_RETURN}：没有写理由；要求：写明理由。"
        "写上理由再办（--why '理由'）。"
    )
    assert everything() == before
    desk.submit(41, why="漏报一人")
    assert told()["deed"] == "returns.submit"
    assert (told()["detail"]["from"], told()["detail"]["to"]) == ("accepted", "submitted")


def test_who_may_not_submit_is_told_so_whatever_stands(desk, everything):
    """Not even that the same values stand there already."""
    desk.submit(40)
    before = everything()
    central = desk.submitter(desk.central())
    (issue,) = central([desk.filed(pupils=40)]).refused
    assert issue.message == (
        f"中心校审核员王五（虚构）不能办理{EAST_RETURN}的报送；"
        "要求：由学校填报员、校长、股室业务员办理。"
    )
    assert everything() == before


def test_a_school_does_not_collect(desk, everything):
    before = everything()
    (issue,) = desk.collector(desk.clerk())([desk.filed()]).refused
    assert issue.message == (
        f"学校填报员张三（虚构）不能办理{EAST_RETURN}的收取；要求：由股室业务员、分管领导办理。"
    )
    assert everything() == before


def test_what_a_school_has_submitted_is_not_collected_over(desk, everything):
    """The way out that the way itself knows, withdrawing, is not the bureau's; its own is told."""
    desk.submit(40)
    before = everything()
    (issue,) = desk.collector()([desk.filed(pupils=41)]).refused
    assert issue.do == (
        "文件 2163990001_41.xlsx 没有报送，原样未动；"
        "学校已经报送，请受理审核后通过或退回（returns review、approve、send-back）"
    )
    assert everything() == before


def test_what_is_under_review_is_neither_submitted_nor_corrected(desk, everything):
    """Out of turn: what may be done first is not known better than the way itself knows it."""
    desk.submit(40)
    desk.do(Review, desk.office())(desk.key())
    before = everything()
    (issue,) = desk.submitter()([desk.filed(pupils=41)]).refused
    assert issue.message == (
        f"2163990001_41.xlsx：{EAST_RETURN}现在是“审核中”（第 1 版，由赵六（虚构）于 "
        "2025-09-20 16:32 办理），不能报送；要求：“草稿”、“退回”、“撤回”时才能报送。"
        "文件 2163990001_41.xlsx 没有报送，原样未动；可先由股室业务员、分管领导退回。"
    )
    assert everything() == before


def test_nobody_without_a_name_hands_in(desk):
    (issue,) = desk.submitter(Actor(" ", "school_clerk", desk.EAST))([desk.filed()]).refused
    assert issue.message == "没有写明谁来报送；要求：写明经办人姓名。"
    assert not Filing.objects.exists()


# ── several at once, and somebody quicker ───────────────────────────────────


def test_what_stands_at_the_moment(desk):
    assert standing() == {}
    desk.submit(40)
    desk.submit(50, desk.WEST)
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(41)
    assert standing() == {desk.key(desk.EAST): 2, desk.key(desk.WEST): 1}


@pytest.mark.parametrize(
    ("seen", "code"), [({}, "F-CONFLICT"), ({0: 0}, "F-CONFLICT"), ({0: 1}, "")]
)
def test_what_was_seen_decides(desk, seen, code):
    """Accepted, it could be corrected, but only by whoever has seen the first revision."""
    desk.submit(40)
    accept(desk)
    looked = dict.fromkeys([desk.key()], seen[0]) if seen else {}
    handed = desk.submitter(why="更正")([desk.filed(pupils=41)], looked)
    assert [issue.code for issue in handed.refused] == ([code] if code else [])
    if code:
        assert handed.refused[0].saw == (
            f"{EAST_RETURN}已有新版（第 1 版，由赵六（虚构）于 2025-09-20 16:33 办理），"
            "您打开时还没有人报送"
        )


def test_two_returns_of_one_place_in_one_call(desk):
    """The second meets what the first has made of the filing: out of turn, and refused."""
    handed = desk.submitter()([desk.filed(pupils=40), desk.filed(pupils=41)])
    assert [one.number for one in handed.done] == [1]
    assert [issue.code for issue in handed.refused] == ["F-CONFLICT"]
    assert handed.refused[0].file == "2163990001_41.xlsx"
    assert (Revision.objects.count(), JournalLine.objects.count()) == (1, 1)


def test_the_same_return_twice_in_one_call_is_handed_in_once(desk):
    handed = desk.submitter()([desk.filed(pupils=40), desk.filed(pupils=40)])
    assert [one.unchanged for one in handed.done] == [False, True]
    assert handed.refused == []


def test_several_people_hand_in_together(desk):
    """Each return is its own person's; one period is one batch of cells."""
    pairs = [
        (desk.submitter(desk.clerk(place, name)), desk.filed(place, pupils))
        for place, name, pupils in (
            (desk.EAST, "甲（虚构）", 40),
            (desk.WEST, "乙（虚构）", 50),
        )
    ]
    handed = hand_in_all(pairs)
    assert [one.filed.place for one in handed.done] == [desk.EAST, desk.WEST]
    assert [row.by for row in Revision.objects.order_by("place")] == ["甲（虚构）", "乙（虚构）"]
    assert len({row.batch for row in Revision.objects.all()}) == 1


def test_the_cells_of_a_period_are_in_its_own_batch(desk):
    """Each revision names the batch that holds its own cells, and reads them back."""
    earlier = desk.filed(pupils=39, period="2024-2025")
    handed = desk.collector()([earlier, desk.filed(pupils=40), desk.filed(desk.WEST, 50)])
    assert [one.number for one in handed.done] == [1, 1, 1]
    batches = {(row.period, row.place): row.batch for row in Revision.objects.all()}
    later = {batches["2025-2026", place] for place in (desk.EAST, desk.WEST)}
    assert len(later) == 1
    assert batches["2024-2025", desk.EAST] not in later
    kept = [
        Kept(row.form, row.place, row.number, row.batch, row.period)
        for row in Revision.objects.all()
    ]
    read = {(one.period, one.place): one.tables for one in desk.cabinet.read_returns(kept)}
    assert read == {
        ("2024-2025", desk.EAST): earlier.tables,
        ("2025-2026", desk.EAST): desk.filed(pupils=40).tables,
        ("2025-2026", desk.WEST): desk.filed(desk.WEST, 50).tables,
    }


def test_nothing_handed_in_is_nothing_done(desk, everything):
    before = everything()
    handed = desk.submitter()([])
    assert (handed.done, handed.refused) == ([], [])
    assert everything() == before


def test_who_typed_it_in_may_correct_it_where_no_rule_forbids(desk):
    """The way asks nobody else for a correction; the same clerk who submitted hands it in."""
    desk.submit(40)
    accept(desk)
    assert desk.submit(41, why="更正").number == 2


def test_where_a_rule_forbids_it_the_correction_is_somebody_elses(desk, monkeypatch, everything):
    """A county's own rule: who submitted does not correct what stands."""
    ground = desk.ground
    rule = msgspec.structs.replace(
        ground.policy.four_eyes[0],
        rule="own",
        term="报送的人不更正",
        deeds=["returns.correct"],
        apart_from=["returns.submit"],
    )
    policy = msgspec.structs.replace(ground.policy, four_eyes=[*ground.policy.four_eyes, rule])
    shelf = replace(ground.shelf, policies={"own": policy})
    monkeypatch.setattr(type(desk), "ground", type(ground)(shelf, ground.register))
    desk.submit(40)
    accept(desk)
    before = everything()
    (issue,) = desk.submitter(why="更正")([desk.filed(pupils=41)]).refused
    assert issue.code == "F-EYES"
    assert everything() == before
    other = desk.submitter(desk.clerk(name="周九（虚构）"), "更正")
    object.__setattr__(other, "signed", Signatures("周九（虚构）", "吴十（虚构）"))
    assert other([desk.filed(pupils=41)]).refused == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pupils=st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_collecting_again_and_again_numbers_each_change(desk, pupils):
    """The number of a revision is how often the values have changed; the last ones count."""
    changes = 0
    with transaction.atomic():
        for at, n in enumerate(pupils):
            changed = at == 0 or n != pupils[at - 1]
            changes += changed
            (done,) = desk.collector()([desk.filed(pupils=n)]).done
            assert (done.number, done.unchanged) == (changes, not changed)
        assert Revision.objects.count() == JournalLine.objects.count() == changes
        assert desk.filing().accepted.content == content_digest(desk.filed(pupils=pupils[-1]))
        transaction.set_rollback(True)
