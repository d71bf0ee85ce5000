"""A new one-time code is asked of whoever has one, before what cannot be taken back."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from xianxue.desk.accounts.confirming import asks_code, confirm
from xianxue.desk.models import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody


def told(bureau, account, code):
    issue = confirm(bureau.gate, account.pk, code, "10.0.0.1", bureau.at)
    return "" if issue is None else issue.code


def test_a_code_is_asked_for_and_is_good_once(bureau):
    bureau.account("qian", ("administrator", ""))
    account = Account.objects.get(login="qian")
    # Who has no second factor is asked for none.
    assert not asks_code(account.pk)
    assert not told(bureau, account, "")
    Account.objects.filter(pk=account.pk).update(
        totp_secret=SECRET, totp_confirmed_at=bureau.at - timedelta(days=1)
    )
    assert asks_code(account.pk)
    right = pyotp.TOTP(SECRET).at(bureau.at)
    assert told(bureau, account, "") == "A-CODE"
    assert told(bureau, account, "000000" if right != "000000" else "000001") == "A-CODE"
    assert not told(bureau, account, right)
    assert told(bureau, account, right) == "A-CODE", "used up"


def test_who_guesses_is_shut_out(bureau):
    bureau.account("qian", ("administrator", ""))
    account = Account.objects.get(login="qian")
    Account.objects.filter(pk=account.pk).update(totp_secret=SECRET, totp_confirmed_at=bureau.at)
    wrong = pyotp.TOTP(SECRET).at(bureau.at + timedelta(days=1))
    assert [told(bureau, account, wrong) for _ in range(6)][-1] == "A-LOCKED"
