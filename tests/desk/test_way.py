"""The way of a return: what each step does, from each state, and that nothing is ever lost."""

from __future__ import annotations

import pytest
from django.apps import apps

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.pass_on import PassOn
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.models import Comment, Filing, JournalLine, Revision
from xianxue.desk.stores.cabinet import Kept
from xianxue.desk.workspace import ComplaintsError

REMARKS = [Remark("请核对", "students", "G1", "enrolled", "B4")]
DEEDS = {
    "review": Review,
    "pass_on": PassOn,
    "approve": Approve,
    "withdraw": Withdraw,
    "send_back": SendBack,
}

SHORT = {
    "draft": {"submit": "submitted", "collect": "accepted"},
    "submitted": {"withdraw": "withdrawn", "review": "in_review", "send_back": "returned"},
    "in_review": {"approve": "accepted", "send_back": "returned"},
    "returned": {"submit": "submitted", "collect": "accepted"},
    "accepted": {"submit": "submitted", "send_back": "returned", "collect": "accepted"},
    "withdrawn": {"submit": "submitted", "collect": "accepted"},
}
"""By hand: from a state, by a deed, to a state. A school's correction is submitted too."""
LONG = SHORT | {
    "submitted": {"withdraw": "withdrawn", "review": "central_review", "send_back": "returned"},
    "central_review": {"pass_on": "in_review", "send_back": "returned"},
}
WAYS = {"school_return": SHORT, "school_return_with_central_school": LONG}
DONE_BY_HAND = ["submit", "collect", *DEEDS]

CASES = [
    (card, state, deed, ways[state].get(deed))
    for card, ways in WAYS.items()
    for state in ways
    for deed in DONE_BY_HAND
]


def take(desk, name, place=None, why="有误"):
    """Do a deed as somebody who may."""
    place = place or desk.EAST
    actor = desk.office()
    if name == "withdraw":
        actor = desk.clerk(place)
    if name == "pass_on" or (name == "review" and desk.lifecycle.endswith("central_school")):
        actor = desk.central()
    more = {"remarks": REMARKS} if name == "send_back" else {}
    return desk.do(DEEDS[name], actor, why, **more)(desk.key(place))


def bring_to(desk, state):
    """Go a way by hand to a state; the last submission says 40."""
    long = desk.lifecycle.endswith("central_school")
    ways = {
        "draft": [],
        "submitted": ["submit"],
        "central_review": ["submit", "review"],
        "in_review": ["submit", "review", *(["pass_on"] if long else [])],
        "returned": ["submit", "send_back"],
        "accepted": ["submit", "review", *(["pass_on"] if long else []), "approve"],
        "withdrawn": ["submit", "withdraw"],
    }
    for name in ways[state]:
        if name == "submit":
            desk.submit(40)
        else:
            take(desk, name)


