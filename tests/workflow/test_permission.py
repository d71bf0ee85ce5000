"""Who may do what: every role, deed and scope of the cards, and each refusal word by word."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_bureau import (
    COUNTY,
    DIRECT,
    EAST,
    EAST_CENTRAL,
    EAST_TOWN,
    PLACES,
    POLICY,
    REGISTER,
    WEST,
    WEST_TOWN,
    subject,
)
from national import national

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.policy import (
    SCOPES,
    Grant,
    Revoked,
    Tightening,
    lies_within,
    tightened,
    wider,
)
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.workflow.permission import Allowed, Authority
from xianxue.bureau.workflow.subject import Actor, Done, Subject, people

NATIONAL = national().shelf.policies["county_bureau"]
OWN = Cited(document="xianxue-own", seen=Seen.OWN)

REACHED = {
    # scope, the actor's own place → the places whose matters lie within it, by hand
    ("place", EAST): {EAST},
    ("place", ""): set(),
    ("place", COUNTY): {COUNTY},
    ("district", EAST_CENTRAL): {EAST, EAST_CENTRAL},
    ("district", EAST_TOWN): {EAST, EAST_CENTRAL},
    ("district", DIRECT): set(),
    ("district", ""): set(),
    ("township", EAST_TOWN): {EAST, EAST_CENTRAL, EAST_TOWN},
    ("township", EAST_CENTRAL): {EAST, EAST_CENTRAL, EAST_TOWN},
    ("township", WEST_TOWN): {WEST, WEST_TOWN},
    ("township", DIRECT): set(),
    ("township", "nowhere"): set(),
    ("office", "safety"): set(PLACES.values()),
    ("office", ""): set(),
    ("county", ""): set(PLACES.values()),
    ("county", WEST): set(PLACES.values()),
}


@pytest.mark.parametrize(("scope", "own"), REACHED)
def test_each_scope_reaches_what_is_counted_by_hand(authority, scope, own):
    """All five scopes, from inside and outside; a county school lies in nobody's township."""
    reached = {
        place
        for place in PLACES.values()
        if authority.reach.within(scope, Actor("某人（虚构）", "any", own), subject(place))
    }
    assert reached == REACHED[scope, own]


def test_an_office_reaches_only_what_it_answers_for(authority):
    """By the subject's id, and by its whole kind where the card names that."""
    office = Actor("某人（虚构）", "office", "safety")
    assert authority.reach.within("office", office, subject(name="hazards"))
    assert not authority.reach.within("office", office, subject(name="aid"))
    assert not authority.reach.within(
        "office", Actor("某人（虚构）", "office", "finance"), subject()
    )


EXCERPT = [
    # deed, role, own place, whose return it is, whether they may: by hand, from the national card
    ("returns.submit", "school_clerk", EAST, EAST, True),
    ("returns.submit", "school_clerk", EAST, WEST, False),
    ("returns.submit", "school_head", EAST, EAST, True),
    ("returns.submit", "central_school", EAST_CENTRAL, EAST, False),
    ("returns.submit", "office_clerk", "", EAST, True),
    ("returns.submit", "leader", "", EAST, False),
    ("returns.withdraw", "office_clerk", "", EAST, False),
    ("returns.review", "central_school", EAST_CENTRAL, EAST, True),
    ("returns.review", "central_school", EAST_CENTRAL, WEST, False),
    ("returns.review", "central_school", EAST_CENTRAL, DIRECT, False),
    ("returns.approve", "central_school", EAST_CENTRAL, EAST, False),
    ("returns.approve", "leader", "", DIRECT, True),
    ("returns.collect", "office_clerk", "", EAST, True),
    ("returns.release", "office_clerk", "", COUNTY, True),
    ("returns.release", "school_head", EAST, COUNTY, False),
    ("returns.grant_extension", "school_head", EAST, EAST, False),
    ("places.record", "leader", "", COUNTY, True),
    ("places.record", "school_clerk", EAST, EAST, False),
]


