"""Who is let in, who is not, and what they are told (虚构)."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from argon2 import low_level

from xianxue.desk.accounts import passwords
from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.signing_in import Shown
from xianxue.desk.models import Failure, Session

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody


def code(bureau, steps=0):
    return pyotp.TOTP(SECRET).at(bureau.at + timedelta(seconds=30 * steps))


def test_who_knows_the_password_is_let_in_and_acts_in_their_only_part(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    signed = bureau.sign_in(" LI ")
    assert isinstance(signed, SignedIn)
    assert signed.present.post is not None
    assert (signed.present.post.role, signed.present.post.place) == ("school_clerk", "2163990001")
    assert not signed.present.must_change
    assert not signed.present.must_enrol


def test_who_has_two_parts_has_to_choose(bureau):
    bureau.account("li", ("school_clerk", "2163990001"), ("school_head", "2163990001"))
    assert bureau.sign_in("li").present.post is None


def test_a_wrong_password_and_an_unknown_login_are_told_alike(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    assert bureau.sign_in("li", "falsch") == bureau.sign_in("nobody", "falsch")
    assert bureau.sign_in("li", "falsch").code == "A-LOGIN"


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_as_many_hashes_are_reckoned_for_a_login_that_is_not_there(bureau, monkeypatch, login):
    """The time is that of the hashing: one for each, whether or not there is such a login."""
    reckoned = []
    verify = low_level.verify_secret

    def counted(*args):
        reckoned.append(args)
        return verify(*args)

    bureau.account("li", ("school_clerk", "2163990001"))
    passwords.fits("", None, demo=False)  # the hash nobody has is made once
    monkeypatch.setattr("argon2._password_hasher.verify_secret", counted)
    bureau.sign_in(login, "falsch")
    assert len(reckoned) == 1


def test_the_fifth_failure_locks_the_login_at_this_address_alone(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    bureau.account("wang", ("school_head", "2163990001"))
    said = [bureau.sign_in("li", "falsch").code for _ in range(5)]
    assert said == ["A-LOGIN"] * 4 + ["A-LOCKED"]
    locked = bureau.sign_in("li")
    assert locked.code == "A-LOCKED"
    assert "2026-03-02 08:45" in locked.message
    # A school sits behind one router: neither the colleague nor the same person elsewhere waits.
    assert isinstance(bureau.sign_in("wang"), SignedIn)
    assert isinstance(bureau.sign_in("li", where="10.0.0.2"), SignedIn)


def test_a_lock_ends_by_itself_and_trying_does_not_lengthen_it(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    for _ in range(5):
        bureau.sign_in("li", "falsch")
    bureau.pass_time(minutes=14, seconds=59)
    assert bureau.sign_in("li").code == "A-LOCKED"
    bureau.pass_time(seconds=1)
    assert isinstance(bureau.sign_in("li"), SignedIn)


def test_an_unknown_login_is_locked_like_a_known_one(bureau):
    assert [bureau.sign_in("nobody", "x").code for _ in range(6)][-2:] == ["A-LOCKED"] * 2


def test_success_forgets_the_failures(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    for _ in range(3):
        for _ in range(4):
            bureau.sign_in("li", "falsch")
        assert isinstance(bureau.sign_in("li"), SignedIn)
    assert not Failure.objects.exists()


def test_an_address_that_fails_too_often_waits_for_the_next_minute(bureau):
    bureau.account("li", ("school_clerk", "2163990001"))
    for number in range(60):
        bureau.sign_in(f"guess{number}", "falsch")
    assert bureau.sign_in("li").code == "A-SLOW"
    bureau.pass_time(minutes=1)
    assert isinstance(bureau.sign_in("li"), SignedIn)


def test_only_who_knows_the_password_is_told_that_an_account_is_disabled(bureau):
    bureau.account("li", ("school_clerk", "2163990001"), disabled_at=bureau.START)
    assert bureau.sign_in("li", "falsch").code == "A-LOGIN"
    assert bureau.sign_in("li").code == "A-DISABLED"
    assert not Session.objects.exists()


def test_without_an_appointment_in_force_nobody_comes_in(bureau):
    bureau.account("li")
    assert bureau.sign_in("li").code == "A-POSTS"


def test_a_code_is_asked_for_where_it_is_set_up_and_is_good_once(bureau):
    bureau.account("zhao", ("office_clerk", ""), totp_secret=SECRET, totp_confirmed_at=bureau.START)
    assert bureau.sign_in("zhao").code == "A-CODE"
    assert isinstance(bureau.sign_in("zhao", code=code(bureau)), SignedIn)
    assert bureau.sign_in("zhao", code=code(bureau)).code == "A-CODE"
    bureau.pass_time(seconds=30)
    assert isinstance(bureau.sign_in("zhao", code=code(bureau)), SignedIn)


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_be_half_a_minute_off(bureau, steps, good):
    bureau.account("zhao", ("office_clerk", ""), totp_secret=SECRET, totp_confirmed_at=bureau.START)
    assert isinstance(bureau.sign_in("zhao", code=code(bureau, steps)), SignedIn) is good


def test_wrong_codes_lock_like_wrong_passwords_and_no_code_does_not(bureau):
    bureau.account("zhao", ("office_clerk", ""), totp_secret=SECRET, totp_confirmed_at=bureau.START)
    assert {bureau.sign_in("zhao").code for _ in range(9)} == {"A-CODE"}
    assert [bureau.sign_in("zhao", code="000000").code for _ in range(5)][-1] == "A-LOCKED"


@pytest.mark.parametrize(
    ("role", "needs"),
    [("office_clerk", True), ("leader", True), ("administrator", True), ("auditor", False)],
)
def test_who_approves_or_administers_has_to_set_up_codes(bureau, role, needs):
    bureau.account("zhao", (role, ""))
    assert bureau.sign_in("zhao").present.must_enrol is needs


def test_what_somebody_showed_stands_in_no_log():
    assert "geheim" not in repr(Shown("li", "geheim", "123456"))
    assert "123456" not in repr(Shown("li", "geheim", "123456"))