def everything():
    """All rows of all tables."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("desk").get_models()
    }


def do(desk, deed):
    """Do any deed; give the complaints, empty where it was done."""
    if deed == "submit":
        return desk.submitter(desk.clerk(), "更正")([desk.filed(pupils=41)]).refused
    if deed == "collect":
        return desk.collector()([desk.filed(pupils=41)]).refused
    try:
        take(desk, deed)
    except ComplaintsError as error:
        return error.issues
    return []


@pytest.mark.parametrize(("card", "state", "deed", "to"), CASES)
def test_each_step_from_each_state_is_taken_or_refused_with_one_reason(desk, card, state, deed, to):
    desk.lifecycle = card
    bring_to(desk, state)
    before = everything()

    issues = do(desk, deed)

    if to is not None:
        assert issues == []
        assert desk.filing().state == to
        assert len(everything()["JournalLine"]) == len(before["JournalLine"]) + 1
        return
    (issue,) = issues
    assert issue.code == "F-STEP"
    term = desk.ground.card(desk.EAST).state_term(state)
    assert f"现在是“{term}”" in issue.saw or "没有 pass_on 这一步" in issue.saw
    assert issue.required
    assert everything() == before


def test_the_cards_say_what_the_table_says(desk):
    """Every step of both cards is in the table; `submit` stands for both ways of submitting.

    Other subjects go ways of their own.
    """
    for name, ways in WAYS.items():
        desk.lifecycle = name
        card = desk.ground.own_card
        declared = {
            (state, "submit" if step.step == "correct" else step.step, step.to)
            for step in card.steps
            # Taking back an approval looks at more than the state, and reporting for another school
            # at a switch: they have tests of their own.
            if step.step not in {"take_back", "submit_for", "correct_for"}
            for state in step.origins
        }
        assert declared == {
            (s, deed, to) for s, deeds in ways.items() for deed, to in deeds.items()
        }
    every = desk.ground.shelf.lifecycles.values()
    cards = [card for card in every if card.subject == "returns"]
    states = {named.state for card in cards for named in card.states}
    assert {state for ways in WAYS.values() for state in ways} == states
    steps = {step.step for card in cards for step in card.steps}
    assert set(DONE_BY_HAND) | {"correct", "take_back", "submit_for", "correct_for"} == steps


def test_the_happy_way(desk):
    """Signed, taken up, sent back, filed again, approved: one line each, in order."""
    desk.submit(40)
    take(desk, "review")
    take(desk, "send_back")
    desk.submit(41)
    take(desk, "review")
    take(desk, "approve")
    filing = desk.filing()
    assert (filing.state, filing.current.number, filing.accepted.number) == ("accepted", 2, 2)
    assert filing.times_returned == 1
    assert filing.first_submitted_at < filing.submitted_at
    told = [
        (line.deed, line.detail["from"], line.detail["to"]) for line in JournalLine.objects.all()
    ]
    assert told == [
        ("returns.submit", "draft", "submitted"),
        ("returns.review", "submitted", "in_review"),
        ("returns.send_back", "in_review", "returned"),
        ("returns.submit", "returned", "submitted"),
        ("returns.review", "submitted", "in_review"),
        ("returns.approve", "in_review", "accepted"),
    ]
    first = JournalLine.objects.get(number=1)
    assert (first.detail["clerk"], first.detail["head"]) == (desk.CLERK, desk.HEAD)


def test_sending_back_wipes_nothing(desk):
    """The revision, its cells and its comment are there after the return is filed again."""
    desk.submit(40)
    take(desk, "send_back")
    desk.submit(41)
    first, second = Revision.objects.order_by("number")
    for revision, pupils in ((first, 40), (second, 41)):
        kept = Kept(revision.form, revision.place, revision.number, revision.batch)
        (back,) = desk.cabinet.read_returns([kept])
        assert back.tables == desk.filed(pupils=pupils).tables
    (comment,) = Comment.objects.all()
    assert (comment.revision, comment.sheet, comment.row, comment.field, comment.cell) == (
        1,
        "students",
        "G1",
        "enrolled",
        "B4",
    )


def test_sending_back_needs_a_comment(desk):
    """Nobody is sent back without being told why."""
    desk.submit(40)
    for remarks in ([], [Remark("  ")]):
        with pytest.raises(ComplaintsError) as refused:
            desk.do(SendBack, desk.office(), remarks=remarks)(desk.key())
        assert [issue.code for issue in refused.value.issues] == ["F-NEEDS"]
    assert desk.filing().times_returned == 0


def test_what_was_accepted_stays_accepted_while_a_correction_is_looked_at(desk):
    """A correction counts only when it is approved; sent back or withdrawn, it changes nothing."""
    bring_to(desk, "accepted")
    desk.submit(41, why="漏报一人")
    assert desk.filing().accepted.number == 1
    take(desk, "withdraw")
    assert desk.filing().accepted.number == 1
    desk.submit(42, why="漏报两人")
    take(desk, "send_back")
    assert (desk.filing().state, desk.filing().accepted.number) == ("returned", 1)
    desk.submit(43)
    take(desk, "review")
    take(desk, "approve")
    assert desk.filing().accepted.number == 4
    assert JournalLine.objects.last().detail["replaced"] == 1


def test_taking_an_approval_back_leaves_nothing_accepted(desk):
    """Sent back after all, the return is counted no more; the revision itself stays."""
    bring_to(desk, "accepted")
    take(desk, "send_back")
    assert desk.filing().accepted is None
    assert Revision.objects.count() == 1


def test_a_correction_and_taking_an_approval_back_need_a_reason(desk):
    bring_to(desk, "accepted")
    handed = desk.submitter()([desk.filed(pupils=41)])
    assert [issue.code for issue in handed.refused] == ["F-NEEDS"]
    with pytest.raises(ComplaintsError) as refused:
        take(desk, "send_back", why=" ")
    assert [issue.code for issue in refused.value.issues] == ["F-NEEDS"]


def test_submitting_twice_changes_nothing(desk):
    """What stands there already is told, not filed again, in every state on the way."""
    desk.submit(40)
    for deed in ("review", "approve", None):
        before = everything()
        again = desk.submit(40)
        assert (again.unchanged, again.number) == (True, 1)
        assert everything() == before
        if deed:
            take(desk, deed)


def test_what_was_sent_back_may_be_filed_again_unchanged(desk):
    """The school stands by its numbers: that is a new submission, signed anew."""
    desk.submit(40)
    take(desk, "send_back")
    again = desk.submit(40)
    assert (again.unchanged, again.number) == (False, 2)


def test_both_have_to_sign(desk):
    for head in ("", "  "):
        deed = desk.submitter()
        object.__setattr__(deed, "signed", replace(deed.signed, head=head))
        assert [issue.code for issue in deed([desk.filed()]).refused] == ["F-NEEDS"]
    assert not Filing.objects.exists()


def test_whoever_has_seen_an_older_revision_is_told_of_the_newer(desk):
    """Approving what one has not seen is refused."""
    desk.submit(40)
    take(desk, "send_back")
    desk.submit(41)
    with pytest.raises(ComplaintsError) as refused:
        desk.do(Review, desk.office())(desk.key(), seen=1)
    (issue,) = refused.value.issues
    assert issue.code == "F-CONFLICT"
    assert "第 2 版，由张三（虚构）于 2025-09-20 16:33 办理" in issue.saw
    assert "您看到的是第 1 版" in issue.saw


def test_a_place_without_a_township_has_no_central_school_to_go_through(long_desk):
    """The county's own school is reviewed by the bureau at once."""
    desk = long_desk
    desk.submit(40, desk.DIRECT)
    desk.do(Review, desk.office())(desk.key(desk.DIRECT))
    assert desk.filing(desk.DIRECT).state == "in_review"
    desk.submit(40, desk.EAST)
    with pytest.raises(ComplaintsError) as refused:
        desk.do(Review, desk.office())(desk.key(desk.EAST))
    assert refused.value.issues[0].required == "由中心校审核员办理"


