"""A state and an attempt make a new state or a complaint; a history makes the present."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from invented_bureau import DIRECT, EAST, EAST_CENTRAL, HAZARD, POLICY, REGISTER, subject
from national import national

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.policy import with_all_switches
from xianxue.bureau.workflow.permission import Authority
from xianxue.bureau.workflow.subject import Actor, Attempt, Done, people
from xianxue.bureau.workflow.transition import Moved, Position, Taken, advance, replay

SHELF = national().shelf
# What a county may turn on is turned on: each step has somebody who may take it.
NATIONAL = with_all_switches(SHELF.policies["county_bureau"])
CARDS = {**{name: (card, NATIONAL) for name, card in SHELF.lifecycles.items()}}
CARDS["hazard"] = (HAZARD, POLICY)
EVERYTHING = frozenset({"comment", "reason", "signatures", "evidence"})


def attempt(step: str, role: str, own: str = "", *, name: str = "甲（虚构）") -> Attempt:
    """Somebody wants to take a step and brings everything that a step can ask for."""
    return Attempt(step, Actor(name, role, own), EVERYTHING, second="乙（虚构）")


def tried(card: Lifecycle, policy, state: str, one: Attempt, done=()) -> Taken | Issue:
    """What comes of an attempt on the school in the east."""
    where = Position(state, done)
    of = subject(kind=card.subject, name="hazards" if card is HAZARD else "school_annual")
    return advance(card, Authority(policy, REGISTER), of, where, one)


WHO = {"place": EAST, "district": EAST_CENTRAL, "township": EAST_CENTRAL, "office": "safety"}


def somebody(card: Lifecycle, policy, step: str, role: str) -> Attempt:
    """Somebody of a role who reaches the school in the east."""
    acts = {one.step: one.act or one.step for one in card.steps}
    scopes = policy.scopes(role, f"{card.subject}.{acts[step]}")
    return attempt(step, role, WHO.get(scopes[0], "") if scopes else "", name=f"{role}（虚构）")


@pytest.mark.parametrize("name", CARDS)
def test_each_step_leaves_each_of_its_states_and_no_other(name):
    """For every card, state and step: the state that the card writes, or one complaint."""
    card, policy = CARDS[name]
    for named, step in itertools.product(card.states, card.steps):
        for role in step.roles:
            found = tried(card, policy, named.state, somebody(card, policy, step.step, role))
            written = card.step(step.step, named.state)
            if written is not None and role in written.roles:
                assert isinstance(found, Taken), (named.state, step.step, role)
                assert found.step.to == written.to
            else:
                assert isinstance(found, Issue)
                assert found.code in {"F-STEP", "F-ROLE"}


class Walk(RuleBasedStateMachine):
    """Anybody tries anything; what was taken, replayed, is where the subject stands."""

    card: Lifecycle
    policy = NATIONAL

    def __init__(self) -> None:
        super().__init__()
        self.state = self.card.start
        self.history: list[Moved] = []

    def move(self, step: str, role: str, own: str, carried: frozenset) -> None:
        who = Actor(f"{role}（虚构）", role, own)
        found = tried(self.card, self.policy, self.state, Attempt(step, who, carried, "乙（虚构）"))
        if isinstance(found, Taken):
            assert self.state in found.step.origins
            assert set(found.step.needs) - {"second_person"} <= carried
            assert role in found.step.roles
            self.history.append(Moved(step, self.state, found.step.to))
            self.state = found.step.to
        else:
            assert found.saw
            assert found.required

    @rule(data=st.data())
    def try_anything(self, data) -> None:
        """A step, a role and a place at random: mostly refused."""
        steps = [step.step for step in self.card.steps] + ["burn"]
        roles = [role.role for role in self.policy.roles] + ["mayor"]
        self.move(
            data.draw(st.sampled_from(steps)),
            data.draw(st.sampled_from(roles)),
            data.draw(st.sampled_from([EAST, EAST_CENTRAL, DIRECT, "safety", ""])),
            data.draw(st.frozensets(st.sampled_from(sorted(EVERYTHING)))),
        )

    @precondition(lambda self: any(self.state in step.origins for step in self.card.steps))
    @rule(data=st.data())
    def go_on(self, data) -> None:
        """A step that leads on, by somebody whose turn it is."""
        ahead = [step for step in self.card.steps if self.state in step.origins]
        step = data.draw(st.sampled_from(ahead))
        role = data.draw(st.sampled_from(step.roles))
        able = somebody(self.card, self.policy, step.step, role)
        before = len(self.history)
        self.move(step.step, role, able.actor.place, EVERYTHING)
        assert len(self.history) == before + 1

    @invariant()
    def the_history_replayed_gives_the_present(self) -> None:
        assert replay(self.card, self.history) == self.state

    @invariant()
    def the_state_is_one_that_the_card_reaches_and_leaves(self) -> None:
        assert self.state in self.card.reached()
        ends = sorted(self.card.marked("end"))
        assert self.state in ends or self.card.toward(self.state, ends) is not None


class ShortWalk(Walk):
    card = SHELF.lifecycles["school_return"]


class LongWalk(Walk):
    card = SHELF.lifecycles["school_return_with_central_school"]


class AppraisalWalk(Walk):
    card = SHELF.lifecycles["appraisal"]


class HazardWalk(Walk):
    card, policy = HAZARD, POLICY


TestShortWalk, TestLongWalk = ShortWalk.TestCase, LongWalk.TestCase
TestAppraisalWalk = AppraisalWalk.TestCase
TestHazardWalk = HazardWalk.TestCase


def test_every_card_of_the_catalogue_has_its_walk():
    walked = {one.card.lifecycle for one in (ShortWalk, LongWalk, AppraisalWalk)}
    assert walked == set(SHELF.lifecycles)


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([Moved("mend", "unknown", "mended")], "step 1: mend does not lead from unknown to mended"),
        (
            [Moved("find", "unknown", "open"), Moved("close", "mended", "closed")],
            "step 2: close does not lead from open to closed",
        ),
        ([Moved("find", "unknown", "closed")], "step 1: find does not lead from unknown to closed"),
        ([Moved("burn", "unknown", "open")], "step 1: burn does not lead from unknown to open"),
    ],
)
def test_a_history_that_cannot_have_been_is_refused(history, said):
    with pytest.raises(ValueError, match=said):
        replay(HAZARD, history)


def test_a_history_by_hand():
    assert replay(HAZARD, []) == "unknown"
    found = [Moved("find", "unknown", "open")]
    assert replay(HAZARD, found) == "open"
    assert replay(HAZARD, [*found, Moved("close", "open", "closed")]) == "closed"
    mended = [*found, Moved("mend", "open", "mended"), Moved("close", "mended", "closed")]
    assert replay(HAZARD, mended) == "closed"


FINDER = Actor("甲（虚构）", "finder", EAST)


@pytest.mark.parametrize(
    ("state", "one", "message"),
    [
        (
            "unknown",
            Attempt("find", FINDER),
            "登记隐患东村小学的隐患：没有附凭据；要求：至少一件凭据。附上凭据再办。",
        ),
        (
            "open",
            Attempt("mend", FINDER, frozenset({"evidence"})),
            (
                "整改东村小学的隐患：没有写明问题；要求：至少一条批注，写明哪一格、什么问题。"
                "写上批注再办（--comment '学生!C4=请核对'）。"
            ),
        ),
        (
            "open",
            Attempt("close", Actor("丁（虚构）", "county")),
            "免予整改东村小学的隐患：没有写理由；要求：写明理由。写上理由再办（--why '理由'）。",
        ),
        (
            "mended",
            Attempt("close", Actor("丁（虚构）", "county")),
            "销号东村小学的隐患：没有写明同办的第二人，或与经办人是同一人；要求：两人同办。写上第二人的姓名再办。",
        ),
        (
            "mended",
            Attempt("close", Actor("丁（虚构）", "county"), second=" 丁 （虚构）"),
            "销号东村小学的隐患：没有写明同办的第二人，或与经办人是同一人；要求：两人同办。写上第二人的姓名再办。",
        ),
        (
            "closed",
            Attempt("mend", FINDER, EVERYTHING),
            "东村小学的隐患现在是“已销号”，不能整改；要求：“待整改”时才能整改。",
        ),
        (
            "unknown",
            Attempt("mend", FINDER, EVERYTHING),
            "东村小学的隐患现在是“未登记”，不能整改；要求：“待整改”时才能整改。可先由排查员登记隐患。",
        ),
        (
            "open",
            Attempt("burn", FINDER),
            (
                "“隐患办理”里没有 burn 这一步；要求：东村小学的隐患的步骤："
                "find（登记隐患）、mend（整改）、close（免予整改）。"
            ),
        ),
    ],
)
def test_each_complaint_about_a_step_word_by_word(state, one, message):
    found = tried(HAZARD, POLICY, state, one)
    assert isinstance(found, Issue)
    assert found.message == message


def test_signatures_are_asked_for_word_by_word():
    """Of a return: both have to sign."""
    clerk = Actor("甲（虚构）", "school_clerk", EAST)
    found = tried(ShortWalk.card, NATIONAL, "draft", Attempt("submit", clerk))
    assert isinstance(found, Issue)
    assert found.message == (
        "报送东村小学的隐患：缺填报人或校长的签名；要求：填报人和校长都签名。"
        "补上签名再办（--clerk 填报人 --head 校长，两个都要写）。"
    )


def test_a_second_person_who_is_another_is_taken():
    county = Actor("丁（虚构）", "county")
    found = tried(HAZARD, POLICY, "mended", Attempt("close", county, second="乙（虚构）"))
    assert isinstance(found, Taken)


def test_a_step_asks_for_other_eyes_before_it_asks_for_what_comes_with_it():
    """Whoever mended it hears that somebody else closes it, not that a paper is missing."""
    mended = Done("ledgers.mend", people("丁（虚构）"))
    county = Actor("丁（虚构）", "county")
    found = tried(HAZARD, POLICY, "mended", Attempt("close", county), [mended])
    assert isinstance(found, Issue)
    assert found.code == "F-EYES"


def test_a_stranger_hears_so_whatever_the_state():
    """Nobody learns where a subject stands by trying a step that is not theirs."""
    for named in HAZARD.states:
        one = Attempt("mend", Actor("某人（虚构）", "county"), EVERYTHING)
        found = tried(HAZARD, POLICY, named.state, one)
        assert isinstance(found, Issue)
        assert (found.code, named.term in found.message) == ("F-ROLE", False)