@pytest.mark.parametrize(("deed", "role", "own", "place", "may"), EXCERPT)
def test_an_excerpt_of_the_national_policy_by_hand(deed, role, own, place, may):
    found = Authority(NATIONAL, REGISTER).may(
        Actor("某人（虚构）", role, own), deed, Subject("returns", "f", place)
    )
    assert isinstance(found, Allowed) is may


@pytest.mark.parametrize("policy", [NATIONAL, POLICY], ids=lambda policy: policy.policy)
def test_every_role_deed_and_scope_of_a_card_is_as_its_table_says(policy):
    """For each role and deed, from each own place, to each place: granted and in reach, or not.

    The table is made from the grants and from what each scope reaches, counted by hand above.
    """
    authority = Authority(policy, REGISTER)
    asked = 0
    for role, deed in itertools.product(policy.roles, policy.deeds):
        granted = [
            one.scope for one in policy.grants if one.role == role.role and deed.deed in one.deeds
        ]
        for (scope, own), reached in REACHED.items():
            if granted and granted != [scope]:
                continue
            for place in PLACES.values():
                actor = Actor("某人（虚构）", role.role, own)
                found = authority.may(actor, deed.deed, Subject("ledgers", "hazards", place))
                assert isinstance(found, Allowed) is (bool(granted) and place in reached)
                asked += 1
    # Every role and deed was asked of at least once at every place.
    assert asked >= len(policy.roles) * len(policy.deeds) * len(PLACES)


@given(
    st.text(min_size=1),
    st.sampled_from([*[role.role for role in NATIONAL.roles], "governor", ""]),
    st.sampled_from(["returns.burn", "ledgers.close", "", "returns", *"ab"]),
    st.sampled_from([*PLACES.values(), "", "nowhere"]),
)
def test_what_is_not_granted_is_refused_with_a_reason(name, role, deed, own):
    """Default deny: no name, role or place does a deed that the card does not know."""
    found = Authority(NATIONAL, REGISTER).may(
        Actor(name, role, own), deed, Subject("returns", "f", own)
    )
    assert isinstance(found, Issue)
    assert found.saw
    assert found.required


@pytest.mark.parametrize(
    ("actor", "deed", "message"),
    [
        (
            Actor("  ", "county"),
            "ledgers.close",
            "没有写明谁来销号；要求：写明经办人姓名。",
        ),
        (
            Actor("甲（虚构）", "mayor"),
            "ledgers.close",
            (
                "“虚构权限”里没有角色“mayor”；要求：角色是 finder（排查员）、central（中心校安全员）、"
                "township（乡镇安全员）、office（安全股）、county（分管领导） 之一。"
            ),
        ),
        (
            Actor("甲（虚构）", "finder", EAST),
            "ledgers.close",
            (
                "排查员甲（虚构）不能办理东村小学的隐患的销号；要求：由中心校安全员、乡镇安全员、安全股、"
                "分管领导办理。"
            ),
        ),
        (
            Actor("甲（虚构）", "county"),
            "ledgers.burn",
            (
                "分管领导甲（虚构）不能办理东村小学的隐患的销毁；要求：现行权限没有规定谁可以销毁，"
                "请报告分管领导。"
            ),
        ),
        (
            Actor("甲（虚构）", "finder", WEST),
            "ledgers.mend",
            "排查员甲（虚构）的单位是西村小学，东村小学的隐患不在其办理范围；要求：排查员只办理本单位的事项。",
        ),
        (
            Actor("甲（虚构）", "central", DIRECT),
            "ledgers.close",
            (
                "中心校安全员甲（虚构）的单位是县一小，东村小学的隐患不在其办理范围；要求：中心校安全员只办理"
                "本学区各校的事项。"
            ),
        ),
        (
            Actor("甲（虚构）", "township"),
            "ledgers.close",
            (
                "乡镇安全员甲（虚构）的单位是（没有写明），东村小学的隐患不在其办理范围；要求：乡镇安全员只办理"
                "本乡镇各校的事项。请用 --of 写明自己单位的代码。"
            ),
        ),
        (
            Actor("甲（虚构）", "office", "finance"),
            "ledgers.close",
            "安全股甲（虚构）的单位是finance，东村小学的隐患不在其办理范围；要求：安全股只办理本股室的事项。",
        ),
    ],
)
def test_each_refusal_says_what_is_missing(authority, actor, deed, message):
    found = authority.may(actor, deed, subject())
    assert isinstance(found, Issue)
    assert found.message == message
    assert (found.place, found.form) == (EAST, "hazards")


