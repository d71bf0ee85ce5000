"""Other programs are told of deeds: signed, in order, until they take it, and nothing personal."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import msgspec
import pytest

from xianxue.desk.models import JournalLine
from xianxue.desk.sending import calls
from xianxue.desk.sending.calls import call_all, called
from xianxue.desk.stores import clock
from xianxue.desk.stores.sending.hooks import MOMENT, NUMBER, SECRET, SIGNATURE
from xianxue.desk.stores.settings_file import Hook, Settings, read_settings

KEY = "虚构的口令"


@pytest.fixture
def other():
    """A program on this machine: what it was told, and what it answers."""
    got = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), body))
            status = server.status
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("localhost", 0), Answering)
    server.status, server.got = 204, got
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hooked(county, other, monkeypatch):
    """The county, whose settings name that program; it has been told of nothing yet."""
    monkeypatch.setenv(SECRET, KEY)
    monkeypatch.setattr(calls, "_known", {})
    file = county.root / "xianxue.toml"
    text = file.read_text(encoding="utf-8")
    where = f"{other.server_name}:{other.server_port}"
    hook = f'[[hooks]]\nurl = "http://{where}/hook"\n'
    file.write_text(f"{text}\n{hook}", encoding="utf-8")
    call_all(county.standing, clock.now())
    assert other.got == [], "what was done before it was named is history"
    return county


def submit(county, boys=3):
    county.submit(county.changed({"staff/primary/physical_education": boys}))


def numbers(other):
    return [json.loads(body)["number"] for _, _, body in other.got]


def test_a_deed_is_told_signed_and_without_anything_personal(hooked, other):
    submit(hooked)
    call_all(hooked.standing, clock.now())
    ((path, headers, body),) = other.got
    line = JournalLine.objects.order_by("-number").first()
    assert path == "/hook"
    assert json.loads(body) == {
        "number": line.number,
        "deed": "returns.submit",
        "at": line.at.isoformat(),
        "form": hooked.FORM,
        "period": "2025-2026",
        "place": hooked.CENTRAL,
    }
    signed = hmac.new(KEY.encode(), f"{headers[MOMENT]}.".encode() + body, hashlib.sha256)
    assert headers[SIGNATURE] == f"sha256={signed.hexdigest()}"
    assert headers[NUMBER] == str(line.number)
    told = body.decode() + str(headers)
    assert not [word for word in (line.actor, line.why, "虚构") if word and word in told]
    call_all(hooked.standing, clock.now())
    assert len(other.got) == 1, "told once"


def test_what_is_not_taken_is_told_again_in_order_after_a_pause(hooked, other):
    other.status = 500
    submit(hooked)
    hooked.review()
    at = clock.now()
    call_all(hooked.standing, at)
    call_all(hooked.standing, at + timedelta(seconds=14))
    assert len(other.got) == 1, "the second waits for the first, and both for the pause"
    (one,) = called(hooked.standing)
    assert (one.waiting, one.tries, one.fault) == (2, 1, "500")
    call_all(hooked.standing, at + timedelta(seconds=15))
    assert called(hooked.standing)[0].next_at == at + timedelta(seconds=45)
    other.status = 200
    call_all(hooked.standing, at + timedelta(seconds=45))
    first, again, third, second = numbers(other)
    assert first == again == third == second - 1
    assert called(hooked.standing)[0].waiting == 0


def test_what_was_told_is_kept_through_a_restart(hooked, other, monkeypatch):
    submit(hooked)
    call_all(hooked.standing, clock.now())
    monkeypatch.setattr(calls, "_known", {})
    call_all(hooked.standing, clock.now())
    assert len(other.got) == 1


def test_nobody_is_led_elsewhere(hooked, other):
    other.status = 302
    submit(hooked)
    call_all(hooked.standing, clock.now())
    assert [path for path, _, _ in other.got] == ["/hook"]
    assert called(hooked.standing)[0].fault == "302"


def test_without_a_secret_nothing_is_told(hooked, other, monkeypatch):
    monkeypatch.delenv(SECRET)
    submit(hooked)
    call_all(hooked.standing, clock.now())
    assert other.got == []


def test_deeds_on_people_are_never_told():
    assert not [deed for deed in calls.TOLD if deed.startswith(("accounts.", "journal."))]
    assert "returns.unmask" not in calls.TOLD


@pytest.mark.parametrize(
    "url",
    ["ftp://x/", "file:///etc/passwd", "javascript:1", "//x/", "http://a:b@x/", "http://x y/", ""],
)
def test_only_plain_addresses_by_http_are_taken(tmp_path, url):
    file = tmp_path / "xianxue.toml"
    lines = ['county = "639900"', 'period = "2025-2026"', "[[hooks]]", f"url = {json.dumps(url)}"]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_settings(file).code == "W-SETTINGS"


def test_nothing_goes_out_where_the_settings_say_nothing():
    plain = Settings(county="639900", period="2025-2026")
    assert (plain.mail, plain.hooks) == (None, [])
    assert msgspec.convert({"url": "https://x.example/"}, Hook).deeds == []
