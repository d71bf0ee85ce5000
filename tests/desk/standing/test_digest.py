"""The day's digest, by a real mail server on this machine; people and addresses are invented."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from xianxue.bureau.workflow.subject import person
from xianxue.desk.models import Account, Appointment
from xianxue.desk.sending import digest
from xianxue.desk.sending.digest import digest_of, send_digests
from xianxue.desk.stores import clock
from xianxue.desk.stores.sending.mail import PASSWORD
from xianxue.desk.stores.settings_file import Mail

MORE_BOYS = {"staff/primary/physical_education": 3}


@dataclass
class Box:
    """What has come to a mail server."""

    mails: list = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - as the library calls it
        if self.refuses:
            return "451 later, please"
        mail = message_from_bytes(envelope.content, policy=default)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 OK"


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def post(box):
    """A server that takes mail of anybody."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def mail_of(post, **more):
    told = {
        "host": "127.0.0.1",
        "port": post.port,
        "security": "none",
        "sender": "a@example.invalid",
    }
    to = {"li": "li@example.invalid"}
    return Mail(**{**told, "hour": 0, "to": to, **more})


@pytest.fixture
def quiet(monkeypatch):
    """Nothing that others have done is young enough to be told."""
    monkeypatch.setattr(digest, "_DAY", timedelta(0))


@pytest.fixture
def sent_back(county):
    """The county in which a clerk has something to mend; li is that clerk."""
    county.submit(county.changed(MORE_BOYS))
    county.review()
    county.send_back()
    account("li", county.clerk(county.CENTRAL).name, ("school_clerk", county.CENTRAL))
    return county


def account(login, name, *parts, **other):
    row = Account.objects.create(
        login=login,
        name=name,
        person=person(name),
        password="",
        stamp="1",
        created_at=clock.now(),
        **{"must_change": False} | other,
    )
    for role, place in parts:
        Appointment.objects.create(account=row, role=role, place=place, from_day=date(2020, 1, 1))
    return row


def go(county, mail, at=None):
    return send_digests(county.standing, mail, at or clock.now())


def test_one_mail_a_day_a_line_a_matter(sent_back, post, box):
    assert go(sent_back, mail_of(post, site="https://work.example.invalid")).sent == ("li",)
    assert go(sent_back, mail_of(post)).sent == (), "the same day brings no second one"
    ((to, mail),) = box.mails
    text = mail.get_content()
    assert to == ["li@example.invalid"]
    assert "待办 1 件" in mail["Subject"]
    assert text.count("2025—2026学年") == 1, "sent back and to be mended are one matter"
    assert "https://work.example.invalid" in text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert go(sent_back, mail_of(post), clock.now() + timedelta(days=1)).sent == ("li",)


def test_nothing_to_say_is_no_mail_and_takes_no_day(county, post, quiet):
    county.standing.database()
    account("li", "闲人（虚构）", ("school_clerk", county.NINE))
    assert digest_of(county.standing, "li", clock.now()) is None
    assert go(county, mail_of(post)).sent == ()
    county.submit(county.changed(MORE_BOYS, county.NINE))
    county.review(county.NINE)
    county.send_back(county.NINE)
    assert go(county, mail_of(post)).sent == ("li",), "later the same day there is something"


def test_what_has_been_done_meanwhile_is_not_on_it(sent_back, post, box, quiet):
    assert digest_of(sent_back.standing, "li", clock.now()) is not None
    sent_back.submit(sent_back.changed({"staff/primary/physical_education": 4}))
    assert go(sent_back, mail_of(post)).sent == ()
    assert box.mails == []


def test_not_before_its_hour(sent_back, post, box):
    early = datetime(2026, 11, 30, 7, 59, tzinfo=clock.BEIJING)
    assert go(sent_back, mail_of(post, hour=8), early).sent == ()
    assert go(sent_back, mail_of(post, hour=8), early + timedelta(minutes=1)).sent == ("li",)


def test_a_mail_that_is_not_taken_is_tried_again_and_told(sent_back, post, box):
    box.refuses = True
    went = go(sent_back, mail_of(post))
    assert (went.sent, [one.to for one in went.faults]) == ((), ["li"])
    assert "later, please" in went.faults[0].why
    box.refuses = False
    assert go(sent_back, mail_of(post)).sent == ("li",)


def test_without_encryption_nothing_goes_to_a_server_that_should_have_it(sent_back, post, box):
    went = go(sent_back, mail_of(post, security="starttls"))
    assert (went.sent, len(went.faults), box.mails) == ((), 1, [])


def test_whoever_is_not_named_or_not_in_use_gets_none(sent_back, post, box):
    assert go(sent_back, mail_of(post, to={})).sent == ()
    assert go(sent_back, mail_of(post, to={"nobody": "n@example.invalid"})).sent == ()
    Account.objects.filter(login="li").update(disabled_at=clock.now())
    assert go(sent_back, mail_of(post)).sent == ()
    assert box.mails == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_somebody_signs_in_where_the_server_asks_for_it(sent_back, box, monkeypatch):
    known = []

    def check(_server, _session, _envelope, _mechanism, data):
        known.append((data.login, data.password))
        return AuthResult(success=data.password == b"secret")

    how = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **how)
    controller.start()
    try:
        mail = mail_of(controller, user="bureau")
        monkeypatch.setenv(PASSWORD, "wrong")
        assert go(sent_back, mail).sent == ()
        monkeypatch.setenv(PASSWORD, "secret")
        assert go(sent_back, mail).sent == ("li",)
    finally:
        controller.stop()
    assert known[-1] == (b"bureau", b"secret")
