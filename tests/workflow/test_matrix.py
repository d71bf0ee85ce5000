"""The county's table of rights: what each role is for, and what it is never for."""

from __future__ import annotations

import re

import pytest
from invented_bureau import EAST, REGISTER
from national import national

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.workflow.matrix import matrix
from xianxue.bureau.workflow.permission import Allowed, Authority
from xianxue.bureau.workflow.subject import Actor, Subject

CARD = national().shelf.policies["county_bureau"]
LOOKING = re.compile(r".*\.view|audit\.use|(ballots|appraisal)\.results")
"""What changes nothing."""


def granted(role):
    return {one.deed.deed for line in matrix(CARD) for one in line if one.role.role == role
            and one.scopes}  # fmt: skip


def test_the_matrix_is_the_card_deed_by_deed_and_role_by_role():
    lines = matrix(CARD)
    assert [line[0].deed.deed for line in lines] == [one.deed for one in CARD.deeds]
    for line in lines:
        assert [one.role.role for one in line] == [one.role for one in CARD.roles]
        for one in line:
            assert list(one.scopes) == CARD.scopes(one.role.role, one.deed.deed)


def test_somebody_may_do_each_deed():
    """A deed that is granted to nobody is one that was forgotten."""
    assert [line[0].deed.deed for line in matrix(CARD) if not any(one.scopes for one in line)] == []


def test_an_auditor_looks_at_everything_and_does_nothing():
    assert all(LOOKING.fullmatch(deed) for deed in granted("auditor"))
    looking = {one.deed for one in CARD.deeds if LOOKING.fullmatch(one.deed)}
    assert granted("auditor") == looking


def test_an_administrator_neither_approves_nor_releases_nor_sees_personal_data():
    own = granted("administrator")
    assert {"accounts.manage", "backup.make", "catalogue.overlay", "journal.view"} <= own
    assert not {deed for deed in own if deed.startswith(("returns.", "report.", "targets."))}
    assert "forms.approve" not in own


def test_accounts_are_managed_by_administrators_alone():
    assert CARD.granted("accounts.manage") == ["administrator"]


@pytest.mark.parametrize("role", ["school_clerk", "school_head"])
def test_a_school_reaches_no_further_than_itself(role):
    assert {one.scope for one in CARD.grants if one.role == role} == {"place"}


def test_a_central_school_reaches_no_further_than_its_township():
    assert {one.scope for one in CARD.grants if one.role == "central_school"} == {"township"}
    assert "returns.unmask" not in granted("central_school")


def test_whoever_approves_releases_or_administers_shows_a_code():
    weighty = ("returns.approve", "returns.release", "report.release", "forms.approve")
    roles = {role for deed in (*weighty, "accounts.manage") for role in CARD.granted(deed)}
    assert roles == set(CARD.needs_totp)


def test_what_the_card_does_not_name_is_refused():
    authority = Authority(CARD, REGISTER)
    subject = Subject("returns", "f", EAST)
    for role in CARD.roles:
        issue = authority.may(Actor("某人（虚构）", role.role, EAST), "returns.eat", subject)
        assert isinstance(issue, Issue)


def test_a_token_limits_and_never_gives():
    authority = Authority(CARD, REGISTER)
    subject = Subject("returns", "f", EAST)
    only = frozenset({"returns.submit", "returns.approve"})
    clerk = Actor("张三（虚构）", "school_clerk", EAST, only=only)
    assert isinstance(authority.may(clerk, "returns.submit", subject), Allowed)
    assert authority.may(clerk, "returns.correct", subject).code == "F-TOKEN"
    assert authority.may(clerk, "returns.approve", subject).code == "F-ROLE"
