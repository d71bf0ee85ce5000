"""Practice accounts open a demo workspace and nothing else (虚构)."""

from __future__ import annotations

import pytest

from xianxue.desk.accounts import hashing, passwords
from xianxue.desk.accounts.people import has_accounts
from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.sessions import session_of
from xianxue.desk.models import Account, JournalLine


@pytest.fixture
def practice(bureau):
    """A demo workspace, and the password of its administrator."""
    bureau.demo = True
    return bureau, bureau.create(bureau.line("admin", "administrator"))["admin"]


def test_in_a_demo_workspace_they_sign_in_without_a_code(practice):
    bureau, password = practice
    signed = bureau.sign_in("admin", password)
    assert isinstance(signed, SignedIn)
    assert (signed.present.must_change, signed.present.must_enrol) == (False, False)
    assert signed.present.person.demo
    assert not has_accounts()


def test_where_the_settings_do_not_say_demo_they_are_refused(practice):
    bureau, password = practice
    key = bureau.sign_in("admin", password).key
    bureau.demo = False
    assert bureau.sign_in("admin", password).code == "A-DEMO"
    assert session_of(bureau.gate, key, bureau.at).code == "A-SESSION"


def test_beside_a_real_account_they_are_refused_whatever_the_settings_say(practice):
    bureau, password = practice
    bureau.account("li", ("leader", ""))
    assert bureau.sign_in("admin", password).code == "A-DEMO"


def test_carried_into_another_store_they_are_refused(bureau, practice, tmp_path):
    """Rows alone are not enough, with or without the settings: the journal must tell of them."""
    _, password = practice
    rows = [list(model.objects.all()) for model in (Account,)]
    posts = list(rows[0][0].appointments.all())
    from xianxue.desk.database import open_database  # noqa: PLC0415 - another store is opened

    open_database(tmp_path / "other")
    for row in [*rows[0], *posts]:
        row.save(force_insert=True)
    assert Account.objects.count() == 1
    assert not JournalLine.objects.exists()
    assert bureau.sign_in("admin", password).code == "A-DEMO"


def test_a_real_password_costs_what_is_recommended_and_a_practice_one_little(monkeypatch):
    """OWASP: 46 MiB, one pass, one thread; read from what is kept."""
    monkeypatch.undo()
    assert "$argon2id$v=19$m=47104,t=1,p=1$" in passwords.hashed("x" * 10, demo=False)
    assert "$argon2id$v=19$m=1024,t=1,p=1$" in passwords.hashed("x" * 10, demo=True)
    assert hashing.Argon2.time_cost == 1
