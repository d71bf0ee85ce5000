"""Lifecycles as the cards declare them."""

from __future__ import annotations

import pytest
from national import national

CARDS = national().shelf.lifecycles
SHORT, LONG = CARDS["school_return"], CARDS["school_return_with_central_school"]


@pytest.mark.parametrize(
    ("card", "state", "to", "step"),
    [
        (SHORT, "submitted", ["accepted"], "withdraw"),
        (SHORT, "in_review", ["accepted"], "approve"),
        (SHORT, "in_review", ["submitted"], "send_back"),
        (SHORT, "draft", ["in_review"], "submit"),
        (LONG, "submitted", ["in_review"], "review"),
        (LONG, "central_review", ["draft"], None),
    ],
)
def test_the_first_step_of_a_shortest_way(card, state, to, step):
    """To accept what was submitted: withdraw and collect is as short as review and approve."""
    found = card.toward(state, to)
    assert (found.step if found else None) == step


def test_the_words_are_the_officials_own():
    assert [
        SHORT.state_term(state) for state in ("draft", "submitted", "in_review", "returned")
    ] == [
        "草稿",
        "已报送",
        "审核中",
        "退回",
    ]
    assert LONG.state_term("central_review") == "中心校审核"
    assert (
        national().shelf.policies["county_bureau"].terms(["office_clerk", "leader", "nobody"])
        == "股室业务员、分管领导"
    )


def test_submitting_is_signed_and_sending_back_is_commented():
    for card in CARDS.values():
        assert all("signatures" in step.needs for step in card.named("submit"))
        assert all("comment" in step.needs for step in card.named("send_back"))
        assert all(step.to == "returned" for step in card.named("send_back"))


def test_places_without_a_township_fall_back_on_the_shorter_way():
    assert LONG.without_township == SHORT.lifecycle
    assert SHORT.without_township == ""
