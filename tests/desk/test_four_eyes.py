"""Four eyes at the desk: who signed, who reviewed, and every override with its reason."""

from __future__ import annotations

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Signatures
from xianxue.desk.actions.many import take_all
from xianxue.desk.actions.pass_on import PassOn
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.submit import Submit
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalLine
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.stores.cabinet import Kept
from xianxue.desk.workspace import ComplaintsError

SECOND = "钱七（虚构）"


def refused(deed, key):
    """The one complaint about a deed."""
    with pytest.raises(ComplaintsError) as error:
        deed(key)
    (issue,) = error.value.issues
    return issue


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("张三（虚构）", "office_clerk"),
        ("李四（虚构）", "office_clerk"),
        ("李四（虚构）", "leader"),
        (" 李 四 （虚构）", "leader"),
    ],
)
def test_who_signed_does_not_review_in_any_role(desk, name, role):
    """Clerk and head signed; the same name is the same person, whatever they are today."""
    desk.submit(40)
    issue = refused(desk.do(Review, Actor(name, role)), desk.key())
    assert issue.code == "F-EYES"
    assert issue.saw.startswith("东村小学《学校年度报表》（2025—2026学年）的报送已有")
    assert desk.filing().state == "submitted"
    assert JournalLine.objects.count() == 1


def test_who_typed_it_in_for_the_school_does_not_review_it(desk):
    """The office hands in what clerk and head have signed on paper: somebody else reviews it."""
    signed = Signatures(desk.CLERK, desk.HEAD)
    deed = desk.do(Submit, desk.office(), cabinet=desk.cabinet, signed=signed)
    assert deed([desk.filed()]).refused == []
    assert refused(desk.do(Review, desk.office()), desk.key()).code == "F-EYES"
    desk.do(Review, Actor(SECOND, "office_clerk"))(desk.key())
    assert refused(desk.do(Approve, desk.office()), desk.key()).code == "F-EYES"
    desk.do(Approve, Actor(SECOND, "office_clerk"))(desk.key())
    assert desk.filing().state == "accepted"


def test_who_signed_does_not_pass_on(long_desk):
    """The head of the central school signs for a school and may not be its reviewer as well."""
    desk = long_desk
    desk.submit(40)
    head = Actor(desk.HEAD, "central_school", desk.CENTRAL)
    assert refused(desk.do(Review, head), desk.key()).code == "F-EYES"
    desk.do(Review, desk.central())(desk.key())
    assert refused(desk.do(PassOn, head), desk.key()).code == "F-EYES"


def test_who_signed_an_earlier_revision_has_no_part_in_this_one(desk):
    """Only what stands now is looked at: somebody who moved to the bureau reviews the new one."""
    moved = Actor("孙八（虚构）", "school_clerk", desk.EAST)
    assert desk.submitter(moved)([desk.filed(pupils=40)]).refused == []
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(41)
    desk.do(Review, Actor(moved.name, "office_clerk"))(desk.key())
    assert desk.filing().state == "in_review"


def test_who_signed_a_correction_does_not_review_it(desk):
    """A correction is apart from its review as a first submission is, and is called what it is."""
    desk.submit(40)
    desk.do(Review, desk.office())(desk.key())
    desk.do(Approve, desk.office())(desk.key())
    desk.submit(41, why="漏报一人")
    issue = refused(desk.do(Review, Actor(desk.CLERK, "office_clerk")), desk.key())
    assert "的报送更正已有张三（虚构）经办或签名" in issue.saw


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_override_without_a_reason_is_refused(desk, reason):
    desk.submit(40)
    issue = refused(desk.do(Review, Actor(desk.HEAD, "leader"), override=reason), desk.key())
    assert issue.message == (
        "东村小学《学校年度报表》（2025—2026学年）的报送已有李四（虚构）经办或签名，不能再由同一人受理审核；"
        "例外办理没有写理由；要求：填报、签名的人不审核，由另一人受理审核。写上理由再办（--override '理由'）。"
    )
    assert desk.filing().state == "submitted"


def test_an_override_stands_in_the_journal_line_and_in_what_a_release_lists(desk):
    desk.submit(40)
    desk.do(Review, Actor(desk.HEAD, "leader"), override="全局只有一人值班")(desk.key())
    line = JournalLine.objects.last()
    assert line.detail["override"] == {
        "rules": ["signer_reviews_not"],
        "reason": "全局只有一人值班",
    }
    desk.do(Approve, desk.office())(desk.key())
    kept = Kept(desk.FORM, desk.EAST, 1, "")
    (found,) = overrides_of(desk.ground, [kept], desk.PERIOD)
    assert (found.place, found.rule, found.term, found.reason) == (
        desk.EAST,
        "signer_reviews_not",
        "填报、签名的人不审核",
        "全局只有一人值班",
    )


@pytest.mark.parametrize(
    ("why", "reason"),
    [("", "学校没有自己报送，由教育局代收"), ("学校停电", "学校停电")],
)
def test_collecting_is_an_override_with_its_own_or_a_default_reason(desk, why, reason):
    """代收: one deed for three people's; the journal says so, and so does what a release lists."""
    assert desk.collector(why=why)([desk.filed()]).refused == []
    line = JournalLine.objects.last()
    assert (line.deed, line.why) == ("returns.accept", why)
    assert line.detail["override"] == {"rules": ["returns.collect"], "reason": reason}
    (found,) = overrides_of(desk.ground, [Kept(desk.FORM, desk.EAST, 1, "")], desk.PERIOD)
    assert (found.term, found.reason) == ("代收", reason)


def test_one_who_may_not_is_told_and_the_others_go_on(desk):
    """Many at once: the return that the reviewer has signed is left, the others are taken."""
    desk.submit(40, desk.EAST)
    other = Actor("周九（虚构）", "school_clerk", desk.WEST)
    deed = desk.do(
        Submit, other, cabinet=desk.cabinet, signed=Signatures(other.name, "吴十（虚构）")
    )
    assert deed([desk.filed(desk.WEST)]).refused == []
    review = desk.do(Review, Actor(desk.HEAD, "leader"))
    taken, issues = take_all([(desk.key(place), review) for place in (desk.EAST, desk.WEST)])
    assert [key.place for key, _ in taken] == [desk.WEST]
    assert [(issue.code, issue.place) for issue in issues] == [("F-EYES", desk.EAST)]
    assert (desk.filing(desk.EAST).state, desk.filing(desk.WEST).state) == (
        "submitted",
        "in_review",
    )
    assert take_all([]) == ([], [])


@pytest.mark.parametrize(
    ("why", "reason"),
    [("", "学校没有自己报送，由教育局代收"), ("首次收取", "首次收取")],
)
def test_what_was_collected_before_overrides_were_kept_is_named_all_the_same(desk, why, reason):
    """A store of the version before has no override in its lines: the deed itself says it."""
    with writing():
        write_down(
            Deed(
                at=desk.tick(),
                actor="赵六（虚构）",
                name="returns.accept",
                subject=desk.key().subject,
                detail={"revision": 1, "from": "draft", "to": "accepted"},
                why=why,
            )
        )
    (found,) = overrides_of(desk.ground, [Kept(desk.FORM, desk.EAST, 1, "")], desk.PERIOD)
    assert (found.rule, found.term, found.reason) == ("returns.collect", "代收", reason)