WHO = [
    # deed, role, own place, may
    ("submit", "school_clerk", "EAST", True),
    ("submit", "school_clerk", "WEST", False),
    ("submit", "school_clerk", "", False),
    ("submit", "office_clerk", "", True),
    ("submit", "leader", "", False),
    ("submit", "central_school", "CENTRAL", False),
    ("review", "central_school", "CENTRAL", True),
    ("review", "central_school", "WEST", False),
    ("review", "central_school", "DIRECT", False),
    ("review", "central_school", "", False),
    ("review", "office_clerk", "", False),
    ("review", "school_clerk", "EAST", False),
    ("review", "governor", "", False),
    ("withdraw", "school_head", "EAST", True),
    ("withdraw", "school_head", "WEST", False),
    ("withdraw", "office_clerk", "", False),
    ("send_back", "central_school", "CENTRAL", True),
    ("send_back", "leader", "", True),
    ("send_back", "school_head", "EAST", False),
]


@pytest.mark.parametrize(("deed", "role", "own", "may"), WHO)
def test_who_may_do_what_to_the_school_in_the_east(long_desk, deed, role, own, may):
    desk = long_desk
    actor = Actor("某人（虚构）", role, getattr(desk, own) if own else "")
    if deed == "submit":
        issues = desk.submitter(actor)([desk.filed()]).refused
    else:
        desk.submit(40)
        more = {"remarks": REMARKS} if deed == "send_back" else {}
        try:
            desk.do(DEEDS[deed], actor, "有误", **more)(desk.key())
        except ComplaintsError as error:
            issues = error.issues
        else:
            issues = []
    assert (not issues) is may
    assert all(issue.code in {"F-ROLE", "F-SCOPE"} for issue in issues)


def test_the_central_schools_own_township_is_its_reach(long_desk):
    """A township's code does as well as the central school's own."""
    desk = long_desk
    desk.submit(40)
    desk.do(Review, Actor("王五（虚构）", "central_school", "639900101"))(desk.key())
    assert desk.filing().state == "central_review"


def test_nobody_is_no_actor(desk):
    handed = desk.submitter(Actor("  ", "school_clerk", desk.EAST))([desk.filed()])
    assert [issue.code for issue in handed.refused] == ["F-ACTOR"]
