"""Who is known again, for how long, and in which of their parts (虚构)."""

from __future__ import annotations

import msgspec
import pytest

from xianxue.bureau.kinds.policy import Grant, Office
from xianxue.bureau.workflow.permission import Allowed, Authority
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.accounts.people import actor_of, one_person
from xianxue.desk.accounts.records import Present
from xianxue.desk.accounts.sessions import (
    choose_post,
    end_session,
    remember,
    session_of,
    sessions_of,
)
from xianxue.desk.models import Session


@pytest.fixture
def signed(bureau):
    """Somebody who has just signed in."""
    bureau.account("li", ("school_clerk", bureau.EAST), ("school_head", bureau.EAST))
    return bureau.sign_in("li").key


def known(bureau, key):
    return isinstance(session_of(bureau.gate, key, bureau.at), Present)


def test_a_session_that_rests_for_half_an_hour_is_over(bureau, signed):
    bureau.pass_time(minutes=29, seconds=59)
    assert known(bureau, signed)
    bureau.pass_time(minutes=30)
    assert not known(bureau, signed)
    assert "30 分钟" in session_of(bureau.gate, signed, bureau.at).message


def test_a_session_that_never_rests_is_over_after_twelve_hours(bureau, signed):
    for _ in range(12 * 4 - 1):
        bureau.pass_time(minutes=15)
        assert known(bureau, signed)
    bureau.pass_time(minutes=15)
    assert "12 小时" in session_of(bureau.gate, signed, bureau.at).message


def test_signing_out_ends_it(bureau, signed):
    end_session(signed, bureau.at)
    assert not known(bureau, signed)
    assert [one.over for one in sessions_of(bureau.gate, None, bureau.at)] == [True]


def test_the_store_has_no_key(signed):
    assert signed not in repr(Session.objects.values().get())


@pytest.mark.parametrize("key", ["", "x", "None"])
def test_any_other_key_opens_nothing(bureau, signed, key):
    assert session_of(bureau.gate, key, bureau.at).code == "A-SESSION"


def test_one_of_several_parts_is_chosen_and_kept(bureau, signed):
    parts = {post.role: post.id for post in one_person("li").posts}
    assert session_of(bureau.gate, signed, bureau.at).post is None
    assert choose_post(bureau.gate, signed, parts["school_head"], bureau.at).post is not None
    assert session_of(bureau.gate, signed, bureau.at).post.role == "school_head"


def test_who_sits_in_two_offices_does_the_work_of_the_one_they_have_chosen(bureau):
    forms = {"plan": "school_annual", "safety": "county_annual"}
    policy = msgspec.structs.replace(
        bureau.ground.policy,
        offices=[
            Office(office=name, term=name, answers_for=[form]) for name, form in forms.items()
        ],
        grants=[Grant(role="office_clerk", scope="office", deeds=["returns.review"])],
    )
    authority = Authority(policy, bureau.ground.register)
    bureau.account("zhao", *(("office_clerk", office) for office in forms))
    key = bureau.sign_in("zhao").key
    assert session_of(bureau.gate, key, bureau.at).post is None
    for office, form in forms.items():
        (part,) = (post.id for post in one_person("zhao").posts if post.place == office)
        present = choose_post(bureau.gate, key, part, bureau.at)
        actor = actor_of(present.person, present.post, "10.0.0.1")
        may = {
            each
            for each in forms.values()
            if isinstance(
                authority.may(actor, "returns.review", Subject("returns", each, bureau.EAST)),
                Allowed,
            )
        }
        assert may == {form}


def test_nobody_chooses_anothers_part(bureau, signed):
    bureau.account("zhou", ("leader", ""))
    other = one_person("zhou").posts[0].id
    assert choose_post(bureau.gate, signed, other, bureau.at).code == "A-POSTS"


def test_what_pages_remember_lasts_as_long_as_the_session(bureau, signed):
    session = session_of(bureau.gate, signed, bureau.at).session
    remember(session, folded=True, place=bureau.EAST)
    remember(session, folded=None)
    assert session_of(bureau.gate, signed, bureau.at).data == {"place": bureau.EAST}


def test_it_is_noted_when_somebody_was_seen_but_not_at_every_page(bureau, signed):
    seen = []
    for _ in range(3):
        bureau.pass_time(seconds=40)
        session_of(bureau.gate, signed, bureau.at)
        seen.append(Session.objects.get().seen_at)
    first, second, third = seen
    assert (first, second == third) == (bureau.START, True)
    assert second > first
