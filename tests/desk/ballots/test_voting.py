"""A ballot from its opening to its count: each slip once, each part by somebody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from ballot_box import CADRE, ISSUER, PEOPLE, SCRUTINEER, SURVEY
from django.db import connection, connections

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ballots.close_ballot import CloseBallot
from xianxue.desk.actions.ballots.enter_papers import EnterPapers
from xianxue.desk.actions.ballots.issue_slips import BurnSlips, IssueSlips, Wanted
from xianxue.desk.actions.ballots.read_texts import ReadTexts
from xianxue.desk.actions.ballots.slip_codes import drawn
from xianxue.desk.actions.ballots.vote import Outcome
from xianxue.desk.ballots.results import handed_out, proofs
from xianxue.desk.ballots.texts import texts_of
from xianxue.desk.ballots.told import told
from xianxue.desk.models import KeptText, Tally, UnspentSlip
from xianxue.desk.workspace import ComplaintsError

COMPETENT = {name: {"grade": "competent"} for name in PEOPLE}
WORSE = {**COMPETENT, "d": {"grade": "incompetent"}}


def meeting(box, together: int = 2, staff: int = 7):
    """An appraisal of four by seven teachers, counted two slips at a time."""
    card = box.card(CADRE, together=together)
    poll = box.open(card, PEOPLE, entitled={"staff": staff})
    return poll, list(box.issue(poll, staff=staff)["staff"])


def test_a_ballot_comes_to_what_was_said(box):
    """13 of 14 vote, six of them say 丁 is 不称职; the last are counted when it is closed."""
    poll, codes = meeting(box, staff=14)
    urn = box.urn(poll)
    for at, code in enumerate(codes[:13]):
        urn.put(box.slip(code), WORSE if at < 6 else COMPETENT, box.at)
    assert urn.waiting == 3, "five batches of two were written, the others wait for their like"
    urn.flush()
    poll = box.count(box.close(poll))
    found = handed_out(poll.results)
    assert set(found) == {"ballot", "issued", "spent", "valid", "invalid", "results"}
    assert [found[one] for one in ("ballot", "issued", "spent", "valid", "invalid")] == [
        poll.key, 14, 13, 13, 0,
    ]  # fmt: skip
    assert {tuple(one) for one in found["results"]} == {
        ("question", "option", "group", "count", "hidden")
    }
    staff = {
        one["option"]: one["count"]
        for one in found["results"]
        if one["question"] == "grade/d" and one["group"] == "staff"
    }
    assert (staff["competent"], staff["incompetent"], staff["excellent"]) == (7, 6, 0)


def test_few_are_hidden_and_so_are_those_of_one_mind(box):
    """Three answers are too few; five that all say the same tell what each of them said."""
    poll, codes = meeting(box)
    urn = box.urn(poll)
    for code in codes[:5]:
        urn.put(box.slip(code), COMPETENT, box.at)
    urn.flush()
    poll = box.count(box.close(poll))
    assert {one["count"] for one in handed_out(poll.results)["results"]} == {None, 0}
    table = told(poll).results[0]
    assert {str(many) for _, counts in table.rows for many in counts} == {"多数", "None", "0"}


def test_a_slip_is_spent_once(box):
    """Handed in twice, and from two phones at the same time, it counts once."""
    poll = box.open(box.card(SURVEY))
    group = poll.content["groups"][0]["group"]
    code = box.issue(poll, **{group: 3})[group][0]
    urn = box.urn(poll)

    def hand_in(_):
        try:
            return urn.put(box.slip(code), {}, box.at)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(4) as phones:
        outcomes = list(phones.map(hand_in, range(8)))
    assert set(outcomes) <= {Outcome.COUNTED, Outcome.BEFORE}
    assert Outcome.COUNTED in outcomes
    assert UnspentSlip.objects.count() == 2
    papers = Tally.objects.filter(question="", option__in=("valid", "invalid")).values_list(
        "many", flat=True
    )
    assert sum(papers) == 1


def test_what_is_no_slip_or_comes_too_late_is_not_counted(box):
    """A guess, a slip given back for paper, one after the time, one after the closing."""
    poll, codes = meeting(box)
    urn = box.urn(poll)
    assert urn.put(box.slip(drawn()), COMPETENT, box.at) is Outcome.UNKNOWN
    box.do(BurnSlips, ISSUER)(poll, [codes[0]])
    assert urn.put(box.slip(codes[0]), COMPETENT, box.at) is Outcome.BURNT
    assert urn.put(box.slip(codes[1]), COMPETENT, box.at + timedelta(days=30)) is Outcome.SHUT
    urn.put(box.slip(codes[2]), COMPETENT, box.at)
    poll = box.close(poll)
    urn.flush()
    assert urn.put(box.slip(codes[2]), COMPETENT, box.at) is Outcome.SHUT
    for name in ("录一（虚构）", "录二（虚构）"):
        # The slip was given back for paper, and two people say that none came back.
        box.do(EnterPapers, Actor(name, "office_clerk"))(poll, {})
    found = box.count(poll).results
    assert (found["issued"], found["valid"]) == (7, 0)
    with pytest.raises(ComplaintsError, match="还在投票的才能办"):
        box.do(BurnSlips, ISSUER)(poll, [codes[0]])


def test_a_clock_that_was_set_back_or_forth_opens_and_closes_nothing(box):
    """Set forth, votes come too late and nothing is lost; set back, nothing is closed or opened."""
    poll, codes = meeting(box)
    urn, now = box.urn(poll), box.at
    assert urn.put(box.slip(codes[0]), COMPETENT, now + timedelta(days=400)) is Outcome.SHUT
    assert urn.put(box.slip(codes[0]), COMPETENT, now) is None, "the clock is right again"
    box.at = now - timedelta(days=2)
    with pytest.raises(ComplaintsError, match="校准"):
        box.close(poll)
    box.at = now
    poll = box.close(poll)
    late = box.urn(poll)
    assert late.put(box.slip(codes[1]), COMPETENT, now - timedelta(days=1)) is Outcome.SHUT


def test_the_parts_are_kept_apart(box):
    """Who opened issues none, who issued closes none, and the administrator does nothing at all."""
    poll = box.open(box.card(CADRE), PEOPLE)
    wanted = [Wanted("staff", 5)]
    for actor in (
        Actor(SCRUTINEER.name, "office_clerk"), SCRUTINEER, Actor("管理（虚构）", "administrator"),
    ):  # fmt: skip
        with pytest.raises(ComplaintsError):
            box.do(IssueSlips, actor)(poll, wanted)
    box.do(IssueSlips, ISSUER)(poll, wanted)
    for actor in (Actor(ISSUER.name, "leader"), ISSUER, Actor("管理（虚构）", "administrator")):
        with pytest.raises(ComplaintsError):
            box.do(CloseBallot, actor)(poll)
    with pytest.raises(ComplaintsError, match="封票以后"):
        box.count(poll)


def test_a_card_is_not_changed_while_its_ballot_is_open(box):
    """Slips and closing are refused until it is changed back, or somebody says why."""
    poll, _ = meeting(box)
    box.card(CADRE, together=2, smallest=1)
    with pytest.raises(ComplaintsError, match="改过"):
        box.issue(poll, staff=1)
    with pytest.raises(ComplaintsError, match="改过"):
        box.close(poll)
    assert box.close(poll, why="软件升级换了卡片").content["smallest"] == 5


def test_the_sums_are_proved_and_a_forged_counter_is_found(box):
    """Papers counted again say what the counters should be."""
    poll, codes = meeting(box)
    urn = box.urn(poll)
    for code in codes:
        urn.put(box.slip(code), COMPETENT, box.at)
    poll = box.close(poll)
    assert proofs(poll) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_tally SET many = many + 1 WHERE subject = 'a' AND option = '*'")
    assert [str(one) for one in proofs(poll)] == ["staff grade a *：计数 8，按票重新计 7"]


def test_texts_are_shown_when_somebody_has_taken_the_names_out(box):
    """Six write; all have to be read, each by itself, and only what the reader lets pass is shown."""
    poll = box.open(box.card(SURVEY))
    group = poll.content["groups"][0]["group"]
    urn = box.urn(poll)
    written = ["多办事", "某某科长拖着不办", "少开会", "多办事", "好", "再快一点"]
    for code, text in zip(box.issue(poll, **{group: 6})[group], written, strict=True):
        urn.put(box.slip(code), {"": {"advice": text}}, box.at)
    passed = {row.text: row.digest for row in KeptText.objects.filter(poll=poll)}
    with pytest.raises(ComplaintsError, match="计票以后"):
        box.do(ReadTexts, SCRUTINEER)(poll, {})
    poll = box.count(box.close(poll))
    assert [(one.written, one.unread, one.texts) for one in texts_of(poll)] == [(6, 6, ())]
    most = {passed[text]: text for text in ("多办事", "少开会", "好")}
    poll = box.do(ReadTexts, SCRUTINEER)(poll, most)
    assert texts_of(poll)[0].texts == ()
    with pytest.raises(ComplaintsError):
        box.do(ReadTexts, ISSUER)(poll, most)
    rest = {passed["某某科长拖着不办"]: "拖着不办", passed["再快一点"]: ""}
    poll = box.do(ReadTexts, SCRUTINEER)(poll, rest)
    assert texts_of(poll)[0].texts == tuple(
        sorted(["多办事", "多办事", "好", "少开会", "拖着不办"])
    )
    assert "科长" not in str(handed_out(poll.results))