FOUND = Done("ledgers.find", people("甲（虚构）"))
CLOSED = Done("ledgers.close", people("乙（虚构）"))
CLOSED_TOO = Done("ledgers.close", people("丙（虚构）"))


@pytest.mark.parametrize(
    ("name", "deed", "done", "may"),
    [
        # whoever found or mended it does not close it, whatever their role today
        ("甲（虚构）", "ledgers.close", [FOUND], False),
        (" 甲 （虚构）", "ledgers.close", [FOUND], False),
        ("甲(虚构)", "ledgers.close", [FOUND], False),
        ("乙（虚构）", "ledgers.close", [FOUND], True),
        ("甲（虚构）", "ledgers.close", [], True),
        # whoever closed all there was does not publish it alone; another who closed is enough
        ("乙（虚构）", "ledgers.publish", [CLOSED], False),
        ("乙（虚构）", "ledgers.publish", [CLOSED, CLOSED], False),
        ("乙（虚构）", "ledgers.publish", [CLOSED, CLOSED_TOO], True),
        ("丙（虚构）", "ledgers.publish", [CLOSED], True),
        ("乙（虚构）", "ledgers.publish", [], True),
        # what another rule asks for is no matter here
        ("甲（虚构）", "ledgers.publish", [FOUND, CLOSED], True),
    ],
)
def test_four_eyes(authority, name, deed, done, may):
    found = authority.may(Actor(name, "county"), deed, subject(), done=done)
    assert isinstance(found, Allowed) is may


def test_two_who_signed_together_are_two_and_one_of_them_is_still_one():
    """A deed two people had part in was not done by one alone."""
    authority = Authority(POLICY, REGISTER)
    together = Done("ledgers.close", people("乙（虚构）", "丙（虚构）"))
    for name in ("乙（虚构）", "丙（虚构）"):
        found = authority.may(Actor(name, "county"), "ledgers.publish", subject(), done=[together])
        assert isinstance(found, Allowed)


@pytest.mark.parametrize(
    ("role", "deed", "done", "override", "message"),
    [
        (
            "county",
            "ledgers.close",
            [FOUND],
            None,
            (
                "东村小学的隐患的登记隐患已有甲（虚构）经办或签名，不能再由同一人销号；要求：整改的人不销号，"
                "由另一人销号。请换一人办理；确实没有别人的，写明理由例外办理（--override '理由'）。"
            ),
        ),
        (
            "county",
            "ledgers.close",
            [FOUND],
            "  ",
            (
                "东村小学的隐患的登记隐患已有甲（虚构）经办或签名，不能再由同一人销号；例外办理没有写理由；要求："
                "整改的人不销号，由另一人销号。写上理由再办（--override '理由'）。"
            ),
        ),
        (
            "office",
            "ledgers.close",
            [FOUND],
            "人手不足",
            (
                "东村小学的隐患的登记隐患已有甲（虚构）经办或签名，不能再由同一人销号；要求：整改的人不销号，"
                "由另一人销号。请换一人办理；确实没有别人的，由分管领导写明理由例外办理。"
            ),
        ),
        (
            "county",
            "ledgers.publish",
            [Done("ledgers.close", people("甲（虚构）"))],
            "人手不足",
            (
                "东村小学的隐患的销号已有甲（虚构）经办或签名，不能再由同一人通报；要求：销号的人不独自通报，"
                "由另一人通报。请换一人办理；这一条不能例外。"
            ),
        ),
    ],
)
def test_each_refusal_of_four_eyes_says_the_way_out(  # noqa: PLR0913, PLR0917 - a case has so many parts
    authority, role, deed, done, override, message
):
    actor = Actor("甲（虚构）", role, "safety" if role == "office" else "")
    found = authority.may(actor, deed, subject(), done=done, override=override)
    assert isinstance(found, Issue)
    assert (found.code, found.message) == ("F-EYES", message)


def test_an_override_with_a_reason_is_allowed_and_remembered(authority):
    actor = Actor("甲（虚构）", "county")
    found = authority.may(
        actor, "ledgers.close", subject(), done=[FOUND], override=" 只有一人值班 "
    )
    assert isinstance(found, Allowed)
    assert [rule.rule for rule in found.overridden] == ["mender_closes_not"]
    assert found.reason == "只有一人值班"


def test_an_override_that_nothing_asks_for_is_none(authority):
    """A reason given in case it is needed sets no rule aside, so no release has to show it."""
    found = authority.may(
        Actor("乙（虚构）", "county"), "ledgers.close", subject(), done=[FOUND], override="以防万一"
    )
    assert isinstance(found, Allowed)
    assert (found.overridden, found.reason) == ((), "")


ROLES = st.sampled_from([role.role for role in NATIONAL.roles])
DEEDS = st.lists(st.sampled_from([one.deed for one in NATIONAL.deeds]), max_size=6)


@given(
    st.lists(st.builds(Revoked, role=ROLES, deeds=DEEDS), max_size=3),
    st.lists(st.builds(Grant, role=ROLES, scope=st.sampled_from(SCOPES), deeds=DEEDS), max_size=3),
    st.lists(st.sampled_from([rule.rule for rule in NATIONAL.four_eyes]), max_size=2),
)
def test_no_tightening_ever_gives_anything(revoke, narrow, no_override):
    """Whatever a card takes or narrows, wrongly or not, nobody may do more than before."""
    card = Tightening(
        tightening="any",
        term="任意",
        policy="county_bureau",
        revoke=revoke,
        narrow=narrow,
        no_override=no_override,
        source=OWN,
    )
    after = tightened(NATIONAL, card)
    assert wider(after, NATIONAL) == []
    for rule in after.four_eyes:
        before = next(one for one in NATIONAL.four_eyes if one.rule == rule.rule)
        assert set(rule.override) <= set(before.override)
    for one in revoke:
        for deed in one.deeds:
            assert after.scopes(one.role, deed) == []


def test_a_narrowed_deed_reaches_less_far_and_the_others_as_far_as_before():
    card = Tightening(
        tightening="own",
        term="只办本单位",
        policy="county_bureau",
        narrow=[Grant(role="office_clerk", scope="place", deeds=["returns.submit"])],
        source=OWN,
    )
    after = tightened(NATIONAL, card)
    assert after.scopes("office_clerk", "returns.submit") == ["place"]
    assert after.scopes("office_clerk", "returns.correct") == ["county"]


def test_how_scopes_lie_in_each_other():
    """By hand: who reaches further than whom; an office's matters lie in no circle of places."""
    told = {(one, other) for one in SCOPES for other in SCOPES if lies_within(one, other)}
    assert told == {
        ("place", "place"),
        ("place", "district"),
        ("place", "township"),
        ("place", "county"),
        ("district", "district"),
        ("district", "township"),
        ("district", "county"),
        ("township", "township"),
        ("township", "county"),
        ("inspection_district", "inspection_district"),
        ("inspection_district", "county"),
        ("office", "office"),
        ("office", "county"),
        ("county", "county"),
    }


@pytest.mark.parametrize("own", ["", EAST, EAST_TOWN, WEST, DIRECT, "nowhere"])
@pytest.mark.parametrize("role", [each.role for each in NATIONAL.roles])
def test_all_places_reached_are_those_of_which_may_says_so(role, own):
    """Asked of all places at once as of each by itself, with and without a token's limits."""
    authority = Authority(NATIONAL, REGISTER)
    for deed, only in itertools.product(
        [each.deed for each in NATIONAL.deeds], [None, frozenset({"returns.view"})]
    ):
        actor = Actor("某人（虚构）", role, own, only=only)
        one_by_one = {
            place.code
            for place in REGISTER
            if isinstance(authority.may(actor, deed, subject(place.code)), Allowed)
        }
        assert authority.reached(actor, deed) == one_by_one, deed
